"""A month as a calendar shows it, by the clinic's first day of the week."""

import re
from calendar import MONDAY, SUNDAY, Calendar
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR

from education.people.models import Clinic

from .adherence import Adherence, DayDone

YEAR_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


def month_of(text: str) -> date | None:
    """The first day of “2026-11”, or None for anything else."""
    found = YEAR_MONTH.fullmatch(text)
    year, month = (int(part) for part in found.groups()) if found else (0, 0)
    return date(year, month, 1) if 1 < year < date.max.year else None


def first_of(day: date) -> date:
    """The first day of the month of ``day``."""
    return day.replace(day=1)


def next_month(first: date) -> date:
    """The first day of the month after the one that begins on ``first``."""
    return first_of(first + timedelta(days=31))


def last_month(first: date) -> date:
    """The first day of the month before the one that begins on ``first``."""
    return first_of(first - timedelta(days=1))


def week_start(day: date, clinic: Clinic) -> date:
    """The first day of the clinic's week that holds ``day``."""
    is_sunday = clinic.week_start == Clinic.WeekStart.SUNDAY
    return day - timedelta(days=(day.weekday() + is_sunday) % 7)


@dataclass(frozen=True)
class Month:
    """One month: ``weeks`` of seven days each, None for a day of another month.

    ``weekdays`` are (short, whole) names of the columns. ``earlier`` and ``later`` are the first
    days of the months beside it, or None where there is nothing to see.
    """

    first: date
    weekdays: list[tuple[str, str]]
    weeks: list[list[DayDone | None]]
    adherence: Adherence
    earlier: date | None
    later: date | None


def month_page(found: Adherence, *, since: date, today: date, clinic: Clinic) -> Month:
    """The month of ``found``, which holds all of its days.

    There is a month to see from that of ``since`` to that of ``today``.
    """
    first = found.days[0].day
    by_day = {day.day: day for day in found.days}
    starts = SUNDAY if clinic.week_start == Clinic.WeekStart.SUNDAY else MONDAY
    plan = Calendar(starts)
    return Month(
        first=first,
        weekdays=[(str(WEEKDAYS_ABBR[n]), str(WEEKDAYS[n])) for n in plan.iterweekdays()],
        weeks=[
            [by_day.get(day) for day in week]
            for week in plan.monthdatescalendar(first.year, first.month)
        ],
        adherence=found,
        earlier=last_month(first) if first > first_of(since) else None,
        later=next_month(first) if first < first_of(today) else None,
    )
