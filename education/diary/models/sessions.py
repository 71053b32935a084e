"""One sitting on a day, and what was done in it."""

import uuid
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from education.library.models.dosage import whole
from education.people.models import Patient
from education.plans.models import PlanVersion

MOST_TIMES = 4  # a day, as a dosage may ask for


def pain(label: Any) -> models.PositiveSmallIntegerField:
    """Pain 0-10 on the numeric rating scale (NRS), or None when it was not said."""
    return whole(0, 10, verbose_name=label, null=True, blank=True)


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(self, user):
        """A patient's own; staff with the permission see all."""
        if not user.is_authenticated:
            return self.none()
        if user.is_staff:
            return self if user.has_perm("diary.view_session") else self.none()
        return self.filter(patient__user=user)

    def between(self, first: date, last: date) -> Self:
        """Of these days of the clinic, both included."""
        return self.filter(day__range=(first, last))

    def done(self):
        """With at least one exercise done or partly: what counts as a session."""
        return self.filter(self._done())

    def _done(self) -> Exists:
        counted = ExerciseLog.objects.filter(outcome__in=ExerciseLog.COUNTED)
        return Exists(counted.filter(session=OuterRef("pk")))

    def entries(self):
        """Done, or told how it went: a day with one is not without an entry."""
        return self.filter(Q(self._done()) | Q(finished_at__isnull=False))

    def open(self):
        """Begun, and not yet told how it went."""
        return self.filter(finished_at__isnull=True)

    def with_plan(self):
        """Each with the version that was followed, its plan and its patient."""
        return self.select_related("version__plan", "patient")

    def with_logs(self):
        """Each with what was done, in ``session.logs.all()``."""
        return self.prefetch_related("logs")

    def in_order(self):
        """The oldest first."""
        return self.order_by("day", "occurrence")

    def latest_first(self):
        """The last day first."""
        return self.order_by("-day", "-occurrence")


