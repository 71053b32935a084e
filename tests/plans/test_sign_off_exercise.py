"""Signing off a supervised exercise, and taking it back: one press each, with name and day."""

import pytest

from education.people.models import Clinic
from education.plans.actions import publish_changes, sign_off_exercise, watch_exercise_again
from education.plans.admin import row_acts
from education.plans.checks import Finding, PlanRefused
from tests import factories

from .conftest import rows_of
from .page import Page, messages_of, page_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(active):
    """A supervised exercise beside two others, published as such."""
    supervised = factories.make_exercise(supervised_first=True, title_en="Toe touch")
    factories.plan_row(active, supervised)
    publish_changes(plan=active, by=active.clinician)
    return rows_of(active)[-1]


def test_name_and_day_are_kept_and_the_first_ones_stay(row, clinician, colleague):
    sign_off_exercise(planned=row, by=colleague)
    sign_off_exercise(planned=row, by=clinician)
    row.refresh_from_db()
    assert row.signed_off_by == colleague
    assert row.signed_off_on == Clinic.objects.current().today()


def test_it_counts_as_a_save_and_waits_to_be_published(row, clinician):
    before = row.plan.lock
    sign_off_exercise(planned=row, by=clinician)
    row.plan.refresh_from_db()
    assert row.plan.lock == before + 1
    assert row.plan.versions.first().body["exercises"][2]["supervised"] is True
    assert publish_changes(plan=row.plan, by=clinician).body["exercises"][2]["supervised"] is False


def test_a_sign_off_can_be_taken_back(row, clinician):
    sign_off_exercise(planned=row, by=clinician)
    watch_exercise_again(planned=row, by=clinician)
    row.refresh_from_db()
    assert (row.signed_off_by, row.signed_off_on) == (None, None)


def test_what_nobody_has_to_watch_is_not_signed_off(active, clinician):
    with pytest.raises(PlanRefused, match="Nobody has to watch"):
        sign_off_exercise(planned=rows_of(active)[0], by=clinician)


def test_a_sign_off_of_another_exercise_is_refused(row, clinician):
    shown = rows_of(row.plan)[-1]
    row.exercise = factories.make_exercise(supervised_first=True, title_en="Deep toe touch")
    row.save()
    with pytest.raises(PlanRefused, match="Deep toe touch in its place meanwhile"):
        sign_off_exercise(planned=shown, by=clinician)


def test_one_press_on_the_plans_page_saves_and_signs_off(as_clinician, row, clinician):
    page = Page(as_clinician, page_of(row.plan)).type(goal="Walk")
    response = page.press("_sign_off", str(row.key), follow=True)
    assert "Signed off, with your name and today’s date. It is not published yet." in messages_of(
        response
    )
    assert f"Signed off by {clinician}" in text_of(response)
    row.refresh_from_db()
    row.plan.refresh_from_db()
    assert row.signed_off_by == clinician
    assert row.plan.goal == "Walk"


def test_a_saved_form_keeps_the_sign_off_and_one_press_takes_it_back(as_clinician, row, colleague):
    sign_off_exercise(planned=row, by=colleague)
    Page(as_clinician, page_of(row.plan)).type(goal="Walk").press()
    row.refresh_from_db()
    assert row.signed_off_by == colleague
    Page(as_clinician, page_of(row.plan)).press("_watch_again", str(row.key))
    row.refresh_from_db()
    assert row.signed_off_by is None


@pytest.mark.parametrize("key", ["no-key", "6f1c0f5e-8f8e-4e0f-9d7e-1f6f2d1d2c3b"])
def test_a_row_that_is_not_in_the_plan_is_told_so(as_clinician, row, key):
    response = Page(as_clinician, page_of(row.plan)).press("_sign_off", key, follow=True)
    assert "not in the plan any more" in messages_of(response)


def test_a_refusal_names_no_exercise_in_the_message(as_clinician, row, monkeypatch):
    def refuse(**_asked):
        raise PlanRefused([Finding("Somebody put Deep toe touch in its place meanwhile.")])

    monkeypatch.setitem(row_acts.ROW_ACTS, "_sign_off", (refuse, "Signed off."))
    response = Page(as_clinician, page_of(row.plan)).press("_sign_off", str(row.key), follow=True)
    assert "the sign-off stays as it was" in messages_of(response)
    assert "Deep toe touch" not in messages_of(response)
