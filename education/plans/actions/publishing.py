"""Publishing: a body from the working copy becomes the version that the patient reads."""

from typing import Any

from django.utils.translation import gettext as _

from education.audit.actor import action
from education.library.models import LibraryRevision
from education.people.actions import invite
from education.people.models import Patient, User

from ..bodies import upgraded
from ..checks import Finding, PlanRefused, answers_of, findings
from ..followers import plan_has_changed
from ..models import Plan, PlannedExercise, PlanVersion
from ..models.versions import SCHEMA
from .status import change_status, lock_plan, tell_patient


def plan_body(plan: Plan, rows: list[PlannedExercise]) -> dict[str, Any]:
    """The body of a plan version (schema 2, see PlanVersion) from the working copy."""
    return {
        "title": plan.title,
        "kind": plan.kind,
        "goal": plan.goal,
        "note": plan.note,
        "flare_up": plan.flare_up,
        "pain": {"fine_max": plan.pain_fine_max, "stop": plan.pain_stop},
        "affected_side": plan.affected_side,
        "start_on": plan.start_on.isoformat(),
        "review_on": plan.review_on.isoformat() if plan.review_on else None,
        "clinician": {
            "name": plan.clinician.name_with_credentials,
            "given_name": plan.clinician.given_name,
        },
        "exercises": [row.as_published() for row in rows],
    }


def working_rows(plan: Plan) -> list[PlannedExercise]:
    """The rows of the working copy, in order, each with its exercise."""
    return list(plan.planned_exercises.in_plan().with_exercises())


def _publish(plan: Plan, by: User) -> PlanVersion:
    """Write the next version from the working copy. Raises PlanRefused with every finding."""
    rows = working_rows(plan)
    if found := findings(plan, rows, answers_of(plan.patient)):
        raise PlanRefused(found)
    body = plan_body(plan, rows)
    last = PlanVersion.objects.latest_of(plan)
    if last and upgraded(last.body) == body:
        raise PlanRefused([Finding(_("Nothing has changed since the last version."))])
    return PlanVersion.objects.create(
        plan=plan,
        number=last.number + 1 if last else 1,
        schema=SCHEMA,
        body=body,
        library_revision=LibraryRevision.objects.current(),
        by=by,
    )


@action
def activate_plan(*, plan: Plan, by: User) -> PlanVersion:
    """Publish a draft and make it the patient's plan; the plan before it is completed.

    Raises PlanRefused with a finding per row that stands in the way.
    """
    plan = lock_plan(plan)
    if plan.patient.status != Patient.Status.CURRENT:
        raise PlanRefused([Finding(_("The patient is discharged. Readmit the patient first."))])
    if plan.status != Plan.Status.DRAFT:
        raise PlanRefused([Finding(_("Only a draft can be activated."))])
    version = _publish(plan, by)
    others = Plan.objects.open().filter(patient=plan.patient).exclude(pk=plan.pk)
    for before in others.select_for_update(no_key=True):
        change_status(before, Plan.Status.COMPLETED)
    change_status(plan, Plan.Status.ACTIVE)
    tell_patient(plan, "plan_ready")
    return version


@action
def activate_and_invite(*, plan: Plan, by: User) -> PlanVersion:
    """Activate a draft and mail the patient the link to log in for the first time.

    Raises PlanRefused as activate_plan does, and when the patient has no e-mail address.
    """
    user = plan.patient.user
    if user is None:
        message = _("The patient has no e-mail address. Activate the plan and print it.")
        raise PlanRefused([Finding(message)])
    version = activate_plan(plan=plan, by=by)
    invite(user=user, by=by)
    return version


@action
def publish_changes(*, plan: Plan, by: User) -> PlanVersion:
    """Publish the working copy of an open plan as its next version and tell the patient.

    Raises PlanRefused with a finding per row, or when nothing has changed.
    """
    plan = lock_plan(plan)
    if not plan.is_open:
        raise PlanRefused([Finding(_("Only an active plan, or one on hold, can be published."))])
    version = _publish(plan, by)
    plan_has_changed(plan.patient)
    tell_patient(plan, "plan_changed")
    return version
