"""What a patient corrected, for staff: from what to what, and when."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from education.plans.bodies import Body
from education.plans.reading import title_of

from .models import Correction, ExerciseLog, Session


@dataclass(frozen=True)
class Change:
    """One thing that was said differently; “” where nothing was said."""

    what: str
    was: str
    now: str


@dataclass(frozen=True)
class Corrected:
    """One correction. Without ``changes``: the whole session was added on a later day."""

    at: datetime
    changes: list[Change]


def corrections_of(session: Session) -> list[Corrected]:
    """The corrections of a session read with them and its logs, the oldest first.

    A correction keeps what stood before it. What stood after it is what the next one that has the
    same thing kept, or what the session says now.
    """
    now: dict[str, Any] = {name: getattr(session, name) for name in _columns()}
    logs = {str(log.key): [log.outcome, log.why_not] for log in session.logs.all()}
    found = []
    for correction in reversed(session.corrections.all()):
        found.append(Corrected(correction.at, [*_changes(session, correction, now, logs)]))
    return found[::-1]


def _columns() -> list[str]:
    return ["pain_before", "pain_during", "pain_after", "moved", "effort", "wrong", "comment"]


def _changes(
    session: Session, correction: Correction, now: dict[str, Any], logs: dict[str, Any]
) -> Iterator[Change]:
    """What one correction changed; ``now`` and ``logs`` are left as they stood before it."""
    before: Mapping[str, Any] = correction.before
    for name in _columns():
        if name in before:
            field: Any = Session._meta.get_field(name)
            label = str(field.verbose_name).capitalize()
            yield Change(label, _said(field, before[name]), _said(field, now[name]))
            now[name] = before[name]
    for key, was in before.get("logs", {}).items():
        became = outcome_words(*logs.get(key, ["", ""]))
        yield Change(exercise_title(session, key), outcome_words(*was), became)
        logs[key] = was


def _said(field: Any, value: Any) -> str:
    """A value in words: that of a choice, a number, or what was typed."""
    if value is None or value == "":
        return ""
    return str(dict(field.flatchoices).get(value, value))


def outcome_words(outcome: str, why_not: str) -> str:
    """“partly (pain)”; “” when nothing was said of an exercise."""
    if not outcome:
        return ""
    words = str(ExerciseLog.Outcome(outcome).label)
    return f"{words} ({ExerciseLog.WhyNot(why_not).label})" if why_not else words


def exercise_title(session: Session, key: str, exercise: str = "") -> str:
    """The name of what was done, as published: the easier rung when ``exercise`` says so."""
    row: Body | None = session.version.planned.get(key)
    if row is None:
        return _("An exercise of an earlier version")
    harder = row["harder"]
    return title_of(row, harder=bool(harder and exercise and exercise == harder["exercise"]))
