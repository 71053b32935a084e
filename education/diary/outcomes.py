"""Outcome measures as people read them: when to measure, what was measured, what changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from education.people.models import Patient
from education.plans.models import Plan, PlanVersion

from .models import FunctionActivity, Outcome
from .scoring import Change, change, function_score

START_DAYS = 14  # from the start of a plan in which its start is asked for
REVIEW_DAYS = 7  # before the review date from which the review is asked for
Point = Outcome.Point


@dataclass(frozen=True)
class Asked:
    """The point of a plan that a measure would be of today; ``is_due``: we ask for it now."""

    plan: Plan
    point: str
    is_due: bool

    def get_point_display(self) -> str:
        """The point in words."""
        return str(Point(self.point).label)


def asked_for(
    versions: Sequence[PlanVersion], outcomes: Sequence[Outcome], today: date
) -> Asked | None:
    """What may be measured today, or None.

    ``versions`` are all of the patient's, the oldest first, with their plans. Of a plan in use the
    start is asked for while it is missing, then the review from REVIEW_DAYS before its date (that
    of the last version); in between a review is offered, not asked for. Of a plan that ended, the
    end. Once a day is enough, and a plan that was taken back is not measured.
    """
    version = _measured_version(versions)
    if version is None:
        return None
    plan = version.plan
    of_plan = [outcome for outcome in outcomes if outcome.plan_id == plan.pk]
    points = {outcome.point for outcome in of_plan}
    if plan.is_ended:
        return None if Point.END in points else Asked(plan, Point.END, is_due=True)
    if any(outcome.day >= today for outcome in of_plan):
        return None
    if Point.START not in points:
        early = today < version.start_on + timedelta(days=START_DAYS)
        return Asked(plan, Point.START, is_due=early or not of_plan)
    opens = version.review_on - timedelta(days=REVIEW_DAYS)
    reviewed = any(o.day >= opens and o.point == Point.REVIEW for o in of_plan)
    return Asked(plan, Point.REVIEW, is_due=today >= opens and not reviewed)


def _measured_version(versions: Sequence[PlanVersion]) -> PlanVersion | None:
    """The last version of the plan in use, else of the one that was completed last."""
    known = [v for v in versions if v.plan.status != Plan.Status.REVOKED]
    in_use = [version for version in known if version.plan.is_open]
    if in_use:
        return in_use[-1]
    return max(known, key=lambda v: (v.plan.ended_on or date.min, v.pk), default=None)


def measured_plan(versions: Sequence[PlanVersion]) -> Plan | None:
    """The plan that a measure belongs to: the one in use, else the one completed last."""
    version = _measured_version(versions)
    return version.plan if version else None


@dataclass(frozen=True)
class Measure:
    """One time of measuring. ``scores`` are 0-10 by the id of the activity."""

    outcome: Outcome
    scores: dict[int, int]

    @property
    def function(self) -> Decimal | None:
        """The mean of the scored activities, to one decimal."""
        return function_score(self.scores)

    def changed_to(self, later: "Measure") -> Change:
        """What changed from this measure to a later one."""
        return change(
            pain_then=self.outcome.pain,
            pain_now=later.outcome.pain,
            scores_then=self.scores,
            scores_now=later.scores,
        )


@dataclass(frozen=True)
class ActivityRow:
    """An activity with its score at each measure (None: not asked then) and its change."""

    activity: FunctionActivity
    scores: list[int | None]
    change: int | None
    is_real: bool


@dataclass(frozen=True)
class Measures:
    """All measures of a patient, the oldest first; what changed is told of one plan."""

    all: list[Measure]
    activities: list[FunctionActivity]
    plan_id: int | None

    @cached_property
    def of_plan(self) -> list[Measure]:
        """Those of the plan in use, or of the last one."""
        return [measure for measure in self.all if measure.outcome.plan_id == self.plan_id]

    @cached_property
    def change(self) -> Change | None:
        """From the first to the last measure of the plan; None with fewer than two."""
        if len(self.of_plan) < 2:
            return None
        return self.of_plan[0].changed_to(self.of_plan[-1])

    @property
    def first(self) -> Measure | None:
        return self.of_plan[0] if self.of_plan else None

    @property
    def last(self) -> Measure | None:
        return self.of_plan[-1] if self.of_plan else None

    @cached_property
    def rows(self) -> list[ActivityRow]:
        """Each activity across all measures."""
        found = self.change
        return [
            ActivityRow(
                activity=activity,
                scores=[measure.scores.get(activity.pk) for measure in self.all],
                change=found.activities.get(activity.pk) if found else None,
                is_real=bool(found and found.activity_is_real(activity.pk)),
            )
            for activity in self.activities
        ]


def outcomes_of(patient: Patient) -> list[Outcome]:
    """Every outcome of a patient, the oldest first, with its scores; in two queries."""
    return list(Outcome.objects.filter(patient=patient).with_scores().in_order())


def measures_of(outcomes: Sequence[Outcome], versions: Sequence[PlanVersion]) -> Measures:
    """The same as both sides read it. ``versions`` say which plan the change is told of."""
    version = _measured_version(versions)
    activities: dict[int, FunctionActivity] = {}
    found = []
    for outcome in outcomes:
        scores = {}
        for score in outcome.scores.all():
            activities[score.activity_id] = score.activity
            scores[score.activity_id] = score.score
        found.append(Measure(outcome, scores))
    in_order = sorted(activities.values(), key=lambda activity: (activity.order, activity.pk))
    return Measures(found, in_order, version.plan_id if version else None)
