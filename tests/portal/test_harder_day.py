"""Today is a harder day: the patient says so, reads the lighter plan, and may take it back."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse
from django.utils.html import strip_tags

from education.library.models import LibraryRevision
from education.plans import actions
from education.plans.models import HarderDay, HarderDayTaken
from tests import factories
from tests.conftest import logged_in

PLAN = reverse("plan_today")
TAKE = reverse("take_harder_day")
TAKE_BACK = reverse("take_back_harder_day")
PRESS = "Today is a harder day"
ENOUGH = "A harder day is part of it. This is enough today."
NOON = "2026-11-23T20:00:00Z"  # Monday, noon at the clinic
BEFORE_MIDNIGHT = "2026-11-24T07:59:00Z"  # Monday, 11:59 pm at the clinic
AFTER_MIDNIGHT = "2026-11-24T08:01:00Z"


@pytest.fixture(autouse=True)
def _monday_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def wall(db):
    return factories.make_exercise("wall", title_en="Hinge to a wall", laterality="two_sided")


@pytest.fixture
def plan(patient, clinician, wall):
    """Four exercises: a lighter dosage, an easier rung, a line only, and nothing of their own."""
    names = ("Knee to chest", "Hip hinge", "Figure four", "Heel slide")
    exercises = [
        factories.make_exercise(title_en=name, sets=3, reps_min=10, hold_seconds=20)
        for name in names
    ]
    plan = factories.make_plan(
        patient,
        clinician,
        exercises=exercises,
        working_side="left",
        published=False,
        start_on=date(2026, 11, 20),
    )
    lighter, easier, line, _nothing = plan.planned_exercises.order_by("order")
    HarderDay.objects.create(planned=lighter, sets=1, reps_min=2, hold_seconds=5)
    HarderDay.objects.create(planned=easier, exercise=wall, sets=1, reps_min=4)
    line.harder_day = "Cross the ankle. Do not pull."
    line.save()
    easier.note = "Hands to the knees."
    easier.save()
    actions.activate_plan(plan=plan, by=clinician)
    return plan


def page(client, address=PLAN) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def task(body: str, title: str) -> str:
    """What the list says of one exercise."""
    (found,) = [part for part in body.split("<li ")[1:] if f">{title}</a>" in part]
    return found


def test_on_an_ordinary_day_the_button_is_there_and_each_exercise_says_what_would_be_less(
    as_patient, plan
):
    body = page(as_patient)
    assert PRESS in body
    assert ENOUGH not in body
    knee = task(body, "Knee to chest")
    assert "3 rounds of 10, on your left side." in knee
    assert "1 round of 2, on your left side. Hold 5 seconds. Once a day." in knee
    assert "Hinge to a wall. 1 round of 4. Once a day." in task(body, "Hip hinge")


def test_one_press_shows_the_lighter_plan_without_shame(as_patient, plan):
    answer = as_patient.post(TAKE, follow=True)
    assert answer.redirect_chain == [(PLAN, 302)]
    body = answer.content.decode()
    assert ENOUGH in body
    assert "Back to my usual plan" in body
    assert PRESS not in body
    said = strip_tags(body.split('class="pm-today"')[1].split("pm-tasks")[0]).lower()
    for word in ("missed", "only", "failed", "should"):
        assert word not in said


def test_a_lighter_dosage_stands_in_place_of_the_usual_one(as_patient, plan):
    as_patient.post(TAKE)
    knee = task(page(as_patient), "Knee to chest")
    assert "1 round of 2, on your left side." in knee
    assert "3 rounds of 10" not in knee


def test_an_easier_rung_stands_in_place_of_the_exercise_and_is_worded_for_its_own_kind(
    as_patient, plan
):
    as_patient.post(TAKE)
    hinge = task(page(as_patient), "Hinge to a wall")
    assert "<b>1 round of 4.</b>" in hinge  # a two-sided exercise names no side
    assert "This takes the place of Hip hinge." in hinge
    assert "Hands to the knees." not in hinge


def test_a_line_is_the_dose_of_today_and_no_other_count_stands_beside_it(as_patient, plan):
    as_patient.post(TAKE)
    figure = task(page(as_patient), "Figure four")
    assert figure.count("Cross the ankle. Do not pull.") == 1
    assert "3 rounds of 10" not in figure
    assert "At most" not in figure


def test_the_page_of_the_exercise_shows_the_line_and_no_other_count(as_patient, plan):
    row = plan.planned_exercises.get(exercise__title_en="Figure four")
    as_patient.post(TAKE)
    body = page(as_patient, reverse("planned_exercise", args=[row.key]))
    assert body.count("Cross the ankle. Do not pull.") == 1
    assert "3 rounds of 10" not in body
    assert "At most" not in body


def test_an_exercise_without_a_lighter_form_keeps_its_own_with_less_is_fine(as_patient, plan):
    as_patient.post(TAKE)
    slide = task(page(as_patient), "Heel slide")
    assert "At most as on other days: 3 rounds of 10, on your left side." in slide
    assert "Less is fine." in slide


def test_minutes_are_computed_for_the_lighter_plan(as_patient, plan):
    # usual: 30 holds of 20 + 4 seconds and 29 rests of 15: 1155 seconds, four times: 77 minutes
    assert "about 77 minutes" in page(as_patient)
    as_patient.post(TAKE)
    # 2 x 9 + 15 = 33 and 4 x 4 = 16 seconds stand in place of two of them
    assert "at most 40 minutes" in page(as_patient)


def test_the_page_of_the_exercise_is_the_easier_rungs_with_the_lighter_dosage(
    as_patient, plan, wall
):
    wall.steps.update(text_en="Touch the wall behind you.")
    key = plan.planned_exercises.get(order=2).key
    address = reverse("planned_exercise", args=[key])
    usual = page(as_patient, address)
    assert "Touch the wall" not in usual
    assert "3 rounds of 10" in usual
    as_patient.post(TAKE)
    body = page(as_patient, address)
    assert "<title>Hinge to a wall |" in body
    assert "Touch the wall behind you." in body
    assert "<b>1 round of 4.</b>" in body
    assert "This takes the place of Hip hinge." in body
    assert "3 rounds of 10" not in body
    assert "Stop if" in body


def test_a_rung_that_left_the_library_is_not_shown(as_patient, plan, wall):
    wall.state = "draft"
    wall.save()
    LibraryRevision.objects.bump()
    as_patient.post(TAKE)
    body = page(as_patient)
    assert "Hinge to a wall" not in body
    assert "Please call us before you go on" in body


def test_an_exercise_of_another_day_is_read_as_on_that_day(as_patient, patient, clinician):
    daily = factories.make_exercise()
    tuesday = factories.make_exercise(title_en="Tuesday lift", weekdays=0b0000010)
    plan = factories.make_plan(
        patient,
        clinician,
        exercises=[daily, tuesday],
        published=False,
        start_on=date(2026, 11, 20),
    )
    row = plan.planned_exercises.get(exercise=tuesday)
    HarderDay.objects.create(planned=row, sets=1, reps_min=1)
    actions.activate_plan(plan=plan, by=clinician)
    as_patient.post(TAKE)
    lift = task(page(as_patient), "Tuesday lift")
    assert "<b>2 rounds of 5, on your sore side.</b>" in lift
    own = page(as_patient, reverse("planned_exercise", args=[row.key]))
    assert "<b>2 rounds of 5, on your sore side.</b>" in own


def test_one_press_takes_it_back(as_patient, plan):
    as_patient.post(TAKE)
    answer = as_patient.post(TAKE_BACK, follow=True)
    assert ENOUGH not in answer.content.decode()
    assert "3 rounds of 10" in task(answer.content.decode(), "Knee to chest")
    assert not HarderDayTaken.objects.exists()


def test_a_double_press_counts_once_and_taking_back_twice_is_no_error(as_patient, plan, patient):
    for _ in range(2):
        assert as_patient.post(TAKE).status_code == 302
    taken = HarderDayTaken.objects.get()
    assert (taken.patient, taken.day) == (patient, date(2026, 11, 23))
    for _ in range(2):
        assert as_patient.post(TAKE_BACK).status_code == 302
    assert not HarderDayTaken.objects.exists()


def test_it_holds_until_midnight_of_the_clinic(patient, plan):
    with time_machine.travel(BEFORE_MIDNIGHT, tick=False):
        client = logged_in(patient.user)
        client.post(TAKE)
        assert HarderDayTaken.objects.get().day == date(2026, 11, 23)
        assert ENOUGH in page(client)
    with time_machine.travel(AFTER_MIDNIGHT, tick=False):
        body = page(logged_in(patient.user))
    assert ENOUGH not in body
    assert PRESS in body


def test_a_new_day_is_said_anew_and_the_old_one_is_kept(patient, plan):
    with time_machine.travel(BEFORE_MIDNIGHT, tick=False):
        logged_in(patient.user).post(TAKE)
    with time_machine.travel(AFTER_MIDNIGHT, tick=False):
        client = logged_in(patient.user)
        client.post(TAKE)
        client.post(TAKE_BACK)
    assert [taken.day for taken in HarderDayTaken.objects.all()] == [date(2026, 11, 23)]


def test_what_stops_a_plan_stands_before_a_harder_day(as_patient, plan, clinician):
    as_patient.post(TAKE)
    actions.hold_plan(plan=plan, by=clinician)
    body = page(as_patient)
    assert "Your plan is on hold" in body
    assert ENOUGH not in body
    assert "Back to my usual plan" not in body


def test_a_plan_on_hold_has_no_day_to_make_lighter(as_patient, plan, clinician):
    actions.hold_plan(plan=plan, by=clinician)
    answer = as_patient.post(TAKE, follow=True)
    assert answer.redirect_chain == [(PLAN, 302)]
    assert "Your plan is on hold" in answer.content.decode()
    assert not HarderDayTaken.objects.exists()


def test_a_plan_with_something_to_settle_has_no_day_to_make_lighter(as_patient, plan, wall):
    wall.precautions = ["fall_risk"]
    wall.save()
    LibraryRevision.objects.bump()
    answer = as_patient.post(TAKE, follow=True)
    assert "Please call us before you go on" in answer.content.decode()
    assert not HarderDayTaken.objects.exists()


def test_before_the_first_day_there_is_nothing_to_make_lighter(as_patient, patient, clinician):
    factories.make_plan(patient, clinician, start_on=date(2026, 11, 30))
    as_patient.post(TAKE)
    body = page(as_patient)
    assert "Your first day" in body
    assert ENOUGH not in body
    assert PRESS not in body


def test_the_red_line_stays_first(as_patient, plan):
    as_patient.post(TAKE)
    body = page(as_patient)
    assert body.index("Get help now") < body.index(ENOUGH)


def test_paper_outlives_the_day_and_has_both(as_patient, plan):
    as_patient.post(TAKE)
    body = page(as_patient, reverse("plan_print"))
    assert "3 rounds of 10, on your left side." in body
    assert "Hinge to a wall. 1 round of 4. Once a day." in body
    assert ENOUGH not in body


def test_the_day_of_one_patient_is_not_another_ones(as_patient, other_patient, colleague, plan):
    factories.make_plan(other_patient, colleague)
    as_patient.post(TAKE)
    assert ENOUGH not in page(logged_in(other_patient.user))


@pytest.mark.parametrize("exercises", [1, 12])
def test_a_harder_day_costs_no_query_more(
    as_patient, patient, clinician, exercises, django_assert_num_queries
):
    plan = factories.make_plan(patient, clinician, exercises=exercises, published=False)
    for row in plan.planned_exercises.all():
        HarderDay.objects.create(
            planned=row, exercise=factories.make_exercise(), sets=1, reps_min=1
        )
    actions.activate_plan(plan=plan, by=clinician)
    as_patient.post(TAKE)
    as_patient.get(PLAN)  # writes the idle clock of this log-in, at most once a minute
    factories.forget_drawn()
    with django_assert_num_queries(7):
        assert ENOUGH in page(as_patient)
    with django_assert_num_queries(5):
        as_patient.get(PLAN)


@pytest.mark.parametrize("address", [TAKE, TAKE_BACK])
class TestWhoMay:
    def test_a_stranger_without_a_plan_gets_404(self, address, as_stranger, plan):
        assert as_stranger.post(address).status_code == 404
        assert not HarderDayTaken.objects.exists()

    def test_a_visitor_is_asked_to_log_in(self, address, visitor, plan):
        response = visitor.post(address)
        assert response.status_code == 302
        assert response.url.startswith(reverse("account_login"))
        assert not HarderDayTaken.objects.exists()

    def test_staff_say_it_for_nobody(self, address, as_clinician, plan):
        assert as_clinician.post(address).status_code == 404
        assert not HarderDayTaken.objects.exists()

    def test_a_link_changes_nothing(self, address, as_patient, plan):
        assert as_patient.get(address).status_code == 405