class Session(models.Model):
    """One sitting on ``day``, the ``occurrence``-th of that day (1..times a day).

    ``day`` is the clinic's date on which it was done, kept beside the instants and never
    recomputed. Pain is 0-10 (NRS), None when not said. ``finished_at`` is None until the patient
    says how it went; a session of ticks alone may stay so, and counts all the same. ``told`` is
    what the pain rule answered (see pain_rule.py), kept as it was said. ``version`` is the plan
    that was followed; ``harder``: as a harder day.
    """

    class Moved(models.TextChoices):
        """Where the pain went during the session."""

        UP = "up", _("up, toward my back")
        SAME = "same", _("same place")
        DOWN = "down", _("further down my leg")

    class Effort(models.TextChoices):
        EASY = "easy", _("too easy")
        RIGHT = "right", _("about right")
        HARD = "hard", _("too hard")

    class Wrong(models.TextChoices):
        """What felt wrong, when the patient stopped for it."""

        NUMB_OR_WEAK = "numb_or_weak", _("new numbness or weakness")
        FELL = "fell", _("fell or could not get up")
        FURTHER_DOWN = "further_down", _("pain further down the leg")
        TOO_MUCH_PAIN = "too_much_pain", _("too much pain")

    class Told(models.TextChoices):
        """What the page answered."""

        FINE = "fine", _("fine")
        EASE_OFF = "ease_off", _("ease off: the harder-day plan")
        STOP = "stop", _("stop, and call")
        FURTHER_DOWN = "further_down", _("stop: pain further down")
        RED_FLAG = "red_flag", _("stop: a sign that needs a doctor")

    #: These are signs that need a doctor, whatever the pain (clinical.md, the pain rule, 1).
    RED_FLAGS = (Wrong.NUMB_OR_WEAK, Wrong.FELL)

    patient = models.ForeignKey(
        Patient, verbose_name=_("patient"), on_delete=models.PROTECT, related_name="sessions"
    )
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="sessions")
    day = models.DateField(_("day"))
    occurrence = whole(1, MOST_TIMES, verbose_name=_("which of the day"))
    submission_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    harder = models.BooleanField(_("harder day"), default=False)
    pain_before = pain(_("pain before"))
    pain_during = pain(_("most pain during"))
    pain_after = pain(_("pain after"))
    moved = models.CharField(_("pain moved"), max_length=4, choices=Moved.choices, blank=True)
    effort = models.CharField(_("how it felt"), max_length=5, choices=Effort.choices, blank=True)
    wrong = models.CharField(_("felt wrong"), max_length=16, choices=Wrong.choices, blank=True)
    told = models.CharField(_("was told"), max_length=12, choices=Told.choices, blank=True)
    comment = models.TextField(_("comment"), max_length=2000, blank=True)
    started_at = models.DateTimeField(_("begun"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    #: When the row was made: later than ``day`` for a session added afterwards.
    entered_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["-day", "-occurrence"]
        constraints = [
            models.UniqueConstraint(
                name="diary_session_once", fields=["patient", "day", "occurrence"]
            ),
            models.CheckConstraint(
                name="diary_session_occurrence_in_range",
                condition=Q(occurrence__range=(1, MOST_TIMES)),
            ),
            models.CheckConstraint(
                name="diary_session_pain_in_range",
                condition=(Q(pain_before__isnull=True) | Q(pain_before__range=(0, 10)))
                & (Q(pain_during__isnull=True) | Q(pain_during__range=(0, 10)))
                & (Q(pain_after__isnull=True) | Q(pain_after__range=(0, 10))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} ({self.occurrence})"

    def get_additional_data(self) -> dict[str, int]:
        """For the audit log: whose session it is."""
        return {"patient": self.patient_id}

    @property
    def is_finished(self) -> bool:
        """Whether the patient has said how it went."""
        return self.finished_at is not None

    @property
    def is_red_flag(self) -> bool:
        """Whether a sign was told that needs a doctor."""
        return self.wrong in self.RED_FLAGS or self.told == self.Told.RED_FLAG

    @property
    def went_further_down(self) -> bool:
        """Whether the pain moved further down the leg."""
        return self.moved == self.Moved.DOWN or self.wrong == self.Wrong.FURTHER_DOWN

    @property
    def worst_pain(self) -> int | None:
        """The most of what was said: before, during and after; None when nothing was."""
        said = (self.pain_before, self.pain_during, self.pain_after)
        return max((pain for pain in said if pain is not None), default=None)


class ExerciseLog(models.Model):
    """What became of one planned exercise in a session.

    ``key`` is that of the planned exercise; ``exercise`` the library key of the form that was
    done, which on a harder day may be an easier rung. A tick that was taken back keeps its row.
    """

    class Outcome(models.TextChoices):
        DONE = "done", _("done")
        PARTLY = "partly", _("partly")
        NOT_DONE = "not_done", _("not done")
        TAKEN_BACK = "taken_back", _("taken back")

    class WhyNot(models.TextChoices):
        PAIN = "pain", _("pain")
        NO_TIME = "no_time", _("no time")
        FORGOT = "forgot", _("forgot")
        UNSURE = "unsure", _("not sure how")
        UNWELL = "unwell", _("not well")

    COUNTED = (Outcome.DONE, Outcome.PARTLY)

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="logs")
    key = models.UUIDField(_("planned exercise"))
    exercise = models.CharField(_("exercise"), max_length=80)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    why_not = models.CharField(_("why not"), max_length=8, choices=WhyNot.choices, blank=True)
    logged_at = models.DateTimeField(_("logged"), default=timezone.now)

    class Meta:
        verbose_name = _("exercise of a session")
        verbose_name_plural = _("exercises of a session")
        ordering = ["logged_at", "pk"]
        constraints = [
            models.UniqueConstraint(name="diary_log_once", fields=["session", "key"]),
            models.CheckConstraint(
                name="diary_log_why_only_when_less",
                condition=Q(why_not="") | Q(outcome__in=["partly", "not_done"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exercise}: {self.get_outcome_display()}"

    @property
    def counts(self) -> bool:
        """Whether it makes a session of what it belongs to."""
        return self.outcome in self.COUNTED


class Correction(models.Model):
    """What a session said before it was corrected: the original stays.

    ``before`` holds the changed columns of the session as JSON, ``{"pain_after": 3, ...}``, and
    ``{"logs": {key: [outcome, why_not]}}`` of the exercises that were changed; {} for a session
    that was added on a later day.
    """

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="corrections")
    before = models.JSONField(default=dict)
    at = models.DateTimeField(_("corrected"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
