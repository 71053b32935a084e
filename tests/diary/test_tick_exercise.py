"""An exercise of today is done by one tap, and undone by one."""

import re
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from education.diary.models import ExerciseLog, Session
from education.plans import actions
from education.plans.models import HarderDay
from tests import factories
from tests.conftest import logged_in

PLAN = reverse("plan_today")
MONDAY = date(2026, 11, 23)
NOON = "2026-11-23T20:00:00Z"  # Monday, noon at the clinic
BEFORE_MIDNIGHT = "2026-11-24T07:59:00Z"  # Monday, 11:59 pm at the clinic
AFTER_MIDNIGHT = "2026-11-24T08:01:00Z"


@pytest.fixture(autouse=True)
def _monday_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def plan(patient, clinician):
    """Twice a day (once on a harder day), once a day, at the clinic only, and on Tuesdays."""
    twice = factories.make_exercise(title_en="Knee to chest", times_per_day=2)
    plan = factories.make_plan(
        patient,
        clinician,
        exercises=[
            twice,
            factories.make_exercise(title_en="Hip hinge"),
            factories.make_exercise(title_en="One leg", supervised_first=True, times_per_day=2),
            factories.make_exercise(title_en="Tuesday lift", weekdays=0b0000010),
        ],
        published=False,
        start_on=date(2026, 11, 20),
        review_on=date(2026, 12, 14),
    )
    first = plan.planned_exercises.get(exercise=twice)
    HarderDay.objects.create(planned=first, sets=1, reps_min=2, times_per_day=1)
    actions.activate_plan(plan=plan, by=clinician)
    return plan


def key_of(plan, title: str):
    return plan.planned_exercises.get(exercise__title_en=title).key


def tap(client, plan, title: str, occurrence: int = 1, *, undo: bool = False, day: str = ""):
    """Press the button of an exercise, on a page of the day it is, or of ``day``."""
    address = reverse("tick_exercise", args=[key_of(plan, title), occurrence])
    return client.post(address, {"undone" if undo else "done": day or "2026-11-23"})


def buttons(client, plan, title: str) -> list[tuple[str, bool]]:
    """(words, pressed) of the buttons of an exercise on the page of today."""
    body = client.get(PLAN).content.decode()
    row = body.split(f'id="ex-{key_of(plan, title)}"')[1].split("</li>")[0]
    found = re.findall(r'aria-pressed="(\w+)">.*?(?:</svg>|</span>)([^<]+)<', row)
    return [(words, pressed == "true") for pressed, words in found]


def done() -> list[tuple[date, int, str]]:
    """Day, occurrence and exercise of everything that counts as done."""
    logs = ExerciseLog.objects.filter(outcome=ExerciseLog.Outcome.DONE)
    rows = logs.order_by("session__day", "session__occurrence", "pk")
    return list(rows.values_list("session__day", "session__occurrence", "exercise"))


def test_there_is_a_button_for_each_time_of_the_day(as_patient, plan):
    assert buttons(as_patient, plan, "Knee to chest") == [("1st time", False), ("2nd time", False)]
    assert buttons(as_patient, plan, "Hip hinge") == [("Done", False)]


def test_one_tap_does_and_the_page_opens_at_the_same_exercise(as_patient, plan):
    answer = tap(as_patient, plan, "Knee to chest")
    assert answer.status_code == 302
    assert answer.url == f"{PLAN}#ex-{key_of(plan, 'Knee to chest')}"
    assert buttons(as_patient, plan, "Knee to chest") == [("1st done", True), ("2nd time", False)]
    (log,) = ExerciseLog.objects.all()
    assert log.session.patient == plan.patient
    assert (log.session.day, log.session.occurrence, log.outcome) == (MONDAY, 1, "done")


def test_one_tap_undoes_and_the_row_is_kept(as_patient, plan):
    tap(as_patient, plan, "Hip hinge")
    assert buttons(as_patient, plan, "Hip hinge") == [("Done", True)]
    tap(as_patient, plan, "Hip hinge", undo=True)
    assert buttons(as_patient, plan, "Hip hinge") == [("Done", False)]
    assert ExerciseLog.objects.get().outcome == ExerciseLog.Outcome.TAKEN_BACK


