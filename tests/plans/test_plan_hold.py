"""The page on which a plan is put on hold, and what the plan's page says then."""

from datetime import timedelta

import pytest
import time_machine

from education.people.models import Clinic
from education.plans.actions import hold_plan
from tests import factories
from tests.conftest import logged_in

from .page import messages_of, page_of, text_of

pytestmark = pytest.mark.django_db


def page_of_hold(plan) -> str:
    return f"/admin/plans/plan/{plan.pk}/hold/"


def in_days(number: int):
    return Clinic.objects.current().today() + timedelta(days=number)


def test_a_plan_is_put_on_hold_until_a_day(as_clinician, active):
    day = in_days(9)
    response = as_clinician.post(page_of_hold(active), {"until": day.isoformat()}, follow=True)
    active.refresh_from_db()
    assert (active.status, active.held_until) == ("on-hold", day)
    assert "On hold." in messages_of(response)
    assert f"On {day:%A, %B} {day.day} the plan goes on by itself." in text_of(response)


def test_without_a_day_it_waits_for_somebody(as_clinician, active):
    response = as_clinician.post(page_of_hold(active), {"until": ""}, follow=True)
    active.refresh_from_db()
    assert (active.status, active.held_until) == ("on-hold", None)
    assert "until you resume the plan" in text_of(response)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("yesterday", "Type a day such as 2026-11-30."),
        ("2020-01-01", "Choose a day after today."),
        ("9999-12-31", "A hold is 180 days at most"),
    ],
)
def test_a_wrong_day_is_said_beside_the_field_and_kept(typed, says, as_clinician, active):
    response = as_clinician.post(page_of_hold(active), {"until": typed})
    body = text_of(response)
    assert response.status_code == 200
    assert says in body
    assert f'value="{typed}"' in body
    active.refresh_from_db()
    assert active.status == "active"


def test_the_day_is_changed_on_the_same_page(as_clinician, active, clinician):
    hold_plan(plan=active, until=in_days(3), by=clinician)
    assert in_days(3).isoformat() in text_of(as_clinician.get(page_of_hold(active)))
    as_clinician.post(page_of_hold(active), {"until": in_days(6).isoformat()})
    active.refresh_from_db()
    assert active.held_until == in_days(6)


def test_a_draft_cannot_be_put_on_hold(as_clinician, draft):
    response = as_clinician.post(page_of_hold(draft), {"until": ""})
    assert "A plan that is draft cannot become on hold." in text_of(response)


def test_a_review_before_the_day_is_pointed_out(as_clinician, active):
    until = {"until": in_days(40).isoformat()}
    response = as_clinician.post(page_of_hold(active), until, follow=True)
    assert "The review is before the plan goes on." in messages_of(response)


def test_a_patient_on_paper_has_to_be_told(as_clinician, clinician):
    noor = factories.make_patient(None, "Noor", "Paperperson", clinician)
    plan = factories.make_plan(noor, clinician)
    response = as_clinician.post(page_of_hold(plan), {"until": ""}, follow=True)
    assert "tell the patient to wait" in messages_of(response)


def test_after_the_day_the_page_says_that_the_patient_reads_it_again(
    as_clinician, active, clinician
):
    hold_plan(plan=active, until=in_days(1), by=clinician)
    assert "sees no exercises" in text_of(as_clinician.get(page_of(active)))
    with time_machine.travel(in_days(1) + timedelta(hours=36), tick=False):
        body = text_of(logged_in(clinician).get(page_of(active)))
    assert "Lee reads the plan again." in body
    assert '<span class="cl-tag">Active</span>' in body
    assert "sees no exercises" not in body


def test_the_list_says_until_when(as_clinician, active, clinician):
    day = in_days(3)
    hold_plan(plan=active, until=day, by=clinician)
    assert f"On hold until {day:%b} {day.day}" in text_of(as_clinician.get("/admin/plans/plan/"))


def test_on_that_day_the_list_calls_it_active_as_the_patient_reads_it(active, clinician):
    hold_plan(plan=active, until=in_days(1), by=clinician)
    with time_machine.travel(in_days(1) + timedelta(hours=36), tick=False):
        body = text_of(logged_in(clinician).get("/admin/plans/plan/"))
    assert '<span class="cl-tag cl-tag--active">Active</span>' in body
    assert "On hold until" not in body
