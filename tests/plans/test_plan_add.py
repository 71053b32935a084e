"""A new plan: whose it is, what it starts with, and that it is made once."""

import pytest

from education.people.models import Clinic
from education.plans.models import Plan, PlannedExercise
from tests import factories
from tests.plans.conftest import rows_of
from tests.plans.page import Page, add_for, page_of, text_of

pytestmark = pytest.mark.django_db


def test_the_page_is_opened_from_the_patient_and_starts_today_with_the_clinician(
    as_clinician, clinician, patient
):
    page = Page(as_clinician, add_for(patient))
    assert page.data["start_on"] == Clinic.objects.current().today()
    assert page.data["clinician"] == clinician.pk
    assert page.data["title"]
    assert "Lee Testperson" in text_of(as_clinician.get(page.address))


def test_without_a_patient_the_page_asks_whose_plan_it_is(as_clinician):
    response = as_clinician.get("/admin/plans/plan/add/")
    assert response.status_code == 200
    assert "Whose plan is it?" in text_of(response)


def test_own_patients_without_a_plan_are_offered_first(as_clinician, patient, other_patient):
    body = text_of(as_clinician.get("/admin/plans/plan/add/"))
    assert f'href="/admin/plans/plan/start/{patient.pk}/"' in body
    assert "Otherperson" not in body


@pytest.mark.parametrize("words", ["other", "PAT other", "C-77"])
def test_any_patient_is_found_by_name_or_number(as_clinician, patient, other_patient, words):
    other_patient.clinic_number = "C-77"
    other_patient.save()
    body = text_of(as_clinician.get("/admin/plans/plan/add/", {"q": words}))
    assert f'href="/admin/plans/plan/start/{other_patient.pk}/"' in body
    assert "Testperson" not in body


def test_a_search_with_a_broken_character_finds_nobody_by_it(as_clinician, patient):
    response = as_clinician.get("/admin/plans/plan/add/", {"q": "Testperson \0x"})
    assert response.status_code == 200
    assert "No current patient has this name or number." in text_of(response)


def test_a_discharged_patient_is_not_offered(as_clinician, patient):
    patient.status = "discharged"
    patient.save()
    assert "Testperson" not in text_of(as_clinician.get("/admin/plans/plan/add/", {"q": "Lee"}))


def test_an_administrator_starts_a_plan_for_the_patients_clinician(
    as_administrator, clinician, patient
):
    assert Page(as_administrator, add_for(patient)).data["clinician"] == clinician.pk


def test_a_patient_that_does_not_exist_is_not_found(as_clinician):
    assert as_clinician.get("/admin/plans/plan/add/?patient=987654").status_code == 404
    assert as_clinician.get("/admin/plans/plan/add/?patient=lee").status_code == 404


def test_a_name_alone_gives_the_dosage_and_the_side_of_the_library(
    as_clinician, patient, hinge, knee
):
    page = Page(as_clinician, add_for(patient)).type(affected_side="left")
    page.row(1, exercise="Knee to chest").row(2, exercise="hip hinge").press()
    first, second = rows_of(Plan.objects.get())
    assert (first.sets, first.reps_min, first.hold_seconds, first.times_per_day) == (1, 3, 15, 2)
    assert first.working_side == "left"
    assert (second.sets, second.reps_min, second.effort_max) == (2, 8, 4)
    assert (second.weekdays, second.working_side) == (0b0010101, "both")


@pytest.mark.parametrize(
    ("laterality", "affected", "working"),
    [
        ("one_sided", "left", "left"),
        ("one_sided", "right", "right"),
        ("one_sided", "both", "each"),
        ("one_sided", "none", "each"),
        ("one_sided", "unknown", "unknown"),
        ("alternating", "left", "each"),
        ("two_sided", "left", "both"),
    ],
)
def test_the_side_of_a_new_row_is_never_guessed(
    as_clinician, patient, laterality, affected, working
):
    factories.make_exercise(title_en="Reach", laterality=laterality)
    Page(as_clinician, add_for(patient)).type(affected_side=affected).row(
        1, exercise="Reach"
    ).press()
    assert rows_of(Plan.objects.get())[0].working_side == working


def test_supervised_first_comes_from_the_library_and_a_clinician_may_want_it_of_others(
    as_clinician, patient
):
    factories.make_exercise(title_en="On one leg", supervised_first=True)
    factories.make_exercise(title_en="Deep stretch")
    page = Page(as_clinician, add_for(patient))
    page.row(1, exercise="On one leg").row(2, exercise="Deep stretch", supervised_first="yes")
    page.press()
    assert [row.supervised_first for row in rows_of(Plan.objects.get())] == [True, True]


def test_what_the_library_wants_watched_is_freed_by_a_sign_off_and_not_by_a_no(
    as_clinician, patient, clinician
):
    factories.make_exercise(title_en="On one leg", supervised_first=True)
    page = Page(as_clinician, add_for(patient)).row(1, exercise="On one leg", supervised_first="no")
    refused = text_of(page.press())
    assert "Sign it off, or let it be supervised first." in refused
    assert '<option value="no"' not in refused.split('name="rows-0-supervised_first"')[1][:200]
    assert not Plan.objects.exists()
    page.row(1, supervised_first="yes", signed_off=True).press()
    assert rows_of(Plan.objects.get())[0].signed_off_by == clinician


def test_blank_rows_are_no_rows(as_clinician, patient):
    response = Page(as_clinician, add_for(patient)).press(follow=True)
    assert rows_of(Plan.objects.get()) == []
    assert "The plan is empty. Add an exercise." in text_of(response)


def test_sent_twice_a_new_plan_is_made_once(as_clinician, patient, knee):
    page = Page(as_clinician, add_for(patient)).row(1, exercise="Knee to chest")
    first, second = page.press(), page.press()
    assert Plan.objects.count() == PlannedExercise.objects.count() == 1
    assert first["Location"] == second["Location"]


def test_another_draft_of_the_patient_is_pointed_out(as_clinician, patient, draft):
    assert page_of(draft) in text_of(as_clinician.get(add_for(patient)))


def test_the_plan_that_would_be_completed_is_named(as_clinician, patient, active):
    body = text_of(as_clinician.get(add_for(patient)))
    assert "Activating this one completes it" in body
    assert active.title in body
