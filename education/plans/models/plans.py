"""The working copy of a plan: the rows staff edit. A patient never reads them."""

import uuid
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from education.library.models import Dosage, Exercise, WorkingSide
from education.people.models import Patient


class PlanQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Staff with the permission see all plans; a patient their own that were ever published."""
        if not user.is_authenticated:
            return self.none()
        if user.is_staff:
            return self if user.has_perm("plans.view_plan") else self.none()
        return self.filter(patient__user=user).exclude(status=Plan.Status.DRAFT)

    def open(self):
        """Active or on hold: at most one per patient."""
        return self.filter(status__in=Plan.OPEN)

    def due_to_go_on(self, day):
        """Plans of current patients that were on hold until ``day`` or a day before it."""
        due = Q(status=Plan.Status.ON_HOLD, held_until__lte=day)
        return self.filter(due, patient__status=Patient.Status.CURRENT)

    def with_people(self):
        """With the rows every page about a plan names."""
        return self.select_related("patient__user", "patient__clinician", "clinician")

    def with_lateness(self, today):
        """Each with ``is_late``: open, and its review was before ``today``."""
        late = Q(status__in=Plan.OPEN, review_on__lt=today)
        return self.annotate(is_late=models.ExpressionWrapper(late, models.BooleanField()))

    def due_for_review(self, day):
        """Open plans of current patients whose review date is ``day`` or earlier."""
        return self.open().filter(review_on__lte=day, patient__status=Patient.Status.CURRENT)


class Plan(models.Model):
    """One patient's home exercise programme. Its statuses are those of FHIR CarePlan.

    ``lock`` counts saves: a second clinician's save in between is noticed and refused.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        ACTIVE = "active", _("active")
        ON_HOLD = "on-hold", _("on hold")
        COMPLETED = "completed", _("completed")
        REVOKED = "revoked", _("revoked")

    class Kind(models.TextChoices):
        TREATMENT = "treatment", _("to get better")
        MAINTENANCE = "maintenance", _("to keep going")

    class AffectedSide(models.TextChoices):
        """The side that hurts in this episode."""

        UNKNOWN = "unknown", _("not known yet")
        LEFT = "left", _("left")
        RIGHT = "right", _("right")
        BOTH = "both", _("both")
        NONE = "none", _("none")

    OPEN = (Status.ACTIVE, Status.ON_HOLD)
    ENDED = (Status.COMPLETED, Status.REVOKED)
    ALLOWED_CHANGES: dict[str, tuple[str, ...]] = {
        Status.DRAFT: (Status.ACTIVE, Status.REVOKED),
        Status.ACTIVE: (Status.ON_HOLD, Status.COMPLETED, Status.REVOKED),
        Status.ON_HOLD: (Status.ACTIVE, Status.COMPLETED, Status.REVOKED),
        Status.COMPLETED: (),
        Status.REVOKED: (),
    }

    patient = models.ForeignKey(
        Patient, verbose_name=_("patient"), on_delete=models.PROTECT, related_name="plans"
    )
    clinician = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("clinician"),
        on_delete=models.PROTECT,
        related_name="plans",
    )
    title = models.CharField(
        _("plan name"),
        max_length=80,
        help_text=_("The patient sees this. Say the goal, not the diagnosis."),
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.DRAFT, editable=False
    )
    affected_side = models.CharField(
        _("affected side"),
        max_length=8,
        choices=AffectedSide.choices,
        default=AffectedSide.UNKNOWN,
    )
    start_on = models.DateField(_("start"))
    review_on = models.DateField(
        _("review on"),
        null=True,
        blank=True,
        help_text=_("Needed to publish. The patient sees it."),
    )
    ended_on = models.DateField(_("ended"), null=True, blank=True, editable=False)
    kind = models.CharField(
        _("kind"),
        max_length=12,
        choices=Kind.choices,
        default=Kind.TREATMENT,
        help_text=_("A plan to keep going follows when the treatment is over."),
    )
    held_until = models.DateField(
        _("on hold until"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("The plan goes on by itself on this day."),
    )
    flare_up = models.TextField(
        _("what to do in a flare-up"),
        max_length=1000,
        blank=True,
        help_text=_("The patient reads it with the plan, in your words."),
    )
    template = models.ForeignKey(
        "PlanTemplate",
        verbose_name=_("made from the template"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="plans",
        editable=False,
    )
    copied_from = models.ForeignKey(
        "self",
        verbose_name=_("copied from"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="copies",
        editable=False,
    )
    goal = models.CharField(
        _("patient’s own goal"), max_length=160, blank=True, help_text=_("In the patient’s words.")
    )
    note = models.TextField(_("note to the patient"), max_length=600, blank=True)
    starting_level = models.CharField(
        _("how the first level was chosen"),
        max_length=200,
        blank=True,
        help_text=_("For colleagues: what was tried or measured before the start."),
    )
    other_care = models.CharField(
        _("care beside the exercises"),
        max_length=200,
        blank=True,
        help_text=_("For colleagues, such as hands-on treatment or an article to read."),
    )
    pain_fine_max = models.PositiveSmallIntegerField(
        _("pain that is fine, at most"), null=True, blank=True
    )
    pain_stop = models.PositiveSmallIntegerField(_("pain to stop at"), null=True, blank=True)
    lock = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="plans_one_open_plan_a_patient",
                fields=["patient"],
                condition=Q(status__in=["active", "on-hold"]),
            ),
            models.CheckConstraint(
                name="plans_review_not_before_start",
                condition=Q(review_on__isnull=True) | Q(review_on__gte=F("start_on")),
            ),
            models.CheckConstraint(
                name="plans_open_plan_has_review_date",
                condition=~Q(status__in=["active", "on-hold"]) | Q(review_on__isnull=False),
            ),
            models.CheckConstraint(
                name="plans_ended_plan_has_a_day",
                condition=Q(status__in=["completed", "revoked"], ended_on__isnull=False)
                | Q(status__in=["draft", "active", "on-hold"], ended_on__isnull=True),
            ),
            models.CheckConstraint(
                name="plans_only_a_held_plan_waits_for_a_day",
                condition=Q(held_until__isnull=True) | Q(status="on-hold"),
            ),
            models.CheckConstraint(
                name="plans_pain_limits_from_0_to_10",
                condition=(Q(pain_fine_max__isnull=True) | Q(pain_fine_max__lte=10))
                & (Q(pain_stop__isnull=True) | Q(pain_stop__range=(1, 10))),
            ),
            models.CheckConstraint(
                name="plans_pain_limits_in_order",
                condition=Q(pain_fine_max__isnull=True)
                | Q(pain_stop__isnull=True)
                | Q(pain_stop__gt=F("pain_fine_max")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.patient})"

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN

    @property
    def is_ended(self) -> bool:
        return self.status in self.ENDED

    def goes_on_by(self, day: date) -> bool:
        """On hold, and the day on which it goes on by itself has come."""
        return bool(
            self.status == self.Status.ON_HOLD and self.held_until and self.held_until <= day
        )

    def rests_on(self, day: date) -> bool:
        """On hold on ``day`` (the clinic's date): there is nothing to do.

        The status follows the day by a command; what people read does not wait for it.
        """
        return self.status == self.Status.ON_HOLD and not self.goes_on_by(day)

    def may_become(self, status: str) -> bool:
        """Whether the table of allowed changes has this one."""
        return status in self.ALLOWED_CHANGES[self.status]


class PlannedExerciseQuerySet(models.QuerySet):
    def in_plan(self):
        """Rows that were not taken out."""
        return self.filter(removed_at__isnull=True)

    def with_exercises(self):
        """In order, each with its exercise and what is done on a harder day."""
        return self.select_related("exercise", "harder__exercise").order_by("order", "pk")


class PlannedExercise(Dosage):
    """An exercise in a plan with its dosage. ``key`` stays the same through all versions.

    A clash with the patient's answers is settled by ``settled_reason``, written by
    ``settled_by`` on ``settled_on`` for exactly the findings in ``settled`` (such as
    "fall_risk=yes"): a finding that comes up later is open again.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="planned_exercises")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    exercise = models.ForeignKey(
        Exercise, verbose_name=_("exercise"), on_delete=models.PROTECT, related_name="planned"
    )
    working_side = models.CharField(
        _("working side"),
        max_length=8,
        choices=WorkingSide.choices,
        default=WorkingSide.UNKNOWN,
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    harder_day = models.CharField(
        _("on a harder day"),
        max_length=200,
        blank=True,
        help_text=_("Empty: the line of the library."),
    )
    why = models.CharField(
        _("why this is for you"),
        max_length=200,
        blank=True,
        help_text=_("The patient reads it: what it does for their own goal."),
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    up_rule = models.CharField(
        _("when to move up"),
        max_length=300,
        blank=True,
        help_text=_("Empty: the rule of the library."),
    )
    down_rule = models.CharField(
        _("when to move down"),
        max_length=300,
        blank=True,
        help_text=_("Empty: the rule of the library."),
    )
    anchor_on = models.DateField(
        _("counted from"),
        null=True,
        blank=True,
        help_text=_("First day of “every so many days”. Empty: the start of the plan."),
    )
    supervised_first = models.BooleanField(_("supervised first"), default=False)
    signed_off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("signed off by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    signed_off_on = models.DateField(_("signed off on"), null=True, blank=True, editable=False)
    settled_reason = models.CharField(_("why it is still right"), max_length=300, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    settled_on = models.DateField(null=True, blank=True, editable=False)
    settled = models.JSONField(default=list, blank=True, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = PlannedExerciseQuerySet.as_manager()

    class Meta(Dosage.Meta):
        abstract = False
        verbose_name = _("planned exercise")
        verbose_name_plural = _("planned exercises")
        ordering = ["order", "pk"]
        constraints = [
            *Dosage.Meta.constraints,
            models.UniqueConstraint(
                name="plans_exercise_and_side_once",
                fields=["plan", "exercise", "working_side"],
                condition=Q(removed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="plans_signed_off_by_and_on",
                condition=Q(signed_off_by__isnull=True, signed_off_on__isnull=True)
                | Q(signed_off_by__isnull=False, signed_off_on__isnull=False),
            ),
            models.CheckConstraint(
                name="plans_settled_with_reason_and_name",
                condition=Q(settled_reason="", settled_by__isnull=True, settled_on__isnull=True)
                | (~Q(settled_reason="") & Q(settled_by__isnull=False, settled_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return str(self.exercise)

    @property
    def needs_supervision(self) -> bool:
        """The patient must not do it alone yet: the page shows its name and the badge only."""
        return self.supervised_first and self.signed_off_on is None

    @property
    def needs_sign_off(self) -> bool:
        """The library wants it watched first, and nobody was to watch it here: it waits."""
        watched = self.exercise.supervised_first and not self.supervised_first
        return watched and self.signed_off_on is None

    @property
    def sides(self) -> int:
        """2 when each side has its turn, else 1."""
        return 2 if self.working_side == WorkingSide.EACH else 1

    def as_published(self) -> dict[str, Any]:
        """This row as a plan version keeps it (schema 2); see versions.py."""
        harder = getattr(self, "harder", None)
        return {
            "key": str(self.key),
            "exercise": self.exercise.key,
            "title": titles(self.exercise),
            "working_side": self.working_side,
            "dosage": self.spec.as_dict(),
            "anchor_on": self.anchor_on.isoformat() if self.anchor_on else None,
            "harder_day": self.harder_day,
            "harder": harder.as_published() if harder else None,
            "why": self.why,
            "note": self.note,
            "rules": {"up": self.up_rule, "down": self.down_rule},
            "supervised": self.needs_supervision,
            "signed_off": self.signed_off_on is not None,
            "settled": list(self.settled),
        }


def titles(exercise: Exercise) -> dict[str, str]:
    """The name of an exercise in both languages, as a plan version keeps it."""
    return {"en": exercise.title_en, "es": exercise.title_es or ""}  # type: ignore[attr-defined]
