"""The morning after a session: one question, asked once, and what its answer says."""

from datetime import date

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.urls import reverse

from education.diary.models import Alert, MorningCheck, Session
from education.plans import actions
from education.plans.models import HarderDayTaken
from tests import factories
from tests.conftest import logged_in

PLAN = reverse("plan_today")
MORNING = reverse("morning_check")
ASKS = "How much pain do you have this morning?"
TUESDAY = date(2026, 11, 24)
MONDAY = date(2026, 11, 23)
SUNDAY = date(2026, 11, 22)
EIGHT = "2026-11-24T16:00:00Z"  # Tuesday, 8 am at the clinic
AFTERNOON = "2026-11-24T22:00:00Z"
AFTER_MIDNIGHT = "2026-11-25T08:01:00Z"


@pytest.fixture(autouse=True)
def _tuesday_morning():
    with time_machine.travel(EIGHT, tick=False):
        yield


@pytest.fixture
def plan(patient, clinician):
    with time_machine.travel("2026-11-16T20:00:00Z", tick=False):
        return factories.make_plan(patient, clinician, exercises=2, review_on=date(2026, 12, 14))


@pytest.fixture
def yesterday(patient, plan):
    """A session of Monday that began with a pain of 3."""
    return factories.make_session(patient, day=MONDAY, pain_before=3, pain_after=4)


def page(client, url: str = PLAN) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def answer(client, pain: int | str, day: str = "2026-11-24"):
    return client.post(MORNING, {"pain": pain, "day": day}, follow=True)


def test_the_morning_after_a_session_the_plan_asks_one_question_on_top(as_patient, yesterday):
    body = page(as_patient)
    assert body.count("<fieldset") == 1
    assert body.index(ASKS) < body.index("2 rounds of 5")
    assert body.count('name="pain"') == 11
    assert " checked" not in body


def test_no_earlier_score_stands_beside_it(as_patient, patient, plan):
    session = factories.make_session(patient, day=MONDAY, pain_before=9, pain_after=9)
    high = page(as_patient).split("<fieldset")[1].split("</fieldset>")[0]
    session.pain_before = session.pain_after = 1
    session.save()
    assert page(as_patient).split("<fieldset")[1].split("</fieldset>")[0] == high


def test_in_the_afternoon_it_still_asks_about_this_morning(patient, yesterday):
    with time_machine.travel(AFTERNOON, tick=False):
        assert "How much pain did you have this morning?" in page(logged_in(patient.user))


@pytest.mark.parametrize("session", [None, SUNDAY, TUESDAY])
def test_without_a_session_of_yesterday_nothing_is_asked(as_patient, patient, plan, session):
    if session:
        factories.make_session(patient, day=session)
    assert "this morning?" not in page(as_patient)
    assert as_patient.get(MORNING).url == PLAN


def test_a_session_in_which_nothing_was_done_asks_nothing(as_patient, patient, plan):
    rows = plan.planned_exercises.all()
    factories.make_session(patient, day=MONDAY, logs={str(row.key): "taken_back" for row in rows})
    assert ASKS not in page(as_patient)


def test_ticks_alone_are_a_session(as_patient, patient, plan):
    factories.make_session(patient, day=MONDAY)
    assert ASKS in page(as_patient)


def test_in_another_week_yesterday_is_yesterday(patient, plan):
    factories.make_session(patient, day=date(2026, 11, 21), pain_before=2)  # Saturday
    with time_machine.travel("2026-11-22T16:00:00Z", tick=False):  # the week's first day
        assert ASKS in page(logged_in(patient.user))


def test_the_answer_is_kept_with_its_session_and_asked_once(as_patient, yesterday):
    body = answer(as_patient, 4).content.decode()
    check = MorningCheck.objects.get()
    assert (check.day, check.pain, check.session) == (TUESDAY, 4, yesterday)
    assert ASKS not in body
    answer(as_patient, 9)
    assert MorningCheck.objects.get().pain == 4


@pytest.mark.parametrize("pain", [0, 3, 4])
def test_settled_is_fine_and_leads_back_to_the_plan(as_patient, yesterday, pain):
    response = answer(as_patient, pain)
    assert response.redirect_chain == [(PLAN, 302)]
    assert "Your answer is saved. Go on with your plan as it is." in response.content.decode()


def test_much_pain_is_not_told_to_go_on_as_it_is(as_patient, yesterday):
    Session.objects.update(pain_before=6)
    body = answer(as_patient, 7).content.decode()
    assert "Thank you. Your answer is saved." in body
    assert "Go on with your plan as it is." not in body
    assert "Go on with your plan as it is." not in as_patient.get(MORNING).content.decode()


def test_the_cookie_that_carries_the_thanks_says_nothing_of_the_pain(as_patient, yesterday):
    response = as_patient.post(MORNING, {"pain": 3, "day": "2026-11-24"})
    (thanks,) = get_messages(response.wsgi_request)
    assert "messages" in response.cookies
    assert "pain" not in str(thanks).lower()


def test_not_settled_is_a_day_to_take_easier_in_one_tap(as_patient, yesterday):
    response = answer(as_patient, 5)
    body = response.content.decode()
    assert response.redirect_chain == [(MORNING, 302)]
    assert "Take it easier today" in body
    assert "Call us within two working days" not in body
    assert f'formaction="{reverse("take_harder_day")}"' in body
    as_patient.post(reverse("take_harder_day"))
    assert HarderDayTaken.objects.filter(day=TUESDAY).exists()


