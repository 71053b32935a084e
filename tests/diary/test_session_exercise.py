"""One exercise of a session at a time: what stands there, what a press writes, where it leads."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from education.diary.actions.stopping import ease_session
from education.diary.models import ExerciseLog, Session
from education.library.models import ExerciseStep, StopIf
from education.plans import actions
from education.plans.models import HarderDay
from tests import factories
from tests.conftest import logged_in

NOON = "2026-11-23T20:00:00Z"  # Monday, noon at the clinic


@pytest.fixture(autouse=True)
def _monday_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def wall(db):
    return factories.make_exercise(title_en="Hinge to a wall", laterality="two_sided")


@pytest.fixture
def plan(patient, clinician, wall):
    """A hold for the left side, a hinge with an easier rung, and one that a line makes lighter."""
    knee = factories.make_exercise(title_en="Knee to chest", sets=1, reps_min=3, hold_seconds=15)
    ExerciseStep.objects.create(exercise=knee, order=2, text_en="{Resting:foot} stays flat.")
    StopIf.objects.create(exercise=knee, text_en="You feel a pinch in the groin.")
    StopIf.objects.create(text_en="You feel dizzy.")
    hinge = factories.make_exercise(title_en="Hip hinge")
    slide = factories.make_exercise(title_en="Heel slide")
    plan = factories.make_plan(
        patient,
        clinician,
        exercises=[knee, hinge, slide],
        working_side="left",
        published=False,
        start_on=date(2026, 11, 20),
    )
    _knee, easier, line = plan.planned_exercises.order_by("order")
    HarderDay.objects.create(planned=easier, exercise=wall, sets=1, reps_min=4)
    line.harder_day = "Slide half the way."
    line.save()
    actions.activate_plan(plan=plan, by=clinician)
    return plan


@pytest.fixture
def session(patient, plan):
    return factories.make_session(patient, logs=False)


def keys(plan) -> list[str]:
    return [str(row.key) for row in plan.planned_exercises.order_by("order")]


def address(session, place: int) -> str:
    return reverse("session_exercise", args=[session.submission_key, place])


def page(client, session, place: int = 1) -> str:
    answer = client.get(address(session, place))
    assert answer.status_code == 200
    return answer.content.decode()


def say(client, session, place: int, plan, act: str = "done", **more):
    fields = {"exercise": keys(plan)[place - 1], "act": act, **more}
    return client.post(address(session, place), fields)


def logged(session) -> list[tuple[str, str]]:
    return [(log.outcome, log.why_not) for log in session.logs.order_by("pk")]


# ------------------------------------------------------------------ what stands there


def test_one_exercise_stands_there_worded_for_its_side(as_patient, session):
    body = page(as_patient, session)
    assert "<title>Exercise 1 of 3: Knee to chest |" in body
    assert "1 round of 3, on your left side." in body
    assert "Lift your left leg slowly." in body
    assert "Your right foot stays flat." in body
    assert "You feel a pinch in the groin." in body
    assert "You feel dizzy." in body
    assert "Hip hinge" not in body


def test_the_screen_is_told_what_to_count(as_patient, session):
    stage = page(as_patient, session).split("data-stage")[1].split(">")[0]
    for told in ('rounds="1"', 'repetitions="3"', 'hold="15"', 'rest="15"', 'lead="5"'):
        assert f"data-{told}" in stage


def test_help_and_the_way_out_are_on_the_page_and_no_tab_bar(as_patient, session):
    body = page(as_patient, session)
    wrong = reverse("session_wrong", args=[session.submission_key])
    assert f'class="pm-sos" href="{wrong}?from=1#red-flags"' in body
    assert f'class="pm-stop" href="{wrong}?from=1"' in body
    assert f'class="pm-leave" href="{reverse("plan_today")}"' in body
    assert "pm-tabbar" not in body


def test_every_press_is_a_form_that_needs_no_script(as_patient, session):
    body = page(as_patient, session)
    for act in ("done", "skip", "partly"):
        assert f'name="act" value="{act}"' in body
    assert "style=" not in body
    assert "onclick" not in body


def test_only_the_first_has_no_way_back(as_patient, session):
    back = "To the exercise before:"
    assert back not in page(as_patient, session, 1)
    assert address(session, 1) in page(as_patient, session, 2)


def test_a_harder_session_reads_the_lighter_form(as_patient, patient, session):
    ease_session(session=session, by=patient.user)
    body = page(as_patient, session, 2)
    assert "<h1>Hinge to a wall</h1>" in body
    assert "This takes the place of Hip hinge." in body
    assert "1 round of 4." in body
    assert 'data-repetitions="4"' in body


def test_the_line_of_a_harder_day_stands_beside_its_lighter_dosage(
    as_patient, patient, session, plan, clinician
):
    row = plan.planned_exercises.get(order=1)
    HarderDay.objects.create(planned=row, sets=1, reps_min=2, hold_seconds=5)
    row.harder_day = "Do not pull."
    row.save()
    actions.publish_changes(plan=plan, by=clinician)
    Session.objects.update(version=plan.versions.latest("number"), harder=True)
    body = page(as_patient, session)
    assert "Do not pull." in body.split("data-stage")[0]
    assert 'data-hold="5"' in body


def test_where_a_line_is_the_dose_nothing_else_is_counted(as_patient, patient, session):
    assert "data-timer" in page(as_patient, session, 3)
    ease_session(session=session, by=patient.user)
    body = page(as_patient, session, 3)
    assert "Slide half the way." in body
    assert "data-timer" not in body
    assert "data-go" not in body


def test_each_side_is_counted_in_turn(as_patient, patient, clinician):
    bird_dog = factories.make_exercise(laterality="alternating")
    factories.make_plan(patient, clinician, exercises=[bird_dog], working_side="each")
    session = factories.make_session(patient, logs=False)
    body = page(as_patient, session)
    assert 'data-sides="2"' in body
    assert 'data-say-swap="Now swap sides."' in body


# ------------------------------------------------------------------ what a press writes


def test_done_is_written_and_leads_on_and_the_last_one_asks_how_it_went(as_patient, session, plan):
    assert say(as_patient, session, 1, plan).url == address(session, 2)
    assert say(as_patient, session, 2, plan).url == address(session, 3)
    finish = reverse("session_finish", args=[session.submission_key])
    assert say(as_patient, session, 3, plan).url == finish
    assert logged(session) == [("done", "")] * 3
    assert as_patient.get(reverse("session_now", args=[session.submission_key])).url == finish


def test_it_is_skipped_with_a_reason_or_without(as_patient, session, plan):
    say(as_patient, session, 1, plan, "skip", why_not="no_time")
    say(as_patient, session, 2, plan, "skip")
    say(as_patient, session, 3, plan, "partly", why_not="pain")
    assert logged(session) == [("not_done", "no_time"), ("not_done", ""), ("partly", "pain")]


def test_the_last_word_counts_and_what_is_done_needs_no_reason(as_patient, session, plan):
    say(as_patient, session, 1, plan, "skip", why_not="pain")
    say(as_patient, session, 1, plan, "done", why_not="pain")
    assert logged(session) == [("done", "")]


def test_a_press_without_sense_writes_nothing(as_patient, session, plan):
    assert say(as_patient, session, 1, plan, "dance").url == address(session, 1)
    assert say(as_patient, session, 1, plan, why_not="bored").url == address(session, 1)
    stranger = as_patient.post(address(session, 1), {"exercise": str(uuid4()), "act": "done"})
    assert stranger.status_code == 404
    assert not ExerciseLog.objects.exists()


def test_the_easier_form_is_what_the_log_names(as_patient, patient, session, plan, wall):
    ease_session(session=session, by=patient.user)
    say(as_patient, session, 2, plan)
    assert session.logs.get().exercise == wall.key


def test_a_session_that_was_left_goes_on_where_it_was(as_patient, session, plan):
    now = reverse("session_now", args=[session.submission_key])
    assert as_patient.get(now).url == address(session, 1)
    say(as_patient, session, 1, plan)
    assert as_patient.get(now).url == address(session, 2)


# ------------------------------------------------------------------ what may come between


def test_a_version_published_in_between_is_told_calmly_and_what_is_gone_is_left_out(
    as_patient, session, plan, clinician
):
    changed = "Your plan has changed. Finish this session as it is."
    assert changed not in page(as_patient, session)
    plan.planned_exercises.filter(order=1).update(hold_seconds=40)
    gone = plan.planned_exercises.get(order=2)
    gone.removed_at = "2026-11-23T20:00:00Z"
    gone.save()
    actions.publish_changes(plan=plan, by=clinician)
    body = page(as_patient, session)
    assert changed in body
    assert 'data-hold="15"' in body  # as it was begun
    assert "Exercise 1 of 2" in body
    assert "<h1>Heel slide</h1>" in page(as_patient, session, 2)


def test_a_page_that_stayed_open_writes_the_exercise_it_showed(
    as_patient, session, plan, clinician
):
    gone = plan.planned_exercises.get(order=1)
    slide = plan.planned_exercises.get(order=3)
    gone.removed_at = "2026-11-23T20:00:00Z"
    gone.save()
    actions.publish_changes(plan=plan, by=clinician)
    answer = as_patient.post(address(session, 3), {"exercise": str(slide.key), "act": "done"})
    assert session.logs.get().key == slide.key
    assert answer.url == reverse("session_finish", args=[session.submission_key])


def test_what_must_be_watched_first_by_now_is_left_out(as_patient, session, plan):
    exercise = plan.planned_exercises.get(order=1).exercise
    exercise.supervised_first = True
    exercise.save()
    body = page(as_patient, session)
    assert "<h1>Hip hinge</h1>" in body
    assert "Exercise 1 of 2" in body


def test_a_plan_put_on_hold_shows_no_exercise_and_keeps_what_was_done(
    as_patient, session, plan, clinician
):
    actions.hold_plan(plan=plan, by=clinician)
    answer = as_patient.get(address(session, 1), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("plan_today")
    assert "Your plan is on hold" in answer.content.decode()
    say(as_patient, session, 1, plan)
    assert logged(session) == [("done", "")]


def test_a_place_that_is_none_leads_to_where_the_session_is(as_patient, session):
    for place in (0, 4, 400):
        assert as_patient.get(address(session, place), follow=True).redirect_chain[-1][0] == (
            address(session, 1)
        )


def test_a_finished_session_leads_to_what_was_saved_and_is_not_written_to(
    as_patient, patient, plan
):
    session = factories.make_session(patient, logs=False, pain_after=2)
    saved = reverse("session_saved", args=[session.submission_key])
    assert as_patient.get(address(session, 1)).url == saved
    assert say(as_patient, session, 1, plan).url == saved
    assert as_patient.get(reverse("session_now", args=[session.submission_key])).url == saved
    assert not ExerciseLog.objects.exists()


def test_a_session_of_last_evening_may_be_ended_an_older_one_not(as_patient, session):
    day = session.day
    Session.objects.update(day=day - timedelta(days=1))
    assert as_patient.get(address(session, 1)).status_code == 200
    Session.objects.update(day=day - timedelta(days=2))
    answer = as_patient.get(address(session, 1), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("plan_today")


# ------------------------------------------------------------------ whose it is


@pytest.mark.parametrize("name", ["session_now", "session_exercise", "session_wrong"])
def test_a_stranger_and_staff_get_404_and_a_visitor_logs_in(
    name, session, as_stranger, clinician, visitor
):
    place = [1] if name == "session_exercise" else []
    there = reverse(name, args=[session.submission_key, *place])
    for client in (as_stranger, logged_in(clinician)):
        assert client.get(there).status_code == 404
    assert "/accounts/login/" in visitor.get(there).url
    for client in (as_stranger, logged_in(clinician)):
        assert client.post(there, {"wrong": "fell", "act": "done"}).status_code in (404, 405)
    session.refresh_from_db()
    assert not session.is_finished


@pytest.mark.parametrize("number", [1, 12])
def test_the_number_of_queries_does_not_grow(
    as_patient, patient, clinician, number, django_assert_max_num_queries
):
    plan = factories.make_plan(patient, clinician, exercises=number)
    session = factories.make_session(patient, logs=dict.fromkeys(keys(plan)[1:], "done"))
    page(as_patient, session)
    with django_assert_max_num_queries(7):
        page(as_patient, session)
    said = {"exercise": keys(plan)[0], "act": "done"}
    with django_assert_max_num_queries(15):
        as_patient.post(address(session, 1), said)
