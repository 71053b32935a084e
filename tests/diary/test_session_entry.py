"""The last 7 days: adding a session, correcting one, and keeping what was said before."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from education.diary.actions.finishing import Said, add_session, correct_session
from education.diary.last_days import TooLongAgo
from education.diary.models import Alert, Correction, ExerciseLog, Session
from education.plans.actions import hold_plan, publish_changes, resume_plan
from education.plans.harder_days import take_harder_day
from tests import factories
from tests.conftest import logged_in
from tests.library.page_reader import PageReader
from tests.library.reading import grade

pytestmark = pytest.mark.django_db

NOON = "2026-11-20T20:00:00Z"  # a Friday at the clinic
TODAY = date(2026, 11, 20)
ANSWERS = {"pain_after": "3", "moved": "same"}


def days_ago(number: int) -> date:
    return TODAY - timedelta(days=number)


@pytest.fixture
def clock():
    with time_machine.travel("2026-10-20T20:00:00Z", tick=False) as clock:
        yield clock


@pytest.fixture
def plan(clock, patient, clinician):
    """Two exercises, twice a day, for a month now."""
    exercises = [factories.make_exercise(times_per_day=2) for _ in range(2)]
    plan = factories.make_plan(patient, clinician, exercises=exercises, review_on=date(2027, 1, 4))
    clock.move_to(NOON)
    return plan


@pytest.fixture
def lee(plan, patient):
    return logged_in(patient.user)


def entry(day: date, occurrence: int = 1) -> str:
    return reverse("session_entry", args=[day, occurrence])


def text_of(response) -> str:
    body = response.content.decode().replace("<form", "<section").replace("</form>", "</section>")
    return PageReader(body).text


def save(client, address: str, **said: str):
    response = client.post(address, ANSWERS | said)
    assert response.status_code == 302, text_of(response)
    return client.get(response.url)


def all_done(plan) -> dict[str, str]:
    return {f"outcome_{row.key}": "done" for row in plan.planned_exercises.all()}


class TestWhich:
    def test_a_visitor_is_asked_to_log_in(self, visitor, plan):
        for address in (entry(TODAY), reverse("diary_days")):
            assert visitor.get(address).url == f"/accounts/login/?next={address}"

    def test_staff_have_no_diary(self, plan, clinician):
        client = logged_in(clinician)
        assert client.get(entry(TODAY)).status_code == 404
        assert client.post(entry(TODAY), ANSWERS).status_code == 404
        assert client.get(reverse("diary_days")).status_code == 404

    def test_a_stranger_sees_and_writes_only_their_own_days(self, plan, patient, other_patient):
        factories.make_session(patient, pain_after=9, comment="A zebra")
        stranger = logged_in(other_patient.user)
        assert stranger.get(entry(TODAY)).status_code == 404  # no plan, no session
        assert stranger.post(entry(TODAY), ANSWERS).status_code == 404
        body = stranger.get(reverse("diary_days")).content.decode()
        assert "zebra" not in body
        assert "Pain after" not in body

    @pytest.mark.parametrize(("ago", "status"), [(0, 200), (6, 200), (7, 404), (-1, 404)])
    def test_the_days_are_seven(self, lee, ago, status):
        assert lee.get(entry(days_ago(ago))).status_code == status
        posted = lee.post(entry(days_ago(ago)), ANSWERS)
        assert posted.status_code == (302 if status == 200 else 404)
        assert Session.objects.exists() == (status == 200)

    @pytest.mark.parametrize(
        ("now", "day", "status"),
        [
            ("2026-11-05T07:30:00Z", "2026-10-29", 200),  # half past 11 at night, after the change
            ("2026-11-05T08:30:00Z", "2026-10-29", 404),
            ("2026-11-01T06:30:00Z", "2026-11-01", 404),  # still October 31 at the clinic
            ("2026-11-01T07:30:00Z", "2026-11-01", 200),  # the day of 25 hours has begun
            ("2026-11-02T07:30:00Z", "2026-11-02", 404),  # it is 11:30 pm of November 1
            ("2027-03-15T06:30:00Z", "2027-03-08", 200),  # the clock went forward on March 14
            ("2027-03-15T07:30:00Z", "2027-03-08", 404),
        ],
    )
    def test_days_are_the_clinics_also_when_its_clock_changes(
        self, plan, patient, clock, now, day, status
    ):
        clock.move_to(now)
        client = logged_in(patient.user)
        assert client.get(entry(date.fromisoformat(day))).status_code == status

    @pytest.mark.parametrize(("occurrence", "status"), [(1, 200), (2, 200), (3, 404), (0, 404)])
    def test_only_sessions_that_were_planned_are_added(self, lee, occurrence, status):
        assert lee.get(entry(days_ago(1), occurrence)).status_code == status

    def test_one_that_was_done_beyond_the_plan_is_corrected(self, lee, patient):
        factories.make_session(patient, day=days_ago(1), occurrence=4)
        assert lee.get(entry(days_ago(1), 4)).status_code == 200

    def test_nothing_is_added_before_the_plan_began(self, clock, patient, clinician):
        clock.move_to(NOON)
        factories.make_plan(patient, clinician, exercises=1)
        client = logged_in(patient.user)
        assert client.get(entry(TODAY)).status_code == 200
        assert client.get(entry(days_ago(1))).status_code == 404

    def test_nor_while_it_rested(self, plan, patient, clinician, clock):
        clock.move_to("2026-11-17T20:00:00Z")
        hold_plan(plan=plan, by=clinician)
        clock.move_to("2026-11-19T20:00:00Z")
        plan.refresh_from_db()
        resume_plan(plan=plan, by=clinician)
        clock.move_to(NOON)
        client = logged_in(patient.user)
        assert client.get(entry(days_ago(4))).status_code == 200
        assert client.get(entry(days_ago(2))).status_code == 404

    @pytest.mark.parametrize("day", ["2026-02-30", "2026-13-01", "0000-00-00", "2026-1-1"])
    def test_a_day_that_does_not_exist_is_no_address(self, lee, day):
        assert lee.get(f"/diary/{day}/1/").status_code == 404


class TestAdding:
    def test_a_session_is_written_down_later_and_staff_can_tell(self, lee, patient, plan):
        response = save(lee, entry(days_ago(2), 2), pain_before="1", **all_done(plan))
        session = Session.objects.get()
        assert (session.day, session.occurrence) == (days_ago(2), 2)
        assert (session.pain_before, session.pain_after, session.told) == (1, 3, "fine")
        assert session.entered_at.date() == TODAY
        assert session.logs.filter(outcome="done").count() == 2
        assert Correction.objects.get().before == {}
        assert Correction.objects.get().by == patient.user
        assert "You told us about Wednesday, November 18." in text_of(response)

    def test_one_of_today_is_not_late(self, lee, plan):
        save(lee, entry(TODAY), **all_done(plan))
        assert Session.objects.get().is_finished
        assert not Correction.objects.exists()

    def test_what_was_done_is_offered_and_pain_is_not(self, lee, plan):
        body = lee.get(entry(days_ago(1))).content.decode()
        assert body.count('value="done" checked') == 2
        pain = body.partition('id="div_id_pain_after"')[2].partition("</fieldset>")[0]
        assert "checked" not in pain
        assert "Skip what you do not remember." in body

    def test_nobody_has_to_make_up_a_number(self, lee, plan):
        save(lee, entry(days_ago(5)), pain_after="", moved="", **all_done(plan))
        session = Session.objects.get()
        assert session.is_finished
        assert (session.pain_after, session.moved, session.told) == (None, "", "")

    def test_of_today_the_two_questions_are_asked(self, lee, plan):
        response = lee.post(entry(TODAY), all_done(plan))
        assert "Choose a number from 0 to 10." in text_of(response)
        assert not Session.objects.exists()

    def test_the_plan_of_that_day_is_what_is_asked_about(self, clock, plan, patient, clinician):
        clock.move_to("2026-11-18T20:00:00Z")
        plan.refresh_from_db()
        new = factories.make_exercise(title_en="Brand new exercise")
        factories.plan_row(plan, new)
        publish_changes(plan=plan, by=clinician)
        clock.move_to(NOON)
        client = logged_in(patient.user)
        assert "Brand new exercise" in text_of(client.get(entry(days_ago(2))))
        assert "Brand new exercise" not in text_of(client.get(entry(days_ago(3))))
        save(client, entry(days_ago(3)))
        assert Session.objects.get().version.number == 1

    def test_a_harder_day_is_kept_as_one(self, lee, patient):
        take_harder_day(patient=patient, day=days_ago(1), by=patient.user)
        save(lee, entry(days_ago(1)))
        assert Session.objects.get().harder

    def test_two_tabs_add_one_session(self, lee, plan):
        save(lee, entry(days_ago(1)), **all_done(plan))
        save(lee, entry(days_ago(1)), **all_done(plan))
        assert Session.objects.count() == 1
        assert [correction.before for correction in Correction.objects.all()] == [{}]

    def test_the_action_itself_keeps_to_the_week(self, plan, patient):
        version = plan.versions.get()
        with pytest.raises(TooLongAgo):
            add_session(
                version=version,
                day=days_ago(7),
                occurrence=1,
                harder=False,
                said=Said({"pain_after": 1}, {}),
                by=patient.user,
            )
        assert not Session.objects.exists()


class TestCorrecting:
    @pytest.fixture
    def session(self, plan, patient) -> Session:
        return factories.make_session(
            patient, day=days_ago(3), pain_before=2, pain_after=3, moved="same", told="fine"
        )

    def test_the_form_shows_what_was_said(self, lee, session):
        body = lee.get(entry(session.day)).content.decode()
        assert "Change my answers" in body
        assert 'name="pain_after" value="3" id="id_pain_after_3" checked' in body
        assert "What you said first is kept, too." in body

    def test_only_what_differs_is_kept_as_it_was(self, lee, session, patient):
        save(lee, entry(session.day), pain_before="2", pain_after="7")
        session.refresh_from_db()
        assert (session.pain_after, session.told) == (7, "stop")
        correction = Correction.objects.get()
        assert correction.before == {"pain_after": 3, "told": "fine"}
        assert correction.by == patient.user

    def test_saying_the_same_again_is_no_correction(self, lee, session, plan):
        save(lee, entry(session.day), pain_before="2", **all_done(plan))
        assert not Correction.objects.exists()

    def test_what_is_emptied_is_empty(self, lee, session):
        Session.objects.update(comment="A mistake.")
        save(lee, entry(session.day), comment="", pain_before="")
        session.refresh_from_db()
        assert (session.comment, session.pain_before) == ("", None)
        assert Correction.objects.get().before == {"comment": "A mistake.", "pain_before": 2}

    def test_exercises_are_corrected_too(self, lee, session, plan):
        key = str(plan.planned_exercises.first().key)
        said = {f"outcome_{key}": "not_done", f"why_not_{key}": "pain"}
        save(lee, entry(session.day), pain_before="2", **said)
        assert ExerciseLog.objects.get(key=key).outcome == "not_done"
        assert Correction.objects.get().before == {"logs": {key: ["done", ""]}}

    def test_ticks_of_a_day_are_finished_not_corrected(self, lee, plan, patient):
        session = factories.make_session(patient, day=days_ago(1))
        save(lee, entry(days_ago(1)), **all_done(plan))
        session.refresh_from_db()
        assert session.is_finished
        assert not Correction.objects.exists()

    def test_a_sign_that_is_taken_back_stays_in_sight_of_the_clinic(self, lee, session):
        save(lee, entry(session.day), pain_before="2", numb="on")
        save(lee, entry(session.day), pain_before="2")
        session.refresh_from_db()
        assert (session.wrong, session.told) == ("", "fine")
        assert Correction.objects.last().before == {"wrong": "numb_or_weak", "told": "red_flag"}
        assert Alert.objects.filter(kind=Alert.Kind.RED_FLAG, closed_at=None).count() == 1

    def test_an_old_session_alarms_nobody_but_a_sign_always_does(self, lee, session):
        text = text_of(save(lee, entry(session.day), pain_before="2", moved="down"))
        assert "Is it still further down?" in text
        assert "Stop. Do no more exercises today." not in text
        text = text_of(save(lee, entry(session.day), pain_before="2", numb="on"))
        assert "Stop. Do no more exercises today." in text
        assert "Do not wait for us to read them." in text

    def test_after_a_week_it_stands(self, session, patient, clock):
        clock.move_to("2026-11-24T20:00:00Z")  # 7 days after it
        client = logged_in(patient.user)
        assert client.post(entry(session.day), ANSWERS | {"pain_after": "9"}).status_code == 404
        with pytest.raises(TooLongAgo):
            correct_session(session=session, said=Said({"pain_after": 9}, {}), by=patient.user)
        session.refresh_from_db()
        assert session.pain_after == 3
        saved = client.get(reverse("session_saved", args=[session.submission_key]))
        assert "Change my answers" not in text_of(saved)

    @pytest.mark.parametrize("ago", [0, 3])
    def test_every_word_is_plain(self, lee, session, ago):
        assert grade(text_of(lee.get(entry(days_ago(ago))))) <= 6


class TestDays:
    def test_each_planned_session_says_what_was_said_of_it(self, lee, patient):
        factories.make_session(patient, day=days_ago(1), pain_after=4, moved="down")
        text = text_of(lee.get(reverse("diary_days")))
        assert text.index("Today · Friday, November 20") < text.index("Thursday, November 19")
        yesterday = text.partition("Thursday, November 19")[2].partition("Wednesday")[0]
        assert "2 exercises done" in yesterday
        assert "Pain after: 4" in yesterday
        assert "further down my leg" in yesterday
        assert yesterday.count("No entry") == 1  # the second session of the day
        assert "Saturday, November 14" in text
        assert "November 13" not in text
        assert "missed" not in text.casefold()

    def test_each_has_the_way_to_add_or_change_it(self, lee, patient):
        factories.make_session(patient, day=days_ago(1), pain_after=4)
        body = lee.get(reverse("diary_days")).content.decode()
        for ago in range(7):
            for occurrence in (1, 2):
                assert f'href="{entry(days_ago(ago), occurrence)}"' in body
        assert f'href="{entry(days_ago(7))}"' not in body

    def test_a_rest_day_and_a_day_before_the_plan_say_so(self, clock, patient, clinician):
        clock.move_to("2026-11-18T20:00:00Z")  # a Wednesday
        weekdays = factories.make_exercise(weekdays=0b0010101)  # Monday, Wednesday, Friday
        factories.make_plan(patient, clinician, exercises=[weekdays])
        clock.move_to(NOON)
        text = text_of(logged_in(patient.user).get(reverse("diary_days")))
        assert "Rest day" in text.partition("Thursday")[2].partition("Wednesday")[0]
        assert "No plan on this day" in text.partition("Tuesday")[2]

    def test_a_tick_that_was_taken_back_is_no_entry(self, lee, patient, plan):
        key = str(plan.planned_exercises.first().key)
        factories.make_session(patient, day=days_ago(1), logs={key: "taken_back"})
        text = text_of(lee.get(reverse("diary_days")))
        assert text.count("No entry") == 14

    def test_every_word_is_plain(self, lee, patient):
        factories.make_session(patient, day=days_ago(1), pain_after=4, moved="down", wrong="fell")
        assert grade(text_of(lee.get(reverse("diary_days")))) <= 6

    def test_it_takes_as_many_queries_for_a_full_week(
        self, lee, patient, django_assert_max_num_queries
    ):
        lee.get("/account/")
        with django_assert_max_num_queries(9):
            lee.get(reverse("diary_days"))
        for ago in range(7):
            for occurrence in (1, 2):
                factories.make_session(
                    patient, day=days_ago(ago), occurrence=occurrence, pain_after=4
                )
        with django_assert_max_num_queries(10):  # what was done in them is one more
            lee.get(reverse("diary_days"))
