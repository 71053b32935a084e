"""Saying how a session went, correcting what was said, and adding a session afterwards.

What is said twice is said once: the same words again change nothing; other words are a correction,
and what stood before them is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from education.audit.actor import action
from education.people.models import Clinic, User
from education.plans.models import PlanVersion

from ..alerts import settle_alerts
from ..last_days import TooLongAgo, is_open
from ..models import Correction, ExerciseLog, Session
from ..pain_rule import answer_to, thresholds_of

Before = dict[str, Any]  # as Correction.before


@dataclass(frozen=True)
class Said:
    """What a patient says of a session.

    ``columns``: columns of the Session by name. ``outcomes``: by the key of a planned exercise,
    an ExerciseLog.Outcome and the reason for less ("" for none).
    """

    columns: Mapping[str, Any]
    outcomes: Mapping[str, tuple[str, str]]

    def without_blanks(self) -> "Said":
        """Only what was filled in."""
        filled = {name: value for name, value in self.columns.items() if value not in (None, "")}
        return Said(filled, self.outcomes)


@action
def finish_session(*, session: Session, said: Said, by: User) -> Session:
    """Keep how a session went, with what the pain rule answers (``told``).

    What is left blank stays as it was. Said again it is one: the same words change nothing, other
    words correct the first. Raises TooLongAgo, and KeyError for an exercise that is not in it.
    """
    return _keep(session, said.without_blanks(), by)


@action
def correct_session(*, session: Session, said: Said, by: User) -> Session:
    """Put what is said now in the place of what was; the original is kept as a Correction.

    A session that was not finished yet is finished by it. Raises as finish_session does.
    """
    return _keep(session, said, by)


@action
def add_session(
    *, version: PlanVersion, day: date, occurrence: int, harder: bool, said: Said, by: User
) -> Session:
    """The ``occurrence``-th session of ``day``, written down afterwards.

    ``version`` was in force on that day; ``harder``: it was a harder one. A session that is there
    by now is finished or corrected with what is said. Raises as finish_session does.
    """
    session, new = Session.objects.get_or_create(
        patient=version.plan.patient,
        day=day,
        occurrence=occurrence,
        defaults={"version": version, "harder": harder},
    )
    if new and day < Clinic.objects.current().today():
        Correction.objects.create(session=session, by=by)  # staff see that it came later
    return _keep(session, said.without_blanks(), by)


def _keep(session: Session, said: Said, by: User) -> Session:
    """Write what is new in ``said`` under a lock, so that of two tabs the second sees the first."""
    clinic = Clinic.objects.current()
    rows = Session.objects.select_for_update(no_key=True, of=("self",))
    session = rows.select_related("version__plan", "patient").get(pk=session.pk)
    if not is_open(session.day, clinic.today()):
        raise TooLongAgo
    before = _set_columns(session, said.columns) | _set_outcomes(session, said.outcomes)
    again = session.is_finished
    if again and not before:
        return session
    told = answer_to(session, thresholds_of(session.version, clinic))
    before |= _set_columns(session, {"told": told})
    session.finished_at = session.finished_at or timezone.now()
    session.save()
    if again and (session.day < clinic.today() or _replaces(before)):
        Correction.objects.create(session=session, before=before, by=by)
    settle_alerts(patient=session.patient, today=clinic.today())
    return session


def _replaces(before: Before) -> bool:
    """Whether something said is gone now; what was left open and is filled in the same day is not.

    Who stops because something feels wrong is asked for the pain after that.
    """
    stood = [value for name, value in before.items() if name != "logs"]
    stood += [outcome for outcome, _why in before.get("logs", {}).values()]
    return any(value not in (None, "") for value in stood)


def _set_columns(session: Session, columns: Mapping[str, Any]) -> Before:
    """Set the columns, and return those that differed as they were."""
    before = {name: getattr(session, name) for name in columns}
    for name, value in columns.items():
        setattr(session, name, value)
    return {name: value for name, value in before.items() if value != columns[name]}


def _set_outcomes(session: Session, outcomes: Mapping[str, tuple[str, str]]) -> Before:
    """Write what became of each exercise, in three queries for any number of them.

    Returns those that differed as they were; ["", ""] for one of which nothing was said.
    """
    logs = {str(log.key): log for log in session.logs.all()}
    before: Before = {}
    new: list[ExerciseLog] = []
    changed: list[ExerciseLog] = []
    for key, (outcome, why_not) in outcomes.items():
        log = logs.get(key) or ExerciseLog(
            session=session, key=UUID(key), exercise=_exercise_of(session, key)
        )
        if (log.outcome, log.why_not) == (outcome, why_not):
            continue
        before[key] = [log.outcome, log.why_not]
        (changed if key in logs else new).append(log)
        log.outcome, log.why_not, log.logged_at = outcome, why_not, timezone.now()
    # A tap of the same moment may have written one by now: the last word counts.
    ExerciseLog.objects.bulk_create(
        new,
        update_conflicts=True,
        unique_fields=["session", "key"],
        update_fields=["outcome", "why_not", "logged_at"],
    )
    if changed:
        ExerciseLog.objects.bulk_update(changed, ["outcome", "why_not", "logged_at"])
    return {"logs": before} if before else {}


def _exercise_of(session: Session, key: str) -> str:
    """Library key of what was done: on a harder day maybe an easier rung."""
    row = session.version.planned[key]
    lighter = row["harder"] if session.harder else None
    return (lighter and lighter["exercise"]) or row["exercise"]
