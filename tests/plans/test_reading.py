"""A body as the patient reads it: schedules, harder days, and the words of this plan."""

from datetime import date

import pytest

from education.library.models import Exercise
from education.plans.actions import plan_body, working_rows
from education.plans.models import HarderDay, PlanVersion
from education.plans.reading import read_plan
from education.plans.standing import Standing, standing
from tests import factories

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)


def read(plan, *, on=MONDAY, harder=False):
    body = plan_body(plan, working_rows(plan))
    return read_plan(body, Exercise.objects.all().with_cover(), on=on, harder=harder)


@pytest.fixture
def plan_of(patient, clinician):
    def make(*exercises, **fields):
        defaults = {"start_on": date(2026, 11, 16), "review_on": date(2026, 12, 14)}
        return factories.make_plan(
            patient, clinician, exercises=list(exercises), **{**defaults, **fields}
        )

    return make


def titles(rows) -> list[str]:
    return [row.title for row in rows]


# ------------------------------------------------------------------ schedules


@pytest.mark.parametrize(
    ("days", "next_on"),
    [
        (0b0000010, date(2026, 11, 24)),  # Tuesday
        (0b1000000, date(2026, 11, 29)),  # Sunday
        (0b0010100, date(2026, 11, 25)),  # Wednesday and Friday
    ],
)
def test_what_is_not_for_today_names_the_next_weekday(plan_of, days, next_on):
    plan = plan_of(factories.make_exercise(), factories.make_exercise(weekdays=days))
    (later,) = read(plan).later
    assert later.next_on == next_on


def test_every_so_many_days_counts_from_the_start_of_the_plan(plan_of):
    plan = plan_of(factories.make_exercise(), factories.make_exercise(every_n_days=3))
    # counted from Monday 16: 19, 22, 25
    (later,) = read(plan).later
    assert later.next_on == date(2026, 11, 25)
    assert len(read(plan, on=date(2026, 11, 25)).due) == 2


def test_a_day_of_its_own_to_count_from_goes_before_the_start(plan_of):
    plan = plan_of(factories.make_exercise(), factories.make_exercise(every_n_days=3))
    plan.planned_exercises.filter(every_n_days=3).update(anchor_on=MONDAY)
    assert len(read(plan).due) == 2
    (later,) = read(plan, on=date(2026, 11, 24)).later
    assert later.next_on == date(2026, 11, 26)


def test_before_the_day_it_counts_from_nothing_is_due(plan_of):
    plan = plan_of(factories.make_exercise(), factories.make_exercise(every_n_days=7))
    plan.planned_exercises.filter(every_n_days=7).update(anchor_on=date(2026, 12, 28))
    (later,) = read(plan, on=date(2026, 11, 30)).later  # four weeks before, to the day
    assert later.next_on == date(2026, 12, 28)


def test_a_day_to_count_from_means_nothing_where_no_days_are_counted(plan_of):
    plan = plan_of(factories.make_exercise())
    plan.planned_exercises.update(anchor_on=date(2026, 12, 28))
    assert len(read(plan).due) == 1


def test_what_is_for_today_names_no_other_day(plan_of):
    assert [row.next_on for row in read(plan_of(factories.make_exercise())).due] == [None]


def test_before_the_plan_begins_the_next_day_is_after_its_first(plan_of):
    plan = plan_of(
        factories.make_exercise(),
        factories.make_exercise(weekdays=0b0000001),
        start_on=date(2026, 12, 1),  # a Tuesday
    )
    (later,) = read(plan).later
    assert later.next_on == date(2026, 12, 7)


def test_the_last_day_there_is_has_no_next_one(plan_of):
    last = date(9999, 12, 31)  # a Friday
    plan = plan_of(
        factories.make_exercise(),
        factories.make_exercise(weekdays=0b0000001),
        start_on=last,
        review_on=last,
        published=False,
    )
    (later,) = read(plan).later
    assert later.next_on is None


# ------------------------------------------------------------------ harder days


def harder_row(plan_of, **fields):
    """A plan of one left-sided exercise for Mondays that has a harder day; its row."""
    exercise = factories.make_exercise(
        title_en="Hip hinge", weekdays=0b0000001, harder_day_en="A little."
    )
    plan = plan_of(exercise, working_side="left")
    row = plan.planned_exercises.get()
    HarderDay.objects.create(planned=row, **{"sets": 1, "reps_min": 2, **fields})
    return plan


def test_a_lighter_dosage_names_no_days(plan_of):
    plan = harder_row(plan_of, weekdays=0b0000010)
    (row,) = read(plan, harder=True).due
    assert (row.count, row.how) == ("1 round of 2, on your left side.", "Once a day.")
    assert row.is_lighter
    assert row.for_harder_day


