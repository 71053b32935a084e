"""The list of plans, the filters for patients, the front page, and who may open what."""

from datetime import timedelta

import pytest

from education.people.actions import discharge_patient, readmit_patient
from education.people.models import Clinic
from education.plans.actions import revoke_plan
from tests import factories
from tests.plans.page import text_of

pytestmark = pytest.mark.django_db

LIST = "/admin/plans/plan/"
PATIENTS = "/admin/people/patient/"


def today():
    return Clinic.objects.current().today()


@pytest.fixture
def late(other_patient, colleague):
    """Pat's plan, whose review was three days ago."""
    return factories.make_plan(
        other_patient,
        colleague,
        title="Walk to the shop",
        start_on=today() - timedelta(days=30),
        review_on=today() - timedelta(days=3),
    )


def test_the_list_names_patient_plan_status_review_and_clinician(as_clinician, active, late):
    body = text_of(as_clinician.get(LIST))
    for words in ("Lee Testperson", "Sit with ease", "Active", "Dana Example, PT", "Kim Sample"):
        assert words in body


def test_a_review_that_has_passed_is_honey_and_says_so(as_clinician, active, late):
    body = text_of(as_clinician.get(LIST))
    assert body.count("cl-tag--late") == 1
    assert 'cl-tag--late">was ' in body


@pytest.mark.parametrize(("asked", "found"), [("Pat", True), ("Lee", False), ("C-77", True)])
def test_plans_are_found_by_the_patients_name_and_number(
    as_clinician, active, late, other_patient, asked, found
):
    other_patient.clinic_number = "C-77"
    other_patient.save()
    body = text_of(as_clinician.get(LIST, {"q": asked}))
    assert ("Walk to the shop" in body) is found


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"mine": "yes"}, {"Sit with ease"}),
        ({"review": "due"}, {"Walk to the shop"}),
        ({"status__exact": "active"}, {"Sit with ease", "Walk to the shop"}),
        ({"status__exact": "draft"}, set()),
        ({"patient__id__exact": "{pat}"}, {"Walk to the shop"}),
    ],
)
def test_the_list_can_be_narrowed(as_clinician, active, late, query, titles):
    query = {name: value.format(pat=late.patient_id) for name, value in query.items()}
    body = text_of(as_clinician.get(LIST, query))
    assert {t for t in ("Sit with ease", "Walk to the shop") if t in body} == titles


def test_the_list_of_patients_finds_those_without_a_plan(
    as_clinician, active, patient, other_patient, clinician
):
    factories.make_plan(other_patient, clinician, published=False)
    body = text_of(as_clinician.get(PATIENTS, {"plan": "none"}))
    assert "Otherperson" in body
    assert "Testperson" not in body


def test_a_plan_taken_back_before_it_was_published_was_no_plan(as_clinician, draft, clinician):
    revoke_plan(plan=draft, by=clinician)
    assert "Testperson" in text_of(as_clinician.get(PATIENTS, {"plan": "none"}))


def test_the_list_of_patients_finds_reviews_that_are_due(as_clinician, active, late):
    body = text_of(as_clinician.get(PATIENTS, {"plan": "review"}))
    assert "Otherperson" in body
    assert "Testperson" not in body


def test_the_front_desk_does_not_learn_who_has_a_plan(as_front_desk, active, other_patient):
    body = text_of(as_front_desk.get(PATIENTS, {"plan": "none"}))
    assert "No plan yet" not in body
    assert "Testperson" in body


def test_the_front_page_shows_reviews_and_patients_without_a_plan(
    as_clinician, late, patient, clinician
):
    body = text_of(as_clinician.get("/admin/"))
    assert "Review due" in body
    assert f"{LIST}{late.pk}/change/" in body
    assert f"{LIST}start/{patient.pk}/" in body


def test_nobody_reviews_the_plan_of_a_discharged_patient(as_clinician, late, clinician):
    discharge_patient(patient=late.patient, by=clinician)
    assert "Review due" not in text_of(as_clinician.get("/admin/"))
    late.patient.refresh_from_db()
    readmit_patient(patient=late.patient, by=clinician)
    assert "Review due" in text_of(as_clinician.get("/admin/"))


def test_the_front_page_of_others_is_silent_about_plans(as_front_desk, as_editor, late, patient):
    for client in (as_front_desk, as_editor):
        body = text_of(client.get("/admin/"))
        assert "Review due" not in body
        assert "Make a plan" not in body


PAGES = ["", "add/", "{pk}/change/", "{pk}/preview/", "{pk}/versions/", "{pk}/versions/1/"]
ENDS = ["{pk}/complete/", "{pk}/revoke/"]


@pytest.mark.parametrize("page", PAGES + ENDS)
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("as_clinician", 200),
        ("as_colleague", 200),
        ("as_administrator", 200),
        ("as_front_desk", 403),
        ("as_editor", 403),
    ],
)
def test_who_may_open_which_page_of_a_plan(request, active, page, who, status):
    client = request.getfixturevalue(who)
    response = client.get(LIST + page.format(pk=active.pk))
    assert response.status_code == status
    if status == 403:
        assert active.title not in text_of(response)


@pytest.mark.parametrize("page", ["add/", "{pk}/change/", *ENDS])
@pytest.mark.parametrize("who", ["as_front_desk", "as_editor"])
def test_who_may_not_look_may_not_write(request, active, page, who):
    client = request.getfixturevalue(who)
    address = LIST + page.format(pk=active.pk)
    assert client.post(address, {"title": "Taken over"}).status_code == 403
    active.refresh_from_db()
    assert (active.title, active.status) == ("Sit with ease", "active")


@pytest.mark.parametrize("page", PAGES + ENDS)
def test_a_visitor_is_sent_to_the_log_in_page(visitor, active, page):
    response = visitor.get(LIST + page.format(pk=active.pk))
    assert response.status_code == 302
    assert "login" in response["Location"]


@pytest.mark.parametrize("page", PAGES + ENDS)
@pytest.mark.parametrize("who", ["as_patient", "as_stranger"])
def test_patients_are_refused(request, active, page, who):
    response = request.getfixturevalue(who).get(LIST + page.format(pk=active.pk))
    assert response.status_code == 403
    assert active.title not in text_of(response)


@pytest.mark.parametrize("page", ["99999/change/", "99999/preview/", "x/change/", "99999/revoke/"])
def test_a_plan_that_does_not_exist_is_not_found(as_clinician, page):
    assert as_clinician.get(LIST + page).status_code == 404


def test_ending_a_plan_that_ended_already_is_refused(as_clinician, active, clinician):
    revoke_plan(plan=active, by=clinician)
    assert as_clinician.post(f"{LIST}{active.pk}/complete/").status_code == 403
    active.refresh_from_db()
    assert active.status == "revoked"
