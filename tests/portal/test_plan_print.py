"""The plan on paper."""

import pytest
from django.urls import reverse

from education.plans import actions
from tests import factories

URL = reverse("plan_print")


@pytest.fixture
def plan(patient, clinician):
    exercise = factories.make_exercise(title_en="Knee to chest")
    watched = factories.make_exercise(title_en="One-leg balance", supervised_first=True)
    return factories.make_plan(
        patient, clinician, exercises=[exercise, watched], working_side="left"
    )


def test_paper_has_steps_dosage_and_the_day_it_was_printed(as_patient, plan):
    body = as_patient.get(URL).content.decode()
    assert "Knee to chest" in body
    assert "Lift your left leg slowly." in body
    assert "2 rounds of 5, on your left side." in body
    assert "Printed on" in body


def test_paper_says_what_waits_for_the_clinic_without_its_steps(as_patient, plan):
    body = as_patient.get(URL).content.decode()
    assert "One-leg balance" in body
    assert body.count("Lift") == 1


def test_a_plan_on_hold_is_not_printed(as_patient, plan, clinician):
    actions.hold_plan(plan=plan, by=clinician)
    assert as_patient.get(URL).status_code == 404


def test_a_stranger_gets_404(as_stranger, plan):
    assert as_stranger.get(URL).status_code == 404


def test_a_visitor_is_asked_to_log_in(visitor, plan):
    response = visitor.get(URL)
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))
