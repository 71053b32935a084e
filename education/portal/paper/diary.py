"""Four weeks of boxes to tick, and a place for the pain of the day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from education.plans.bodies import Body
from education.plans.reading import is_due

WEEKS = 4


@dataclass(frozen=True)
class Line:
    """What a line of the diary is for: an exercise by name, and its row of the body (schema 2)."""

    label: str
    row: Body

    def boxes_on(self, day: date, start: date) -> range:
        """A box for each time of that day, in a plan that begins on ``start``."""
        due = is_due(self.row, day, start)
        return range(self.row["dosage"]["times_per_day"] if due else 0)


@dataclass(frozen=True)
class Week:
    """One table. ``days`` are its seven dates; ``begins`` is the first that counts.

    ``lines`` are (label, boxes of each day); a day that does not count yet has None.
    """

    number: int
    days: list[date]
    begins: date
    lines: list[tuple[str, list[range | None]]]

    @property
    def counted(self) -> list[bool]:
        """For each day, whether it counts."""
        return [day >= self.begins for day in self.days]


def diary(lines: Sequence[Line], start: date, *, begins: date, week_start: int) -> list[Week]:
    """Four weeks from the one that holds ``begins`` (the clinic's date); none without a line.

    ``start`` is the plan's first day; ``week_start`` a Clinic.WeekStart value: 0 Sunday, 1 Monday.
    """
    if not lines:
        return []
    first = begins - timedelta(days=(begins.isoweekday() - week_start) % 7)
    weeks = []
    for number in range(WEEKS):
        days = [first + timedelta(days=7 * number + n) for n in range(7)]
        ticks = [
            (line.label, [line.boxes_on(day, start) if day >= begins else None for day in days])
            for line in lines
        ]
        weeks.append(Week(number + 1, days, begins, ticks))
    return weeks
