"""How much a plan asks for: minutes a day and sessions a week, as a clinician builds it."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from math import ceil, floor
from typing import Any

from .models import PlannedExercise

DAYS = 84  # twelve weeks: long enough for every two, three, four, six, seven, twelve, 14 days


@dataclass(frozen=True, slots=True)
class Load:
    """What one row adds, as the page's script reads it too (static/js/plan_form.js).

    ``seconds`` of one sitting, ``times`` a day, ``weekdays`` a bit each (Monday is bit 0),
    ``every`` so many days, the first ``offset`` days after the start. ``supervised``: at the
    clinic only.
    """

    seconds: int
    times: int
    weekdays: int
    every: int
    offset: int
    supervised: bool

    @classmethod
    def of(cls, row: PlannedExercise, start: date) -> "Load":
        """The load of a row whose plan starts on ``start``."""
        first = row.anchor_on or start
        return cls(
            seconds=row.spec.seconds(sides=row.sides),
            times=row.times_per_day,
            weekdays=row.weekdays,
            every=row.every_n_days,
            offset=(first - start).days % row.every_n_days,
            supervised=row.needs_supervision,
        )

    def is_due(self, day: int, first_weekday: int) -> bool:
        """Whether it is planned ``day`` days after the start, which is a ``first_weekday``."""
        on_weekday = self.weekdays & (1 << (first_weekday + day) % 7)
        return bool(on_weekday) and (day - self.offset) % self.every == 0

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready fields."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Workload:
    """A whole plan in numbers; rows at the clinic are counted apart.

    ``minutes``: of the lightest and of the fullest day on which something is due (0, 0: none is).
    ``sessions`` a week, rounded: on each day the largest number of times of what is due
    (domain.md, Adherence). ``exercises`` to do alone, ``supervised`` ones only at the clinic.
    """

    minutes: tuple[int, int]
    sessions: int
    exercises: int
    supervised: int

    @property
    def minutes_text(self) -> str:
        """“12”, or “6–12” when the days differ."""
        low, high = self.minutes
        return f"{low}–{high}" if low != high else str(high)


def workload(loads: Iterable[Load], start: date) -> Workload:
    """The work of a plan that starts on ``start``."""
    loads = list(loads)
    alone = [load for load in loads if not load.supervised]
    minutes, sessions = [], 0
    for day in range(DAYS):
        due = [load for load in alone if load.is_due(day, start.weekday())]
        if due:
            minutes.append(ceil(sum(load.seconds * load.times for load in due) / 60))
            sessions += max(load.times for load in due)
    return Workload(
        minutes=(min(minutes), max(minutes)) if minutes else (0, 0),
        sessions=floor(sessions / (DAYS / 7) + 0.5),  # half a session up, as the script does
        exercises=len(alone),
        supervised=len(loads) - len(alone),
    )
