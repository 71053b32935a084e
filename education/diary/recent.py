"""What happened to a patient in the last days, read in one query.

The start page is the busiest of the site and says a little of many things. Each is a narrow read;
they are sent together, every row as a kind and what is asked of it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, NamedTuple, Self
from uuid import UUID

from django.db.models import Q, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject, TruncDate

from education.library.drawn import drawn
from education.people.models import Clinic, User
from education.plans.models import HarderDayTaken, Plan, PlanHold, PlanVersion

from .models import ExerciseLog, Session
from .planned import History


class SessionLine(NamedTuple):
    """One exercise of a session, or a session without any: ``exercise`` and ``outcome`` are None.

    ``morning`` is the day on which the pain on the morning after it was told. Times and pain are
    asked only whether they are there.
    """

    day: date
    occurrence: int
    key: UUID
    finished_at: Any
    pain_before: int | None
    told: str
    morning: Any
    exercise: UUID | None
    outcome: str | None

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> Self:
        """From a row as JSON."""
        native = {
            "day": date.fromisoformat(row["day"]),
            "key": UUID(row["key"]),
            "exercise": row["exercise"] and UUID(row["exercise"]),
        }
        return cls(**{**row, **native})

    @property
    def counts(self) -> bool:
        """Whether it makes a session of what it belongs to."""
        return self.outcome in ExerciseLog.COUNTED


@dataclass(frozen=True)
class Recent:
    """What was read: a line for each exercise of the sessions, and what was planned."""

    sessions: list[SessionLine]
    history: History


@dataclass(frozen=True)
class Past:
    """What was planned on the days before today. Nothing changes it before midnight."""

    versions: list[PlanVersion]
    rests: list[PlanHold]
    harder_days: frozenset[date]


Found = dict[str, list[Mapping[str, Any]]]  # rows by their kind
Reads = list[QuerySet[Any, Any]]


def read_recent(user: User, version: PlanVersion, *, first: date, clinic: Clinic) -> Recent:
    """From ``first`` to the clinic's today, for a patient whose present version is ``version``.

    One query. What was planned is remembered in this process for the rest of the day.
    """
    today, found = clinic.today(), Found()
    sessions = Session.objects.visible_to(user).between(first, today)

    def look() -> Past:
        with_past = [_rows("session", sessions, **SESSION), *_past(user, version, first, clinic)]
        found.update(_find(with_past))
        return _read_past(found, clinic)

    past = drawn(("past", version.pk, first, today, clinic.time_zone), look)
    if found:
        lines = [SessionLine.read(row) for row in found["session"]]
    else:
        lines = [SessionLine(*row) for row in sessions.order_by().values_list(*SESSION.values())]
    harder_today = {today} if version.is_harder_on(today) else set()
    history = History(
        versions=[*past.versions, version],
        rests=past.rests,
        harder_days=past.harder_days | harder_today,
        zone=clinic.zone,
    )
    return Recent(lines, history)


def _find(reads: Reads) -> Found:
    found: Found = {kind: [] for kind in KINDS}
    for kind, row in reads[0].union(*reads[1:], all=True):
        found[kind].append(row)
    return found


def _past(user: User, version: PlanVersion, first: date, clinic: Clinic) -> Reads:
    """What else is asked when it is not known what was planned since ``first``."""
    before = HarderDayTaken.objects.filter(day__gte=first, day__lt=clinic.today())
    rests = PlanHold.objects.filter(Q(until_on__isnull=True) | Q(until_on__gt=first))
    reads = [
        _rows("harder", before.filter(patient__user=user), day="day"),
        _rows("rest", rests.filter(plan__patient__user=user), **REST),
    ]
    begins = datetime.combine(first, time(), clinic.zone)
    if version.published_at >= begins:
        reads.append(_rows("version", _earlier(user, version, begins), **_earlier_row(clinic)))
    return reads


KINDS = ("session", "harder", "rest", "version")
SESSION = {  # in the order of SessionLine
    "day": "day",
    "occurrence": "occurrence",
    "key": "submission_key",
    "finished_at": "finished_at",
    "pain_before": "pain_before",
    "told": "told",
    "morning": "mornings__day",
    "exercise": "logs__key",
    "outcome": "logs__outcome",
}
REST = {"plan": "plan_id", "from": "from_on", "until": "until_on"}


def _rows(kind: str, rows: QuerySet[Any, Any], **columns: Any) -> QuerySet[Any, Any]:
    return rows.order_by().values_list(Value(kind), JSONObject(**columns))


def _earlier(user: User, version: PlanVersion, begins: datetime) -> QuerySet[Any, Any]:
    """Versions before this one that were in force at some time since ``begins``."""
    own = PlanVersion.objects.visible_to(user).filter(published_at__lt=version.published_at)
    before = own.filter(published_at__lt=begins).order_by("-published_at", "-pk")
    return own.filter(Q(published_at__gte=begins) | Q(pk=Subquery(before.values("pk")[:1])))


def _earlier_row(clinic: Clinic) -> dict[str, Any]:
    return {
        "pk": "pk",
        "body": "body",
        "published": TruncDate("published_at", tzinfo=clinic.zone),
        "plan": "plan_id",
        "ended": "plan__ended_on",
    }


def _read_past(found: Found, clinic: Clinic) -> Past:
    versions = sorted(found["version"], key=lambda row: row["pk"])
    return Past(
        versions=[_version(row, clinic) for row in versions],
        rests=[_rest(row) for row in found["rest"]],
        harder_days=frozenset(date.fromisoformat(row["day"]) for row in found["harder"]),
    )


def _version(row: Mapping[str, Any], clinic: Clinic) -> PlanVersion:
    body = row["body"]
    return PlanVersion(
        pk=row["pk"],
        body=json.loads(body) if isinstance(body, str) else body,  # SQLite keeps it as text
        published_at=datetime.combine(date.fromisoformat(row["published"]), time(), clinic.zone),
        plan=Plan(pk=row["plan"], ended_on=_day(row["ended"])),
    )


def _rest(row: Mapping[str, Any]) -> PlanHold:
    from_on = date.fromisoformat(row["from"])
    return PlanHold(plan_id=row["plan"], from_on=from_on, until_on=_day(row["until"]))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
