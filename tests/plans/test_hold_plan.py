"""On hold until a day: what may be a day, who reads what, and how the plan goes on by itself."""

from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine
from auditlog.models import LogEntry
from django.core.management import call_command
from django.db import IntegrityError, transaction

from education.people.actions import discharge_patient
from education.people.models import Clinic, OutgoingMail
from education.plans.actions import (
    change_hold,
    complete_plan,
    hold_plan,
    resume_plan,
    resume_plans_due,
)
from education.plans.checks import PlanRefused
from education.plans.models import Plan, PlanVersion
from education.plans.standing import Standing, standing

pytestmark = pytest.mark.django_db


@pytest.fixture
def today() -> date:
    return Clinic.objects.current().today()


@pytest.fixture
def held(active, clinician, today) -> Plan:
    """On hold for five days."""
    return hold_plan(plan=active, until=today + timedelta(days=5), by=clinician)


def reads_on(plan: Plan, day: date) -> Standing:
    version = PlanVersion.objects.select_related("plan").get(plan=plan)
    return standing(version, today=day, grace_days=60, unsettled=False)


def run_command() -> str:
    out = StringIO()
    call_command("resume_plans", stdout=out)
    return out.getvalue()


def test_a_hold_may_have_no_day(active, clinician):
    assert hold_plan(plan=active, by=clinician).held_until is None


@pytest.mark.parametrize(("days", "says"), [(0, "after today"), (-1, "after today"), (181, "180")])
def test_a_day_that_is_past_or_far_away_is_refused(days, says, active, clinician, today):
    with pytest.raises(PlanRefused, match=says) as refused:
        hold_plan(plan=active, until=today + timedelta(days=days), by=clinician)
    assert refused.value.findings[0].field == "until"
    active.refresh_from_db()
    assert active.status == "active"


@pytest.mark.parametrize("days", [1, 180])
def test_the_first_and_the_last_day_are_taken(days, active, clinician, today):
    held = hold_plan(plan=active, until=today + timedelta(days=days), by=clinician)
    assert held.held_until == today + timedelta(days=days)


def test_the_patient_rests_until_the_day_and_goes_on_on_it(held):
    day = held.held_until
    assert reads_on(held, day - timedelta(days=1)) == Standing.ON_HOLD
    assert reads_on(held, day) == Standing.READY
    assert Plan.objects.get(pk=held.pk).status == "on-hold"  # no command has run


def test_without_a_day_the_patient_rests_on(active, clinician, today):
    hold_plan(plan=active, by=clinician)
    assert reads_on(active, today + timedelta(days=170)) == Standing.ON_HOLD


def test_the_command_lets_the_status_follow_and_tells_the_patient_once(held):
    OutgoingMail.objects.all().delete()
    with time_machine.travel(held.held_until + timedelta(days=1, hours=12), tick=False):
        assert run_command() == "1 plan goes on.\n"
        assert run_command() == "0 plans go on.\n"
    held.refresh_from_db()
    assert (held.status, held.held_until) == ("active", None)
    assert [mail.kind for mail in OutgoingMail.objects.all()] == ["plan_changed"]


def test_the_audit_log_says_that_it_went_on_by_itself(held):
    with time_machine.travel(held.held_until + timedelta(days=1, hours=12), tick=False):
        run_command()
    entry = LogEntry.objects.get_for_object(held).order_by("pk").last()
    assert entry.actor is None
    assert entry.changes["status"] == ["on-hold", "active"]


def test_before_the_day_the_command_does_nothing(held):
    assert run_command() == "0 plans go on.\n"
    held.refresh_from_db()
    assert held.status == "on-hold"


def test_the_plan_of_a_discharged_patient_stays_as_it_was(held, patient, clinician):
    discharge_patient(patient=patient, by=clinician)
    with time_machine.travel(held.held_until + timedelta(days=1, hours=12), tick=False):
        assert run_command() == "0 plans go on.\n"


def test_who_gave_it_a_later_day_while_the_command_ran_is_heard(held, monkeypatch, today):
    found = list(Plan.objects.filter(pk=held.pk))
    monkeypatch.setattr(Plan.objects.all().__class__, "due_to_go_on", lambda self, day: found)
    assert resume_plans_due() == 0  # its day lies ahead, whatever the list said
    held.refresh_from_db()
    assert held.status == "on-hold"


def test_the_day_of_a_hold_can_be_changed_and_taken_away(held, clinician, today):
    lock = held.lock
    later = change_hold(plan=held, until=today + timedelta(days=20), by=clinician)
    assert (later.held_until, later.lock) == (today + timedelta(days=20), lock + 1)
    assert change_hold(plan=held, until=None, by=clinician).held_until is None


def test_pressed_twice_the_day_is_changed_once(held, clinician):
    OutgoingMail.objects.all().delete()
    again = change_hold(plan=held, until=held.held_until, by=clinician)
    assert again.lock == held.lock
    assert not OutgoingMail.objects.exists()


def test_a_plan_that_is_not_on_hold_has_no_day_to_change(active, clinician, today):
    with pytest.raises(PlanRefused, match="Only a plan on hold"):
        change_hold(plan=active, until=today + timedelta(days=3), by=clinician)


@pytest.mark.parametrize("act", [resume_plan, complete_plan])
def test_a_plan_that_is_not_on_hold_any_more_waits_for_no_day(act, held, clinician):
    act(plan=held, by=clinician)
    held.refresh_from_db()
    assert held.held_until is None


def test_the_database_lets_only_a_plan_on_hold_wait_for_a_day(active, today):
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.filter(pk=active.pk).update(held_until=today + timedelta(days=3))
