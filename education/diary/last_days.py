"""The last days, whose sessions a patient may still add or correct."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from education.people.models import Clinic, Patient
from education.plans.models import PlanVersion

from .models import Session
from .planned import History, history_of

DAYS = 7  # today among them


class TooLongAgo(Exception):
    """The session is not one of the last days any more: nothing of it is written down now."""


def is_open(day: date, today: date) -> bool:
    """Whether what happened on ``day`` may still be written down or changed on ``today``."""
    return today - timedelta(days=DAYS) < day <= today


def is_of_other_days(day: date, today: date) -> bool:
    """Whether a session of ``day`` is over: how the pain is "now" is no answer to it any more.

    One that ran past midnight is not.
    """
    return day < today - timedelta(days=1) and is_open(day, today)


@dataclass(frozen=True)
class Entry:
    """The ``occurrence``-th session of a day: what was said of it, or None."""

    day: date
    occurrence: int
    session: Session | None

    @property
    def done(self) -> int:
        """How many exercises were done, or partly."""
        return sum(log.counts for log in self.session.logs.all()) if self.session else 0

    @property
    def said_anything(self) -> bool:
        """Whether it is an entry: something was done, or said."""
        return self.session is not None and (self.session.is_finished or self.done > 0)


@dataclass(frozen=True)
class Day:
    """A day of the clinic with its sessions, planned or done beyond the plan.

    ``has_plan``: a plan was in force; without entries it was then a rest day.
    """

    day: date
    has_plan: bool
    entries: Sequence[Entry]

    @property
    def has_several(self) -> bool:
        """Whether its sessions need a number."""
        return len(self.entries) > 1


def last_days(patient: Patient, clinic: Clinic) -> list[Day]:
    """The last days, today first, in five queries."""
    today = clinic.today()
    history = history_of(patient, clinic.zone)
    days = [today - timedelta(days=ago) for ago in range(DAYS)]
    sessions = Session.objects.filter(patient=patient).between(days[-1], today)
    read = list(sessions.select_related("version").with_logs())
    return [_day(history, day, [session for session in read if session.day == day]) for day in days]


def _day(history: History, day: date, sessions: Iterable[Session]) -> Day:
    done = {session.occurrence: session for session in sessions}
    occurrences = sorted({*range(1, history.times_on(day) + 1), *done})
    entries = [Entry(day, number, done.get(number)) for number in occurrences]
    return Day(day, history.version_on(day) is not None, entries)


@dataclass(frozen=True)
class Planned:
    """What was to be done in a session that nobody has written down."""

    version: PlanVersion
    harder: bool


def planned_session(patient: Patient, day: date, occurrence: int, clinic: Clinic) -> Planned | None:
    """The plan's ``occurrence``-th session of ``day``, or None when it asked for none."""
    history = history_of(patient, clinic.zone)
    version = history.version_on(day)
    if version is None or not 1 <= occurrence <= history.times_on(day):
        return None
    return Planned(version, harder=day in history.harder_days)
