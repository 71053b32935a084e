"""How it went: two questions, what to do before anything is sent, and one answer for good."""

import pytest
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(patient, clinician):
    return factories.make_plan(patient, clinician, exercises=2)


@pytest.fixture
def session(plan, patient):
    return factories.make_session(patient, pain_before=2)


def page_of(session):
    return reverse("session_finish", args=[session.submission_key])


def test_smoke(as_patient, session):
    r = as_patient.get(page_of(session))
    assert r.status_code == 200
    r = as_patient.post(page_of(session), {"pain_after": "5", "moved": "down", "numb": ""})
    assert r.status_code == 302, r.content.decode()
    r = as_patient.get(r.url)
    assert r.status_code == 200
    r = as_patient.get(reverse("diary_days"))
    assert r.status_code == 200
    r = as_patient.get(reverse("session_entry", args=[session.day, 1]))
    assert r.status_code == 200
