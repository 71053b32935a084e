"""Beginning a session, and saying of an exercise that it is done."""

import uuid
from datetime import date
from uuid import UUID

from django.utils import timezone

from education.audit.actor import action
from education.people.models import Clinic, User
from education.plans.bodies import Body
from education.plans.models import PlanVersion

from ..alerts import settle_alerts
from ..last_days import TooLongAgo, is_open
from ..models import Correction, ExerciseLog, Session
from ..planned import due_rows

Outcome = ExerciseLog.Outcome


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

    Raises KeyError for an exercise that the version of the session does not plan on its day, or
    that is not to be done alone, and TooLongAgo.
    """
    today = Clinic.objects.current().today()
    if not is_open(session.day, today):
        raise TooLongAgo
    rows = {row["key"]: row for row in due_rows(session.version, session.day)}
    return _log(session, rows[str(key)], outcome, why_not, today=today)


def _log(
    session: Session, row: Body, outcome: str, why_not: str = "", *, today: date
) -> ExerciseLog:
    lighter = row["harder"] if session.harder else None
    log = ExerciseLog(
        session=session,
        key=UUID(row["key"]),
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
    settle_alerts(patient=session.patient, today=today)
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

    ``version`` is the present one; a session that was begun with an earlier version keeps it. In a
    session that was told already a tap is a correction: what stood there is kept. Taking back what
    was never ticked does nothing. Raises KeyError when the version has no such exercise.
    """
    row, patient = version.planned[str(key)], version.plan.patient
    was = ExerciseLog.objects.select_related("session").filter(
        session__patient=patient, session__day=day, session__occurrence=occurrence, key=key
    )
    before, outcome = was.first(), Outcome.DONE if done else Outcome.TAKEN_BACK
    if before is None and not done:
        return None
    if before is not None and before.outcome == outcome:
        return before
    session = begin_session(version=version, day=day, occurrence=occurrence, harder=harder, by=by)
    if session.is_finished:
        stood = [before.outcome, before.why_not] if before else ["", ""]
        Correction.objects.create(session=session, before={"logs": {str(key): stood}}, by=by)
    today = Clinic.objects.current().today()
    return _log(session, row, outcome, today=today)
