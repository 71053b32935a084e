"""How it went: two questions, what to do before anything is sent, and one answer for good."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from education.diary.models import Alert, Correction, ExerciseLog, Session
from education.people.models import Clinic, ClosedDay
from education.plans.actions import publish_changes
from tests import factories
from tests.conftest import logged_in
from tests.library.page_reader import PageReader
from tests.library.reading import grade

pytestmark = pytest.mark.django_db

FRIDAY = "2026-11-20T20:00:00Z"  # noon at the clinic
ANSWERS = {"pain_after": "3", "moved": "same"}


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(FRIDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def plan(patient, clinician):
    return factories.make_plan(patient, clinician, exercises=2)


@pytest.fixture
def session(plan, patient) -> Session:
    return factories.make_session(patient, pain_before=2, logs=False)


def page_of(session: Session) -> str:
    return reverse("session_finish", args=[session.submission_key])


def saved_page(session: Session) -> str:
    return reverse("session_saved", args=[session.submission_key])


def text_of(response) -> str:
    """All that a person reads, the form's own words too."""
    body = response.content.decode().replace("<form", "<section").replace("</form>", "</section>")
    return PageReader(body).text


def do_one(session: Session) -> None:
    key, row = next(iter(session.version.planned.items()))
    ExerciseLog.objects.create(session=session, key=key, exercise=row["exercise"], outcome="done")


def finish(client, session: Session, **said: str):
    """Send the form, and read the page after it."""
    response = client.post(page_of(session), ANSWERS | said)
    assert response.status_code == 302, text_of(response)
    assert response.url == saved_page(session)
    session.refresh_from_db()
    return client.get(response.url)


class TestWhoMay:
    def test_a_visitor_is_asked_to_log_in(self, visitor, session):
        for address in (page_of(session), saved_page(session)):
            assert visitor.get(address).url == f"/accounts/login/?next={address}"

    @pytest.mark.parametrize("who", ["as_stranger", "as_clinician", "as_administrator"])
    def test_everybody_else_gets_a_404(self, who, session, request):
        client = request.getfixturevalue(who)
        assert client.get(page_of(session)).status_code == 404
        assert client.post(page_of(session), ANSWERS).status_code == 404
        assert client.get(saved_page(session)).status_code == 404
        session.refresh_from_db()
        assert session.pain_after is None


