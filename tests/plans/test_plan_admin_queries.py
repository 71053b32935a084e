"""The page of a plan asks the database a fixed number of times, whatever the number of rows."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from education.plans.models import ExerciseDefault, HarderDay
from tests import factories
from tests.plans.conftest import rows_of
from tests.plans.ladders import easier
from tests.plans.page import Page, page_of

pytestmark = pytest.mark.django_db

MOST_TO_SHOW = 30  # of them 9 for the diary of the patient, whatever its length
MOST_TO_SAVE = 60


@pytest.fixture
def twelve(patient, clinician):
    """A plan of twelve rows, each with a settled clash, a sign-off, a rung and an own default."""
    plan = factories.make_plan(patient, clinician, exercises=[], published=False)
    for _ in range(12):
        exercise = factories.make_exercise(precautions=["fall_risk"], demands=["sits"])
        easier(exercise, factories.make_exercise())
        ExerciseDefault.objects.create(clinician=clinician, exercise=exercise, reps_min=4)
        factories.plan_row(
            plan,
            exercise,
            settled_reason="Counter in front.",
            settled=["fall_risk=not_asked", "sits=not_asked"],
            settled_by=clinician,
            settled_on=plan.start_on,
            supervised_first=True,
            signed_off_by=clinician,
            signed_off_on=plan.start_on,
        )
    return plan


def queries_of(act) -> int:
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as asked:
        assert act().status_code in (200, 302)
    return len(asked)


def test_showing_twelve_rows_takes_as_many_queries_as_showing_one(
    as_clinician, twelve, other_patient, clinician
):
    one = factories.make_plan(other_patient, clinician, exercises=1, published=False)
    as_clinician.get(page_of(one))
    of_one = queries_of(lambda: as_clinician.get(page_of(one)))
    of_twelve = queries_of(lambda: as_clinician.get(page_of(twelve)))
    assert of_one == of_twelve <= MOST_TO_SHOW


def test_showing_an_open_plan_with_unpublished_changes_stays_in_the_limit(
    as_clinician, twelve, clinician
):
    Page(as_clinician, page_of(twelve)).press("_activate")
    Page(as_clinician, page_of(twelve)).row(3, note="Slowly.").press()
    assert queries_of(lambda: as_clinician.get(page_of(twelve))) <= MOST_TO_SHOW


def test_saving_twelve_changed_rows_stays_in_the_limit(as_clinician, twelve):
    page = Page(as_clinician, page_of(twelve)).type(goal="Walk")
    for number in range(1, 13):
        page.row(number, reps="9", note=f"Note {number}", order=13 - number)
    assert queries_of(page.press) <= MOST_TO_SAVE
    assert [row.reps_min for row in rows_of(twelve)] == [9] * 12


def test_harder_days_of_twelve_rows_cost_nothing_to_show(as_clinician, twelve):
    for row in rows_of(twelve):
        rung = row.exercise.ladder_links.get().to_exercise
        HarderDay.objects.create(planned=row, exercise=rung, sets=1, reps_min=3)
    as_clinician.get(page_of(twelve))
    assert queries_of(lambda: as_clinician.get(page_of(twelve))) <= MOST_TO_SHOW


def test_twelve_new_harder_days_stay_in_the_limit(as_clinician, twelve):
    page = Page(as_clinician, page_of(twelve))
    for number in range(1, 13):
        page.row(number, harder_sets="1")
    assert queries_of(page.press) <= MOST_TO_SAVE
    assert HarderDay.objects.count() == 12


def test_settling_and_signing_off_twelve_rows_at_once_stays_in_the_limit(
    as_clinician, patient, clinician
):
    exercises = [
        factories.make_exercise(precautions=["fall_risk"], supervised_first=True) for _ in range(12)
    ]
    plan = factories.make_plan(patient, clinician, exercises=exercises, published=False)
    page = Page(as_clinician, page_of(plan))
    for number in range(1, 13):
        page.row(number, settled_reason="Counter in front.", signed_off=True)
    assert queries_of(page.press) <= MOST_TO_SAVE
    assert all(row.settled and row.signed_off_by == clinician for row in rows_of(plan))


def test_saving_unchanged_rows_writes_none_of_them(as_clinician, twelve):
    page = Page(as_clinician, page_of(twelve))
    with CaptureQueriesContext(connection) as asked:
        page.press()
    writes = [q["sql"] for q in asked if 'UPDATE "plans_plannedexercise"' in q["sql"]]
    assert writes == []
    assert len(asked) <= MOST_TO_SHOW


def test_a_refused_save_of_twelve_rows_asks_no_more_than_showing(as_clinician, twelve):
    page = Page(as_clinician, page_of(twelve))
    for number in range(1, 13):
        page.row(number, reps="99")
    assert queries_of(page.press) <= MOST_TO_SHOW


def test_the_list_takes_as_many_queries_for_one_plan_as_for_ten(as_clinician, clinician):
    def add(number: int) -> None:
        patient = factories.make_patient(None, "Ada", f"Paper{number}", clinician)
        factories.make_plan(patient, clinician, exercises=1)

    add(0)
    as_clinician.get("/admin/plans/plan/")
    of_one = queries_of(lambda: as_clinician.get("/admin/plans/plan/"))
    for number in range(1, 10):
        add(number)
    assert queries_of(lambda: as_clinician.get("/admin/plans/plan/")) == of_one
