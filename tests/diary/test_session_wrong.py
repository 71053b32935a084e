"""Something feels wrong: what to do stands there at once; stopping tells the clinic."""

import pytest
import time_machine
from django.urls import reverse

from education.diary.models import Correction, ExerciseLog, Session
from education.plans.models import HarderDayTaken
from tests import factories

NOON = "2026-11-23T20:00:00Z"  # Monday, noon at the clinic
Wrong, Told = Session.Wrong, Session.Told


@pytest.fixture(autouse=True)
def _monday_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def plan(patient, clinician):
    return factories.make_plan(patient, clinician, exercises=2)


@pytest.fixture
def session(patient, plan):
    return factories.make_session(patient, logs=False, pain_before=3)


def address(session, query: str = "?from=2") -> str:
    return reverse("session_wrong", args=[session.submission_key]) + query


def exercise(session, place: int) -> str:
    return reverse("session_exercise", args=[session.submission_key, place])


def page(client, session, query: str = "?from=2") -> str:
    answer = client.get(address(session, query))
    assert answer.status_code == 200
    return answer.content.decode()


def part(body: str, name: str) -> str:
    """What the page says of one thing that may be wrong."""
    return body.split(f'id="{name}"')[1].split("</section>")[0]


# ------------------------------------------------------------------ what stands there


def test_four_things_may_be_wrong_and_the_dangerous_come_first(as_patient, session):
    body = page(as_patient, session)
    links = body.split('class="pm-choices"')[1].split("</ul>")[0]
    words = ["New numbness or weakness", "I fell or cannot", "Pain further down", "Too much pain"]
    assert [links.index(word) for word in words] == sorted(links.index(word) for word in words)
    for anchor in ("numb", "fell", "further", "much"):
        assert f'href="#{anchor}"' in links
        assert f'id="{anchor}"' in body


@pytest.mark.parametrize("name", ["numb", "fell"])
def test_911_comes_before_the_clinic_and_any_form(as_patient, session, name):
    told = part(page(as_patient, session), name)
    assert told.index('href="tel:911"') < told.index("tel:+1-619") < told.index("<button")


def test_numbness_says_what_to_do_also_when_the_clinic_is_closed(as_patient, session):
    told = part(page(as_patient, session), "numb")
    assert "Do no more exercises today." in told
    assert "between your legs" in told
    assert "See a doctor today." in told


def test_the_signs_are_on_the_same_page(as_patient, session):
    body = page(as_patient, session)
    assert 'id="red-flags"' in body
    assert 'class="pm-sos" href="#red-flags"' in body


def test_the_way_back_leads_to_the_same_exercise(as_patient, session):
    body = page(as_patient, session)
    assert f'href="{exercise(session, 2)}"' in body
    assert "Nothing. Back to my exercise" in body


@pytest.mark.parametrize("query", ["", "?from=0", "?from=99", "?from=x", "?from=%C2%B2"])
def test_without_a_place_the_way_back_leads_to_where_the_session_is(as_patient, session, query):
    body = page(as_patient, session, query)
    assert f'href="{reverse("session_now", args=[session.submission_key])}"' in body
    assert "Leave this exercise out" not in body


@pytest.mark.parametrize(
    ("before", "fine", "ease", "stop"),
    [
        (None, "3 or less", "4 to 5", "6 or more"),
        (0, "3 or less", "4 to 5", "6 or more"),
        (3, "4 or less", "5", "6 or more"),
        (5, "6 or less", None, "7 or more"),
    ],
)
def test_how_much_is_too_much_is_told_in_numbers_for_this_session(
    as_patient, session, before, fine, ease, stop
):
    Session.objects.update(pain_before=before)
    told = part(page(as_patient, session), "much")
    assert f"Pain <strong>{fine}</strong>?" in told
    assert ("Do your harder-day plan, or stop." in told) == (ease is not None)
    if ease:
        assert f"Pain <strong>{ease}</strong>?" in told
    assert ("Stop for today, and call us." in told) == (stop is not None)
    if stop:
        assert f"Pain <strong>{stop}</strong>?" in told