def test_a_double_tap_does_it_once_and_never_undoes(as_patient, plan):
    tap(as_patient, plan, "Hip hinge")
    tap(as_patient, plan, "Hip hinge")
    assert len(done()) == 1
    assert buttons(as_patient, plan, "Hip hinge") == [("Done", True)]


def test_each_time_of_the_day_is_a_session(as_patient, plan):
    tap(as_patient, plan, "Knee to chest", 2)
    tap(as_patient, plan, "Knee to chest", 1)
    tap(as_patient, plan, "Hip hinge", 1)
    assert sorted(Session.objects.values_list("occurrence", flat=True)) == [1, 2]
    assert len(done()) == 3


def test_undoing_what_was_never_done_keeps_nothing(as_patient, plan):
    answer = tap(as_patient, plan, "Hip hinge", undo=True)
    assert answer.status_code == 302
    assert not Session.objects.exists()


def test_a_tap_on_a_harder_day_is_of_the_lighter_form(as_patient, plan):
    as_patient.post(reverse("take_harder_day"))
    assert buttons(as_patient, plan, "Knee to chest") == [("Done", False)]
    tap(as_patient, plan, "Knee to chest")
    assert Session.objects.get().harder
    assert buttons(as_patient, plan, "Knee to chest") == [("Done", True)]


def test_a_second_time_that_a_harder_day_does_not_ask_for_is_not_kept(as_patient, plan):
    as_patient.post(reverse("take_harder_day"))
    answer = tap(as_patient, plan, "Knee to chest", 2)
    assert answer.status_code == 302
    assert not Session.objects.exists()


def test_what_a_new_version_brings_can_be_ticked_in_a_session_that_was_begun_before(
    as_patient, plan, clinician
):
    tap(as_patient, plan, "Hip hinge")
    factories.plan_row(plan, factories.make_exercise(title_en="Heel slide"))
    actions.publish_changes(plan=plan, by=clinician)
    tap(as_patient, plan, "Heel slide")
    assert buttons(as_patient, plan, "Heel slide") == [("Done", True)]
    assert Session.objects.get().version.number == 1


def test_a_tap_in_a_session_that_was_told_is_a_correction(as_patient, patient, plan):
    hinge = str(key_of(plan, "Hip hinge"))
    session = factories.make_session(patient, logs={hinge: "not_done"}, pain_after=3)
    tap(as_patient, plan, "Hip hinge")
    tap(as_patient, plan, "Hip hinge")  # said again
    tap(as_patient, plan, "Knee to chest")
    assert len(done()) == 2
    first, second = session.corrections.all()
    assert first.before == {"logs": {hinge: ["not_done", ""]}}
    assert second.before == {"logs": {str(key_of(plan, "Knee to chest")): ["", ""]}}
    assert first.by == patient.user


@pytest.mark.parametrize(
    ("title", "occurrence"),
    [
        ("Knee to chest", 0),
        ("Knee to chest", 3),
        ("Knee to chest", 99),
        ("Hip hinge", 2),
        ("One leg", 1),
        ("Tuesday lift", 1),
    ],
)
def test_what_is_not_planned_is_not_kept_and_the_page_says_so(as_patient, plan, title, occurrence):
    answer = tap(as_patient, plan, title, occurrence)
    assert answer.status_code == 302
    assert not Session.objects.exists()
    assert "That was not saved." in as_patient.get(PLAN).content.decode()


@pytest.mark.parametrize("title", ["One leg", "Tuesday lift"])
def test_what_is_not_done_alone_today_has_no_button(as_patient, plan, title):
    body = as_patient.get(PLAN).content.decode()
    assert title in body
    assert str(reverse("tick_exercise", args=[key_of(plan, title), 1])) not in body


def test_a_button_says_its_exercise_to_who_hears_it(as_patient, plan):
    body = as_patient.get(PLAN).content.decode()
    assert '2nd time<span class="visually-hidden">: Knee to chest</span>' in body


