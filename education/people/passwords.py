"""What a password may not be."""

from typing import Any

from django.contrib.auth.password_validation import UserAttributeSimilarityValidator

from .models import Patient

PERSONAL = ("email", "given_name", "family_name", "preferred_name", "clinic_number")


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
