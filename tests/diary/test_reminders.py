"""Reminders by mail: at the patient's times, only when today has no entry, stopped at once."""

from datetime import datetime, time, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from education.diary.actions.reminders import choose_reminders, queue_reminders
from education.diary.models import Reminders, ReminderSent
from education.people.actions import discharge_patient
from education.people.mail import deliver_mail
from education.people.models import OutgoingMail
from education.plans.actions import hold_plan
from tests import factories

pytestmark = pytest.mark.django_db

ZONE = ZoneInfo("America/Los_Angeles")
NINE = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def _monday_at_nine():
    with time_machine.travel(NINE, tick=False):
        yield


@pytest.fixture
def plan(patient, clinician):
    return factories.make_plan(patient, clinician)


@pytest.fixture
def at_nine(patient, plan) -> Reminders:
    return choose_reminders(
        patient=patient, first_at=time(9), second_at=time(17, 30), by=patient.user
    )


def queued() -> int:
    return OutgoingMail.objects.filter(kind="reminder").count()


def test_a_patient_is_reminded_at_the_time_they_chose(at_nine):
    assert queue_reminders(NINE - timedelta(minutes=1)) == 0
    assert queue_reminders(NINE) == 1
    assert queued() == 1


def test_the_same_time_is_reminded_of_once(at_nine):
    queue_reminders(NINE)
    assert queue_reminders(NINE + timedelta(minutes=10)) == 0
    assert queue_reminders(NINE.replace(hour=17, minute=30)) == 1
    assert queued() == 2


def test_a_day_with_an_entry_is_not_reminded_of(at_nine, patient):
    factories.make_session(patient)
    assert queue_reminders(NINE) == 0


def test_a_session_that_was_told_of_is_an_entry_also_when_nothing_could_be_done(at_nine, patient):
    factories.make_session(patient, logs=False, pain_after=8)
    assert queue_reminders(NINE) == 0


def test_yesterdays_entry_does_not_count_for_today(at_nine, patient):
    factories.make_session(patient, day=NINE.date() - timedelta(days=1))
    assert queue_reminders(NINE) == 1


def test_a_worker_that_slept_does_not_remind_of_the_morning_at_noon(at_nine):
    assert queue_reminders(NINE.replace(hour=11, minute=1)) == 0


def test_nobody_is_reminded_of_a_plan_that_rests(at_nine, plan, clinician):
    hold_plan(plan=plan, by=clinician)
    assert queue_reminders(NINE) == 0


def test_a_day_without_exercises_is_left_alone(at_nine, plan, patient):
    version = plan.versions.get()
    for row in version.body["exercises"]:
        row["dosage"]["weekdays"] = 0b0000010  # Tuesdays
    version.save()
    assert queue_reminders(NINE) == 0
    assert queue_reminders(NINE + timedelta(days=1)) == 1


def test_a_patient_who_was_discharged_is_left_alone(at_nine, patient, clinician):
    discharge_patient(patient=patient, by=clinician)
    assert queue_reminders(NINE) == 0


def test_in_the_night_that_skips_an_hour_the_reminder_still_comes(patient, plan):
    choose_reminders(patient=patient, first_at=time(2, 30), second_at=None, by=patient.user)
    spring = datetime(2027, 3, 14, 3, 5, tzinfo=ZONE)
    plan.versions.update(body={**plan.versions.get().body, "review_on": "2027-04-01"})
    with time_machine.travel(spring, tick=False):
        assert queue_reminders(spring) == 1


def test_the_hour_that_comes_twice_reminds_once(patient, clinician):
    first = datetime(2026, 11, 1, 1, 30, tzinfo=ZONE)
    with time_machine.travel(first, tick=False):
        factories.make_plan(patient, clinician)
        choose_reminders(patient=patient, first_at=time(1, 30), second_at=None, by=patient.user)
        assert queue_reminders(first) == 1
        assert queue_reminders(first.replace(fold=1)) == 0


def test_the_mail_says_nothing_of_health_and_how_to_stop(at_nine, patient):
    queue_reminders(NINE)
    deliver_mail.func(OutgoingMail.objects.get(kind="reminder").pk)
    (message,) = mail.outbox
    assert message.to == [patient.user.email]
    assert f"/reminders/stop/{at_nine.stop_key}/" in message.body
    assert f"/reminders/stop/{at_nine.stop_key}/" in message.extra_headers["List-Unsubscribe"]
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    words = f"{message.subject} {message.body}".lower().split("pain management")[0]
    assert not any(word in words for word in ("pain", "exercise", "sciatica", "back pain", "lee"))


