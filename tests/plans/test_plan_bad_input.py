"""Bad input on the plan's page: said at the place, nothing typed lost, never a crash."""

from datetime import timedelta
from unittest import mock

import pytest
from django.db import IntegrityError

from education.plans.models import Plan
from tests import factories
from tests.plans.conftest import rows_of
from tests.plans.page import Page, add_for, page_of, text_of

pytestmark = pytest.mark.django_db


BAD_ROWS = [
    ({"sets": "9"}, "Type a whole number from 1 to 4."),
    ({"sets": "two"}, "Type a whole number from 1 to 4."),
    ({"reps": "21"}, "Type a number from 1 to 20."),
    ({"reps": "10-8"}, "Type the smaller number first."),
    ({"reps": "some"}, "Type a number such as 5, or a range such as 8-10."),
    ({"hold_seconds": "61"}, "Type a whole number from 0 to 60."),
    ({"rest_seconds": "181"}, "Type a whole number from 0 to 180."),
    ({"times_per_day": "5"}, "Type a whole number from 1 to 4."),
    ({"effort_max": "11"}, "Type a whole number from 0 to 10."),
    ({"load": "51"}, "Type a weight from 0 to 50."),
    ({"minutes": "61", "reps": ""}, "Type a whole number from 1 to 60."),
    ({"minutes": "5"}, "Use repetitions or minutes, not both."),
    ({"load": "2", "band": "light"}, "Use a weight or a band, not both."),
    ({"days": "Mon Blursday"}, "“blursday” is not a day."),
    ({"days": "Every 99 days"}, "Type a number of days from 2 to 14."),
    ({"exercise": "Moonwalk"}, "The library has no exercise “Moonwalk”. Choose one from the list."),
    ({"harder_day": "Rest {working:elbow}"}, "“{working:elbow}” is not a placeholder."),
    ({"exercise": ""}, "Choose an exercise, or take this row out."),
]


@pytest.mark.parametrize(("typed", "message"), BAD_ROWS)
def test_what_is_wrong_in_a_row_is_said_beside_it_and_stays_typed(
    as_clinician, draft, typed, message
):
    page = Page(as_clinician, page_of(draft)).type(goal="Typed goal").row(2, **typed)
    response = page.press()
    assert response.status_code == 200
    readings = response.context["sheet"].readings
    said = [error for field in readings[1].wrong_fields for error in field.errors]
    assert any(message in error for error in said), said
    assert readings[0].wrong_fields == []
    assert message in text_of(response).replace("&quot;", '"')
    for name, value in typed.items():
        assert readings[1].form[name].value() == value
    assert 'value="Typed goal"' in text_of(response)
    draft.refresh_from_db()
    assert draft.goal == ""


def test_a_name_mistyped_changes_nothing_else_of_its_row(as_clinician, draft):
    response = Page(as_clinician, page_of(draft)).row(1, exercise="Moonwalk", note="Kept").press()
    reading = response.context["sheet"].readings[0]
    assert reading.is_supervised is False
    assert reading.form["note"].value() == "Kept"


def test_a_side_is_refused_for_an_exercise_of_both_sides(as_clinician, patient, hinge):
    page = Page(as_clinician, add_for(patient)).row(1, exercise="Hip hinge", working_side="left")
    response = page.press()
    assert "This one works both sides at once." in text_of(response)
    assert not Plan.objects.exists()


def test_a_review_before_the_start_is_said_beside_it(as_clinician, draft):
    day = draft.start_on - timedelta(days=1)
    response = Page(as_clinician, page_of(draft)).type(review_on=day.isoformat()).press()
    assert response.context["sheet"].form.errors["review_on"] == [
        "The review is before the start. Choose a later day for it."
    ]
    assert day.isoformat() in text_of(response)


def test_a_plan_in_use_keeps_a_day_of_review(as_clinician, active):
    response = Page(as_clinician, page_of(active)).type(review_on="").press()
    assert "needs a day of review" in response.context["sheet"].form.errors["review_on"][0]


def test_the_same_exercise_and_side_twice_is_said_at_the_second_row(as_clinician, draft):
    title = rows_of(draft)[0].exercise.title
    response = Page(as_clinician, page_of(draft)).row(2, exercise=title).press()
    first, second = response.context["sheet"].readings
    assert first.form.errors == {}
    assert "with the same side already: row 1" in second.form.errors["exercise"][0]
    assert second.form["exercise"].value() == title
    assert len({row.exercise_id for row in rows_of(draft)}) == 2


def test_an_unknown_status_word_in_the_side_of_the_plan_is_refused_not_a_crash(as_clinician, draft):
    response = Page(as_clinician, page_of(draft)).type(affected_side="up").press()
    assert response.status_code == 200
    assert "affected_side" in response.context["sheet"].form.errors


def test_a_broken_form_is_answered_with_a_page(as_clinician, draft):
    response = as_clinician.post(page_of(draft), {"_save": "1"})
    assert response.status_code == 200
    assert len(rows_of(draft)) == 2


def test_a_row_of_another_plan_cannot_be_taken_along(as_clinician, draft, other_patient, colleague):
    stranger = rows_of(factories.make_plan(other_patient, colleague))[0]
    page = Page(as_clinician, page_of(draft))
    response = page.add_row(key=str(stranger.key), exercise=stranger.exercise.title).press()
    assert response.status_code == 200
    stranger.refresh_from_db()
    assert stranger.plan.patient == other_patient


def test_a_constraint_that_still_fires_is_answered_with_the_typed_page(as_clinician, draft):
    page = Page(as_clinician, page_of(draft)).type(goal="Typed goal")
    with mock.patch("education.plans.admin.sheet.save_plan", side_effect=IntegrityError):
        response = page.press()
    assert response.status_code == 200
    assert "The plan could not be saved. Nothing is lost" in text_of(response)
    assert 'value="Typed goal"' in text_of(response)


def test_a_row_that_came_into_the_database_unseen_does_not_crash_the_save(as_clinician, draft):
    page = Page(as_clinician, page_of(draft))
    unseen = factories.make_exercise(title_en="Unseen")
    page.add_row(exercise="Unseen")
    factories.plan_row(draft, unseen)
    response = page.press()
    assert response.status_code == 200
    assert "with the same side already: another row" in text_of(response)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"review_on": "2999-01-04"}, "The review is more than a year ahead."),
        ({"start_on": "0001-01-01"}, "The start is more than a year away."),
        ({"start_on": "2999-01-01", "review_on": "2999-01-04"}, "The start is more than a year"),
    ],
)
def test_a_mistyped_year_is_said_beside_the_day_and_stays_typed(
    as_clinician, draft, typed, message
):
    response = Page(as_clinician, page_of(draft)).type(**typed).press()
    assert message in text_of(response)
    for value in typed.values():
        assert f'value="{value}"' in text_of(response)
    before = draft.start_on, draft.review_on
    draft.refresh_from_db()
    assert (draft.start_on, draft.review_on) == before
