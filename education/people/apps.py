from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "education.people"
    label = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        from allauth.account.decorators import secure_admin_login
        from allauth.mfa.models import Authenticator
        from auditlog.registry import auditlog
        from django.contrib import admin

        from . import letters  # noqa: F401  the kinds of mail of this room
        from .models import Answer, Clinic, ClosedDay, Patient, User

        # One way in for everybody: with rate limits, passkeys and the second step.
        admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

        auditlog.register(
            User,
            exclude_fields=["password", "last_login"],
            m2m_fields={"groups", "user_permissions"},
        )
        # That a second step came or went, and who did it: neither its secret nor each use.
        auditlog.register(Authenticator, include_fields=["user", "type"])
        auditlog.register(Patient, exclude_fields=["answers_revision", "harder_day_on"])
        auditlog.register(Answer)
        auditlog.register(Clinic)
        auditlog.register(ClosedDay)
