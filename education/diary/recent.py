"""What happened to a patient in the last days, read in one query.

The start page is the busiest of the site and says a little of many things. Each is a narrow read;
they are sent together, every row as a kind and what is asked of it.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, NamedTuple, Self
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject, TruncDate

from education.people.models import Clinic, User
from education.plans.models import HarderDayTaken, Plan, PlanHold, PlanVersion

from .models import ExerciseLog, MorningCheck, Session
from .planned import History


class SessionLine(NamedTuple):
    """One exercise of a session, or a session without any; ``outcome`` is then None."""

    day: date
    occurrence: int
    key: UUID
    is_finished: bool
    knows_start: bool
    told: str
    exercise: str
    outcome: str | None

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> Self:
        return cls(
            day=date.fromisoformat(row["day"]),
            occurrence=row["occurrence"],
            key=UUID(row["key"]),
            is_finished=bool(row["finished"]),
            knows_start=row["before"] is not None,
            told=row["told"],
            exercise=str(UUID(row["exercise"])) if row["exercise"] else "",
            outcome=row["outcome"],
        )

    @property
    def counts(self) -> bool:
        """Whether it makes a session of what it belongs to."""
        return self.outcome in ExerciseLog.COUNTED


@dataclass(frozen=True)
class Recent:
    """What was read: the sessions' lines, what was planned, days with a morning check."""

    sessions: list[SessionLine]
    history: History
    mornings: frozenset[date]


def read_recent(user: User, version: PlanVersion, *, first: date, clinic: Clinic) -> Recent:
    """From ``first`` to the clinic's today, for a patient whose present version is ``version``."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    rows = _all(user, version, first, clinic)
    for kind, row in rows:
        found.setdefault(kind, []).append(row)
    versions = sorted(found.get("version", []), key=lambda row: row["pk"])
    history = History(
        versions=[*(_version(row, clinic) for row in versions), version],
        rests=[_rest(row) for row in found.get("rest", [])],
        harder_days=frozenset(_days(found, "harder")),
        zone=clinic.zone,
    )
    sessions = [SessionLine.read(row) for row in found.get("session", [])]
    return Recent(sessions, history, frozenset(_days(found, "morning")))


def _all(user: User, version: PlanVersion, first: date, clinic: Clinic) -> QuerySet[Any, Any]:
    """(kind, row) of everything, in no order."""
    today = clinic.today()
    reads: list[QuerySet[Any, Any]] = [
        _lines("session", Session.objects.visible_to(user).between(first, today), **SESSION),
        _lines("morning", MorningCheck.objects.visible_to(user).filter(day=today), day="day"),
        _lines(
            "harder",
            HarderDayTaken.objects.filter(patient__user=user, day__range=(first, today)),
            day="day",
        ),
        _lines(
            "rest",
            PlanHold.objects.filter(
                Q(until_on__isnull=True) | Q(until_on__gt=first), plan__patient__user=user
            ),
            **{"plan": "plan_id", "from": "from_on", "until": "until_on"},
        ),
    ]
    begins = datetime.combine(first, time(), clinic.zone)
    if version.published_at >= begins:
        reads.append(_lines("version", _earlier(user, version, begins), **_earlier_row(clinic)))
    return reads[0].union(*reads[1:], all=True)


SESSION: dict[str, Any] = {
    "day": "day",
    "occurrence": "occurrence",
    "key": "submission_key",
    "finished": ExpressionWrapper(Q(finished_at__isnull=False), BooleanField()),
    "before": "pain_before",
    "told": "told",
    "exercise": "logs__key",
    "outcome": "logs__outcome",
}


def _lines(kind: str, rows: QuerySet[Any, Any], **columns: Any) -> QuerySet[Any, Any]:
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


def _days(found: Mapping[str, list[Mapping[str, Any]]], kind: str) -> Iterator[date]:
    return (date.fromisoformat(row["day"]) for row in found.get(kind, []))
