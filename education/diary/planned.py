"""What a plan asks for on a day: how many sessions, and of which exercises.

Planned for a day = the largest times a day among the exercises due that day. On a harder day the
lighter dosage counts where the plan has one. What must not be done alone is never planned.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from education.people.models import Patient
from education.plans.bodies import Body
from education.plans.models import HarderDayTaken, PlanHold, PlanVersion
from education.plans.reading import is_due, lighter_dosage

A_DAY = timedelta(days=1)


def due_rows(version: PlanVersion, day: date) -> list[Body]:
    """Rows of the version that are planned on ``day`` and may be done alone, as published."""
    if day < version.start_on:
        return []
    rows = version.planned.values()
    return [r for r in rows if not r["supervised"] and is_due(r, day, version.start_on)]


def times_of(row: Body, *, harder: bool = False) -> int:
    """How often a day a row is done; on a harder day as its lighter dosage says."""
    if harder and row["harder"]:
        return lighter_dosage(row).times_per_day
    return row["dosage"]["times_per_day"]


def times_on(version: PlanVersion, day: date, *, harder: bool = False) -> int:
    """Sessions that a version asks for on ``day``; 0 on a day without an exercise."""
    return max((times_of(row, harder=harder) for row in due_rows(version, day)), default=0)


@dataclass(frozen=True)
class History:
    """What says what was planned for a patient: versions (the oldest first), rests, harder days.

    ``zone`` is the clinic's: a version counts from the clinic's date of its publication.
    """

    versions: Sequence[PlanVersion]
    rests: Sequence[PlanHold]
    harder_days: frozenset[date]
    zone: ZoneInfo

    def version_on(self, day: date) -> PlanVersion | None:
        """The version in force on ``day``, or None: no plan yet, ended, or not begun."""
        found = None
        for version in self.versions:
            if version.published_at.astimezone(self.zone).date() <= day:
                found = version
        if found is None or (found.plan.ended_on and day >= found.plan.ended_on):
            return None
        return found if day >= found.start_on else None

    def rested_on(self, day: date, version: PlanVersion) -> bool:
        """Whether the plan of ``version`` was on hold on ``day``."""
        return any(rest.plan_id == version.plan_id and rest.covers(day) for rest in self.rests)

    def times_on(self, day: date) -> int:
        """Sessions planned on ``day``; 0 without a plan, while it rests, on a day without any."""
        version = self.version_on(day)
        if version is None or self.rested_on(day, version):
            return 0
        return times_on(version, day, harder=day in self.harder_days)

    def planned(self, first: date, last: date) -> dict[date, int]:
        """Sessions planned on each day from ``first`` to ``last``, both included."""
        return {day: self.times_on(day) for day in days_between(first, last)}


def days_between(first: date, last: date) -> Iterable[date]:
    """Each day from ``first`` to ``last``, both included."""
    return (first + n * A_DAY for n in range((last - first).days + 1))


def history_of(patient: Patient, zone: ZoneInfo) -> History:
    """What was planned for a patient, in three queries."""
    versions = PlanVersion.objects.filter(plan__patient=patient).select_related("plan")
    return History(
        versions=list(versions.order_by("published_at", "pk")),
        rests=list(PlanHold.objects.filter(plan__patient=patient)),
        harder_days=frozenset(
            HarderDayTaken.objects.filter(patient=patient).values_list("day", flat=True)
        ),
        zone=zone,
    )
