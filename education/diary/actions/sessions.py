"""Beginning a session, and saying of an exercise that it is done."""

import uuid
from datetime import date
from uuid import UUID

from django.utils import timezone

from education.audit.actor import action
from education.people.models import Clinic, User
from education.plans.models import PlanVersion

from ..alerts import settle_alerts
from ..models import ExerciseLog, Session


@action
def begin_session(
    *,
    version: PlanVersion,
    day: date,
    occurrence: int,
    harder: bool = False,
    pain_before: int | None = None,
    submission_key: UUID | None = None,
    by: User,
) -> Session:
    """The ``occurrence``-th session of ``day``, begun now unless it was begun before.

    Said twice, it is one: a session that is there is returned as it is, but for the pain before
    it (0-10), which is added while it is missing, and for the harder day, which comes to it.
    """
    session, new = Session.objects.get_or_create(
        patient=version.plan.patient,
        day=day,
        occurrence=occurrence,
        defaults={
            "version": version,
            "harder": harder,
            "pain_before": pain_before,
            "submission_key": submission_key or uuid.uuid4(),
        },
    )
    if new or session.is_finished:
        return session
    told = session.pain_before, session.harder
    session.pain_before = pain_before if session.pain_before is None else session.pain_before
    session.harder = session.harder or harder
    if (session.pain_before, session.harder) != told:
        session.save(update_fields=["pain_before", "harder"])
    return session


@action
def log_exercise(
    *, session: Session, key: UUID, outcome: str, why_not: str = "", by: User
) -> ExerciseLog:
    """Write what became of a planned exercise; the last word counts.

    Raises KeyError when the version of the session has no such exercise.
    """
    row = session.version.planned[str(key)]
    lighter = row["harder"] if session.harder else None
    log = ExerciseLog(
        session=session,
        key=key,
        exercise=(lighter and lighter["exercise"]) or row["exercise"],
        outcome=outcome,
        why_not=why_not,
        logged_at=timezone.now(),
    )
    # One statement, also for two taps at once.
    ExerciseLog.objects.bulk_create(
        [log],
        update_conflicts=True,
        unique_fields=["session", "key"],
        update_fields=["exercise", "outcome", "why_not", "logged_at"],
    )
    settle_alerts(patient=session.patient, today=Clinic.objects.current().today())
    return log


@action
def tick_exercise(
    *,
    version: PlanVersion,
    key: UUID,
    day: date,
    occurrence: int,
    done: bool,
    harder: bool = False,
    by: User,
) -> ExerciseLog | None:
    """One tap: this exercise is done, the ``occurrence``-th time of ``day``; or take that back.

    Taking back what was never ticked does nothing. Raises KeyError when the version has no such
    exercise.
    """
    version.planned[str(key)]
    if not done:
        log = ExerciseLog.objects.filter(
            session__patient=version.plan.patient,
            session__day=day,
            session__occurrence=occurrence,
            key=key,
        ).first()
        if log is None:
            return None
        return log_exercise(
            session=log.session, key=key, outcome=ExerciseLog.Outcome.TAKEN_BACK, by=by
        )
    session = begin_session(version=version, day=day, occurrence=occurrence, harder=harder, by=by)
    return log_exercise(session=session, key=key, outcome=ExerciseLog.Outcome.DONE, by=by)
