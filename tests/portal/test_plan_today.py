"""The patient's start page."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from education.people.models import Answer
from education.plans import actions
from education.plans.models import PlanVersion
from tests import factories
from tests.conftest import logged_in

URL = reverse("plan_today")
NOON = "2026-11-23T20:00:00Z"  # Monday, noon at the clinic


@pytest.fixture(autouse=True)
def _monday_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def plan(patient, clinician):
    """Three exercises of 2 rounds of 5, published today."""
    return factories.make_plan(
        patient,
        clinician,
        title="Move again, step by step",
        goal="Sit through a movie",
        note="Start slowly, Lee.",
        start_on=date(2026, 11, 20),
        review_on=date(2026, 12, 3),
    )


def page(client) -> str:
    response = client.get(URL)
    assert response.status_code == 200
    return response.content.decode()


def test_a_patient_lands_on_the_plan_after_the_log_in(visitor, patient, plan):
    answer = visitor.post(
        reverse("account_login"), {"login": patient.user.email, "password": factories.PASSWORD}
    )
    assert answer.status_code == 302
    assert answer.url == URL


def test_the_page_says_what_to_do_today(as_patient, plan):
    body = page(as_patient)
    assert "Good afternoon, Lee" in body
    assert "Move again, step by step" in body
    assert "Dana Example, PT" in body
    assert body.count("2 rounds of 5") == 3
    assert "Sit through a movie" in body
    assert "Start slowly, Lee." in body
    assert "Thursday, December 3" in body


def test_the_red_line_comes_before_the_first_exercise(as_patient, plan):
    body = page(as_patient)
    assert body.index("Get help now") < body.index("2 rounds of 5")


def test_minutes_are_computed(as_patient, patient, clinician):
    # 3 rounds of 10 at 4 seconds, 60 seconds between: 240 seconds.
    lift = factories.make_exercise(sets=3, reps_min=10, hold_seconds=0, rest_seconds=60)
    # 2 holds of 16 + 4 seconds with 20 between: 60 seconds.
    hold = factories.make_exercise(sets=1, reps_min=2, hold_seconds=16, rest_seconds=20)
    factories.make_plan(patient, clinician, exercises=[lift, hold])
    assert "about 5 minutes" in page(as_patient)


def test_a_supervised_exercise_shows_its_name_and_the_badge_only(as_patient, patient, clinician):
    alone = factories.make_exercise(title_en="Chair stretch")
    watched = factories.make_exercise(
        title_en="One-leg balance", supervised_first=True, sets=4, reps_min=7
    )
    factories.make_plan(patient, clinician, exercises=[alone, watched])
    body = page(as_patient)
    assert "One-leg balance" in body
    assert "Only at the clinic, with Dana" in body
    assert "4 rounds of 7" not in body


def test_an_exercise_of_another_weekday_is_not_for_today(as_patient, patient, clinician):
    daily = factories.make_exercise(title_en="Daily stretch")
    tuesday = factories.make_exercise(title_en="Tuesday lift", weekdays=0b0000010)
    factories.make_plan(patient, clinician, exercises=[daily, tuesday], start_on=date(2026, 11, 20))
    body = page(as_patient)
    assert body.index("On other days") < body.index("Tuesday lift")
    assert body.index("Daily stretch") < body.index("On other days")


def test_on_a_day_without_exercises_the_page_says_rest_day(as_patient, patient, clinician):
    tuesday = factories.make_exercise(title_en="Tuesday lift", weekdays=0b0000010)
    factories.make_plan(patient, clinician, exercises=[tuesday], start_on=date(2026, 11, 20))
    body = page(as_patient)
    assert "Rest day" in body
    assert "missed" not in body.lower()


def test_without_a_plan_the_page_says_what_happens_next(as_patient):
    body = page(as_patient)
    assert "Your plan is on its way" in body
    assert "Get help" in body


def test_a_draft_does_not_exist_for_its_patient(as_patient, patient, clinician):
    factories.make_plan(patient, clinician, title="Secret draft", published=False)
    body = page(as_patient)
    assert "Secret draft" not in body
    assert "Your plan is on its way" in body


def test_edits_wait_until_they_are_published(as_patient, plan, clinician):
    plan.refresh_from_db()
    plan.title = "A better name"
    plan.save()
    assert "A better name" not in page(as_patient)
    actions.publish_changes(plan=plan, by=clinician)
    assert "A better name" in page(as_patient)


def test_a_plan_on_hold_asks_to_rest_and_shows_nothing_to_do(as_patient, plan, clinician):
    actions.hold_plan(plan=plan, by=clinician)
    body = page(as_patient)
    assert "Your plan is on hold" in body
    assert "2 rounds of 5" not in body
    actions.resume_plan(plan=plan, by=clinician)
    assert "2 rounds of 5" in page(as_patient)


def test_a_plan_on_hold_until_a_day_names_it_and_goes_on_by_itself(patient, plan, clinician):
    actions.hold_plan(plan=plan, until=date(2026, 12, 7), by=clinician)
    body = page(logged_in(patient.user))
    assert "Rest until Monday, December 7. Then go on." in body
    assert "We will tell you when you can go on." not in body
    assert "2 rounds of 5" not in body
    with time_machine.travel("2026-12-07T08:01:00Z", tick=False):  # just after its midnight
        body = page(logged_in(patient.user))
    assert "Rest until" not in body
    assert "2 rounds of 5" in body


def test_a_hold_that_gets_a_day_says_so_at_once(as_patient, plan, clinician):
    actions.hold_plan(plan=plan, by=clinician)
    assert "We will tell you when you can go on." in page(as_patient)
    plan.refresh_from_db()
    plan.held_until = date(2026, 12, 7)
    plan.save()
    assert "Rest until Monday, December 7." in page(as_patient)


def test_what_is_for_another_day_names_the_next_one(as_patient, patient, clinician):
    friday = factories.make_exercise(weekdays=0b0010000)
    factories.make_plan(patient, clinician, exercises=[factories.make_exercise(), friday])
    assert "Next on <strong>Friday, November 27</strong>" in page(as_patient)


def test_why_an_exercise_is_for_this_patient_stands_under_it(as_patient, plan, clinician):
    plan.planned_exercises.update(why="You sit a lot at work.")
    actions.publish_changes(plan=plan, by=clinician)
    body = page(as_patient)
    assert "<strong>Why:</strong> You sit a lot at work." in body
    assert body.index("Sit through a movie") < body.index('class="pm-today"')


def test_what_to_do_in_a_flare_up_is_folded_and_leads_to_help(as_patient, patient, clinician):
    factories.make_plan(patient, clinician, flare_up="Do less for two days.")
    fold = page(as_patient).split("<details")[1].split("</details>")[0]
    assert "When it flares up" in fold
    assert "Do less for two days." in fold
    assert reverse("when_to_see_a_doctor") in fold


def test_without_words_for_a_flare_up_nothing_is_folded(as_patient, plan):
    assert "When it flares up" not in page(as_patient)


@pytest.mark.parametrize(("kind", "said"), [("maintenance", True), ("treatment", False)])
def test_a_plan_to_keep_going_says_so(as_patient, patient, clinician, kind, said):
    factories.make_plan(patient, clinician, kind=kind, flare_up="Do less.")
    assert ("A plan to keep going" in page(as_patient)) is said


def test_a_completed_plan_is_thanked_for_and_leads_on(as_patient, plan, clinician):
    actions.complete_plan(plan=plan, by=clinician)
    body = page(as_patient)
    assert "This plan is done" in body
    assert "2 rounds of 5" not in body


def test_a_plan_that_was_taken_back_is_not_praised_but_stopped(as_patient, plan, clinician):
    actions.revoke_plan(plan=plan, by=clinician)
    body = page(as_patient)
    assert "This plan was taken back" in body
    assert "Please stop its exercises." in body
    assert "Well done" not in body
    assert "2 rounds of 5" not in body


def test_within_the_days_after_the_review_the_plan_goes_on(patient, plan):
    with time_machine.travel("2026-12-17T20:00:00Z", tick=False):  # 14 days after the review
        assert "Time to look at your plan again" not in page(logged_in(patient.user))
    with time_machine.travel("2026-12-18T20:00:00Z", tick=False):
        body = page(logged_in(patient.user))
    assert "Time to look at your plan again" in body
    assert "Please call us before you go on" in body


@pytest.mark.parametrize("start", [date(1, 1, 1), date(2026, 11, 23)])
def test_a_review_mistyped_into_the_year_9999_breaks_no_page(as_patient, patient, clinician, start):
    factories.make_plan(patient, clinician, title="Walk")
    version = PlanVersion.objects.get()  # published before such years were refused
    version.body |= {"start_on": start.isoformat(), "review_on": "9999-12-31"}
    version.save()
    assert "Walk" in page(as_patient)
    assert as_patient.get(reverse("plan_print")).status_code == 200


def test_a_plan_that_starts_later_says_when(as_patient, patient, clinician):
    factories.make_plan(patient, clinician, start_on=date(2026, 11, 30))
    body = page(as_patient)
    assert "Your plan starts on Monday, November 30" in body
    assert "Your first day" in body
    assert '<h2 id="today-title">Today</h2>' not in body


def test_a_rest_day_says_so_and_shows_what_comes(as_patient, patient, clinician):
    exercise = factories.make_exercise(weekdays=0b0000010)  # Tuesday; today is Monday
    factories.make_plan(patient, clinician, exercises=[exercise])
    body = page(as_patient)
    assert "Rest day. Nothing is planned for today." in body
    assert "On other days" in body
    assert "On Tuesday." in body


def test_a_new_answer_that_clashes_stops_the_plan_until_it_is_settled(
    as_patient, patient, clinician
):
    factories.answer(patient, "fall_risk", "no")
    exercise = factories.make_exercise(precautions=["fall_risk"])
    plan = factories.make_plan(patient, clinician, exercises=[exercise])
    assert "2 rounds of 5" in page(as_patient)

    change_answer(patient, "fall_risk", "yes", by=clinician)
    body = page(as_patient)
    assert "Please call us before you go on" in body
    assert "2 rounds of 5" not in body

    row = plan.planned_exercises.get()
    actions.settle(row, reason="Counter in front.", answers={"fall_risk": "yes"}, by=clinician)
    row.save()
    actions.publish_changes(plan=plan, by=clinician)
    assert "2 rounds of 5" in page(as_patient)


def change_answer(patient, topic, value, *, by):
    from education.people.actions import set_answers

    set_answers(patient=patient, answers={topic: (value, "")}, by=by)
    assert Answer.objects.get(patient=patient, topic=topic).value == value


def test_a_new_precaution_of_an_exercise_stops_the_plan_too(as_patient, patient, plan, clinician):
    from education.library.models import LibraryRevision

    exercise = plan.planned_exercises.first().exercise
    assert "2 rounds of 5" in page(as_patient)
    exercise.precautions = ["head_low"]
    exercise.save()
    LibraryRevision.objects.bump()
    assert "Please call us before you go on" in page(as_patient)


def test_a_safety_correction_of_the_library_reaches_the_patient_at_once(as_patient, plan):
    from education.library.models import LibraryRevision

    exercise = plan.planned_exercises.first().exercise
    assert "Only half as far" not in page(as_patient)
    exercise.harder_day_en = "Only half as far."
    exercise.save()
    LibraryRevision.objects.bump()
    assert "Only half as far." in page(as_patient)


def test_words_follow_the_working_side(as_patient, patient, clinician):
    exercise = factories.make_exercise()
    factories.make_plan(patient, clinician, exercises=[exercise], working_side="each")
    assert "2 rounds of 5, on each side." in page(as_patient)


def test_in_spanish_the_titles_are_spanish(as_patient, patient, clinician):
    exercise = factories.make_exercise(title_en="Chair stretch", title_es="Estiramiento en silla")
    factories.make_plan(patient, clinician, exercises=[exercise])
    as_patient.cookies["django_language"] = "es"
    assert "Estiramiento en silla" in page(as_patient)


@pytest.mark.parametrize("exercises", [1, 12])
def test_the_page_takes_seven_queries_for_any_number_of_exercises(
    as_patient, patient, clinician, exercises, django_assert_num_queries
):
    factories.make_plan(patient, clinician, exercises=exercises)
    as_patient.get(URL)  # writes the idle clock of this log-in, at most once a minute
    factories.forget_drawn()
    with django_assert_num_queries(7):
        as_patient.get(URL)
    with django_assert_num_queries(5):  # warm: session, user, clinic, version, diary
        as_patient.get(URL)


def test_another_patient_reads_nothing_of_it(as_stranger, plan):
    body = page(as_stranger)
    for secret in ("Move again", "Sit through a movie", "Start slowly", "Lee", "Exercise"):
        assert secret not in body


def test_a_visitor_is_asked_to_log_in(visitor, plan):
    response = visitor.get(URL)
    assert response.status_code == 302
    assert response.url == f"{reverse('account_login')}?next={URL}"


@pytest.mark.parametrize("name", ["clinician", "front_desk", "editor", "administrator"])
def test_staff_are_shown_the_way_to_their_site(name, request, plan):
    body = page(logged_in(request.getfixturevalue(name)))
    assert reverse("admin:index") in body
    assert "Move again" not in body


def test_the_page_only_reads(as_patient, plan):
    assert as_patient.post(URL).status_code == 405


def test_the_page_is_kept_out_of_caches_and_search_engines(as_patient, plan):
    response = as_patient.get(URL)
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]


def test_the_newest_version_wins(as_patient, plan, clinician):
    plan.refresh_from_db()
    plan.goal = "Walk the dog"
    plan.save()
    actions.publish_changes(plan=plan, by=clinician)
    assert PlanVersion.objects.filter(plan=plan).count() == 2
    body = page(as_patient)
    assert "Walk the dog" in body
    assert "Sit through a movie" not in body
