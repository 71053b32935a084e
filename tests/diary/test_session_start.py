"""Before a session: how much pain, which plan, and one session however often it is sent."""

from datetime import date
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from education.diary.models import ExerciseLog, Session
from education.plans import actions
from education.plans.models import HarderDay, HarderDayTaken
from tests import factories
from tests.conftest import logged_in

START = reverse("session_start")
NOON = "2026-11-23T20:00:00Z"  # Monday, noon at the clinic
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _monday_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def plan(patient, clinician):
    """Twice a day the knee to the chest, once the hinge; lighter on a harder day."""
    knee = factories.make_exercise(title_en="Knee to chest", times_per_day=2)
    hinge = factories.make_exercise(title_en="Hip hinge")
    plan = factories.make_plan(
        patient, clinician, exercises=[knee, hinge], published=False, start_on=date(2026, 11, 20)
    )
    knee_row = plan.planned_exercises.get(exercise=knee)
    HarderDay.objects.create(planned=knee_row, sets=1, reps_min=2, times_per_day=2)
    actions.activate_plan(plan=plan, by=clinician)
    return plan


def keys(plan) -> list[str]:
    return [str(row.key) for row in plan.planned_exercises.order_by("order")]


def send(client, **said):
    return client.post(START, {"submission_key": str(uuid4()), **said})