def test_the_usual_day_tells_it_in_a_line_in_place_of_the_librarys(plan_of):
    (row,) = read(harder_row(plan_of)).due
    assert row.harder_day == "1 round of 2, on your left side. Once a day."
    assert not row.for_harder_day


@pytest.mark.parametrize(
    ("laterality", "side", "phrase"),
    [
        ("one_sided", "left", ", on your left side."),
        ("two_sided", "both", "."),
        ("alternating", "left", ", on your left side."),
    ],
)
def test_an_easier_rung_is_worded_for_a_side_that_suits_it(plan_of, laterality, side, phrase):
    easier = factories.make_exercise(title_en="To a wall", laterality=laterality)
    (row,) = read(harder_row(plan_of, exercise=easier), harder=True).due
    assert row.title == "To a wall"
    assert row.instead_of == "Hip hinge"
    assert row.exercise_key == easier.key
    assert row.side == side
    assert row.count == f"1 round of 2{phrase}"


def test_an_easier_rung_that_cannot_be_read_leaves_the_exercise_as_it_is(plan_of):
    easier = factories.make_exercise(title_en="To a wall")
    plan = harder_row(plan_of, exercise=easier)
    body = plan_body(plan, working_rows(plan))
    readable = Exercise.objects.exclude(pk=easier.pk).with_cover()
    (row,) = read_plan(body, readable, on=MONDAY, harder=True).due
    assert row.title == "Hip hinge"
    assert "2 rounds of 5" in row.count
    assert not row.is_lighter
    assert row.harder_day == ""


def test_the_librarys_line_stands_in_for_a_plan_that_says_nothing(plan_of):
    exercise = factories.make_exercise(harder_day_en="Rest {working:leg} often.")
    (row,) = read(plan_of(exercise, working_side="left"), harder=True).due
    assert row.harder_day == "Rest your left leg often."


def test_a_plan_that_has_not_begun_is_read_as_on_its_first_day(plan_of):
    plan = harder_row(plan_of)
    plan.start_on = date(2026, 11, 30)
    found = read(plan, harder=True)
    assert not found.for_harder_day
    assert "2 rounds of 5" in found.due[0].count


def test_what_waits_for_the_clinic_has_no_lighter_form(plan_of):
    plan = harder_row(plan_of)
    plan.planned_exercises.update(supervised_first=True)
    found = read(plan, harder=True)
    assert titles(found.supervised) == ["Hip hinge"]
    assert not found.supervised[0].for_harder_day


# ------------------------------------------------------------------ words of the plan


def test_why_and_the_rules_of_the_ladder_are_read(plan_of):
    plan = plan_of(factories.make_exercise(), flare_up="Do less.", kind="maintenance")
    plan.planned_exercises.update(why="For your desk.", up_rule="Five days.", down_rule="At once.")
    found = read(plan)
    (row,) = found.due
    assert (row.why, row.up_rule, row.down_rule) == ("For your desk.", "Five days.", "At once.")
    assert found.flare_up == "Do less."
    assert found.keeps_going


def test_a_version_of_the_first_schema_is_read(plan_of):
    plan = plan_of(factories.make_exercise())
    body = plan_body(plan, working_rows(plan))
    for name in ("kind", "flare_up"):
        del body[name]
    for name in ("why", "anchor_on", "harder", "rules"):
        del body["exercises"][0][name]
    found = read_plan(body, Exercise.objects.all().with_cover(), on=MONDAY, harder=True)
    assert found.due[0].why == ""
    assert not found.keeps_going


# ------------------------------------------------------------------ on hold until a day


@pytest.mark.parametrize(
    ("until", "stands"),
    [
        (None, Standing.ON_HOLD),
        (date(2026, 11, 24), Standing.ON_HOLD),
        (MONDAY, Standing.READY),
        (date(2026, 11, 22), Standing.READY),
    ],
)
def test_a_hold_until_a_day_ends_on_that_day(plan_of, until, stands):
    plan = plan_of(factories.make_exercise())
    plan.status, plan.held_until = "on-hold", until
    plan.save()
    version = PlanVersion.objects.select_related("plan").get(plan=plan)
    found = standing(version, today=MONDAY, grace_days=14, unsettled=False)
    assert found == stands


def test_the_library_keys_of_a_version_name_the_easier_rungs_too(plan_of):
    easier = factories.make_exercise("wall")
    plan = harder_row(plan_of, exercise=easier)
    version = PlanVersion(plan=plan, body=plan_body(plan, working_rows(plan)))
    own = plan.planned_exercises.get().exercise.key
    assert version.exercise_keys == [own, "wall"]
