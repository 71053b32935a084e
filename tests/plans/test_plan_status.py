"""The written table of status changes, and nothing beside it."""

import pytest
from auditlog.models import LogEntry

from education.people.models import OutgoingMail
from education.plans.actions import (
    activate_plan,
    complete_plan,
    hold_plan,
    resume_plan,
    revoke_plan,
)
from education.plans.checks import PlanRefused
from education.plans.models import Plan
from tests import factories

pytestmark = pytest.mark.django_db

ACTIONS = {
    "activate": activate_plan,
    "hold": hold_plan,
    "resume": resume_plan,
    "complete": complete_plan,
    "revoke": revoke_plan,
}
ALLOWED = {
    ("draft", "activate"): "active",
    ("draft", "revoke"): "revoked",
    ("active", "hold"): "on-hold",
    ("active", "complete"): "completed",
    ("active", "revoke"): "revoked",
    ("on-hold", "resume"): "active",
    ("on-hold", "complete"): "completed",
    ("on-hold", "revoke"): "revoked",
}
TABLE = [
    (status, act, ALLOWED.get((status, act)))
    for status in ("draft", "active", "on-hold", "completed", "revoked")
    for act in ACTIONS
]


def plan_that_is(status: str, patient, clinician) -> Plan:
    plan = factories.make_plan(patient, clinician, published=status != "draft")
    path = {"on-hold": hold_plan, "completed": complete_plan, "revoked": revoke_plan}
    if status in path:
        path[status](plan=plan, by=clinician)
    plan.refresh_from_db()
    assert plan.status == status
    return plan


@pytest.mark.parametrize(("status", "act", "then"), TABLE)
def test_a_plan_changes_its_status_as_the_table_says(status, act, then, patient, clinician):
    plan = plan_that_is(status, patient, clinician)
    if then is None:
        with pytest.raises(PlanRefused):
            ACTIONS[act](plan=plan, by=clinician)
    else:
        ACTIONS[act](plan=plan, by=clinician)
    plan.refresh_from_db()
    assert plan.status == (then or status)


def test_the_model_has_the_same_table():
    reached = {(now, then) for (now, _act), then in ALLOWED.items()}
    model = {(now, then) for now, many in Plan.ALLOWED_CHANGES.items() for then in many}
    assert model == reached


@pytest.mark.parametrize("end", [complete_plan, revoke_plan])
def test_an_ended_plan_keeps_its_day_rows_and_versions(end, active, clinician):
    end(plan=active, by=clinician)
    active.refresh_from_db()
    assert active.ended_on is not None
    assert active.planned_exercises.count() == 2
    assert active.versions.count() == 1


def test_a_change_of_status_counts_as_a_save(active, clinician):
    before = active.lock
    hold_plan(plan=active, by=clinician)
    active.refresh_from_db()
    assert active.lock == before + 1


def test_the_audit_log_names_who_put_a_plan_on_hold(active, colleague):
    hold_plan(plan=active, by=colleague)
    entry = LogEntry.objects.get_for_object(active).order_by("pk").last()
    assert entry.actor == colleague
    assert entry.changes["status"] == ["active", "on-hold"]


@pytest.mark.parametrize("act", [hold_plan, complete_plan, revoke_plan])
def test_the_patient_is_told_that_an_open_plan_has_changed(act, active, clinician):
    OutgoingMail.objects.all().delete()
    act(plan=active, by=clinician)
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.user) == ("plan_changed", active.patient.user)


def test_nobody_is_told_of_a_draft_that_was_taken_back(draft, clinician):
    revoke_plan(plan=draft, by=clinician)
    assert not OutgoingMail.objects.exists()
