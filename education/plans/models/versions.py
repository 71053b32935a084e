"""What was published: the only thing a patient reads."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from education.library.models import Exercise, LibraryRevision

from ..bodies import Body, library_keys, upgraded_row
from .plans import Plan

SCHEMA = 2


class PlanVersionQuerySet(models.QuerySet["PlanVersion"]):
    def visible_to(self, user):
        """Versions of the user's own plan; staff with the permission see all."""
        if not user.is_authenticated:
            return self.none()
        if user.is_staff:
            return self if user.has_perm("plans.view_plan") else self.none()
        return self.filter(plan__patient__user=user)

    def with_seen(self):
        """Each with ``seen_at``, when its patient said that the changes are read, or None."""
        return self.annotate(seen_at=F("seen__at"))

    def read_before(self, version: "PlanVersion") -> "PlanVersion | None":
        """What the patient knew before ``version``: the last one seen, or the plan's first."""
        known = Q(seen__isnull=False) | Q(number=1)
        before = self.filter(plan=version.plan_id, number__lt=version.number)
        return before.filter(known).order_by("-number").first()

    def current(self) -> "PlanVersion | None":
        """The latest version of the patient's latest plan, or nothing.

        The open plan comes first (it has no day on which it ended); without one, the plan that
        ended last. With what the page needs of plan and patient, and the library's present
        revision as ``library_now``, in one narrow query: this is the busiest read of the site.
        """
        revision = LibraryRevision.objects.values("number")[:1]
        return (
            self.select_related("plan__patient")
            .only(
                *("number", "body", "published_at"),
                *("plan__status", "plan__held_until", "plan__ended_on"),
                *("plan__patient__given_name", "plan__patient__preferred_name"),
                *("plan__patient__answers_revision", "plan__patient__harder_day_on"),
            )
            .annotate(library_now=Subquery(revision))
            .order_by(F("plan__ended_on").desc(nulls_first=True), "-plan_id", "-number")
            .first()
        )

    def latest_of(self, plan: Plan) -> "PlanVersion | None":
        """The version the patient reads now, or None."""
        return self.filter(plan=plan).order_by("-number").first()

    def in_use(self):
        """What patients read now: the latest version of every plan that is active or on hold."""
        latest = PlanVersion.objects.filter(plan=OuterRef("plan")).order_by("-number")
        return self.filter(plan__status__in=Plan.OPEN, number=Subquery(latest.values("number")[:1]))

    def with_people(self):
        """With the rows that say whose plan it is."""
        return self.select_related("plan__patient", "plan__clinician")

    def numbered(self):
        """Newest first."""
        return self.order_by("-number")


class PlanVersion(models.Model):
    """A published plan. Rows are written once and never changed.

    ``body`` (schema 2) is::

        {"title", "kind", "goal", "note", "flare_up", "affected_side",
         "pain": {"fine_max", "stop"} (None: the clinic's),
         "start_on", "review_on" (ISO dates), "clinician": {"name", "given_name"},
         "exercises": [PlannedExercise.as_published(), ...]}

    Bodies of schema 1 have no kind, flare-up, why, anchor, harder day or rules of their own, and
    older ones no sign-off and no pain limits; they are read through ``bodies.upgraded``. Titles
    are in both languages. Step texts and stop-ifs are read live from the library, so that a safety
    correction reaches everyone.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    schema = models.PositiveSmallIntegerField(default=SCHEMA)
    body = models.JSONField()
    library_revision = models.PositiveBigIntegerField(_("library revision"))
    published_at = models.DateTimeField(_("published"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("published by"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    library_now: int  # the library's present revision; current() reads it along
    seen_at: datetime | None  # with_seen() reads it along

    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan version")
        verbose_name_plural = _("plan versions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(name="plans_version_number_once", fields=["plan", "number"]),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} v{self.number}"

    def is_harder_on(self, day: date) -> bool:
        """Whether the patient called ``day`` (the clinic's date) a harder one."""
        return self.plan.patient.harder_day_on == day

    @property
    def is_seen(self) -> bool:
        """Whether the patient said that the changes are read; of a version read with it."""
        return self.seen_at is not None

    @cached_property
    def planned(self) -> dict[str, Body]:
        """The exercises as published, in today's schema, by the key of the planned exercise."""
        return {row["key"]: upgraded_row(row) for row in self.body["exercises"]}

    @property
    def exercise_keys(self) -> list[str]:
        """Library keys of the exercises in this version, those of harder days among them."""
        return library_keys(self.body)

    @property
    def start_on(self) -> date:
        """First day of the plan, as published."""
        return date.fromisoformat(self.body["start_on"])

    @property
    def review_on(self) -> date:
        """Day of the review, as published: a plan without one cannot be."""
        return date.fromisoformat(self.body["review_on"])

    @cached_property
    def exercises(self) -> list[Exercise]:
        """The library's rows of them, with their covers; asked for once, then kept.

        One that patients may not read is left out, and counts as a clash (see published_clashes).
        """
        readable = Exercise.objects.readable_in_plans().filter(key__in=self.exercise_keys)
        return list(readable.with_cover())


class PlanVersionSeen(models.Model):
    """The patient has read what changed with this version: it is not told again."""

    version = models.OneToOneField(
        PlanVersion, on_delete=models.CASCADE, related_name="seen", primary_key=True
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("version seen")
        verbose_name_plural = _("versions seen")

    def __str__(self) -> str:
        return str(self.version)
