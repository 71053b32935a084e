"""Mail that waits to be sent: a kind and a key, never text or a link."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutgoingMailQuerySet(models.QuerySet):
    def waiting(self):
        """Not sent yet; staff see these when the mail server is down."""
        return self.filter(state__in=[OutgoingMail.State.QUEUED, OutgoingMail.State.FAILED])

    def failed(self):
        """Given up after the last try."""
        return self.filter(state=OutgoingMail.State.FAILED)


class OutgoingMail(models.Model):
    """One mail, queued in the transaction that causes it and built later by the worker.

    ``kind`` names a builder registered by a room (see people/mail.py), ``key`` the row it is
    about. Neither the text nor the address is kept: both are read when the mail is built.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        SENT = "sent", _("sent")
        FAILED = "failed", _("not sent")
        DROPPED = "dropped", _("no longer needed")

    kind = models.CharField(_("kind"), max_length=40)
    key = models.CharField(max_length=64)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("to"),
        on_delete=models.CASCADE,
        null=True,
        related_name="outgoing_mail",
    )
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.QUEUED)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    problem = models.CharField(
        _("problem"), max_length=80, blank=True, help_text=_("Kind of the last error.")
    )
    queued_at = models.DateTimeField(_("queued"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mail")
        ordering = ["-queued_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.get_state_display()}"