class TestTheQuestions:
    def test_they_are_two_and_nothing_is_chosen(self, as_patient, session):
        body = as_patient.get(page_of(session)).content.decode()
        assert "Two questions, then you are done." in body
        assert body.count('name="pain_after"') == 11
        assert body.count('name="moved"') == 3
        assert not re.search(r"<input[^>]* checked", body)

    def test_who_did_something_is_praised(self, as_patient, session):
        do_one(session)
        assert "You did it, Lee" in text_of(as_patient.get(page_of(session)))

    def test_who_skipped_all_is_not_praised_and_promised_no_question(self, as_patient, session):
        asked = text_of(as_patient.get(page_of(session)))
        assert "How did it go?" in asked
        assert "You did it" not in asked
        said = {"outcome_" + key: "not_done" for key in session.version.planned}
        saved = text_of(finish(as_patient, session, **said))
        assert "Your answers are saved" in saved
        assert "Tomorrow morning we ask" not in asked + saved

    def test_no_earlier_score_stands_beside_them(self, as_patient, plan, patient):
        factories.make_session(patient, day=date(2026, 11, 19), pain_before=7, pain_after=9)
        session = factories.make_session(patient, pain_before=7, logs=False)
        text = text_of(as_patient.get(page_of(session)))
        assert not re.search(r"\b(before|last time|start)\W+(was )?[79]\b", text)

    def test_all_else_is_folded_and_may_stay_empty(self, as_patient, session):
        body = as_patient.get(page_of(session)).content.decode()
        folded = body.partition("<details")[2].partition("</details>")[0]
        assert "<details open" not in body
        for name in ("pain_during", "effort", "comment", "outcome_"):
            assert f'name="{name}' in folded
        assert 'name="pain_before"' not in body  # it was said at the start
        assert "call 911" in folded
        assert "call or text 988" in folded

    def test_the_pain_before_is_asked_for_when_it_was_not_said(self, as_patient, plan, patient):
        session = factories.make_session(patient, logs=False)
        assert 'name="pain_before"' in as_patient.get(page_of(session)).content.decode()
        finish(as_patient, session, pain_before="5")
        assert session.pain_before == 5

    def test_exercises_show_what_was_logged(self, as_patient, plan, patient):
        keys = [str(row.key) for row in plan.planned_exercises.order_by("order")]
        session = factories.make_session(patient, logs={keys[0]: "partly", keys[1]: "taken_back"})
        body = as_patient.get(page_of(session)).content.decode()
        chosen = re.findall(r'name="(outcome_[^"]+)"[^>]* value="(\w+)" checked', body)
        assert chosen == [(f"outcome_{keys[0]}", "partly")]

    def test_an_exercise_of_once_a_day_is_no_part_of_the_second_session(
        self, as_patient, patient, clinician
    ):
        once = factories.make_exercise(title_en="Once a day")
        twice = factories.make_exercise(title_en="Twice a day", times_per_day=2)
        factories.make_plan(patient, clinician, exercises=[once, twice])
        session = factories.make_session(patient, occurrence=2, logs=False)
        body = as_patient.get(page_of(session)).content.decode()
        assert "Twice a day" in body
        assert "Once a day" not in body

    def test_what_is_missing_is_said_and_what_was_typed_stays(self, as_patient, session):
        typed = {"moved": "down", "comment": "It was warm."}
        response = as_patient.post(page_of(session), typed)
        body = response.content.decode()
        assert response.status_code == 200
        assert "Please change one thing" in body
        assert body.count("Choose a number from 0 to 10.") == 2  # in the list and at the question
        assert re.search(r'value="down" checked', body)
        assert "It was warm." in body
        session.refresh_from_db()
        assert (session.finished_at, session.comment) == (None, "")

    @pytest.mark.parametrize(
        "wrong",
        [
            {"pain_after": "11"},
            {"pain_after": "-1"},
            {"pain_after": "x"},
            {"moved": "sideways"},
            {"effort": "huge"},
            {"comment": "x" * 2001},
        ],
    )
    def test_nonsense_is_refused(self, as_patient, session, wrong):
        response = as_patient.post(page_of(session), ANSWERS | wrong)
        assert response.status_code == 200
        assert "Please change one thing" in response.content.decode()
        session.refresh_from_db()
        assert session.finished_at is None


class TestBeforeAnythingIsSent:
    """What to do stands in the page, and shows by style alone (see tests/browser)."""

    def test_what_to_do_about_each_danger_is_there(self, as_patient, session):
        text = text_of(as_patient.get(page_of(session)))
        for words in (
            "Is it between your legs, in both legs, or is a leg very weak?",
            "Is your pain bad after the fall?",
            "Where it hurts matters more than how much.",
            "Newly numb or weak? Trouble peeing? Get help now",
        ):
            assert words in text

    @pytest.mark.parametrize(
        ("before", "own_stop", "shows_from"),
        [(2, None, "6"), (5, None, "7"), (9, None, "never"), (2, 8, "8"), (None, None, "6")],
    )
    def test_the_pain_to_stop_at_follows_the_start_and_the_plan(
        self, as_patient, patient, clinician, before, own_stop, shows_from
    ):
        factories.make_plan(patient, clinician, pain_stop=own_stop)
        session = factories.make_session(patient, pain_before=before, logs=False)
        assert f'class="pm-stops-{shows_from}"' in as_patient.get(page_of(session)).content.decode()


class TestThePlansOwnLimits:
    def test_a_session_is_judged_by_the_plan_it_followed_and_not_by_what_was_typed_since(
        self, as_patient, patient, clinician
    ):
        """Rule 3: what staff type, and what they publish later, is not what was followed."""
        plan = factories.make_plan(patient, clinician, pain_fine_max=2, pain_stop=5)
        first = factories.make_session(patient, pain_before=1, logs=False)
        plan.pain_fine_max, plan.pain_stop = 6, 8
        plan.save()
        second = factories.make_session(patient, occurrence=2, pain_before=1, logs=False)
        as_patient.post(page_of(second), ANSWERS | {"pain_after": "3"})
        publish_changes(plan=plan, by=clinician)
        third = factories.make_session(patient, occurrence=3, pain_before=1, logs=False)
        as_patient.post(page_of(first), ANSWERS | {"pain_after": "5"})
        as_patient.post(page_of(third), ANSWERS | {"pain_after": "5"})
        told = Session.objects.order_by("occurrence").values_list("told", flat=True)
        assert list(told) == ["stop", "ease_off", "fine"]


