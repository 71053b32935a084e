"""The promised day: working days that begin after the message."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from education.contact.due import answer_due_on
from education.people.models import Clinic

PACIFIC = ZoneInfo("America/Los_Angeles")
THANKSGIVING = date(2026, 11, 26)  # a Thursday


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026 on the clinic's wall; the 20th is a Friday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=PACIFIC)


@pytest.mark.parametrize(
    ("sent", "due"),
    [
        (at(19, 10), date(2026, 11, 20)),  # Thursday morning: Friday
        (at(20, 15), date(2026, 11, 23)),  # Friday afternoon: Monday
        (at(20, 19), date(2026, 11, 23)),  # Friday evening: Monday
        (at(21, 12), date(2026, 11, 23)),  # Saturday: Monday
        (at(23, 6), date(2026, 11, 23)),  # Monday before opening: the same Monday
        (at(23, 8), date(2026, 11, 23)),  # Monday as the door opens: the same Monday
        (at(23, 8, 1), date(2026, 11, 24)),  # Monday after opening: Tuesday
        (at(25, 9), date(2026, 11, 27)),  # the day before the holiday: the day after it
        (at(26, 6), date(2026, 11, 27)),  # on the holiday, before what would be opening
    ],
)
def test_the_next_working_day_that_begins_after_the_message(sent, due):
    assert answer_due_on(Clinic(), sent, {THANKSGIVING}) == due


def test_the_day_is_the_clinics_whatever_the_clock_of_the_server_says():
    late_friday_in_utc = datetime(2026, 11, 24, 2, 0, tzinfo=ZoneInfo("UTC"))  # Monday 6 pm here
    assert answer_due_on(Clinic(), late_friday_in_utc, set()) == date(2026, 11, 24)


def test_more_reply_days_count_working_days_only():
    assert answer_due_on(Clinic(reply_days=3), at(24, 12), {THANKSGIVING}) == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("sent", "due"),
    [
        (at(20, 15), date(2026, 11, 20)),  # open: today
        (at(20, 17, 1), date(2026, 11, 23)),  # closed for today: Monday
        (at(21, 12), date(2026, 11, 23)),
    ],
)
def test_with_no_reply_days_it_is_the_present_working_day(sent, due):
    assert answer_due_on(Clinic(reply_days=0), sent, set()) == due


def test_a_clinic_open_on_sundays_answers_on_sunday():
    clinic = Clinic(open_weekdays=0b1000000, opens_at=time(9), closes_at=time(12))
    assert answer_due_on(clinic, at(20, 15), set()) == date(2026, 11, 22)


def test_a_clinic_that_never_opens_still_names_a_day():
    assert answer_due_on(Clinic(open_weekdays=0), at(20, 15), set()) == date(2026, 11, 21)