def test_two_times_in_a_row_is_to_ease_off_and_to_call(as_patient, patient, yesterday):
    factories.make_morning(
        factories.make_session(patient, day=SUNDAY, pain_before=2), pain=6, day=MONDAY
    )
    body = answer(as_patient, 6).content.decode()
    assert "Ease off, and call us" in body
    assert "Call us within two working days. Until then, do only your harder-day plan." in body
    assert "(619) 555-0142" in body


def test_two_times_in_a_row_the_clinic_sees_it(as_patient, patient, yesterday):
    factories.make_morning(
        factories.make_session(patient, day=SUNDAY, pain_before=2), pain=6, day=MONDAY
    )
    assert not Alert.objects.filter(kind=Alert.Kind.NOT_SETTLED).exists()
    answer(as_patient, 6)
    assert Alert.objects.filter(kind=Alert.Kind.NOT_SETTLED, patient=patient).count() == 1


def test_a_settled_morning_in_between_breaks_the_row(as_patient, patient, yesterday):
    saturday = factories.make_session(patient, day=date(2026, 11, 21), pain_before=2)
    factories.make_morning(saturday, pain=6)
    factories.make_morning(factories.make_session(patient, day=SUNDAY, pain_before=2), pain=2)
    assert "Take it easier today" in answer(as_patient, 6).content.decode()


def test_without_the_pain_before_the_session_a_morning_is_not_judged(as_patient, patient, plan):
    factories.make_session(patient, day=MONDAY)
    response = answer(as_patient, 8)
    assert "Thank you. Your answer is saved." in response.content.decode()
    assert "settled" not in response.content.decode()


def test_it_is_about_the_first_session_with_its_pain_at_the_start(as_patient, patient, plan):
    factories.make_session(patient, day=MONDAY, occurrence=1)
    second = factories.make_session(patient, day=MONDAY, occurrence=2, pain_before=5)
    factories.make_session(patient, day=MONDAY, occurrence=3, pain_before=1)
    answer(as_patient, 6)
    assert MorningCheck.objects.get().session == second


def test_without_any_it_is_about_the_last_session(as_patient, patient, plan):
    factories.make_session(patient, day=MONDAY, occurrence=1)
    last = factories.make_session(patient, day=MONDAY, occurrence=2)
    answer(as_patient, 6)
    assert MorningCheck.objects.get().session == last


@pytest.mark.parametrize("pain", ["", "11", "much"])
def test_nothing_chosen_is_told_beside_the_question(as_patient, yesterday, pain):
    response = answer(as_patient, pain)
    body = response.content.decode()
    assert response.status_code == 200
    assert "Choose a number from 0 to 10." in body
    assert body.index(ASKS) < body.index("Choose a number from 0 to 10.")
    assert not MorningCheck.objects.exists()


def test_not_now_hides_it_for_the_visit_and_the_next_visit_asks_again(
    as_patient, patient, yesterday
):
    answered = as_patient.post(MORNING, {"later": "1"}, follow=True)
    assert ASKS not in answered.content.decode()
    assert ASKS not in page(as_patient)
    assert ASKS in page(logged_in(patient.user))
    assert not MorningCheck.objects.exists()


def test_what_was_said_can_be_read_again_today(as_patient, yesterday):
    answer(as_patient, 7)
    assert "Take it easier today" in page(as_patient, MORNING)


def test_an_answer_after_midnight_belongs_to_the_morning_of_its_page(patient, yesterday):
    with time_machine.travel(AFTER_MIDNIGHT, tick=False):
        response = answer(logged_in(patient.user), 4, day="2026-11-24")
        assert response.status_code == 200
    assert MorningCheck.objects.get().day == TUESDAY


@pytest.mark.parametrize("day", ["", "2026-11-22", "2026-11-25", "yesterday"])
def test_an_answer_of_another_day_is_not_kept(as_patient, yesterday, day):
    assert answer(as_patient, 4, day=day).redirect_chain == [(PLAN, 302)]
    assert not MorningCheck.objects.exists()


def test_nothing_is_asked_while_the_plan_is_on_hold(as_patient, plan, yesterday, clinician):
    actions.hold_plan(plan=plan, by=clinician)
    assert ASKS not in page(as_patient)


@pytest.mark.parametrize("night", [date(2026, 3, 8), date(2026, 11, 1)])
def test_after_a_night_of_another_length_yesterday_is_yesterday(patient, clinician, night):
    """Clocks go forward on March 8 and back on November 1."""
    with time_machine.travel(f"{night}T16:00:00Z", tick=False):  # that morning
        factories.make_plan(
            patient, clinician, start_on=date(2026, 1, 5), review_on=date(2026, 12, 1)
        )
        factories.make_session(patient, day=date.fromordinal(night.toordinal() - 1), pain_before=3)
        client = logged_in(patient.user)
        assert ASKS in page(client)
        answer(client, 3, day=night.isoformat())
        assert MorningCheck.objects.get().day == night


def test_a_stranger_is_asked_nothing_and_answers_nothing(as_stranger, yesterday):
    assert answer(as_stranger, 4).redirect_chain == [(PLAN, 302)]
    assert not MorningCheck.objects.exists()


def test_staff_get_404(as_clinician, yesterday):
    assert as_clinician.get(MORNING).status_code == 404
    assert answer(as_clinician, 4).status_code == 404


def test_a_visitor_is_asked_to_log_in(visitor, yesterday):
    response = visitor.get(MORNING)
    assert response.status_code == 302
    assert response.url == f"{reverse('account_login')}?next={MORNING}"
