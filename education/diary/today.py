"""What a patient's start page says of the day: what is done, what is next, and the week."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from education.people.models import Clinic, User
from education.plans.models import PlanVersion

from .adherence import DayDone, counted
from .guided import STOPPED, open_rows
from .models import ExerciseLog, Session
from .month import week_start
from .planned import A_DAY, times_on
from .recent import Recent, SessionLine, read_recent

A_WEEK = 7 * A_DAY


@dataclass(frozen=True)
class TodaySession:
    """The ``occurrence``-th session of today as the plan asks for it, begun (``key``) or not.

    ``keys`` are its planned exercises in order; ``outcomes`` says what became of each, "" while
    nothing was said. ``knows_start``: the pain before it is known. ``told``: a Session.Told, or "".
    """

    occurrence: int
    keys: tuple[str, ...]
    outcomes: tuple[str, ...]
    key: UUID | None = None
    is_finished: bool = False
    knows_start: bool = False
    told: str = ""

    @property
    def is_begun(self) -> bool:
        """Something was said in it, and not all."""
        return not self.is_through and (self.knows_start or any(self.outcomes))

    @property
    def left(self) -> tuple[str, ...]:
        """Keys of the exercises of which nothing was said."""
        pairs = zip(self.keys, self.outcomes, strict=True)
        return tuple(key for key, outcome in pairs if not outcome)

    @property
    def is_through(self) -> bool:
        """Told how it went, or said of every exercise: there is nothing left to do in it."""
        return self.is_finished or not self.left

    @property
    def is_untold(self) -> bool:
        """All exercises are through, some were done, and nobody was told how it went."""
        counts = any(outcome in ExerciseLog.COUNTED for outcome in self.outcomes)
        return counts and not self.left and not self.is_finished


@dataclass(frozen=True)
class Today:
    """Today of a patient whose plan is followed.

    ``sessions`` are those the plan asks for, in order; none on a rest day. ``week`` has the seven
    days of the clinic's week, ``done_this_week`` counts its sessions. ``asks_morning``: yesterday
    had a session, and nobody has told the pain of this morning. ``stopped``: key of a session of
    today after which the pain rule said to stop; ``flagged``: for a sign that needs a doctor.
    """

    day: date
    sessions: tuple[TodaySession, ...]
    week: tuple[DayDone, ...]
    done_this_week: int
    asks_morning: bool
    stopped: UUID | None = None
    flagged: bool = False

    def outcomes_of(self, key: str) -> tuple[str, ...]:
        """What became of a planned exercise each time it is due today."""
        return tuple(
            session.outcomes[session.keys.index(key)]
            for session in self.sessions
            if key in session.keys
        )

    @property
    def next(self) -> TodaySession | None:
        """The session to do now, or to go on with; None when all is through."""
        return next((session for session in self.sessions if not session.is_through), None)

    @property
    def untold(self) -> TodaySession | None:
        """The last session of which nobody was told how it went."""
        return next((session for session in reversed(self.sessions) if session.is_untold), None)


def today_of(user: User, version: PlanVersion, clinic: Clinic) -> Today:
    """Today of the patient ``user``, whose present version it is; in one query.

    The version is read with the library's revision (see ``PlanVersion.objects.current``).
    """
    day = clinic.today()
    first = week_start(day, clinic)
    recent = read_recent(user, version, first=min(first, day - A_DAY), clinic=clinic)
    done = _done_by_day(recent.sessions)
    week = counted(recent.history, done, first, first + A_WEEK - A_DAY, day)
    stopped = _stopped(recent.sessions, day)
    return Today(
        day=day,
        sessions=tuple(_sessions(version, day, recent)),
        week=tuple(week.days),
        done_this_week=sum(n for when, n in done.items() if when >= first),
        asks_morning=_asks_morning(recent.sessions, day),
        stopped=stopped.key if stopped else None,
        flagged=stopped is not None and stopped.told == Session.Told.RED_FLAG,
    )


def _done_by_day(lines: Iterable[SessionLine]) -> dict[date, int]:
    """How many sessions were done on each day that has one."""
    done = {(line.day, line.occurrence) for line in lines if line.counts}
    days = [day for day, _occurrence in done]
    return {day: days.count(day) for day in set(days)}


def _asks_morning(lines: Iterable[SessionLine], day: date) -> bool:
    yesterday = [line for line in lines if line.day == day - A_DAY]
    told = any(line.morning is not None for line in yesterday)
    return not told and any(line.counts for line in yesterday)


def _stopped(lines: Iterable[SessionLine], day: date) -> SessionLine | None:
    """The session of the day that the rule stopped: one with a sign first, then the last."""
    stopped = [line for line in lines if line.day == day and line.told in STOPPED]
    flag = Session.Told.RED_FLAG
    return max(stopped, key=lambda line: (line.told == flag, line.occurrence), default=None)


def _sessions(version: PlanVersion, day: date, recent: Recent) -> Iterable[TodaySession]:
    harder = version.is_harder_on(day)
    lines = [line for line in recent.sessions if line.day == day]
    for occurrence in range(1, times_on(version, day, harder=harder) + 1):
        rows = open_rows(version, day, occurrence, harder=harder)
        if rows:
            keys = tuple(row["key"] for row in rows)
            of_it = [line for line in lines if line.occurrence == occurrence]
            yield _session(occurrence, keys, of_it)


def _session(occurrence: int, keys: tuple[str, ...], lines: Sequence[SessionLine]) -> TodaySession:
    if not lines:
        return TodaySession(occurrence, keys, outcomes=("",) * len(keys))
    back = ExerciseLog.Outcome.TAKEN_BACK
    said = {str(line.exercise): line.outcome for line in lines if line.outcome != back}
    return TodaySession(
        occurrence,
        keys,
        outcomes=tuple(said.get(key) or "" for key in keys),
        key=lines[0].key,
        is_finished=lines[0].finished_at is not None,
        knows_start=lines[0].pain_before is not None,
        told=lines[0].told,
    )
