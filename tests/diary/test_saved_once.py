"""Saved is saved, once: fifty equal forms at the same moment, on both databases."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from time import sleep
from uuid import uuid4

import pytest
from django.urls import reverse

from clinic import roles
from education.diary.models import Correction, ExerciseLog, Session
from education.diary.pain_rule import answer_to
from education.people.models import Clinic, Patient, User
from education.plans.models import Plan
from tests import factories
from tests.diary import at_once

AT_ONCE = 50
HELD = 0.5  # seconds: ample for a second transaction that no lock stops

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def clinician() -> User:
    return factories.make_staff("both@clinic.example", "Bo", "Sample", roles.CLINICIANS)


@pytest.fixture
def patient(clinician) -> Patient:
    return factories.make_patient("once@patient.example", "Once", "Testperson", clinician)


@pytest.fixture
def plan(patient, clinician) -> Plan:
    return factories.make_plan(patient, clinician, exercises=2)


@pytest.fixture
def post_at_once(patient, plan) -> Callable[..., Counter]:
    """Posts a form from so many browsers of the patient; how often each answer came."""
    return partial(at_once.post_at_once, patient.user, AT_ONCE)


def saved_page(session: Session) -> str:
    return reverse("session_saved", args=[session.submission_key])


def all_done(plan: Plan) -> dict[str, str]:
    return {f"outcome_{row.key}": "done" for row in plan.planned_exercises.all()}


def test_a_session_begun_fifty_times_at_once_is_one(post_at_once):
    key = uuid4()
    form = {"pain_before": "2", "submission_key": str(key)}
    answers = post_at_once(reverse("session_start"), form)
    session = Session.objects.get()
    assert (session.submission_key, session.pain_before) == (key, 2)
    assert answers == {reverse("session_now", args=[key]): AT_ONCE}


def test_a_session_begun_in_fifty_tabs_at_once_is_one(post_at_once):
    forms = [{"pain_before": "2", "submission_key": str(uuid4())} for _tab in range(AT_ONCE)]
    answers = post_at_once(reverse("session_start"), *forms)
    session = Session.objects.get()
    assert answers == {reverse("session_now", args=[session.submission_key]): AT_ONCE}


def test_how_it_went_said_fifty_times_at_once_is_said_once(post_at_once, plan, patient):
    session = factories.make_session(patient, pain_before=2, logs=False)
    form = {"pain_after": "3", "moved": "same", "comment": "Warm."} | all_done(plan)
    answers = post_at_once(reverse("session_finish", args=[session.submission_key]), form)
    session = Session.objects.get()
    assert answers == {saved_page(session): AT_ONCE}
    assert (session.pain_after, session.comment, session.told) == (3, "Warm.", "fine")
    assert ExerciseLog.objects.count() == 2
    assert not Correction.objects.exists()


def test_of_two_answers_sent_at_once_none_is_lost(post_at_once, patient):
    session = factories.make_session(patient, pain_before=2, logs=False)
    forms = [{"pain_after": "3", "moved": "same"}, {"pain_after": "9", "moved": "same"}]
    answers = post_at_once(reverse("session_finish", args=[session.submission_key]), *forms)
    session = Session.objects.get()
    assert answers == {saved_page(session): AT_ONCE}
    assert session.told == {3: "fine", 9: "stop"}[session.pain_after]
    said = [correction.before["pain_after"] for correction in Correction.objects.all()]
    turns = [*said, session.pain_after]  # each replaced the one before it, under the lock
    assert set(turns) == {3, 9}
    assert all(one != next_one for one, next_one in zip(turns, turns[1:], strict=False))


def test_the_second_of_two_answers_waits_for_the_first_and_corrects_it(patient, plan, monkeypatch):
    def slowly(session, limits):
        sleep(HELD)
        return answer_to(session, limits)

    monkeypatch.setattr("education.diary.actions.finishing.answer_to", slowly)
    session = factories.make_session(patient, pain_before=2, logs=False)
    forms = [{"pain_after": "3", "moved": "same"}, {"pain_after": "9", "moved": "same"}]
    address = reverse("session_finish", args=[session.submission_key])
    at_once.post_at_once(patient.user, 2, address, *forms)
    first, last = Correction.objects.get().before["pain_after"], Session.objects.get().pain_after
    assert {first, last} == {3, 9}


def test_a_session_added_fifty_times_at_once_is_one(post_at_once, plan):
    yesterday = Clinic.objects.current().today() - timedelta(days=1)
    version = plan.versions.get()
    version.body["start_on"] = yesterday.isoformat()
    version.published_at -= timedelta(days=2)
    version.save()
    form = {"pain_after": "3", "moved": "same"} | all_done(plan)
    answers = post_at_once(reverse("session_entry", args=[yesterday, 1]), form)
    session = Session.objects.get()
    assert answers == {saved_page(session): AT_ONCE}
    assert session.is_finished
    assert [correction.before for correction in Correction.objects.all()] == [{}]
    assert ExerciseLog.objects.count() == 2
