"""The rows of the plan's page: what is typed is kept, in the order of the form."""

import pytest

from tests import factories
from tests.plans.conftest import rows_of
from tests.plans.page import Page, page_of

pytestmark = pytest.mark.django_db


def test_reps_days_weight_and_words_are_kept_as_typed(as_clinician, draft):
    Page(as_clinician, page_of(draft)).row(
        1,
        reps="8-10",
        days="Mon, wed & Fri",
        load="2.5",
        effort_max="5",
        rest_seconds="60",
        note="Slowly.",
        harder_day="1 round.",
    ).press()
    row = rows_of(draft)[0]
    assert (row.reps_min, row.reps_max, row.weekdays) == (8, 10, 0b0010101)
    assert (str(row.load), row.load_unit, row.effort_max, row.rest_seconds) == ("2.5", "lb", 5, 60)
    assert (row.note, row.harder_day) == ("Slowly.", "1 round.")


def test_minutes_take_the_place_of_repetitions(as_clinician, draft):
    Page(as_clinician, page_of(draft)).row(1, reps="", minutes="10").press()
    row = rows_of(draft)[0]
    assert (row.reps_min, row.minutes) == (None, 10)


def test_a_field_made_blank_is_the_librarys_again(as_clinician, draft):
    row = rows_of(draft)[0]
    row.sets = 4
    row.save()
    Page(as_clinician, page_of(draft)).row(1, sets="").press()
    assert rows_of(draft)[0].sets == row.exercise.sets


def test_rows_are_saved_in_the_order_of_the_form(as_clinician, draft):
    before = [row.exercise_id for row in rows_of(draft)]
    Page(as_clinician, page_of(draft)).row(1, order=2).row(2, order=1).press()
    assert [row.exercise_id for row in rows_of(draft)] == before[::-1]


def test_without_a_script_a_button_moves_a_row_and_saves(as_clinician, draft):
    before = [row.exercise_id for row in rows_of(draft)]
    Page(as_clinician, page_of(draft)).press("_up", "rows-1")
    assert [row.exercise_id for row in rows_of(draft)] == before[::-1]
    Page(as_clinician, page_of(draft)).press("_down", "rows-1")
    assert [row.exercise_id for row in rows_of(draft)] == before[::-1]


def test_a_row_is_taken_out_and_never_deleted(as_clinician, draft):
    Page(as_clinician, page_of(draft)).row(1, DELETE=True, reps="nonsense").press()
    assert len(rows_of(draft)) == 1
    assert draft.planned_exercises.count() == 2
    assert draft.planned_exercises.filter(removed_at__isnull=False).count() == 1


def test_without_a_script_another_blank_row_is_one_press_away(as_clinician, draft):
    response = Page(as_clinician, page_of(draft)).press("_more", follow=True)
    assert len(response.context["sheet"].rows.forms) == 3


def test_two_rows_may_trade_their_exercises(as_clinician, draft):
    first, second = rows_of(draft)
    page = Page(as_clinician, page_of(draft))
    page.row(1, exercise=second.exercise.title).row(2, exercise=first.exercise.title)
    assert page.press().status_code == 302
    after = rows_of(draft)
    assert [row.key for row in after] == [first.key, second.key]
    assert [row.exercise_id for row in after] == [second.exercise_id, first.exercise_id]


def test_two_rows_of_one_exercise_may_trade_their_sides(as_clinician, patient, clinician, knee):
    plan = factories.make_plan(patient, clinician, exercises=[], published=False)
    left = factories.plan_row(plan, knee, working_side="left")
    right = factories.plan_row(plan, knee, working_side="right")
    page = Page(as_clinician, page_of(plan))
    page.row(1, working_side="right").row(2, working_side="left")
    assert page.press().status_code == 302
    sides = {row.key: row.working_side for row in rows_of(plan)}
    assert sides == {left.key: "right", right.key: "left"}


def test_a_trade_of_places_leaves_only_itself_in_the_audit_log(as_clinician, clinician, draft):
    from auditlog.models import LogEntry

    first, second = rows_of(draft)
    page = Page(as_clinician, page_of(draft))
    page.row(1, exercise=second.exercise.title).row(2, exercise=first.exercise.title).press()
    entry = LogEntry.objects.get_for_object(first).order_by("pk").last()
    assert set(entry.changes) == {"exercise"}
    assert entry.actor == clinician


def test_a_new_row_may_take_the_place_of_one_that_leaves(as_clinician, draft):
    title = rows_of(draft)[0].exercise.title
    page = Page(as_clinician, page_of(draft)).row(1, DELETE=True)
    page.add_row(exercise=title, working_side="unknown")
    assert page.press().status_code == 302
    assert [row.exercise.title for row in rows_of(draft)].count(title) == 1
