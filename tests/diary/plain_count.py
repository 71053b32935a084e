"""What a diary comes to, counted by walking the days: nothing here is code of the diary.

A ``PlainDiary`` is what a test says has happened, in the words of domain.md; it reads no table.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

ONE_DAY = timedelta(days=1)
USUAL_DAYS, USUAL_FROM = 28, 5


@dataclass
class PlainRow:
    """A planned exercise: on ``weekdays`` ("Mon" ...), every so many days from ``anchor``."""

    times: int
    weekdays: tuple[str, ...]
    every: int
    anchor: date | None
    lighter: int | None
    alone: bool

    def is_due(self, day: date, start: date) -> bool:
        if f"{day:%a}" not in self.weekdays:
            return False
        turn = self.anchor or start
        while turn < day:
            turn += self.every * ONE_DAY
        return turn == day


@dataclass(eq=False)
class PlainVersion:
    """What was published on the clinic's date ``published``."""

    plan: int
    published: date
    start: date
    rows: list[PlainRow]


@dataclass
class PlainSession:
    """One sitting; ``outcomes`` by exercise, the last word."""

    outcomes: dict[str, str] = field(default_factory=dict)
    before: int | None = None
    after: int | None = None
    finished: bool = False

    @property
    def counts(self) -> bool:
        return "done" in self.outcomes.values() or "partly" in self.outcomes.values()


@dataclass
class PlainDiary:
    """``rests`` are (plan, first day, the day it goes on or None); ``mornings`` pain by day."""

    versions: list[PlainVersion] = field(default_factory=list)
    ended: dict[int, date] = field(default_factory=dict)
    rests: list[tuple[int, date, date | None]] = field(default_factory=list)
    harder: set[date] = field(default_factory=set)
    sessions: dict[tuple[date, int], PlainSession] = field(default_factory=dict)
    mornings: dict[date, int] = field(default_factory=dict)

    # -- adherence

    def version_on(self, day: date) -> PlainVersion | None:
        published = [version for version in self.versions if version.published <= day]
        if not published:
            return None
        last = published[-1]
        ended = self.ended.get(last.plan)
        if (ended and ended <= day) or day < last.start:
            return None
        return last

    def planned(self, day: date) -> int:
        """The largest times a day among what is due; nothing while the plan rests."""
        version = self.version_on(day)
        if version is None:
            return 0
        for plan, first, on_again in self.rests:
            if plan == version.plan and first <= day and (on_again is None or day < on_again):
                return 0
        most = 0
        for row in version.rows:
            if row.alone and row.is_due(day, version.start):
                lighter = row.lighter is not None and day in self.harder
                most = max(most, row.lighter if lighter else row.times)
        return most

    def sittings(self, day: date) -> int:
        """Sessions with at least one exercise done or partly."""
        return sum(one.counts for (on, _number), one in self.sessions.items() if on == day)

    def day(self, day: date, today: date) -> tuple[int, int, str]:
        """(planned, done, how it stands in the calendar) of a day."""
        if day > today:
            return 0, 0, "ahead"
        planned, sittings = self.planned(day), self.sittings(day)
        done = min(planned, sittings)
        if sittings:
            return planned, done, "part" if sittings < planned else "all"
        if self.version_on(day) is None:
            return planned, done, "no-plan"
        if planned == 0:
            return planned, done, "rest"
        return planned, done, "ahead" if day == today else "none"

    def total(self, first: date, last: date, today: date) -> tuple[int, int, int | None]:
        """(done, planned, percent) from ``first`` to ``last``, both included."""
        days = [self.day(day, today) for day in walk(first, last)]
        planned, done = sum(day[0] for day in days), sum(day[1] for day in days)
        return done, planned, whole(Decimal(100 * done) / planned) if planned else None

    # -- pain

    def usual(self, day: date, number: int) -> float | None:
        """The median of the pains after, of the 28 days before a session."""
        before = sorted(
            one.after
            for place, one in self.sessions.items()
            if place < (day, number)
            and (day - place[0]).days <= USUAL_DAYS
            and one.finished
            and one.after is not None
        )
        if len(before) < USUAL_FROM:
            return None
        middle = len(before) // 2
        return before[middle] if len(before) % 2 else (before[middle - 1] + before[middle]) / 2

    def answers(self, first: date, last: date) -> tuple[list[int], list[int], list[int]]:
        """Pains before, pains after and pains of mornings, from ``first`` to ``last``."""
        told = [one for (day, _number), one in self.sessions.items() if first <= day <= last]
        before = [one.before for one in told if one.before is not None]
        after = [one.after for one in told if one.after is not None]
        return before, after, [p for day, p in self.mornings.items() if first <= day <= last]

    def averages(self, spans: list[tuple[date, date]]) -> list[tuple]:
        """(first day, day after, means) of each span, from the first with an answer to the last."""
        rows = [(first, last + ONE_DAY, self.answers(first, last)) for first, last in spans]
        told = [place for place, (_first, _last, answers) in enumerate(rows) if any(answers)]
        rows = rows[told[0] : told[-1] + 1] if told else []
        return [(first, until, *map(mean, answers)) for first, until, answers in rows]


def walk(first: date, last: date) -> Iterator[date]:
    """Each day, one after the other."""
    while first <= last:
        yield first
        first += ONE_DAY


def weeks(first: date, last: date, begins: str) -> list[tuple[date, date]]:
    """(first day, last day) of the weeks that hold these days; ``begins``: "Sun" or "Mon"."""
    while f"{first:%a}" != begins:
        first -= ONE_DAY
    starts = [day for day in walk(first, last) if f"{day:%a}" == begins]
    return [(day, day + 6 * ONE_DAY) for day in starts]


def months(first: date, last: date) -> list[tuple[date, date]]:
    """(first day, last day) of the months that hold these days."""
    found: dict[str, list[date]] = {}
    for day in walk(first - 31 * ONE_DAY, last + 31 * ONE_DAY):
        found.setdefault(f"{day:%Y-%m}", []).append(day)
    wanted = {f"{day:%Y-%m}" for day in walk(first, last)}
    return [(days[0], days[-1]) for month, days in found.items() if month in wanted]


def mean(pains: list[int]) -> float | None:
    """To one decimal, halves up."""
    if not pains:
        return None
    exact = Decimal(sum(pains)) / len(pains)
    return float(exact.quantize(Decimal("0.1"), ROUND_HALF_UP))


def whole(exact: Decimal) -> int:
    """To a whole number, halves up."""
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))