class TestTheAnswer:
    @pytest.mark.parametrize(
        ("said", "told", "words"),
        [
            ({}, "fine", "This much pain is fine. Go on with your plan as it is."),
            ({"pain_after": "4"}, "ease_off", "Next time, do your harder-day plan."),
            ({"pain_after": "7"}, "stop", "Stop for today, and call us"),
            ({"moved": "down"}, "further_down", "Stop for today: the pain went further down"),
            ({"numb": "on"}, "red_flag", "Stop. Do no more exercises today."),
            ({"fell": "on"}, "red_flag", "tell us that you fell"),
            ({"pain_after": "2", "pain_during": "9"}, "stop", "Stop for today, and call us"),
        ],
    )
    def test_the_rule_answers_at_once(self, as_patient, session, said, told, words):
        response = finish(as_patient, session, **said)
        assert session.told == told
        assert words in text_of(response)

    @pytest.mark.parametrize(("before", "after"), [(6, "7"), (9, "10"), (10, "10"), (None, "9")])
    def test_much_pain_is_never_called_fine_also_when_it_hardly_rose(
        self, as_patient, session, before, after
    ):
        Session.objects.update(pain_before=before)
        text = text_of(finish(as_patient, session, pain_after=after))
        assert "Ease off: that is a lot of pain" in text
        assert "Next time, do your harder-day plan." in text
        assert "call 911" in text
        assert "This much pain is fine" not in text

    def test_where_it_hurts_outranks_how_much(self, as_patient, session):
        text = text_of(finish(as_patient, session, pain_after="9", moved="down"))
        assert "the pain went further down" in text
        assert "Call us within two working days" in text or "Call us at" in text

    def test_a_sign_of_danger_outranks_all_and_shows_every_sign(self, as_patient, session):
        response = finish(as_patient, session, pain_after="0", moved="up", numb="on")
        text = text_of(response)
        assert "Stop, and get help first" in text
        assert "Do not wait for us to read them." in text
        assert 'id="red-flags"' in response.content.decode()
        assert "often a good sign" not in text
        assert Alert.objects.filter(kind=Alert.Kind.RED_FLAG, closed_at=None).exists()

    def test_up_is_often_a_good_sign_if_the_leg_is_no_weaker(self, as_patient, session):
        text = text_of(finish(as_patient, session, moved="up"))
        assert "Up is often a good sign, if your leg is not weaker or more numb." in text

    def test_it_names_who_reads_it_and_the_next_working_day(self, as_patient, session):
        ClosedDay.objects.create(clinic=Clinic.objects.create(pk=1), day=date(2026, 11, 23))
        do_one(session)
        text = text_of(finish(as_patient, session))
        assert "Dana sees your answers on the next working day: Tuesday, November 24." in text
        assert "Tomorrow morning we ask once how the pain is." in text

    def test_a_sign_said_while_it_was_being_done_is_not_taken_back_by_the_form(
        self, as_patient, session
    ):
        Session.objects.filter(pk=session.pk).update(wrong="fell")
        finish(as_patient, session)
        assert (session.wrong, session.told) == ("fell", "red_flag")

    def test_who_stopped_is_still_asked_the_two_questions(self, as_patient, session):
        Session.objects.filter(pk=session.pk).update(
            wrong="too_much_pain", told="stop", finished_at=session.started_at
        )
        body = as_patient.get(saved_page(session)).content.decode()
        assert f'href="{page_of(session)}"' in body
        assert "It was right to stop" in as_patient.get(page_of(session)).content.decode()
        finish(as_patient, session, pain_after="6")
        assert (session.pain_after, session.told) == (6, "stop")
        assert not Correction.objects.exists()

    @pytest.mark.parametrize("said", [{}, {"numb": "on"}, {"moved": "down", "pain_after": "8"}])
    def test_every_word_is_plain(self, as_patient, session, said):
        pages = [as_patient.get(page_of(session)), finish(as_patient, session, **said)]
        for page in pages:
            assert grade(text_of(page)) <= 6

    def test_an_unfinished_session_has_nothing_saved_yet(self, as_patient, session):
        assert as_patient.get(saved_page(session)).url == page_of(session)


