"""A list is filtered by what it offers, so that nobody reads a hidden field letter by letter."""

import pytest

from tests import factories

PATIENTS = "/admin/people/patient/"
STAFF = "/admin/people/user/"
MESSAGES = "/admin/contact/contactrequest/"
INVITATIONS = "/admin/people/invitation/"
PLANS = "/admin/plans/plan/"


@pytest.mark.parametrize(
    "question",
    [
        "staff_notes__icontains=divorce",
        "equipment__contains=chair",
        "answers__isnull=0",
        "date_of_birth__year=1974",
    ],
)
def test_the_front_desk_cannot_ask_about_what_it_does_not_see(as_front_desk, patient, question):
    patient.staff_notes = "Divorce. Sleeps badly."
    patient.save()
    response = as_front_desk.get(f"{PATIENTS}?{question}")
    assert response.status_code == 400
    assert "Testperson" not in response.content.decode()


def test_nobody_asks_for_the_beginning_of_a_password(as_administrator, clinician):
    response = as_administrator.get(f"{STAFF}?password__startswith={clinician.password[:9]}")
    assert response.status_code == 400
    assert "Dana" not in response.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        f"{MESSAGES}?message__icontains=pain",
        f"{MESSAGES}?answer_token_hash__startswith=a",
        f"{INVITATIONS}?token_hash__startswith=a",
        f"{PLANS}?goal__icontains=work",
        f"{PLANS}?patient__staff_notes__icontains=divorce",
    ],
)
def test_what_a_record_says_is_read_on_its_page_alone(as_clinician, address):
    assert as_clinician.get(address).status_code == 400


@pytest.mark.parametrize(
    "address",
    [
        f"{PATIENTS}?whose=mine&status=all&log-in=paper&plan=none",
        f"{MESSAGES}?todo=waiting&status__exact=new&held__exact=1",
        f"{INVITATIONS}?created_at__year=2026",
        f"{PLANS}?mine=yes&review=due&status__exact=active",
    ],
)
def test_what_a_list_offers_works(as_clinician, address):
    assert as_clinician.get(address).status_code == 200


def test_the_plans_of_one_patient_are_found_from_the_patient_s_page(
    as_clinician, clinician, patient, other_patient
):
    factories.make_plan(patient, clinician, title="Walk to the shop")
    factories.make_plan(other_patient, clinician, title="Dig again")
    html = as_clinician.get(f"{PLANS}?patient__id__exact={patient.pk}").content.decode()
    assert "Walk to the shop" in html
    assert "Dig again" not in html
