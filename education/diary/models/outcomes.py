"""Outcome measures: pain of the week (NRS) and what the patient can do (PSFS).

Numeric pain rating scale: 0 is no pain, 10 the worst one can think of. Patient-Specific Functional
Scale (Stratford P, Gill C, Westaway M, Binkley J. Physiother Can 1995;47:258-263): 3 to 5
activities of the patient's own, each 0 (cannot do it) to 10 (as before), and their mean.
"""

from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from education.library.models.dosage import whole
from education.people.models import Patient
from education.plans.models import Plan

from .sessions import pain

FEWEST_ACTIVITIES, MOST_ACTIVITIES = 3, 5


class FunctionActivityQuerySet(models.QuerySet["FunctionActivity"]):
    def asked_of(self, patient: Patient) -> "list[FunctionActivity]":
        """Those that a patient is asked about: not ended, in order."""
        return list(self.filter(patient=patient, ended_at__isnull=True))


class FunctionActivity(models.Model):
    """Something the patient finds hard now, in their own words. Told once, asked about each time.

    ``ended_at``: no longer asked about; its scores stay.
    """

    patient = models.ForeignKey(
        Patient, verbose_name=_("patient"), on_delete=models.PROTECT, related_name="activities"
    )
    name = models.CharField(_("activity"), max_length=80)
    order = models.PositiveSmallIntegerField(default=0)
    added_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = FunctionActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity of the patient's own")
        verbose_name_plural = _("activities of the patient's own")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(name="diary_activity_has_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class OutcomeQuerySet(models.QuerySet["Outcome"]):
    def visible_to(self, user):
        """A patient's own; staff with the permission see all."""
        if not user.is_authenticated:
            return self.none()
        if user.is_staff:
            return self if user.has_perm("diary.view_outcome") else self.none()
        return self.filter(patient__user=user)

    def sent_as(self, key: str) -> Self:
        """What the form with this key saved; nothing for a key that is none."""
        try:
            return self.filter(submission_key=UUID(key))
        except ValueError:
            return self.none()

    def with_scores(self):
        """Each with ``scores.all()``, in order, and their activities; two queries in all."""
        scores = ActivityScore.objects.select_related("activity")
        scores = scores.order_by("activity__order", "activity_id")
        return self.prefetch_related(models.Prefetch("scores", scores))

    def in_order(self):
        """The oldest first."""
        return self.order_by("day", "pk")


class Outcome(models.Model):
    """One time of measuring, at the start of a plan, at a review or at its end.

    ``pain`` is the average of the last week, 0-10 (NRS). ``day`` is the clinic's date.
    """

    class Point(models.TextChoices):
        START = "start", _("start")
        REVIEW = "review", _("review")
        END = "end", _("end")

    patient = models.ForeignKey(
        Patient, verbose_name=_("patient"), on_delete=models.PROTECT, related_name="outcomes"
    )
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="outcomes")
    point = models.CharField(_("when"), max_length=6, choices=Point.choices)
    day = models.DateField(_("day"))
    pain = pain(_("pain, average of the last week"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("entered by"), on_delete=models.PROTECT
    )
    submission_key = models.UUIDField(unique=True, editable=False)
    entered_at = models.DateTimeField(default=timezone.now)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = _("outcome measure")
        verbose_name_plural = _("outcome measures")
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="diary_outcome_one_start_one_end",
                fields=["plan", "point"],
                condition=Q(point__in=["start", "end"]),
            ),
            models.UniqueConstraint(
                name="diary_outcome_one_review_a_day",
                fields=["plan", "day"],
                condition=Q(point="review"),
            ),
            models.CheckConstraint(
                name="diary_outcome_pain_in_range",
                condition=Q(pain__isnull=True) | Q(pain__range=(0, 10)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} ({self.get_point_display()})"

    def get_additional_data(self) -> dict[str, int]:
        """For the audit log: whose measure it is."""
        return {"patient": self.patient_id}


class ActivityScore(models.Model):
    """How well one activity goes: 0 cannot do it, 10 as before."""

    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="scores")
    activity = models.ForeignKey(FunctionActivity, on_delete=models.PROTECT, related_name="scores")
    score = whole(0, 10, verbose_name=_("score"))

    class Meta:
        verbose_name = _("score of an activity")
        verbose_name_plural = _("scores of activities")
        ordering = ["activity__order", "pk"]
        constraints = [
            models.UniqueConstraint(name="diary_score_once", fields=["outcome", "activity"]),
            models.CheckConstraint(name="diary_score_in_range", condition=Q(score__range=(0, 10))),
        ]

    def __str__(self) -> str:
        return f"{self.activity}: {self.score}"
