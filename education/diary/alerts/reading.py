"""Reading diaries for their alerts: one back to where it is enough, or many as a whole."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, Greatest

from education.people.models import Clinic, Patient
from education.plans.models import Plan, PlanHold, PlanVersion

from ..models import Correction, MorningCheck, Session
from .wanted import (
    PAIN_RISE,
    USUAL_DAYS,
    Diary,
    MorningFacts,
    SessionFacts,
    SignAgain,
    Standing,
)

CHUNK = 200  # rows that the database hands over at a time


def read_diary(patient: int, since: date) -> Diary:
    """What can still change the alerts of one patient: three queries, four after a corrected flag.

    Sessions and mornings come the latest first, and reading stops where no alert can depend on
    what is before: a diary of years costs as much as one of months.
    """
    rows = facts_of_sessions(Session.objects.filter(patient=patient)).latest_first()
    sessions = [*_back_to(since, (SessionFacts._make(row[1:]) for row in _each(rows)))]
    rows = facts_of_mornings(MorningCheck.objects.filter(patient=patient)).order_by("-day")
    mornings = [*_back_to_settled(MorningFacts._make(row[1:]) for row in _each(rows))]
    standing = standings([patient]).get(patient)
    return Diary(sessions[::-1], mornings[::-1], standing, since, signs_again(sessions))


def read_diaries(patients: Collection[int]) -> dict[int, Diary]:
    """The whole diaries of these patients: three queries, four after a corrected flag."""
    sessions: dict[int, list[SessionFacts]] = defaultdict(list)
    rows = facts_of_sessions(Session.objects.filter(patient__in=patients)).in_order()
    for row in _each(rows):
        sessions[row[0]].append(SessionFacts._make(row[1:]))
    mornings: dict[int, list[MorningFacts]] = defaultdict(list)
    rows = facts_of_mornings(MorningCheck.objects.filter(patient__in=patients)).in_order()
    for row in _each(rows):
        mornings[row[0]].append(MorningFacts._make(row[1:]))
    standing = standings(patients)
    signs = signs_again(chain.from_iterable(sessions.values()))
    return {pk: Diary(sessions[pk], mornings[pk], standing.get(pk), signs=signs) for pk in patients}


def _each(rows: QuerySet) -> Iterator[tuple[Any, ...]]:
    return rows.iterator(chunk_size=CHUNK)


def _back_to(since: date, sessions: Iterable[SessionFacts]) -> Iterator[SessionFacts]:
    """Back to ``since``, and as far as the usual pain of a run needs (see pain_run)."""
    needed = None
    for session in sessions:
        if needed and session.day < needed:
            return
        if needed is None and session.pain_after is not None and session.pain_after < PAIN_RISE:
            needed = min(since, session.day - timedelta(days=USUAL_DAYS))
        yield session


def _back_to_settled(mornings: Iterable[MorningFacts]) -> Iterator[MorningFacts]:
    """Back to the last one that was settled: a run cannot begin before."""
    for morning in mornings:
        yield morning
        if morning.settled:
            return


def facts_of_sessions(sessions: Any) -> Any:
    """Rows of the patient's key and then SessionFacts."""
    corrections = Correction.objects.filter(session=OuterRef("pk"))
    flag = Q(before__wrong__in=Session.RED_FLAGS) | Q(before__told=Session.Told.RED_FLAG)
    of_comment = corrections.filter(before__has_key="comment").order_by("-pk")
    rated = When(finished_at__isnull=False, then=F("pain_after"))
    return sessions.values_list(
        "patient_id",
        "pk",
        "day",
        Greatest(Coalesce("finished_at", "started_at"), "entered_at"),
        Case(rated, default=None),
        "moved",
        "wrong",
        "told",
        ~Q(comment=""),
        Exists(corrections.filter(flag)),
        Subquery(of_comment.values("pk")[:1]),
    )


def signs_again(sessions: Iterable[SessionFacts]) -> dict[int, list[SignAgain]]:
    """Signs of danger that came with a correction after an earlier one, by the session's key."""
    now = {session.pk: session.wrong for session in sessions if session.was_flag}
    if not now:
        return {}
    rows = Correction.objects.filter(session__in=now, before__has_key="wrong").order_by("pk")
    changes: dict[int, list[Correction]] = defaultdict(list)
    for correction in rows:
        changes[correction.session_id].append(correction)
    return {pk: list(_again(corrections, now[pk])) for pk, corrections in changes.items()}


def _again(changes: Sequence[Correction], now: str) -> Iterator[SignAgain]:
    """Of one session: ``changes`` of what felt wrong, the oldest first, and what it says now."""
    said = [*(change.before["wrong"] for change in changes), now]
    for number, change in enumerate(changes, start=1):
        before = said[:number]
        if said[number] in Session.RED_FLAGS and not set(Session.RED_FLAGS).isdisjoint(before):
            yield SignAgain(change.pk, change.at)


def facts_of_mornings(mornings: Any) -> Any:
    """Rows of the patient's key and then MorningFacts."""
    columns = ("patient_id", "pk", "day", "answered_at", "session_id", "settled")
    return mornings.with_settled().values_list(*columns)


def standings(patients: Collection[int]) -> dict[int, Standing]:
    """The open plan of each current patient, by the patient's key: one query."""
    versions = PlanVersion.objects.filter(plan=OuterRef("plan"))
    done = Session.objects.filter(patient=OuterRef("plan__patient")).done()
    rests = PlanHold.objects.filter(plan=OuterRef("plan"), until_on__isnull=False)
    rows = (
        PlanVersion.objects.in_use()
        .filter(plan__patient__in=patients, plan__patient__status=Patient.Status.CURRENT)
        .values(
            "plan",
            patient=F("plan__patient"),
            has_account=Q(plan__patient__user__isnull=False),
            rests=Q(plan__status=Plan.Status.ON_HOLD),
            held_until=F("plan__held_until"),
            start_on=KT("body__start_on"),
            review_on=KT("body__review_on"),
            first_published_at=Subquery(versions.order_by("number").values("published_at")[:1]),
            last_done=Subquery(done.order_by("-day").values("day")[:1]),
            rested_until=Subquery(rests.order_by("-until_on").values("until_on")[:1]),
            # Along with the rest: a query of its own would be one more in every save.
            zone=_zone(),
        )
    )
    return {row["patient"]: _standing(row) for row in rows}


def _zone() -> Coalesce:
    """The name of the clinic's time zone."""
    here = Subquery(Clinic.objects.values("time_zone")[:1], output_field=CharField())
    return Coalesce(here, Value(Clinic().time_zone))


def _standing(row: dict[str, Any]) -> Standing:
    published_on = row["first_published_at"].astimezone(ZoneInfo(row["zone"])).date()
    days = [date.fromisoformat(row["start_on"]), published_on]
    days += [row[name] for name in ("last_done", "rested_until", "held_until") if row[name]]
    awaited = row["has_account"] and (row["held_until"] or not row["rests"])
    return Standing(
        plan=row["plan"],
        review_on=date.fromisoformat(row["review_on"]),
        counts_from=max(days) if awaited else None,
    )