def test_an_entry_made_while_the_mail_waited_drops_it(at_nine, patient):
    queue_reminders(NINE)
    waiting = OutgoingMail.objects.get(kind="reminder")
    factories.make_session(patient)
    deliver_mail.func(waiting.pk)
    assert mail.outbox == []
    waiting.refresh_from_db()
    assert waiting.state == OutgoingMail.State.DROPPED


def test_one_click_in_the_mail_program_stops_them_without_a_log_in(at_nine, visitor):
    response = visitor.post(
        f"/reminders/stop/{at_nine.stop_key}/", {"List-Unsubscribe": "One-Click"}
    )
    assert response.status_code == 200
    assert "The reminders are stopped" in response.content.decode()
    assert queue_reminders(NINE) == 0
    # A second click does no harm.
    assert visitor.post(f"/reminders/stop/{at_nine.stop_key}/").status_code == 200


def test_a_scanner_that_opens_the_link_stops_nothing(at_nine, visitor):
    page = visitor.get(f"/reminders/stop/{at_nine.stop_key}/")
    assert "Stop the reminders" in page.content.decode()
    assert page["Referrer-Policy"] == "strict-origin"
    assert queue_reminders(NINE) == 1


def test_a_key_that_nobody_has_is_not_found(visitor, db):
    assert visitor.get("/reminders/stop/00000000-0000-4000-8000-000000000000/").status_code == 404


def test_a_patient_chooses_two_times(as_patient, patient):
    response = as_patient.post("/account/reminders/", {"first_at": "09:00", "second_at": "17:30"})
    assert response.status_code == 302
    kept = Reminders.objects.get(patient=patient)
    assert (kept.first_at, kept.second_at) == (time(9), time(17, 30))
    page = as_patient.get("/account/reminders/").content.decode()
    assert 'value="09:00"' in page
    assert 'value="17:30"' in page


def test_a_second_time_alone_is_the_only_one(as_patient, patient):
    as_patient.post("/account/reminders/", {"first_at": "", "second_at": "17:30"})
    kept = Reminders.objects.get(patient=patient)
    assert (kept.first_at, kept.second_at) == (time(17, 30), None)


@pytest.mark.parametrize("second", ["09:00", "08:00"])
def test_a_second_time_that_is_not_later_is_refused_beside_it(as_patient, patient, second):
    page = as_patient.post("/account/reminders/", {"first_at": "09:00", "second_at": second})
    assert page.status_code == 200
    assert "This time is not after the first." in page.content.decode()
    assert f'value="{second}"' in page.content.decode()
    assert not Reminders.objects.exists()


def test_what_is_not_a_time_is_refused_in_words(as_patient):
    page = as_patient.post("/account/reminders/", {"first_at": "when I wake up"})
    assert "This is not a time." in page.content.decode()


def test_emptied_times_stop_them(as_patient, at_nine):
    as_patient.post("/account/reminders/", {"first_at": "", "second_at": ""})
    assert queue_reminders(NINE) == 0


def test_a_stranger_reads_and_changes_their_own_only(as_stranger, at_nine, other_patient):
    assert 'value="09:00"' not in as_stranger.get("/account/reminders/").content.decode()
    as_stranger.post("/account/reminders/", {"first_at": "10:00", "second_at": ""})
    at_nine.refresh_from_db()
    assert at_nine.first_at == time(9)


def test_a_visitor_is_led_to_the_log_in(visitor):
    assert visitor.get("/account/reminders/")["Location"].startswith("/accounts/login/")


def test_staff_have_no_reminders(as_clinician):
    assert as_clinician.get("/account/reminders/").status_code == 404


def test_the_command_says_how_many_and_forgets_old_notes(at_nine, patient):
    old = NINE.date() - timedelta(days=8)
    ReminderSent.objects.create(patient=patient, day=old, at=time(9))
    out = StringIO()
    call_command("send_reminders", stdout=out)
    assert out.getvalue() == "1 reminder queued.\n"
    assert not ReminderSent.objects.filter(day=old).exists()
    assert timezone.now() == NINE


def test_patients_who_made_their_entry_cost_no_queries(clinician, django_assert_num_queries):
    for n in range(6):
        other = factories.make_patient(f"p{n}@patient.example", "P", f"Person{n}", clinician)
        factories.make_plan(other, clinician)
        choose_reminders(patient=other, first_at=time(9), second_at=None, by=other.user)
        factories.make_session(other)
    with django_assert_num_queries(1):
        assert queue_reminders(NINE) == 0
