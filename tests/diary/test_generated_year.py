"""A year of made-up diaries counts as by hand: days, weeks, averages, usual pain, alerts.

The year holds both nights on which clocks change in California, and a new year. Each diary is
lived through the actions of the pages, at all hours; what it comes to is counted in plain_count.py.
What alerts are called for is counted by hand in test_alerts_of_a_year.py.
"""

from datetime import date, time, timedelta

import pytest

from education.diary.adherence import adherence
from education.diary.alerts import rebuild_alerts
from education.diary.alerts.reading import read_diaries
from education.diary.alerts.wanted import usual_pain
from education.diary.averages import buckets_of, weeks_of
from education.diary.models import Alert
from education.diary.progress import mornings_of, progress_of, sessions_of
from education.people.models import Clinic

from .made_up_year import AUTUMN, SPRING, Life, at
from .plain_count import months, walk, weeks

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2025, 12, 1), date(2026, 11, 30)
NOON = time(12)
BEGINS = {Clinic.WeekStart.SUNDAY: "Sun", Clinic.WeekStart.MONDAY: "Mon"}


@pytest.fixture(params=[1, 2, 3])
def life(request, patient, clinician):
    """A year of somebody; the clock stands at noon of its last day."""
    life = Life(patient, clinician, seed=request.param, first=FIRST)
    for day in walk(FIRST, LAST):
        life.live(day)
    with at(LAST, NOON):
        yield life


def test_a_year_of_diaries_counts_as_by_hand(life):
    assert len(life.diary.sessions) > 120, "the year is too quiet to prove anything"
    days_stand_as_counted(life)
    for week_start in Clinic.WeekStart:
        clinic = Clinic(week_start=week_start)
        weeks_and_months_stand_as_counted(life, clinic)
        averages_are_those_counted(life, clinic)
    usual_pain_is_the_median_counted(life)
    alerts_need_no_rebuild(life)


def days_stand_as_counted(life: Life) -> None:
    """Each day of the year, and some on both sides of it."""
    first, last = FIRST - timedelta(days=9), LAST + timedelta(days=9)
    found = adherence(life.patient, first, last)
    for day, plain in zip(found.days, walk(first, last), strict=True):
        counted = day.day, (day.planned, day.done, day.state)
        assert counted == (plain, life.diary.day(plain, LAST))
    states = {day.state for day in found.days}
    assert states == {"all", "part", "none", "rest", "ahead", "no-plan"}


def weeks_and_months_stand_as_counted(life: Life, clinic: Clinic) -> None:
    for first, last in weeks(FIRST, LAST, BEGINS[clinic.week_start]):
        found = adherence(life.patient, first, last, clinic=clinic)
        counted = life.diary.total(first, last, LAST)
        assert (found.done, found.planned, found.percent) == counted, f"week of {first}"
    this_week = weeks(LAST, LAST, BEGINS[clinic.week_start])[0][0]
    for first, last in months(FIRST, LAST):
        page = progress_of(life.patient, clinic=clinic, month=first)
        found = page.month.adherence
        assert (found.done, found.planned, found.percent) == life.diary.total(first, last, LAST)
        assert page.this_week == this_week
        assert page.week.done == life.diary.total(this_week, LAST, LAST)[0]
        columns = {tuple(f"{day.day:%a}" for day in week if day) for week in page.month.weeks}
        assert max(columns, key=len)[0] == BEGINS[clinic.week_start]
    assert page.sessions == sum(life.diary.sittings(day) for day in walk(FIRST, LAST))


def averages_are_those_counted(life: Life, clinic: Clinic) -> None:
    """By weeks, and as a year is shown, by months."""
    lines = sessions_of(life.patient), mornings_of(life.patient)
    buckets = buckets_of(*lines, clinic)
    assert buckets.by_month
    spans = weeks(FIRST, LAST, BEGINS[clinic.week_start]), months(FIRST, LAST)
    for rows, counted in zip((weeks_of(*lines, clinic), buckets.rows), spans, strict=True):
        found = [(b.start, b.until, b.before.mean, b.after.mean, b.morning.mean) for b in rows]
        assert found == life.diary.averages(counted)


def usual_pain_is_the_median_counted(life: Life) -> None:
    """Of every session of the year that tells a pain after."""
    read = read_diaries([life.patient.pk])[life.patient.pk].sessions
    told = [session for session in read if session.pain_after is not None]
    days, pains = [one.day for one in told], [one.pain_after for one in told]
    places = sorted(
        place
        for place, one in life.diary.sessions.items()
        if one.finished and one.after is not None
    )
    assert days == [day for day, _number in places]
    found = [usual_pain(days, pains, n) for n in range(len(told))]
    assert found == [life.diary.usual(*place) for place in places]
    assert len(set(found)) > 4


def alerts_need_no_rebuild(life: Life) -> None:
    """What the saves left is what the whole diary calls for."""
    assert set(Alert.objects.values_list("kind", flat=True)) == set(Alert.Kind.values)
    assert sum(rebuild_alerts(LAST)) == 0


@pytest.mark.parametrize("night", [SPRING, AUTUMN, date(2026, 6, 14)])
def test_a_day_ends_at_midnight_of_the_clinic_whatever_the_clocks_do(night, patient, clinician):
    life = Life(patient, clinician, seed=1, first=night - timedelta(days=9))
    eve, after = night - timedelta(days=1), night + timedelta(days=1)
    for day in (eve, night, after):
        for number, clock in enumerate((time(0, 0), time(1, 30), time(3, 5), time(23, 59)), 1):
            life.today = day
            with at(day, clock):
                life.tell(number)
    with at(after, NOON):
        found = adherence(patient, eve, after)
        kept = patient.sessions.in_order().values_list("day", "occurrence")
        assert list(kept) == [(day, n) for day in (eve, night, after) for n in (1, 2, 3, 4)]
        assert [(d.planned, d.done, d.state) for d in found.days] == [
            life.diary.day(day, after) for day in (eve, night, after)
        ]


def test_an_hour_that_comes_twice_is_of_one_day(patient, clinician):
    life = Life(patient, clinician, seed=1, first=AUTUMN - timedelta(days=9))
    life.today = AUTUMN
    for number, fold in ((1, 0), (2, 1)):
        with at(AUTUMN, time(1, 30, fold=fold)):
            life.tell(number)
    first, second = patient.sessions.in_order()
    assert (first.day, second.day) == (AUTUMN, AUTUMN)
    assert second.started_at - first.started_at == timedelta(hours=1)
