"""What a password may not be, and what to try instead."""

from typing import Any

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)
from django.utils.translation import gettext as _

from .models import Patient

PERSONAL = ("email", "given_name", "family_name", "preferred_name", "clinic_number")


class LengthValidator(MinimumLengthValidator):
    """Refuses a short password."""

    def get_error_message(self) -> str:
        return _("This password is too short. Use at least %(n)d characters.") % {
            "n": self.min_length
        }


class KnownPasswordValidator(CommonPasswordValidator):
    """Refuses a password that many people use."""

    def get_error_message(self) -> str:
        return _("This password is too common. Try three or four words in a row.")


class PersonalWordsValidator(UserAttributeSimilarityValidator):
    """Refuses a password close to a name, number or address of the person, patient or staff."""

    def __init__(self) -> None:
        super().__init__(user_attributes=PERSONAL)

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError naming what the password is too close to."""
        if user is None or user.pk is None:
            return
        super().validate(password, user)
        patient: Any = Patient.objects.filter(user=user).first()
        if patient is not None:
            super().validate(password, patient)

    def get_error_message(self) -> str:
        return _("This password is too close to the %(verbose_name)s. Try other words.")
