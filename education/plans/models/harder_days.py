"""What a patient does on a day that is harder than others."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from education.library.models import Dosage, Exercise
from education.people.models import Patient

from .plans import PlannedExercise, titles


class HarderDay(Dosage):
    """The lighter dosage of a planned exercise, or an easier rung, for a harder day.

    ``exercise`` is the easier rung; None keeps the planned one. Part of the working copy: a
    patient reads what was published.
    """

    planned = models.OneToOneField(
        PlannedExercise, on_delete=models.CASCADE, related_name="harder", primary_key=True
    )
    exercise = models.ForeignKey(
        Exercise,
        verbose_name=_("easier exercise"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta(Dosage.Meta):
        abstract = False
        verbose_name = _("harder-day dosage")
        verbose_name_plural = _("harder-day dosages")
        constraints = [*Dosage.Meta.constraints]

    def __str__(self) -> str:
        return str(self.exercise or self.planned)

    def as_published(self) -> dict[str, Any]:
        """As a plan version keeps it: key and names of the easier rung, or "" and None."""
        return {
            "exercise": self.exercise.key if self.exercise else "",
            "title": titles(self.exercise) if self.exercise else None,
            "dosage": self.spec.as_dict(),
        }


class HarderDayTaken(models.Model):
    """A patient said that this day is a harder one. ``day`` is the clinic's date; it holds all day.

    The row goes when the patient takes it back.
    """

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="harder_days")
    day = models.DateField(_("day"))
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("harder day")
        verbose_name_plural = _("harder days")
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(name="plans_harder_day_once", fields=["patient", "day"]),
        ]

    def __str__(self) -> str:
        return f"{self.day}"
