"""Staff read the outcome measures of a patient, and type in what was scored on paper."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from education.diary.models import FunctionActivity, Outcome
from tests import factories
from tests.conftest import logged_in
from tests.diary.measures import again_answers, first_answers, make_outcome

TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-22T20:00:00Z", tick=False):
        yield


@pytest.fixture
def paper_patient(clinician):
    """Somebody without e-mail."""
    return factories.make_patient(None, "Max", "Paperperson", clinician)


@pytest.fixture
def plan(paper_patient, clinician):
    return factories.make_plan(paper_patient, clinician)


def url_of(patient) -> str:
    return reverse("admin:people_patient_measures", args=[patient.pk])


def record_of(client, patient) -> str:
    response = client.get(reverse("admin:people_patient_change", args=[patient.pk]))
    assert response.status_code == 200
    body = response.content.decode()
    part = re.search(r'<fieldset class="module cl-measures">(.*?)</fieldset>', body, re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", part[1]).split()) if part else ""


def paper(*scores: int, **fields):
    return first_answers(*scores, **{"day": TODAY.isoformat(), "point": "start", **fields})


def test_a_clinician_types_in_what_was_scored_on_paper(
    as_clinician, clinician, paper_patient, plan
):
    assert as_clinician.get(url_of(paper_patient)).status_code == 200
    response = as_clinician.post(url_of(paper_patient), paper(2, 3, 4, day="2026-11-20"))
    assert response.url == reverse("admin:people_patient_change", args=[paper_patient.pk])
    outcome = Outcome.objects.get()
    assert (outcome.patient, outcome.by) == (paper_patient, clinician)
    assert (outcome.day, outcome.point, outcome.pain) == (date(2026, 11, 20), "start", 5)


def test_pain_may_be_missing_on_paper(as_clinician, paper_patient, plan):
    as_clinician.post(url_of(paper_patient), paper(2, 3, 4, pain=""))
    assert Outcome.objects.get().pain is None


def test_staff_read_start_review_and_change(as_clinician, paper_patient, plan, clinician):
    start = TODAY - timedelta(days=28)
    make_outcome(plan, 2, 3, 4, pain=6, day=start, by=clinician)
    make_outcome(plan, 5, 5, 5, pain=5, point="review", by=clinician)
    said = record_of(as_clinician, paper_patient)
    assert "Start Oct 25, 2026 Review Nov 22, 2026 Change" in said
    assert "Put on my socks 2 5 +3 real" in said
    assert "Sit for an hour 3 5 +2 Carry" in said  # one activity alone needs three points
    assert "Average (PSFS) 3.0 5.0 +2.0 real" in said
    assert "Pain, average of the week (NRS) 6 5 -1 Change" in said


def test_the_record_says_what_is_due_and_leads_to_the_page(as_clinician, paper_patient, plan):
    said = record_of(as_clinician, paper_patient)
    assert "Nothing measured yet." in said
    assert "Due now: start." in said
    body = as_clinician.get(
        reverse("admin:people_patient_change", args=[paper_patient.pk])
    ).content.decode()
    assert url_of(paper_patient) in body


def test_a_second_start_is_refused_beside_its_field(as_clinician, paper_patient, plan):
    as_clinician.post(url_of(paper_patient), paper(2, 3, 4))
    known = FunctionActivity.objects.asked_of(paper_patient)
    again = again_answers(*known, day=TODAY.isoformat(), point="start")
    response = as_clinician.post(url_of(paper_patient), again)
    assert response.status_code == 200
    assert "The start was measured before." in response.content.decode()
    assert Outcome.objects.count() == 1


def test_a_second_review_of_a_day_is_refused(as_clinician, paper_patient, plan):
    as_clinician.post(url_of(paper_patient), paper(2, 3, 4, point="review"))
    known = FunctionActivity.objects.asked_of(paper_patient)
    again = again_answers(*known, day=TODAY.isoformat(), point="review")
    body = as_clinician.post(url_of(paper_patient), again).content.decode()
    assert "There is a review of this day." in body


def test_a_day_ahead_is_refused(as_clinician, paper_patient, plan):
    body = as_clinician.post(url_of(paper_patient), paper(2, 3, 4, day="2026-11-23"))
    assert "This day lies ahead." in body.content.decode()
    assert not Outcome.objects.exists()


def test_two_activities_are_refused_for_staff_too(as_clinician, paper_patient, plan):
    body = as_clinician.post(url_of(paper_patient), paper(2, 3)).content.decode()
    assert "Three activities at least. Name one more here." in body


def test_without_a_plan_there_is_nothing_to_measure(as_clinician, paper_patient):
    assert record_of(as_clinician, paper_patient) == ""
    assert as_clinician.get(url_of(paper_patient)).status_code == 302


@pytest.mark.parametrize("name", ["front_desk", "administrator"])
def test_only_clinicians_type_in_measures(name, request, paper_patient, plan):
    client = logged_in(request.getfixturevalue(name))
    assert client.get(url_of(paper_patient)).status_code == 403
    assert client.post(url_of(paper_patient), paper(2, 3, 4)).status_code == 403
    assert not Outcome.objects.exists()


def test_the_front_desk_sees_no_scores(as_front_desk, paper_patient, plan, clinician):
    make_outcome(plan, 2, 3, 4, by=clinician)
    assert record_of(as_front_desk, paper_patient) == ""


def test_what_a_patient_scored_and_what_staff_typed_is_one_history(
    as_clinician, patient, clinician
):
    plan = factories.make_plan(patient, clinician)
    logged_in(patient.user).post(reverse("outcome_measure"), first_answers(2, 3, 4))
    known = FunctionActivity.objects.asked_of(patient)
    as_clinician.post(
        url_of(patient),
        again_answers(*known, score=9, day=TODAY.isoformat(), point="review"),
    )
    assert [o.point for o in Outcome.objects.filter(plan=plan).order_by("pk")] == [
        "start",
        "review",
    ]
    text = re.sub(r"<[^>]+>", "", logged_in(patient.user).get(reverse("progress")).content.decode())
    assert "What I can do: 6.0 points more." in text
