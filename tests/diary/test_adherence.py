"""Sessions done of those planned."""

from datetime import date, timedelta

import pytest
import time_machine

from education.diary.adherence import DayState, adherence
from education.diary.models import ExerciseLog
from education.plans import actions, harder_days
from education.plans.models import HarderDay, PlanVersion
from tests import factories

MONDAY = date(2026, 11, 16)
SUNDAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _clock():
    """Monday, November 16, noon at the clinic: the day the plan is published."""
    with time_machine.travel("2026-11-16T20:00:00Z", tick=False) as clock:
        yield clock


@pytest.fixture
def plan(patient, clinician):
    """One exercise, twice a day."""
    exercise = factories.make_exercise(times_per_day=2)
    return factories.make_plan(patient, clinician, exercises=[exercise])


def at_noon_of(day: date):
    return time_machine.travel(f"{day}T20:00:00Z", tick=False)


def week(patient):
    with at_noon_of(SUNDAY):
        return adherence(patient, MONDAY, SUNDAY)


def states(found) -> list[str]:
    return [day.state for day in found.days]


def test_a_week_counts_what_was_done_of_what_was_planned(patient, plan):
    for n, occurrence in ((0, 1), (0, 2), (1, 1)):
        factories.make_session(patient, day=MONDAY + timedelta(days=n), occurrence=occurrence)
    found = week(patient)
    assert (found.done, found.planned, found.percent) == (3, 14, 21)
    assert states(found)[:3] == [DayState.ALL_DONE, DayState.PART_DONE, DayState.NO_ENTRY]


def test_a_day_never_counts_more_than_was_planned(patient, plan):
    for occurrence in (1, 2, 3, 4):
        factories.make_session(patient, day=MONDAY, occurrence=occurrence)
    found = week(patient)
    assert found.done == 2
    assert found.days[0].state == DayState.ALL_DONE


def test_partly_counts_and_a_session_of_nothing_does_not(patient, plan):
    key = next(iter(PlanVersion.objects.get().planned))
    partly, none = {key: ExerciseLog.Outcome.PARTLY}, {key: ExerciseLog.Outcome.NOT_DONE}
    factories.make_session(patient, day=MONDAY, occurrence=1, logs=partly)
    factories.make_session(patient, day=MONDAY, occurrence=2, logs=none)
    taken_back = {key: ExerciseLog.Outcome.TAKEN_BACK}
    factories.make_session(patient, day=MONDAY, occurrence=3, logs=taken_back)
    factories.make_session(patient, day=MONDAY, occurrence=4, logs=False)
    assert week(patient).done == 1


def test_a_rest_day_plans_nothing_and_what_is_done_on_it_adds_nothing(patient, clinician):
    tuesday = factories.make_exercise(weekdays=0b0000010)
    factories.make_plan(patient, clinician, exercises=[tuesday])
    factories.make_session(patient, day=MONDAY)
    found = week(patient)
    assert (found.done, found.planned) == (0, 1)
    assert states(found)[:3] == [DayState.ALL_DONE, DayState.NO_ENTRY, DayState.REST]


def test_days_before_the_plan_and_after_its_end_plan_nothing(patient, plan, clinician):
    with at_noon_of(date(2026, 11, 18)):
        actions.complete_plan(plan=plan, by=clinician)
    with at_noon_of(SUNDAY):
        found = adherence(patient, MONDAY - timedelta(days=1), SUNDAY)
    assert found.planned == 4
    assert states(found) == [DayState.NO_PLAN, *[DayState.NO_ENTRY] * 2, *[DayState.NO_PLAN] * 5]


def test_while_the_plan_rests_every_day_is_a_rest_day(patient, plan, clinician):
    with at_noon_of(date(2026, 11, 17)):
        actions.hold_plan(plan=plan, by=clinician)
    found = week(patient)
    assert found.planned == 2
    assert states(found)[1:] == [DayState.REST] * 6


def test_a_harder_day_plans_what_its_lighter_form_asks_for(patient, clinician):
    exercise = factories.make_exercise(times_per_day=2)
    plan = factories.make_plan(patient, clinician, exercises=[exercise], published=False)
    row = plan.planned_exercises.get()
    lighter = {name: getattr(row, name) for name in ("sets", "reps_min", "hold_seconds")}
    HarderDay.objects.create(planned=row, times_per_day=1, **lighter)
    actions.activate_plan(plan=plan, by=clinician)
    harder_days.take_harder_day(patient=patient, day=MONDAY, by=patient.user)
    factories.make_session(patient, day=MONDAY)
    found = week(patient)
    assert (found.days[0].done, found.days[0].planned) == (1, 1)
    assert found.days[1].planned == 2


def test_days_ahead_count_for_nothing_and_today_is_not_yet_without_an_entry(patient, plan):
    found = adherence(patient, MONDAY, SUNDAY)
    assert found.planned == 2
    assert states(found) == [DayState.AHEAD] * 7


def test_without_a_plan_there_is_no_share(patient):
    found = week(patient)
    assert (found.done, found.planned, found.percent) == (0, 0, None)


def test_a_change_of_the_plan_counts_from_its_day(patient, plan, clinician):
    with at_noon_of(date(2026, 11, 19)):
        plan.planned_exercises.update(times_per_day=1)
        actions.publish_changes(plan=plan, by=clinician)
    assert [day.planned for day in week(patient).days] == [2, 2, 2, 1, 1, 1, 1]


def test_somebody_elses_sessions_do_not_count(patient, plan, other_patient, colleague):
    factories.make_plan(other_patient, colleague)
    factories.make_session(other_patient, day=MONDAY)
    assert week(patient).done == 0


@pytest.mark.parametrize("days", [7, 60])
def test_any_span_takes_five_queries(patient, plan, days, django_assert_num_queries):
    with django_assert_num_queries(5):
        adherence(patient, SUNDAY - timedelta(days=days), SUNDAY)
