"""Averages of pain, week by week; over a long time, month by month."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from education.people.models import Clinic

from .month import first_of, next_month, week_start

MOST_WEEKS = 26  # more are shown by months
ENOUGH = 3  # answers of a week that are enough to speak of it in words


class SessionLine(NamedTuple):
    """What is read of a session: pain 0-10 or None; ``counts``: something was done in it."""

    day: date
    pain_before: int | None
    pain_after: int | None
    told: str
    counts: bool


class MorningLine(NamedTuple):
    """What is read of a morning after: ``start`` is the pain before the session."""

    day: date
    pain: int
    start: int | None


@dataclass
class Average:
    """Of ``n`` answers, 0-10."""

    total: int = 0
    n: int = 0

    def add(self, pain: int | None) -> None:
        """Count an answer; None is no answer."""
        if pain is not None:
            self.total, self.n = self.total + pain, self.n + 1

    @property
    def mean(self) -> float | None:
        """To one decimal, halves up; None without an answer."""
        return rounded(self.total, self.n) if self.n else None


def rounded(total: int, n: int) -> float:
    """``total / n`` to one decimal, halves up, as one rounds by hand."""
    return (20 * total + n) // (2 * n) / 10


@dataclass
class Bucket:
    """A week or a month from ``start`` to the day before ``until``."""

    start: date
    until: date
    before: Average = field(default_factory=Average)
    after: Average = field(default_factory=Average)
    morning: Average = field(default_factory=Average)

    @property
    def has_answers(self) -> bool:
        """Whether any pain was told in it."""
        return bool(self.before.n or self.after.n or self.morning.n)


@dataclass(frozen=True)
class Buckets:
    """All weeks, or all months (``by_month``), from the first answer to the last."""

    rows: list[Bucket]
    by_month: bool

    def index_of(self, day: date) -> float | None:
        """Where ``day`` lies on an axis on which each bucket is 1 wide; None outside."""
        for index, bucket in enumerate(self.rows):
            if bucket.start <= day < bucket.until:
                return index + (day - bucket.start).days / (bucket.until - bucket.start).days
        return None


def weeks_of(
    sessions: Iterable[SessionLine], mornings: Iterable[MorningLine], clinic: Clinic
) -> list[Bucket]:
    """Every week of the clinic from the first answer to the last, also those without any."""

    def start(day: date) -> date:
        return week_start(day, clinic)

    return _filled(sessions, mornings, start, lambda first: first + timedelta(days=7))


def buckets_of(
    sessions: Sequence[SessionLine], mornings: Sequence[MorningLine], clinic: Clinic
) -> Buckets:
    """Weeks while there are at most MOST_WEEKS of them, else months."""
    weeks = weeks_of(sessions, mornings, clinic)
    if len(weeks) <= MOST_WEEKS:
        return Buckets(weeks, by_month=False)
    return Buckets(_filled(sessions, mornings, first_of, next_month), by_month=True)


def _filled(
    sessions: Iterable[SessionLine],
    mornings: Iterable[MorningLine],
    start_of: Callable[[date], date],
    after: Callable[[date], date],
) -> list[Bucket]:
    found: dict[date, Bucket] = {}
    starts: dict[date, date] = defaultdict()

    def bucket(day: date) -> Bucket:
        start = starts.get(day) or starts.setdefault(day, start_of(day))
        return found.get(start) or found.setdefault(start, Bucket(start, after(start)))

    for line in sessions:
        if line.pain_before is not None or line.pain_after is not None:
            row = bucket(line.day)
            row.before.add(line.pain_before)
            row.after.add(line.pain_after)
    for morning in mornings:
        bucket(morning.day).morning.add(morning.pain)
    return _without_holes(found, after)


def _without_holes(found: dict[date, Bucket], after: Callable[[date], date]) -> list[Bucket]:
    if not found:
        return []
    start, last, rows = min(found), max(found), []
    while start <= last:
        rows.append(found.get(start) or Bucket(start, after(start)))
        start = after(start)
    return rows
