"""A long diary: two sessions a day for two years."""

from datetime import date, datetime, timedelta

from education.diary.models import ExerciseLog, MorningCheck, Session
from education.people.models import Clinic, Patient
from education.plans.models import PlanVersion

DAYS = 730


def make_two_years(patient: Patient, *, days: int = DAYS) -> None:
    """Two sessions on each of the last ``days`` days, each with its exercises and its morning."""
    version = PlanVersion.objects.filter(plan__patient=patient).latest("pk")
    clinic = Clinic.objects.current()
    today = clinic.today()
    version.published_at = datetime.combine(
        today - timedelta(days), datetime.min.time(), clinic.zone
    )
    version.body = {**version.body, "start_on": (today - timedelta(days)).isoformat()}
    version.save()
    sessions = Session.objects.bulk_create(
        _session(version, today - timedelta(n), occurrence, clinic)
        for n in range(1, days + 1)
        for occurrence in (1, 2)
    )
    ExerciseLog.objects.bulk_create(
        ExerciseLog(session=session, key=key, exercise=row["exercise"], outcome="done")
        for session in sessions
        for key, row in version.planned.items()
    )
    MorningCheck.objects.bulk_create(
        MorningCheck(
            patient=patient,
            session=session,
            day=session.day + timedelta(days=1),
            pain=session.pain_after,
        )
        for session in sessions
        if session.occurrence == 1 and session.day < today - timedelta(days=1)
    )


def _session(version: PlanVersion, day: date, occurrence: int, clinic: Clinic) -> Session:
    at = datetime.combine(day, datetime.min.time(), clinic.zone) + timedelta(hours=6 * occurrence)
    pain = 2 + (day.toordinal() * 7 + occurrence) % 4
    return Session(
        patient=version.plan.patient,
        version=version,
        day=day,
        occurrence=occurrence,
        pain_before=pain,
        pain_after=max(0, pain - occurrence % 2),
        moved="same",
        told="fine",
        started_at=at,
        finished_at=at + timedelta(minutes=10),
        entered_at=at,
    )
