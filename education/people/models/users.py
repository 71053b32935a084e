"""Accounts: the people who log in."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserQuerySet(models.QuerySet):
    def staff(self):
        """People of the clinic, as opposed to patients."""
        return self.filter(is_staff=True)

    def clinicians(self):
        """Staff who may be somebody's clinician."""
        return self.staff().filter(is_active=True, groups__name="Clinicians").distinct()


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def _create(self, email: str, password: str | None, **fields: Any) -> "User":
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A new account. Without a password nobody can log in to it until one is set."""
        return self._create(email, password, **fields)

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """An administrator with every permission."""
        return self._create(email, password, **{"is_staff": True, "is_superuser": True, **fields})

    def get_by_natural_key(self, email: str) -> "User":
        return self.get(email=email.strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """An account, known by its e-mail address in lower case.

    Addresses change only through ``people.actions.change_email``. ``credentials`` are a
    clinician's, such as "PT".
    """

    email = models.EmailField(_("e-mail"), unique=True)
    given_name = models.CharField(_("given name"), max_length=80, blank=True)
    family_name = models.CharField(_("family name"), max_length=80, blank=True)
    credentials = models.CharField(_("credentials"), max_length=40, blank=True)
    language = models.CharField(
        _("language"), max_length=5, choices=settings.LANGUAGES, default="en"
    )
    is_staff = models.BooleanField(
        _("staff"), default=False, help_text=_("Works at the clinic and may open this admin site.")
    )
    is_active = models.BooleanField(_("may log in"), default=True)
    date_joined = models.DateTimeField(_("added"), default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ["email"]
        constraints = [
            models.CheckConstraint(
                name="people_user_email_lower_case", condition=models.Q(email=Lower("email"))
            ),
        ]

    def __str__(self) -> str:
        return self.name_with_credentials or self.email

    def get_full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    def get_short_name(self) -> str:
        return self.given_name or self.email

    @property
    def name_with_credentials(self) -> str:
        """“Dana Ortiz, PT”."""
        name = self.get_full_name()
        return f"{name}, {self.credentials}" if name and self.credentials else name