def body_of(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_asks_for_the_pain_and_chooses_no_number(as_patient, plan):
    body = body_of(as_patient.get(START))
    assert "How much pain do you have right now?" in body
    assert " checked" not in body
    assert "Do my harder-day plan" in body
    assert "pm-tabbar" not in body


def test_next_works_without_an_answer(as_patient, patient, plan):
    answer = send(as_patient)
    session = Session.objects.get()
    assert (session.patient, session.day, session.occurrence) == (patient, TODAY, 1)
    assert session.pain_before is None
    assert not session.harder
    assert answer.url == reverse("session_now", args=[session.submission_key])
    first = as_patient.get(answer.url)
    assert first.url == reverse("session_exercise", args=[session.submission_key, 1])


def test_a_number_that_is_none_is_asked_for_again_beside_the_question(as_patient, plan):
    body = body_of(send(as_patient, pain_before="12"))
    assert "Choose a number from 0 to 10." in body
    assert not Session.objects.exists()


@pytest.mark.parametrize("pain", [0, 6])
def test_pain_below_seven_starts_at_once(as_patient, plan, pain):
    assert send(as_patient, pain_before=pain).status_code == 302
    assert Session.objects.get().pain_before == pain


@pytest.mark.parametrize("pain", [7, 10])
def test_much_pain_leads_with_the_harder_day_plan(as_patient, plan, pain):
    body = body_of(send(as_patient, pain_before=pain))
    assert f"You said <strong>{pain}</strong>. Start with your harder-day plan." in body
    assert "1 round of 2" in body
    assert "Less is fine. Do what feels right." in body  # the hinge has no lighter form
    big, quiet = body.index("Do my harder-day plan</button>"), body.index("Do my full plan")
    assert big < body.index("Nothing more today") < quiet
    assert "Is the pain suddenly much worse? Then do no exercises." in body
    assert not Session.objects.exists()


def test_the_harder_day_plan_is_one_press_and_holds_for_the_day(as_patient, patient, plan):
    send(as_patient, pain_before=8, way="harder")
    session = Session.objects.get()
    assert session.harder
    assert session.pain_before == 8
    assert HarderDayTaken.objects.filter(patient=patient, day=TODAY).exists()


def test_the_full_plan_can_be_chosen_after_all(as_patient, plan):
    send(as_patient, pain_before=8, way="full")
    session = Session.objects.get()
    assert not session.harder
    assert not HarderDayTaken.objects.exists()


def test_on_a_harder_day_much_pain_goes_straight_to_it(as_patient, plan):
    as_patient.post(reverse("take_harder_day"))
    assert "Today is a harder day." in body_of(as_patient.get(START))
    assert send(as_patient, pain_before=9).status_code == 302
    assert Session.objects.get().harder


def test_a_page_sent_twice_begins_one_session_also_after_it_is_finished(as_patient, plan):
    key = str(uuid4())
    first = as_patient.post(START, {"submission_key": key, "pain_before": 3})
    again = as_patient.post(START, {"submission_key": key, "pain_before": 3})
    assert first.url == again.url
    Session.objects.update(finished_at="2026-11-23T20:00:00Z")
    as_patient.post(START, {"submission_key": key, "pain_before": 3})
    assert Session.objects.count() == 1


def test_two_tabs_share_one_session(as_patient, plan):
    first, second = send(as_patient, pain_before=3), send(as_patient, pain_before=5)
    assert first.url == second.url
    assert Session.objects.get().pain_before == 3


def test_the_key_of_somebody_else_begins_nothing(as_patient, plan, other_patient, colleague):
    factories.make_plan(other_patient, colleague)
    theirs = factories.make_session(other_patient)
    answer = as_patient.post(START, {"submission_key": theirs.submission_key})
    assert as_patient.get(answer.url).status_code == 404
    assert Session.objects.get() == theirs


def test_what_was_ticked_is_gone_on_with_and_asks_for_the_pain_once(as_patient, patient, plan):
    ticked = factories.make_session(patient, logs={keys(plan)[0]: ExerciseLog.Outcome.DONE})
    assert "How much pain" in body_of(as_patient.get(START))
    answer = send(as_patient, pain_before=2)
    assert answer.url == reverse("session_now", args=[ticked.submission_key])
    assert as_patient.get(answer.url).url.endswith("/2/")
    assert as_patient.get(START).url == answer.url


def test_after_the_first_comes_the_second_session_with_what_is_done_twice(
    as_patient, patient, plan
):
    factories.make_session(patient, pain_after=2)
    send(as_patient)
    second = Session.objects.get(finished_at=None)
    assert second.occurrence == 2
    page = as_patient.get(reverse("session_exercise", args=[second.submission_key, 1]))
    assert "Exercise 1 of 1" in page.content.decode()


def test_a_session_ticked_off_whole_is_not_begun_again(as_patient, patient, plan):
    factories.make_session(patient)
    send(as_patient)
    assert Session.objects.latest("pk").occurrence == 2


def test_when_all_is_done_there_is_one_calm_page_and_nothing_to_start(as_patient, patient, plan):
    factories.make_session(patient, pain_after=2)
    factories.make_session(patient, occurrence=2, pain_after=2)
    for answer in (as_patient.get(START), send(as_patient)):
        body = body_of(answer)
        assert "You are done for today" in body
        assert "Say how it went" not in body
    assert Session.objects.count() == 2


def test_a_session_that_is_through_still_asks_how_it_went(as_patient, patient, plan):
    factories.make_session(patient, pain_after=2)
    second = factories.make_session(patient, occurrence=2, logs={keys(plan)[0]: "done"})
    body = body_of(as_patient.get(START))
    assert reverse("session_finish", args=[second.submission_key]) in body


@pytest.mark.parametrize("told", ["red_flag", "further_down", "stop"])
def test_after_a_reason_to_stop_nobody_is_led_to_another_session_of_the_day(
    as_patient, patient, plan, told
):
    stopped = factories.make_session(patient, pain_after=7, told=told)
    body = body_of(as_patient.get(START))
    assert "do no more exercises today" in body
    assert reverse("session_saved", args=[stopped.submission_key]) in body
    body_of(send(as_patient, pain_before=1))
    assert Session.objects.get() == stopped


def test_easing_off_leads_to_the_second_session_all_the_same(as_patient, patient, plan):
    factories.make_session(patient, pain_after=5, told="ease_off")
    assert send(as_patient).status_code == 302
    assert Session.objects.count() == 2


def plan_on(patient, clinician, **fields):
    return factories.make_plan(patient, clinician, exercises=1, **fields)


def test_a_rest_day_says_so(as_patient, patient, clinician):
    sunday = factories.make_exercise(weekdays=64)
    factories.make_plan(patient, clinician, exercises=[sunday])
    assert "Nothing is planned for today." in body_of(as_patient.get(START))


def test_a_plan_that_begins_later_names_its_day(as_patient, patient, clinician):
    plan_on(patient, clinician, start_on=date(2026, 11, 25))
    body = body_of(as_patient.get(START))
    assert "Your plan starts on Wednesday, November 25." in body


def test_a_plan_on_hold_is_not_started(as_patient, patient, clinician):
    actions.hold_plan(plan=plan_on(patient, clinician), by=clinician)
    assert "Rest from your exercises." in body_of(as_patient.get(START))
    body_of(send(as_patient))
    assert not Session.objects.exists()


def test_what_must_be_watched_first_is_not_started(as_patient, patient, clinician):
    plan = plan_on(patient, clinician)
    exercise = plan.planned_exercises.get().exercise
    exercise.supervised_first = True
    exercise.save()
    assert "Nothing to do at home today" in body_of(as_patient.get(START))
    body_of(send(as_patient))
    assert not Session.objects.exists()


def test_a_patient_without_a_plan_waits_for_it(as_stranger):
    assert "Your plan is on its way" in body_of(as_stranger.get(START))


def test_staff_have_no_sessions_and_a_visitor_logs_in(clinician, visitor, plan):
    assert logged_in(clinician).get(START).status_code == 404
    assert "/accounts/login/" in visitor.get(START).url


@pytest.mark.parametrize("number", [1, 12])
def test_the_number_of_queries_does_not_grow(
    as_patient, patient, clinician, number, django_assert_max_num_queries
):
    factories.make_plan(patient, clinician, exercises=number)
    as_patient.get(START)
    with django_assert_max_num_queries(7):
        body_of(as_patient.get(START))
