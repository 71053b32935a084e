"""What the page of today says of the day: the session to do, and the week."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from education.diary.models import Session
from education.people.models import Clinic
from education.plans import actions
from education.plans.models import HarderDay, PlanHold, PlanVersion
from tests import factories
from tests.conftest import logged_in

PLAN = reverse("plan_today")
MONDAY = date(2026, 11, 23)
NOON = "2026-11-25T20:00:00Z"  # Wednesday, noon at the clinic
WEDNESDAY = date(2026, 11, 25)
A_DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _wednesday_noon():
    with time_machine.travel(NOON, tick=False):
        yield


def at(moment: str):
    return time_machine.travel(moment, tick=False)


@pytest.fixture
def plan(patient, clinician):
    """One exercise twice a day, one once a day, since a week ago: 60 seconds each."""
    with at("2026-11-16T20:00:00Z"):
        sixty = {"sets": 1, "reps_min": 2, "hold_seconds": 16, "rest_seconds": 20}
        return factories.make_plan(
            patient,
            clinician,
            exercises=[
                factories.make_exercise(title_en="Twice", times_per_day=2, **sixty),
                factories.make_exercise(title_en="Once", **sixty),
            ],
            review_on=date(2026, 12, 14),
        )


def page(client) -> str:
    response = client.get(PLAN)
    assert response.status_code == 200
    return response.content.decode()


def keys(plan) -> list[str]:
    return [str(row.key) for row in plan.planned_exercises.order_by("order")]


def week(client) -> list[tuple[str, str]]:
    """(weekday, what is said of it) of the seven dots."""
    dots = page(client).split('class="pm-week"')[1].split("</ol>")[0]
    return re.findall(r'<span class="visually-hidden">(\w+)(?:, today)?(?:: ([^<]+))?</span>', dots)


# ------------------------------------------------------------------ the session to do


def test_the_first_session_is_named_and_led_to(as_patient, plan):
    body = page(as_patient)
    assert "First session: 2 exercises, about 2 minutes" in body
    assert f'href="{reverse("session_start")}"' in body
    assert "Start my session" in body


def test_the_start_stands_right_below_the_red_line_and_above_the_exercises(as_patient, plan):
    body = page(as_patient)
    assert body.index("Get help now") < body.index("Start my session") < body.index("Twice")


def test_the_second_session_asks_only_for_what_is_done_twice(as_patient, patient, plan):
    factories.make_session(patient, pain_after=3)
    assert "Second session: 1 exercise, about 1 minute" in page(as_patient)


def test_paper_says_all_of_the_day_whatever_is_done(as_patient, patient, plan):
    factories.make_session(patient, pain_after=3)
    assert '<p class="pm-print-only">2 exercises, about 2 minutes</p>' in page(as_patient)


def test_a_plan_of_one_session_a_day_numbers_none(as_patient, patient, clinician):
    factories.make_plan(patient, clinician, exercises=3)
    body = page(as_patient)
    assert "3 exercises, about" in body
    assert "session:" not in body


def test_a_session_under_way_is_to_be_gone_on_with(as_patient, patient, plan):
    twice, _once = keys(plan)
    factories.make_session(patient, pain_before=3, logs={twice: "done"})
    body = page(as_patient)
    assert "Go on with my session" in body
    assert "First session: 1 exercise left, about 1 minute" in body


def test_when_all_is_done_the_page_is_calm_and_pushes_nothing(as_patient, patient, plan):
    twice, _once = keys(plan)
    factories.make_session(patient, pain_after=3)
    factories.make_session(patient, occurrence=2, logs={twice: "done"}, pain_after=3)
    body = page(as_patient)
    assert "All done for today. Rest well." in body
    assert "my session" not in body
    assert "Say how it went" not in body


def test_a_session_that_was_told_counts_as_over_whatever_was_skipped(as_patient, patient, plan):
    twice, _once = keys(plan)
    factories.make_session(patient, logs={twice: "partly"}, pain_after=3)
    assert "Second session" in page(as_patient)


def test_what_was_skipped_with_a_reason_is_not_asked_for_again(as_patient, patient, plan):
    twice, once = keys(plan)
    factories.make_session(patient, logs={twice: "done", once: "not_done"})
    assert "Second session" in page(as_patient)


def test_after_the_last_tick_it_asks_quietly_how_it_went(as_patient, patient, plan):
    session = factories.make_session(patient)
    body = page(as_patient)
    assert "Say how it went (two questions)" in body
    assert f'href="{reverse("session_finish", args=[session.submission_key])}"' in body


@pytest.mark.parametrize("logs", [{}, {"first": "done"}, {"first": "not_done"}])
def test_before_the_last_tick_it_does_not(as_patient, patient, plan, logs):
    first = {keys(plan)[0]: outcome for outcome in logs.values()}
    factories.make_session(patient, logs=first)
    assert "Say how it went" not in page(as_patient)


def test_on_a_rest_day_there_is_nothing_to_start(as_patient, patient, clinician):
    tuesday = factories.make_exercise(weekdays=0b0000010)
    factories.make_plan(patient, clinician, exercises=[tuesday], start_on=date(2026, 11, 20))
    body = page(as_patient)
    assert "Rest day" in body
    assert "my session" not in body
    assert "pm-tick" not in body


def test_after_pain_to_stop_for_nobody_is_led_to_another_session(as_patient, patient, plan):
    stopped = factories.make_session(patient, pain_before=2, pain_after=8, told=Session.Told.STOP)
    body = page(as_patient)
    assert "You stopped for today. Rest is right." in body
    assert reverse("session_saved", args=[stopped.submission_key]) in body
    assert "Start my session" not in body
    assert '<p class="pm-no-print">' not in body.split("You stopped for today")[0]


def test_after_a_sign_of_danger_the_page_leads_to_what_to_do_now(as_patient, patient, plan):
    flagged = factories.make_session(patient, told=Session.Told.RED_FLAG, wrong="numb_or_weak")
    factories.make_session(patient, occurrence=2, pain_after=8, told=Session.Told.STOP)
    body = page(as_patient)
    assert "You told us of a sign that needs a doctor. Do no exercises." in body
    assert reverse("session_saved", args=[flagged.submission_key]) in body
    assert "Start my session" not in body
    assert "Rest is right" not in body


def test_tomorrow_the_plan_is_there_again(patient, plan):
    factories.make_session(patient, pain_before=2, pain_after=8, told=Session.Told.STOP)
    with at("2026-11-26T20:00:00Z"):
        assert "Start my session" in page(logged_in(patient.user))


def test_a_past_review_leads_to_the_phone_first(patient, plan):
    with at("2027-01-10T20:00:00Z"):
        body = page(logged_in(patient.user))
    start = body.split(f'href="{reverse("session_start")}"')[0].rsplit("<a", 1)[1]
    assert "btn-outline-primary" in start


def test_a_harder_day_asks_for_its_own_times_and_minutes(as_patient, patient, clinician):
    twice = factories.make_exercise(times_per_day=2)
    plan = factories.make_plan(patient, clinician, exercises=[twice], published=False)
    HarderDay.objects.create(planned=plan.planned_exercises.get(), sets=1, reps_min=2)
    actions.activate_plan(plan=plan, by=clinician)
    assert "First session: 1 exercise, about" in page(as_patient)
    as_patient.post(reverse("take_harder_day"))
    assert re.search(r'"pm-no-print">1 exercise, at most \d minutes?</p>', page(as_patient))


def test_another_patient_sees_nothing_of_it(as_stranger, other_patient, colleague, patient, plan):
    factories.make_session(patient, pain_after=3)
    factories.make_plan(other_patient, colleague)
    body = page(as_stranger)
    assert "0 sessions this week." in body
    assert "1st done" not in body


# ------------------------------------------------------------------ the week


def test_the_week_says_each_day_in_a_word(as_patient, patient, plan):
    twice, _once = keys(plan)
    factories.make_session(patient, day=MONDAY)
    factories.make_session(patient, day=MONDAY, occurrence=2, logs={twice: "done"})
    factories.make_session(patient, day=MONDAY + A_DAY)
    assert week(as_patient) == [
        ("Sunday", "no entry"),
        ("Monday", "all done"),
        ("Tuesday", "part done"),
        ("Wednesday", ""),
        ("Thursday", ""),
        ("Friday", ""),
        ("Saturday", ""),
    ]
    body = page(as_patient)
    assert "3 sessions this week." in body
    assert "An empty circle means: no entry." in body
    assert "missed" not in body.lower()


def test_today_is_told_as_far_as_it_is_done(as_patient, patient, plan):
    assert '<span class="visually-hidden">Wednesday, today</span>' in page(as_patient)
    factories.make_session(patient)
    assert ("Wednesday", "part done") in week(as_patient)


def test_a_rest_day_has_a_dot_of_its_own(as_patient, patient, clinician):
    with at("2026-11-16T20:00:00Z"):
        weekdays = factories.make_exercise(weekdays=0b0000101)  # Monday and Wednesday
        factories.make_plan(patient, clinician, exercises=[weekdays], review_on=date(2026, 12, 14))
    assert week(as_patient)[:3] == [
        ("Sunday", "rest day"),
        ("Monday", "no entry"),
        ("Tuesday", "rest day"),
    ]
    assert "A dash means: rest day." in page(as_patient)


def test_days_before_the_plan_are_empty(as_patient, patient, clinician):
    factories.make_plan(patient, clinician)
    assert week(as_patient) == [
        (day, "")
        for day in (
            *("Sunday", "Monday", "Tuesday", "Wednesday"),
            *("Thursday", "Friday", "Saturday"),
        )
    ]


def test_days_on_which_the_plan_rested_are_rest_days(as_patient, plan):
    PlanHold.objects.create(plan=plan, from_on=date(2026, 11, 10), until_on=date(2026, 11, 24))
    assert week(as_patient)[:3] == [
        ("Sunday", "rest day"),
        ("Monday", "rest day"),
        ("Tuesday", "no entry"),
    ]


def test_days_before_a_change_are_told_by_the_plan_they_had(as_patient, patient, plan, clinician):
    factories.make_session(patient, day=MONDAY)
    factories.make_session(patient, day=MONDAY, occurrence=2)
    with at("2026-11-24T20:00:00Z"):  # Tuesday: three times a day from now on
        plan.planned_exercises.update(times_per_day=3)
        actions.publish_changes(plan=plan, by=clinician)
    factories.make_session(patient, day=MONDAY + A_DAY)
    factories.make_session(patient, day=MONDAY + A_DAY, occurrence=2)
    assert week(as_patient)[1:3] == [("Monday", "all done"), ("Tuesday", "part done")]


def test_a_plan_that_took_the_place_of_another_keeps_the_days_of_that(
    as_patient, patient, plan, clinician
):
    with at("2026-11-24T20:00:00Z"):
        factories.make_plan(patient, clinician, exercises=1)
    assert week(as_patient)[:3] == [
        ("Sunday", "no entry"),
        ("Monday", "no entry"),
        ("Tuesday", "no entry"),
    ]


def test_a_harder_day_asks_for_less_to_be_all_done(as_patient, patient, clinician):
    with at("2026-11-16T20:00:00Z"):
        twice = factories.make_exercise(times_per_day=2)
        plan = factories.make_plan(patient, clinician, exercises=[twice], published=False)
        HarderDay.objects.create(planned=plan.planned_exercises.get(), sets=1, reps_min=2)
        actions.activate_plan(plan=plan, by=clinician)
    for day in (MONDAY, MONDAY + A_DAY):
        factories.make_session(patient, day=day)
    patient.harder_days.create(day=MONDAY)
    assert week(as_patient)[1:3] == [("Monday", "all done"), ("Tuesday", "part done")]


@pytest.mark.parametrize(
    ("moment", "first", "told"),
    [
        ("2026-11-22T07:59:00Z", 0, ["no entry"] * 5 + ["all done"]),  # Saturday, 11:59 pm
        ("2026-11-22T08:01:00Z", 0, []),  # Sunday, 00:01 am: a new week
        ("2026-11-22T08:01:00Z", 1, ["no entry"] * 4 + ["all done", "no entry"]),  # not by Monday
        ("2026-11-23T08:01:00Z", 1, []),
    ],
)
def test_the_week_turns_at_the_clinics_midnight(patient, clinician, moment, first, told):
    Clinic(pk=1, week_start=first).save()
    with at("2026-11-02T20:00:00Z"):
        factories.make_plan(patient, clinician, exercises=1, review_on=date(2026, 12, 14))
    factories.make_session(patient, day=date(2026, 11, 20))  # Friday
    with at(moment):
        said = [words for _day, words in week(logged_in(patient.user))]
    assert said == [*told, *[""] * (7 - len(told))]


@pytest.mark.parametrize(
    ("moment", "days"),
    [
        ("2026-03-10T20:00:00Z", ["2026-03-08", "2026-03-09"]),  # clocks went forward on Sunday
        ("2026-11-03T20:00:00Z", ["2026-11-01", "2026-11-02"]),  # clocks went back on Sunday
    ],
)
def test_a_night_of_another_length_moves_no_dot(patient, clinician, moment, days):
    with at(moment):
        factories.make_plan(
            patient, clinician, exercises=1, start_on=date(2026, 1, 5), review_on=date(2026, 12, 1)
        )
        PlanVersion.objects.update(published_at="2026-01-05T20:00:00Z")
        for day in days:
            factories.make_session(patient, day=date.fromisoformat(day))
        said = week(logged_in(patient.user))
    assert said[:3] == [("Sunday", "all done"), ("Monday", "all done"), ("Tuesday", "")]


# ------------------------------------------------------------------ speed


def two_years_of_sessions(patient, version) -> None:
    """Twice a day, every exercise done: 800 sessions."""
    from education.diary.models import ExerciseLog

    sessions = Session.objects.bulk_create(
        Session(patient=patient, version=version, day=WEDNESDAY - n * A_DAY, occurrence=occurrence)
        for n in range(400)
        for occurrence in (1, 2)
    )
    ExerciseLog.objects.bulk_create(
        ExerciseLog(session=session, key=key, exercise=row["exercise"], outcome="done")
        for session in sessions
        for key, row in version.planned.items()
    )


@pytest.mark.parametrize("exercises", [1, 12])
@pytest.mark.parametrize("years", [False, True])
def test_the_page_takes_the_same_queries_for_every_size_of_plan_and_diary(
    as_patient, patient, clinician, exercises, years, django_assert_num_queries
):
    with at("2026-11-16T20:00:00Z"):
        factories.make_plan(patient, clinician, exercises=exercises, review_on=date(2026, 12, 14))
    if years:
        two_years_of_sessions(patient, PlanVersion.objects.get())
    else:
        for day in (WEDNESDAY, MONDAY):
            factories.make_session(patient, day=day)
    as_patient.get(PLAN)  # writes the idle clock of this log-in, at most once a minute
    factories.forget_drawn()
    with django_assert_num_queries(7):
        as_patient.get(PLAN)
    with django_assert_num_queries(5):  # session, user, clinic, version, diary
        as_patient.get(PLAN)


def test_also_with_news_rests_and_versions_of_this_week_it_is_eight(
    as_patient, patient, plan, clinician, django_assert_num_queries
):
    PlanHold.objects.create(plan=plan, from_on=date(2026, 11, 10), until_on=MONDAY)
    patient.harder_days.create(day=MONDAY)
    factories.make_session(patient, day=MONDAY + A_DAY, pain_before=3)
    plan.planned_exercises.update(hold_seconds=30)
    actions.publish_changes(plan=plan, by=clinician)
    body = page(as_patient)
    assert "Changed on" in body
    assert "this morning?" in body
    factories.forget_drawn()
    with django_assert_num_queries(8):
        as_patient.get(PLAN)


def test_a_tap_draws_only_what_it_changes(as_patient, plan, monkeypatch):
    from education.portal import pages

    page(as_patient)
    monkeypatch.setattr(pages, "read_plan", None)  # would be called to draw the plan again
    address = reverse("tick_exercise", args=[keys(plan)[0], 1])
    as_patient.post(address, {"done": WEDNESDAY.isoformat()})
    assert "1st done" in page(as_patient)