@pytest.mark.parametrize(("before", "stop"), [(6, "8 or more"), (8, "10"), (9, None), (10, None)])
def test_who_began_with_much_pain_is_not_told_that_it_is_fine(as_patient, session, before, stop):
    Session.objects.update(pain_before=before)
    told = part(page(as_patient, session), "much")
    assert "That is fine" not in told
    assert "Rest. Then do your harder-day plan, or stop." in told
    assert ("Stop for today, and call us." in told) == (stop is not None)
    if stop:
        assert f"Pain <strong>{stop}</strong>?" in told


# ------------------------------------------------------------------ stop for today


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (Wrong.NUMB_OR_WEAK, Told.RED_FLAG),
        (Wrong.FELL, Told.RED_FLAG),
        (Wrong.FURTHER_DOWN, Told.FURTHER_DOWN),
        (Wrong.TOO_MUCH_PAIN, Told.STOP),
    ],
)
def test_stopping_ends_the_session_and_keeps_what_was_answered(as_patient, session, wrong, told):
    assert "Stop for today and tell Dana" in page(as_patient, session)
    answer = as_patient.post(address(session), {"wrong": wrong})
    assert answer.url == reverse("session_saved", args=[session.submission_key])
    session.refresh_from_db()
    assert (session.wrong, session.told) == (wrong, told)
    assert session.is_finished


def test_without_a_name_the_clinic_is_told(as_patient, session):
    version = session.version
    version.body["clinician"]["given_name"] = ""
    version.save()
    assert "Stop for today and tell the clinic" in page(as_patient, session)


def test_said_twice_it_is_once_and_a_graver_sign_outranks(as_patient, session):
    as_patient.post(address(session), {"wrong": Wrong.TOO_MUCH_PAIN})
    as_patient.post(address(session), {"wrong": Wrong.TOO_MUCH_PAIN})
    assert not Correction.objects.exists()
    as_patient.post(address(session), {"wrong": Wrong.FELL})
    as_patient.post(address(session), {"wrong": Wrong.FURTHER_DOWN})
    session.refresh_from_db()
    assert (session.wrong, session.told) == (Wrong.FELL, Told.RED_FLAG)
    assert Correction.objects.get().before == {"wrong": "too_much_pain", "told": "stop"}


def test_a_sign_is_still_taken_after_the_session_was_finished(as_patient, patient, plan):
    session = factories.make_session(patient, pain_after=2, told=Told.FINE)
    as_patient.post(address(session), {"wrong": Wrong.NUMB_OR_WEAK})
    session.refresh_from_db()
    assert session.told == Told.RED_FLAG
    assert session.pain_after == 2
    assert Correction.objects.get().before == {"wrong": "", "told": "fine"}


def test_a_word_that_is_no_sign_ends_nothing(as_patient, session):
    assert as_patient.post(address(session), {"wrong": "tired"}).status_code == 200
    session.refresh_from_db()
    assert not session.is_finished


# ------------------------------------------------------------------ too much pain


def test_too_much_pain_offers_to_do_less_and_comes_back_to_the_same_place(as_patient, session):
    assert "Go on with my harder-day plan" in page(as_patient, session)
    answer = as_patient.post(address(session), {"ease": "1"})
    assert answer.url == exercise(session, 2)
    session.refresh_from_db()
    assert session.harder
    assert HarderDayTaken.objects.get().day == session.day
    assert "Go on with my harder-day plan" not in page(as_patient, session)


def test_the_exercise_can_be_left_out_because_of_pain(as_patient, session, plan):
    key = str(plan.planned_exercises.get(order=2).key)
    told = part(page(as_patient, session), "much")
    assert f'action="{exercise(session, 2)}"' in told
    assert f'value="{key}"' in told
    as_patient.post(exercise(session, 2), {"exercise": key, "act": "skip", "why_not": "pain"})
    log = ExerciseLog.objects.get()
    assert (log.outcome, log.why_not) == ("not_done", "pain")


def test_resting_leads_back_without_a_form(as_patient, session):
    told = part(page(as_patient, session), "much")
    assert "Rest in a position that feels good." in told
    assert f'href="{exercise(session, 2)}">I have rested. Back to my exercise' in told


def test_after_the_session_has_ended_the_words_are_there_and_nothing_goes_on(
    as_patient, patient, plan
):
    session = factories.make_session(patient, pain_after=2)
    body = page(as_patient, session)
    assert "Call 911" in body
    assert "Back to my exercise" not in body
    assert "Go on with my harder-day plan" not in body
    as_patient.post(address(session), {"ease": "1"})
    session.refresh_from_db()
    assert not session.harder