class TestSavedIsSaved:
    def test_sent_twice_it_is_one(self, as_patient, session):
        finish(as_patient, session, comment="Warm.")
        before = Session.objects.values().get()
        finish(as_patient, session, comment="Warm.")
        assert Session.objects.values().get() == before
        assert not Correction.objects.exists()

    def test_its_page_leads_to_what_was_saved(self, as_patient, session):
        finish(as_patient, session)
        assert as_patient.get(page_of(session)).url == saved_page(session)

    def test_other_answers_of_a_second_tab_correct_the_first(self, as_patient, session, patient):
        finish(as_patient, session, comment="Warm.", effort="right")
        finish(as_patient, session, pain_after="7", moved="down")
        assert (session.pain_after, session.moved, session.told) == (7, "down", "further_down")
        assert (session.comment, session.effort) == ("Warm.", "right")  # left blank, not taken away
        correction = Correction.objects.get()
        assert correction.before == {"pain_after": 3, "moved": "same", "told": "fine"}
        assert correction.by == patient.user

    def test_exercises_are_kept_with_why_less(self, as_patient, session, plan):
        one, two = (str(row.key) for row in plan.planned_exercises.order_by("order"))
        finish(
            as_patient,
            session,
            **{
                f"outcome_{one}": "done",
                f"why_not_{one}": "pain",  # typed before it was said that it was done
                f"outcome_{two}": "partly",
                f"why_not_{two}": "no_time",
            },
        )
        logs = {str(log.key): (log.outcome, log.why_not) for log in ExerciseLog.objects.all()}
        assert logs == {one: ("done", ""), two: ("partly", "no_time")}

    def test_a_week_later_the_page_says_that_it_is_too_late(self, as_patient, session, at_noon):
        at_noon.shift(timedelta(days=7))
        response = logged_in(session.patient.user).post(page_of(session), ANSWERS)
        assert response.status_code == 409
        assert "This was more than a week ago" in text_of(response)
        session.refresh_from_db()
        assert session.pain_after is None

    def test_days_later_it_is_asked_as_a_session_of_then(self, session, patient, at_noon):
        at_noon.shift(timedelta(days=1))
        it_may_have_run_past_midnight = logged_in(patient.user).get(page_of(session))
        assert it_may_have_run_past_midnight.status_code == 200
        at_noon.shift(timedelta(days=1))
        client = logged_in(patient.user)
        response = client.get(page_of(session))
        assert response.url == reverse("session_entry", args=[session.day, session.occurrence])
        assert "How much pain did you have after it?" in client.get(response.url).content.decode()

    def test_after_midnight_it_stays_the_session_of_its_day(self, session, at_noon):
        at_noon.move_to("2026-11-21T08:05:00Z")  # five past midnight at the clinic
        response = finish(logged_in(session.patient.user), session)
        assert session.day == date(2026, 11, 20)
        assert "You told us about Friday, November 20." in text_of(response)
        assert "Tomorrow morning" not in text_of(response)


@pytest.mark.parametrize("exercises", [1, 12])
def test_a_save_takes_at_most_15_queries(
    exercises, patient, clinician, django_assert_max_num_queries
):
    plan = factories.make_plan(patient, clinician, exercises=exercises)
    client = logged_in(patient.user)
    client.get("/account/")  # the session is saved once a minute
    session = factories.make_session(patient, pain_before=2, logs=False)
    keys = [row.key for row in plan.planned_exercises.all()]
    said = ANSWERS | {f"outcome_{key}": "done" for key in keys}
    with django_assert_max_num_queries(15):
        client.post(page_of(session), said)
    assert ExerciseLog.objects.count() == exercises
    with django_assert_max_num_queries(16):  # each exercise changed: its correction is one more
        client.post(page_of(session), said | {f"outcome_{key}": "partly" for key in keys})
    assert ExerciseLog.objects.filter(outcome="partly").count() == exercises
