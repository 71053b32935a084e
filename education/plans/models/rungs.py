"""Steps up and down the ladder that a clinician took for a patient."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from education.library.models import Exercise

from .plans import PlannedExercise

LONGEST_REASON = 300  # characters


class RungMove(models.Model):
    """A planned exercise went to another rung, and why. Its ``key`` stayed. Rows are kept."""

    planned = models.ForeignKey(
        PlannedExercise, on_delete=models.PROTECT, related_name="rung_moves"
    )
    from_exercise = models.ForeignKey(
        Exercise, verbose_name=_("from"), on_delete=models.PROTECT, related_name="+"
    )
    to_exercise = models.ForeignKey(
        Exercise, verbose_name=_("to"), on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(_("why"), max_length=LONGEST_REASON)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("moved by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField(_("moved"), default=timezone.now)

    class Meta:
        verbose_name = _("move on the ladder")
        verbose_name_plural = _("moves on the ladder")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(name="plans_rung_move_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="plans_rung_move_leads_elsewhere",
                condition=~Q(from_exercise=F("to_exercise")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_exercise} -> {self.to_exercise}"
