"""Whoever reads a patient's record leaves a trace, whichever way the page was asked for."""

import pytest
from auditlog.models import LogEntry
from django.db.models import Model

from education.plans.actions import complete_plan
from tests import factories
from tests.contact.conftest import make_request

READ = LogEntry.Action.ACCESS


def readers(record: Model) -> list[str]:
    """Who opened the record, in the order in which they did."""
    entries = LogEntry.objects.get_for_object(record).filter(action=READ).order_by("pk")
    return [entry.actor.email for entry in entries]


@pytest.fixture
def plan(patient, clinician):
    return factories.make_plan(patient, clinician, goal="Carry the shopping home")


def test_a_patient_s_page_is_noted(as_clinician, clinician, patient):
    as_clinician.get(f"/admin/people/patient/{patient.pk}/change/")
    assert readers(patient) == [clinician.email]


def test_a_patient_s_page_is_noted_when_it_is_read_through_a_refused_save(
    as_clinician, clinician, patient
):
    response = as_clinician.post(f"/admin/people/patient/{patient.pk}/change/")
    assert "Testperson" in response.content.decode()
    assert readers(patient) == [clinician.email]


def test_a_plan_is_noted_when_it_is_read_through_a_refused_save(as_colleague, colleague, plan):
    response = as_colleague.post(f"/admin/plans/plan/{plan.pk}/change/", {"title": ""})
    assert "Testperson" in response.content.decode()
    assert readers(plan) == [colleague.email]


def test_a_plan_that_is_over_is_noted(as_colleague, colleague, clinician, plan):
    complete_plan(plan=plan, by=clinician)
    assert as_colleague.get(f"/admin/plans/plan/{plan.pk}/change/").status_code == 200
    assert readers(plan) == [colleague.email]


def test_a_new_plan_shows_its_patient_and_notes_that(as_colleague, colleague, patient):
    html = as_colleague.get(f"/admin/plans/plan/add/?patient={patient.pk}").content.decode()
    assert "Testperson" in html
    assert readers(patient) == [colleague.email]


def test_a_message_is_noted_when_it_is_read_through_a_refused_answer(
    as_front_desk, front_desk, patient
):
    letter = make_request(patient, message="It wakes me at night.")
    path = f"/admin/contact/contactrequest/{letter.pk}/change/"
    response = as_front_desk.post(path, {"replies_seen": "0", "text": ""})
    assert "It wakes me at night." in response.content.decode()
    assert readers(letter) == [front_desk.email]


def test_a_save_that_went_well_is_a_change_and_no_reading(as_front_desk, front_desk, patient):
    letter = make_request(patient)
    path = f"/admin/contact/contactrequest/{letter.pk}/change/"
    as_front_desk.post(path, {"replies_seen": "0", "text": "Ice it.", "_answer": ""})
    assert letter.replies.count() == 1
    assert readers(letter) == []
