from django.apps import AppConfig
from django.db.models.signals import pre_save
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "education.audit"
    label = "audit"
    verbose_name = _("Audit")

    def ready(self) -> None:
        from auditlog.models import LogEntry

        from .actor import name_the_actor

        # auditlog's own way connects a receiver per request and loses the outer actor when
        # actions nest; one receiver for good does neither.
        pre_save.connect(name_the_actor, sender=LogEntry, dispatch_uid="audit-actor")
