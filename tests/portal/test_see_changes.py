"""What changed is told on the plan's page until the patient says that it is read."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from education.plans import actions
from education.plans.models import PlanVersion, PlanVersionSeen
from tests import factories
from tests.conftest import logged_in

PLAN = reverse("plan_today")
SEEN = reverse("see_changes")


@pytest.fixture(autouse=True)
def _monday_noon():
    with time_machine.travel("2026-11-23T20:00:00Z", tick=False):
        yield


@pytest.fixture
def plan(patient, clinician):
    with time_machine.travel("2026-11-16T20:00:00Z", tick=False):
        exercise = factories.make_exercise(title_en="Knee to chest", hold_seconds=20)
        return factories.make_plan(
            patient,
            clinician,
            exercises=[exercise],
            start_on=date(2026, 11, 16),
            review_on=date(2026, 12, 14),
        )


def hold_for(plan, seconds: int, *, by, at: str) -> None:
    """Publish another hold at a moment."""
    with time_machine.travel(at, tick=False):
        plan.planned_exercises.update(hold_seconds=seconds)
        actions.publish_changes(plan=plan, by=by)


@pytest.fixture
def changed(plan, clinician):
    """Published on Friday evening at the clinic, which is Saturday elsewhere."""
    hold_for(plan, 30, by=clinician, at="2026-11-21T05:00:00Z")
    return plan


def page(client) -> str:
    response = client.get(PLAN)
    assert response.status_code == 200
    return response.content.decode()


def test_a_first_version_is_no_news(as_patient, plan):
    body = page(as_patient)
    assert "Changed" not in body
    assert "Got it" not in body


def test_the_page_says_what_changed_on_which_day_of_the_clinic(as_patient, changed):
    body = page(as_patient)
    assert "Changed on November 20" in body
    assert "<strong>Knee to chest:</strong> Hold is now 30 seconds (was 20)." in body


def test_what_needs_a_doctor_comes_first(as_patient, changed):
    body = page(as_patient)
    assert body.index("Get help now") < body.index("Changed on")


def test_it_is_told_until_the_patient_has_got_it(as_patient, changed):
    assert "Changed on" in page(as_patient)
    answer = as_patient.post(SEEN, {"version": "2"}, follow=True)
    assert answer.redirect_chain == [(PLAN, 302)]
    assert "Changed on" not in answer.content.decode()
    assert "Hold 30 seconds." in answer.content.decode()


def test_a_double_press_is_written_once(as_patient, changed):
    for _ in range(2):
        assert as_patient.post(SEEN, {"version": "2"}).status_code == 302
    assert PlanVersionSeen.objects.get().version.number == 2


@pytest.mark.parametrize("typed", ["", "1", "two", "9" * 5000, "\0"])
def test_a_press_on_an_old_page_leaves_the_new_version_unread(as_patient, changed, typed):
    assert as_patient.post(SEEN, {"version": typed}).status_code == 302
    assert not PlanVersionSeen.objects.exists()
    assert "Changed on" in page(as_patient)


def test_several_changes_that_were_not_read_are_told_as_one(as_patient, changed, clinician):
    hold_for(changed, 40, by=clinician, at="2026-11-22T20:00:00Z")
    body = page(as_patient)
    assert "Changed since November 16" in body
    assert "Hold is now 40 seconds (was 20)." in body


def test_after_one_was_read_the_next_is_told_against_it(as_patient, changed, clinician):
    as_patient.post(SEEN, {"version": "2"})
    hold_for(changed, 40, by=clinician, at="2026-11-22T20:00:00Z")
    body = page(as_patient)
    assert "Changed on November 22" in body
    assert "Hold is now 40 seconds (was 30)." in body


def test_what_staff_write_for_each_other_is_no_news(as_patient, plan, clinician, patient):
    row = plan.planned_exercises.get()
    row.settled_reason, row.settled_by, row.settled_on = "Secret", clinician, date(2026, 11, 20)
    row.settled = ["fall_risk=yes"]
    row.save()
    actions.publish_changes(plan=plan, by=clinician)
    body = page(as_patient)
    assert "Changed on" not in body
    assert "Got it" not in body
    assert "Secret" not in body


def test_on_hold_nothing_is_told_of_what_to_do(as_patient, changed, clinician):
    actions.hold_plan(plan=changed, by=clinician)
    assert "Hold is now" not in page(as_patient)


def test_staff_read_whether_it_was_seen(as_patient, changed):
    versions = PlanVersion.objects.with_seen().numbered()
    assert [version.seen_at for version in versions] == [None, None]
    as_patient.post(SEEN, {"version": "2"})
    newest, first = PlanVersion.objects.with_seen().numbered()
    assert newest.seen_at is not None
    assert first.seen_at is None


@pytest.mark.parametrize("exercises", [1, 12])
def test_news_cost_one_query_once_and_no_news_none(
    as_patient, patient, clinician, exercises, django_assert_num_queries
):
    plan = factories.make_plan(patient, clinician, exercises=exercises)
    plan.planned_exercises.update(hold_seconds=30)
    actions.publish_changes(plan=plan, by=clinician)
    as_patient.get(PLAN)  # writes the idle clock of this log-in, at most once a minute
    factories.forget_drawn()
    with django_assert_num_queries(8):
        assert "Changed on" in page(as_patient)
    with django_assert_num_queries(5):
        as_patient.get(PLAN)
    as_patient.post(SEEN, {"version": "2"})
    factories.forget_drawn()
    with django_assert_num_queries(7):
        as_patient.get(PLAN)


def test_a_stranger_gets_404_and_a_visitor_the_log_in(as_stranger, visitor, changed):
    assert as_stranger.post(SEEN, {"version": "2"}).status_code == 404
    assert visitor.post(SEEN, {"version": "2"}).url.startswith(reverse("account_login"))
    assert not PlanVersionSeen.objects.exists()


def test_another_patient_marks_their_own_plan_only(changed, other_patient, colleague):
    other = factories.make_plan(other_patient, colleague)
    other.planned_exercises.update(hold_seconds=30)
    actions.publish_changes(plan=other, by=colleague)
    logged_in(other_patient.user).post(SEEN, {"version": "2"})
    assert PlanVersionSeen.objects.get().version.plan == other


def test_staff_see_it_for_nobody(as_clinician, changed):
    assert as_clinician.post(SEEN, {"version": "2"}).status_code == 404
    assert not PlanVersionSeen.objects.exists()