def test_a_tap_after_midnight_belongs_to_the_day_of_its_page(patient, plan):
    with time_machine.travel(AFTER_MIDNIGHT, tick=False):
        client = logged_in(patient.user)
        tap(client, plan, "Hip hinge", day="2026-11-23")
        body = client.get(PLAN).content.decode()
        assert "Saved for Monday, November 23." in body
        assert buttons(client, plan, "Hip hinge") == [("Done", False)]  # Tuesday's
    assert done() == [(MONDAY, 1, ExerciseLog.objects.get().exercise)]


def test_a_minute_before_midnight_is_still_the_same_day(patient, plan):
    with time_machine.travel(BEFORE_MIDNIGHT, tick=False):
        client = logged_in(patient.user)
        tap(client, plan, "Hip hinge")
        assert buttons(client, plan, "Hip hinge") == [("Done", True)]
    assert Session.objects.get().day == MONDAY


@pytest.mark.parametrize("day", ["2026-11-21", "2026-11-24", "2026-13-40", "today", ""])
def test_a_page_of_another_day_is_not_taken_at_its_word(as_patient, plan, day):
    address = reverse("tick_exercise", args=[key_of(plan, "Hip hinge"), 1])
    assert as_patient.post(address, {"done": day}).status_code == 302
    assert not Session.objects.exists()


def test_nothing_is_kept_before_the_plan_begins(as_patient, patient, clinician):
    plan = factories.make_plan(patient, clinician, exercises=1, start_on=date(2026, 11, 24))
    row = plan.planned_exercises.get()
    body = as_patient.get(PLAN).content.decode()
    assert "pm-tick" not in body
    assert "Start my session" not in body
    as_patient.post(reverse("tick_exercise", args=[row.key, 1]), {"done": "2026-11-23"})
    assert not Session.objects.exists()


def test_a_plan_that_began_today_has_no_yesterday(patient, clinician):
    plan = factories.make_plan(patient, clinician, exercises=1)
    address = reverse("tick_exercise", args=[plan.planned_exercises.get().key, 1])
    logged_in(patient.user).post(address, {"done": "2026-11-22"})
    assert not Session.objects.exists()


def test_nothing_is_kept_while_the_plan_is_on_hold(as_patient, plan, clinician):
    actions.hold_plan(plan=plan, by=clinician)
    assert "pm-tick" not in as_patient.get(PLAN).content.decode()
    assert tap(as_patient, plan, "Hip hinge").status_code == 302
    assert not Session.objects.exists()


def test_the_preview_of_staff_has_no_buttons(as_clinician, plan):
    body = as_clinician.get(reverse("admin:plans_plan_preview", args=[plan.pk])).content.decode()
    assert "Hip hinge" in body
    assert "pm-tick" not in body
    assert "<!--gap" not in body


def test_paper_has_no_buttons(as_patient, plan):
    tap(as_patient, plan, "Hip hinge")
    body = as_patient.get(reverse("plan_print")).content.decode()
    assert "Hip hinge" in body
    assert "pm-tick" not in body


def test_a_stranger_gets_404(as_stranger, plan):
    assert tap(as_stranger, plan, "Hip hinge").status_code == 404
    assert not Session.objects.exists()


def test_a_stranger_with_a_plan_gets_404_for_another_key(
    as_stranger, other_patient, colleague, plan
):
    factories.make_plan(other_patient, colleague)
    assert tap(as_stranger, plan, "Hip hinge").status_code == 404
    assert not Session.objects.exists()


def test_staff_get_404(as_clinician, plan):
    assert tap(as_clinician, plan, "Hip hinge").status_code == 404


def test_a_visitor_is_asked_to_log_in(visitor, plan):
    answer = tap(visitor, plan, "Hip hinge")
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


def test_a_look_changes_nothing(as_patient, plan):
    address = reverse("tick_exercise", args=[key_of(plan, "Hip hinge"), 1])
    assert as_patient.get(address).status_code == 405
