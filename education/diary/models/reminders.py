"""Mails that remind of the exercises, when a patient wants them."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from education.people.models import Patient


class Reminders(models.Model):
    """The times of the clinic's day at which a patient is reminded, if nothing is logged yet.

    No row, or both times empty: never. ``stop_key`` is in the mail's link that stops them.
    """

    patient = models.OneToOneField(
        Patient, on_delete=models.CASCADE, related_name="reminders", primary_key=True
    )
    first_at = models.TimeField(_("remind me at"), null=True, blank=True)
    second_at = models.TimeField(_("and at"), null=True, blank=True)
    stop_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    class Meta:
        verbose_name = _("reminders")
        verbose_name_plural = _("reminders")
        constraints = [
            models.CheckConstraint(
                name="diary_reminders_second_after_first",
                condition=Q(second_at__isnull=True)
                | Q(first_at__isnull=False, second_at__gt=models.F("first_at")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.patient_id)


class ReminderSent(models.Model):
    """A reminder that was queued: once for a time of a day, also when two workers run."""

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    at = models.TimeField()

    class Meta:
        verbose_name = _("reminder sent")
        verbose_name_plural = _("reminders sent")
        constraints = [
            models.UniqueConstraint(name="diary_reminder_once", fields=["patient", "day", "at"]),
        ]

    def __str__(self) -> str:
        return f"{self.day}"
