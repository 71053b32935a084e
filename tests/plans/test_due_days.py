"""On which days an exercise is due, against a plain count of days; also when clocks change.

The plain count knows no remainders and no bits: it walks the calendar day by day.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import example, given
from hypothesis import strategies as st

from education.library.models import DosageSpec
from education.people.models import Clinic
from education.plans.reading import read_plan

NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SPRING, AUTUMN = date(2026, 3, 8), date(2026, 11, 1)  # clocks change in California
CLOCKS_CHANGE = (SPRING, AUTUMN, date(2027, 3, 14), date(2027, 11, 7))
STARTS = st.dates(date(2026, 1, 1), date(2027, 12, 31)) | st.sampled_from(CLOCKS_CHANGE)
ZONES = ("America/Los_Angeles", "America/New_York", "Europe/Berlin", "Pacific/Auckland")
ONE_DAY = timedelta(days=1)


def row(**dosage) -> dict:
    """One row of a body with this dosage."""
    words = {"harder_day": "", "note": "", "supervised": False, "settled": []}
    name = {"key": "a", "exercise": "a", "title": {"en": "A", "es": ""}, "working_side": "none"}
    spec = DosageSpec(reps_min=5, **dosage).as_dict()
    return {**name, **words, "dosage": spec}


def body(start: date, *rows: dict) -> dict:
    """A published plan that starts on this day."""
    return {
        "title": "Sit with ease",
        "goal": "",
        "note": "",
        "affected_side": "none",
        "start_on": start.isoformat(),
        "review_on": None,
        "clinician": {"name": "Dana Example, PT", "given_name": "Dana"},
        "exercises": list(rows),
    }


def is_read_as_due(plan: dict, day: date) -> bool:
    """Whether the patient's page has the exercise under today's, and nowhere else."""
    read = read_plan(plan, [], on=day)
    assert len(read.due) + len(read.later) == 1
    return bool(read.due)


@given(start=STARTS, bits=st.integers(1, 127), ahead=st.integers(0, 60))
def test_on_chosen_weekdays_and_on_no_other(start, bits, ahead):
    chosen = {name for place, name in enumerate(NAMES) if bin(bits)[2:].zfill(7)[6 - place] == "1"}
    day = start + ahead * ONE_DAY
    assert DosageSpec(weekdays=bits).is_due(day, start) == (f"{day:%a}" in chosen)


@given(start=STARTS, every=st.integers(1, 14))
@example(start=SPRING - ONE_DAY, every=2)
@example(start=AUTUMN - ONE_DAY, every=2)
def test_every_so_many_days_from_the_first_one(start, every):
    due, day, pause = [], start, 0
    for _step in range(60):  # two months, one day after the other
        if pause == 0:
            due.append(day)
        pause = (pause + 1) % every
        day += ONE_DAY
    spec = DosageSpec(every_n_days=every)
    assert [d for d in (start + n * ONE_DAY for n in range(60)) if spec.is_due(d, start)] == due


@given(start=STARTS, anchor_after=st.integers(0, 30), every=st.integers(1, 14))
def test_the_day_it_is_counted_from_is_the_rows_own_or_else_the_start(start, anchor_after, every):
    anchor = start + anchor_after * ONE_DAY
    own = body(start, row(every_n_days=every) | {"anchor_on": anchor.isoformat()})
    plain = body(start, row(every_n_days=every))
    days = [anchor + n * ONE_DAY for n in range(30)]
    assert [d for d in days if is_read_as_due(own, d)] == days[::every]
    days = [start + n * ONE_DAY for n in range(30)]
    assert [d for d in days if is_read_as_due(plain, d)] == days[::every]


@given(start=STARTS, before=st.integers(1, 40), bits=st.integers(1, 127))
def test_before_the_plan_begins_its_first_day_is_shown(start, before, bits):
    plan = body(start, row(weekdays=bits))
    early = start - before * ONE_DAY
    assert is_read_as_due(plan, early) == is_read_as_due(plan, start)
    assert read_plan(plan, [], on=early).begins == start


# ------------------------------------------------------------------ nights when clocks change


@pytest.mark.parametrize("zone", ZONES)
@given(change=st.sampled_from(CLOCKS_CHANGE), minutes=st.integers(-3 * 24 * 60, 3 * 24 * 60))
def test_today_is_the_date_on_the_clinics_wall(zone, change, minutes):
    """At any minute of the days around: what the zone's own clock says, from the table of zones."""
    instant = datetime(change.year, change.month, change.day, 9, tzinfo=UTC)
    instant += timedelta(minutes=minutes)
    with time_machine.travel(instant, tick=False):
        assert Clinic(time_zone=zone).today() == instant.astimezone(ZoneInfo(zone)).date()


@pytest.mark.parametrize(
    ("midnight", "hours"),
    [
        (datetime(2026, 3, 8, 8, tzinfo=UTC), 23),  # Pacific Standard Time, UTC-8, until 2 a.m.
        (datetime(2026, 11, 1, 7, tzinfo=UTC), 25),  # Pacific Daylight Time, UTC-7, until 2 a.m.
    ],
)
def test_the_short_day_and_the_long_one_are_one_day_each(midnight, hours):
    clinic = Clinic(time_zone="America/Los_Angeles")
    plan = body(midnight.date() - ONE_DAY, row(every_n_days=2))
    second = timedelta(seconds=1)
    end = midnight + timedelta(hours=hours)
    for instant, day, due in (
        (midnight - second, midnight.date() - ONE_DAY, True),
        (midnight, midnight.date(), False),
        (end - second, midnight.date(), False),
        (end, midnight.date() + ONE_DAY, True),
    ):
        with time_machine.travel(instant, tick=False):
            assert clinic.today() == day
            assert is_read_as_due(plan, clinic.today()) == due
