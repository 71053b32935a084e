"""Minutes a day and sessions a week, as the plan grows."""

from datetime import date

import pytest

from education.plans.workload import Load, workload
from tests import factories
from tests.plans.page import Page, page_of, text_of

MONDAY = date(2026, 11, 2)


def load(**fields) -> Load:
    usual = {
        "seconds": 60,
        "times": 1,
        "weekdays": 127,
        "every": 1,
        "offset": 0,
        "supervised": False,
    }
    return Load(**(usual | fields))


def test_an_empty_plan_asks_for_nothing():
    assert workload([], MONDAY).minutes_text == "0"
    assert workload([], MONDAY).sessions == 0


def test_minutes_of_a_day_are_those_of_every_sitting():
    found = workload([load(seconds=90, times=2), load(seconds=31)], MONDAY)
    assert (found.minutes, found.minutes_text) == ((4, 4), "4")


def test_a_day_has_as_many_sessions_as_its_most_frequent_exercise():
    assert workload([load(times=2), load(times=3)], MONDAY).sessions == 21


def test_days_that_differ_are_a_range_and_days_off_do_not_count():
    found = workload([load(weekdays=0b0010101, times=1), load(weekdays=0b0000001)], MONDAY)
    assert (found.minutes_text, found.sessions) == ("1–2", 3)


@pytest.mark.parametrize(("every", "sessions"), [(2, 4), (3, 2), (7, 1), (14, 1)])
def test_every_so_many_days_is_counted_over_weeks(every, sessions):
    assert workload([load(every=every)], MONDAY).sessions == sessions


def test_two_exercises_on_alternate_days_never_fall_together():
    found = workload([load(every=2), load(every=2, offset=1)], MONDAY)
    assert (found.minutes, found.sessions) == ((1, 1), 7)


def test_what_is_done_at_the_clinic_only_is_counted_apart():
    found = workload([load(), load(seconds=600, supervised=True)], MONDAY)
    assert (found.minutes, found.exercises, found.supervised) == ((1, 1), 1, 1)


@pytest.mark.django_db
def test_each_side_in_turn_takes_twice_as_long(patient, clinician):
    exercise = factories.make_exercise()
    plan = factories.make_plan(patient, clinician, exercises=[exercise], published=False)
    row = plan.planned_exercises.get()
    one = Load.of(row, plan.start_on).seconds
    row.working_side = "each"
    assert Load.of(row, plan.start_on).seconds > 2 * one


@pytest.mark.django_db
def test_the_page_shows_the_numbers_without_a_script(as_clinician, patient, clinician):
    exercises = [
        factories.make_exercise(sets=1, reps_min=5, hold_seconds=0, minutes=None, times_per_day=2),
        factories.make_exercise(sets=1, reps_min=None, minutes=10, weekdays=0b0010101),
        factories.make_exercise(supervised_first=True),
    ]
    plan = factories.make_plan(patient, clinician, exercises=exercises, published=False)
    page = text_of(as_clinician.get(page_of(plan)))
    assert "<dd data-exercises>2</dd>" in page
    assert "<dd data-minutes>1–11</dd>" in page
    assert "<dd data-sessions>14</dd>" in page
    assert "<dd data-supervised>1</dd>" in page


@pytest.mark.django_db
@pytest.mark.parametrize(("number", "is_said"), [(4, False), (5, True)])
def test_above_four_exercises_the_page_says_that_fewer_are_easier(
    as_clinician, patient, clinician, number, is_said
):
    plan = factories.make_plan(patient, clinician, exercises=number, published=False)
    sheet = as_clinician.get(page_of(plan)).context["sheet"]
    assert sheet.is_long is is_said
    hidden = 'data-many="4" hidden' in text_of(as_clinician.get(page_of(plan)))
    assert hidden is not is_said


@pytest.mark.django_db
def test_a_row_that_leaves_is_not_counted_on_a_page_with_errors(as_clinician, draft):
    page = Page(as_clinician, page_of(draft)).row(1, DELETE=True).row(2, note="x" * 301)
    assert page.press().context["sheet"].workload.exercises == 1
