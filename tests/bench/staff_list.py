"""``python -m tests.bench.staff_list``: what staff wait for, with a large clinic behind it.

In a test database of its own, in one process and without a network: 10,000 patients with 500,000
sessions unless ``--patients`` and ``--sessions`` (of each) say otherwise. TEST_DATABASE=postgres
runs it on PostgreSQL. Prints queries and milliseconds of whole answers, what the database does for
the list, how long one save settles, and how long all alerts take to rebuild.
"""

import random
import time
import uuid
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from statistics import median
from typing import Any

from tests.bench.database import in_test_database

TIMES = 7
HISTORY = 20  # alerts of each patient that are closed or seen by now
BATCH = 2000


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--patients", type=int, default=10_000)
    parser.add_argument("--sessions", type=int, default=50, help="of each patient")
    sizes = parser.parse_args()
    in_test_database(lambda: report(sizes.patients, sizes.sessions))


def report(patients: int, sessions: int) -> None:
    """Fill the clinic, and print a line per question."""
    from django.db import connection
    from django.test import Client

    from clinic import roles
    from education.diary.alerts import rebuild_alerts, settle_now
    from education.diary.models import Alert
    from education.people.models import Clinic, Patient
    from tests import factories

    dana = factories.make_staff("dana@clinic.example", "Dana", "Example", roles.CLINICIANS, "PT")
    fill(patients, sessions, dana)
    keep(Alert, _looked_at(HISTORY, dana))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    today = Clinic.objects.current().today()
    begun = time.perf_counter()
    made = sum(rebuild_alerts(today))
    took = time.perf_counter() - begun
    waiting = Alert.objects.needs_a_look(today)
    print(f"{connection.vendor}: {patients} patients, {patients * sessions} sessions")
    print(f"rebuild_alerts: {took:.1f} s, {made} rows, of them {waiting.count()} to look at")
    begun = time.perf_counter()
    print(f"again: {sum(rebuild_alerts(today))} changed, {time.perf_counter() - begun:.1f} s")
    print(waiting.most_urgent_first().with_facts()[:50].explain())
    staff = Client()
    staff.force_login(dana)
    some = Patient.objects.order_by("pk")[patients // 2]
    for address in (
        "/admin/",
        "/admin/diary/alert/",
        "/admin/diary/alert/?whose=mine",
        "/admin/diary/alert/?kind__exact=pain_up",
        "/admin/diary/alert/?p=3",
        f"/admin/people/patient/{some.pk}/change/",
        f"/admin/people/patient/{some.pk}/sessions/",
        f"/admin/plans/plan/{some.plans.get().pk}/change/",
    ):
        tell(address, lambda address=address: staff.get(address))
    tell("settling one save", lambda: settle_now(some))


def tell(what: str, act: Callable[[], Any]) -> None:
    """Print how many queries ``act`` takes, and its usual time."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    act()
    with CaptureQueriesContext(connection) as asked:
        act()
    queries = len(asked)  # now: the next request empties the log
    times = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        act()
        times.append((time.perf_counter() - begun) * 1000)
    print(f"{what:<42}{queries:>4} queries{median(times):>8.1f} ms")


# ------------------------------------------------------------------ a large clinic


def fill(patients: int, sessions: int, clinician: Any) -> None:
    """Patients with an account and an active plan each, and sessions on the days up to today."""
    from education.people.models import Clinic, Patient, User
    from education.plans.models import Plan, PlannedExercise, PlanVersion
    from tests import factories

    today = Clinic.objects.current().today()
    start = today - timedelta(days=sessions)
    first = factories.make_patient("first@patient.example", "Ada", "First", clinician)
    plan = factories.make_plan(
        first, clinician, exercises=1, start_on=start, review_on=today + timedelta(days=9)
    )
    body, row = plan.versions.get().body, plan.planned_exercises.get()
    keep(User, (User(email=f"p{n}@patient.example") for n in range(1, patients)))
    users = User.objects.filter(email__startswith="p", is_staff=False).order_by("pk")
    keep(Patient, (_patient(user, clinician) for user in users.iterator()))
    others = Patient.objects.exclude(pk=first.pk).order_by("pk")
    keep(Plan, (_plan(plan, patient) for patient in others.iterator()))
    plans = list(Plan.objects.exclude(pk=plan.pk).order_by("pk"))
    keep(PlannedExercise, (_row(row, plan) for plan in plans))
    keep(PlanVersion, (_version(plan, body, clinician) for plan in plans))
    PlanVersion.objects.update(published_at=_noon(start))
    _diaries(row, sessions, today)


def keep(model: Any, rows: Iterator[Any]) -> None:
    """Write rows in batches, without signals: nobody did this."""
    while batch := list(islice(rows, BATCH)):
        model.objects.bulk_create(batch)


def _patient(user: Any, clinician: Any) -> Any:
    from education.people.models import Patient

    of = clinician if user.pk % 20 == 0 else None
    return Patient(user=user, given_name="Ada", family_name=f"No{user.pk}", clinician=of)


def _plan(plan: Any, patient: Any) -> Any:
    from education.plans.models import Plan

    same = ("clinician_id", "title", "status", "start_on", "review_on")
    return Plan(patient=patient, **{name: getattr(plan, name) for name in same})


def _row(row: Any, plan: Any) -> Any:
    from education.plans.models import PlannedExercise
    from tests.factories import DOSAGE_FIELDS

    dosage = {name: getattr(row, name) for name in DOSAGE_FIELDS}
    return PlannedExercise(plan=plan, exercise_id=row.exercise_id, **dosage)


def _version(plan: Any, body: dict[str, Any], clinician: Any) -> Any:
    from education.plans.models import PlanVersion

    return PlanVersion(plan=plan, number=1, body=body, library_revision=1, by=clinician)


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 20, tzinfo=UTC)


def _diaries(row: Any, sessions: int, today: date) -> None:
    from education.diary.models import ExerciseLog, Session
    from education.plans.models import PlanVersion

    chance = random.Random(7)  # noqa: S311 the same clinic every time
    versions = PlanVersion.objects.values_list("pk", "plan__patient_id").order_by("pk")
    keep(
        Session,
        (
            _session(chance, version, patient, today, ago, sessions)
            for version, patient in versions.iterator()
            for ago in _days(chance, sessions)
        ),
    )
    keep(
        ExerciseLog,
        (
            ExerciseLog(session_id=pk, key=row.key, exercise="lift", outcome="done")
            for pk in Session.objects.values_list("pk", flat=True).iterator()
        ),
    )


def _looked_at(number: int, clinician: Any) -> Iterator[Any]:
    """Silences of years before, half of them closed and half of them seen."""
    from education.diary.models import Alert
    from education.people.models import Patient

    day = date(2020, 1, 1)
    seen = {"acknowledged_at": _noon(day), "acknowledged_by": clinician}
    for patient in Patient.objects.order_by("pk").values_list("pk", flat=True):
        for n in range(number):
            since = day + timedelta(days=8 * n)
            row = Alert(patient_id=patient, kind="quiet", cause=f"since:{since}", opens_on=since)
            row.closed_at = _noon(since)
            for name, value in seen.items() if n % 2 else ():
                setattr(row, name, value)
            yield row


def _days(chance: random.Random, sessions: int) -> range:
    """Days ago, the longest first; one patient in twelve went silent nine days ago."""
    silent = 9 if chance.random() < 0.08 else 0
    return range(sessions - 1 + silent, silent - 1, -1)


def _session(
    chance: random.Random, version: int, patient: int, today: date, ago: int, sessions: int
) -> Any:
    """A quiet session, but that one patient in twenty is worse in the last days."""
    from education.diary.models import Session

    worse = patient % 20 == 3 and ago < 4
    recent = ago < sessions // 8
    day = today - timedelta(days=ago)
    return Session(
        patient_id=patient,
        version_id=version,
        day=day,
        occurrence=1,
        submission_key=uuid.UUID(int=chance.getrandbits(128)),
        pain_before=3,
        pain_after=chance.choice((2, 3, 3, 4)) + 3 * worse,
        moved="down" if recent and chance.random() < 0.005 else "same",
        wrong="fell" if recent and chance.random() < 0.0005 else "",
        comment="It pulls a little." if recent and chance.random() < 0.01 else "",
        started_at=_noon(day),
        finished_at=_noon(day),
        entered_at=_noon(day),
    )


if __name__ == "__main__":
    main()
