from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContactConfig(AppConfig):
    name = "education.contact"
    label = "contact"
    verbose_name = _("Contact")

    def ready(self) -> None:
        from auditlog.registry import auditlog
        from django.contrib import admin

        from . import mail, models, panels  # noqa: F401  (mail registers its builders)

        # The log says who did what and when; the words and addresses stay on the records.
        auditlog.register(
            models.ContactRequest,
            include_fields=["patient", "reason", "answer_by", "status", "held", "answer_due_on"],
        )
        auditlog.register(models.Reply, exclude_fields=["text"])
        site: Any = admin.site  # a ClinicAdminSite, which the rooms do not import
        site.panels += [panels.messages_waiting, panels.mail_not_sent]
