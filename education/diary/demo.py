"""Two weeks of the invented people's diaries, to try the site with. Development only."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from education.people.models import Clinic, Patient
from education.plans.models import PlanVersion

from .alerts import settle_alerts
from .models import (
    ActivityScore,
    ExerciseLog,
    FunctionActivity,
    MorningCheck,
    Outcome,
    Session,
)
from .pain_rule import answer_to, thresholds_of
from .planned import due_rows, times_on

BEGAN = timedelta(days=14)
HOURS = (time(8, 30), time(17, 30), time(12), time(20))  # of the first session of a day, and so on


@dataclass(frozen=True)
class DemoDay:
    """Pain before and after each session of a day (0-10), the next morning, and what was said."""

    before: int
    after: int
    morning: int | None = None
    sessions: int = 2
    moved: str = Session.Moved.SAME
    comment: str = ""


@dataclass(frozen=True)
class DemoDiary:
    """The days up to yesterday, the oldest first; None is a day without an entry."""

    email: str
    days: tuple[DemoDay | None, ...]
    activities: tuple[tuple[str, int], ...] = ()


UP, DOWN = Session.Moved.UP, Session.Moved.DOWN
DIARIES = [
    DemoDiary(
        email="patient-left@clinic.example",
        days=(
            DemoDay(6, 6, morning=6),
            DemoDay(6, 5, morning=6),
            None,
            DemoDay(6, 5, morning=5, sessions=1),
            DemoDay(5, 5, morning=5),
            DemoDay(5, 4, morning=5, moved=UP),
            None,
            DemoDay(5, 4, morning=4),
            DemoDay(5, 5, morning=5, sessions=1, comment="A long drive today."),
            DemoDay(5, 4, morning=4),
            DemoDay(4, 4, morning=4, moved=UP),
            DemoDay(4, 3, morning=3),
            None,
            DemoDay(4, 3, moved=UP),
        ),
        activities=(("Sit through a movie", 3), ("Put on my socks", 4), ("Drive for an hour", 2)),
    ),
    DemoDiary(
        email="patient-right@clinic.example",
        days=(
            DemoDay(4, 4, morning=4),
            DemoDay(4, 3, morning=4),
            DemoDay(3, 3, morning=3),
            None,
            DemoDay(3, 3, morning=3),
            DemoDay(3, 3, morning=4, sessions=1),
            DemoDay(3, 2, morning=3),
            DemoDay(3, 3, morning=3),
            None,
            DemoDay(3, 3, morning=3),
            DemoDay(4, 5, morning=6, sessions=1),
            DemoDay(4, 6, morning=6, sessions=1, comment="I lifted a bag of soil yesterday."),
            DemoDay(5, 6, sessions=1, moved=DOWN),
            None,
        ),
        activities=(("Plant a bed", 4), ("Carry the shopping", 5), ("Climb the stairs", 6)),
    ),
]


@transaction.atomic
def add_demo_diaries() -> None:
    """Give the demonstration's patients a diary; whoever has one keeps it.

    Needs their plans. Raises ImproperlyConfigured outside development.
    """
    if not settings.DEVELOPMENT:
        raise ImproperlyConfigured(
            "Demo diaries are for development only: set CLINIC_DEVELOPMENT=1"
        )
    for demo in DIARIES:
        patient = Patient.objects.get(user__email=demo.email)
        if not patient.sessions.exists():
            _add(demo, patient)


def _add(demo: DemoDiary, patient: Patient) -> None:
    clinic = Clinic.objects.current()
    begins = clinic.today() - BEGAN
    version = PlanVersion.objects.select_related("plan").get(plan__patient=patient)
    # The plan was made today; its diary needs one that was published when it began.
    version.published_at = datetime.combine(begins, time(8), clinic.zone)
    version.save(update_fields=["published_at"])
    for n, day in enumerate(demo.days):
        if day is not None:
            _add_day(version, begins + timedelta(days=n), day, clinic)
    _add_outcome(demo, version, begins)
    settle_alerts(patient=patient, today=clinic.today())


def _add_day(version: PlanVersion, day: date, demo: DemoDay, clinic: Clinic) -> None:
    """The sessions of one day and the morning after it."""
    patient, limits = version.plan.patient, thresholds_of(version, clinic)
    first = None
    for occurrence in range(1, min(demo.sessions, times_on(version, day)) + 1):
        at = datetime.combine(day, HOURS[occurrence - 1], clinic.zone)
        session = Session(
            patient=patient,
            version=version,
            day=day,
            occurrence=occurrence,
            pain_before=demo.before,
            pain_after=demo.after,
            moved=demo.moved,
            comment=demo.comment if occurrence == 1 else "",
            started_at=at,
            finished_at=at + timedelta(minutes=12),
            entered_at=at,
        )
        session.told = answer_to(session, limits)
        session.save()
        _log(session, day, occurrence)
        first = first or session
    if first and demo.morning is not None:
        morning = day + timedelta(days=1)
        MorningCheck.objects.create(
            patient=patient,
            session=first,
            day=morning,
            pain=demo.morning,
            answered_at=datetime.combine(morning, time(8), clinic.zone),
        )


def _log(session: Session, day: date, occurrence: int) -> None:
    """Everything that was due the ``occurrence``-th time is done."""
    for row in due_rows(session.version, day):
        if occurrence <= row["dosage"]["times_per_day"]:
            ExerciseLog.objects.create(
                session=session,
                key=row["key"],
                exercise=row["exercise"],
                outcome=ExerciseLog.Outcome.DONE,
                logged_at=session.finished_at or session.started_at,
            )


def _add_outcome(demo: DemoDiary, version: PlanVersion, day: date) -> None:
    """What was measured at the start, entered by the clinician."""
    patient, first = version.plan.patient, next(day for day in demo.days if day)
    outcome = Outcome.objects.create(
        patient=patient,
        plan=version.plan,
        point=Outcome.Point.START,
        day=day,
        pain=first.before,
        by=version.by,
        submission_key=uuid.uuid4(),
    )
    for order, (name, score) in enumerate(demo.activities):
        activity = FunctionActivity.objects.create(patient=patient, name=name, order=order)
        ActivityScore.objects.create(outcome=outcome, activity=activity, score=score)
