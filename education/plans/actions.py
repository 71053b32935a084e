"""What staff do with a plan. Each action is atomic and names who did it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from education.audit.actor import action
from education.library.models import Exercise, LibraryRevision
from education.people.actions import invite
from education.people.mail import queue_mail
from education.people.models import Clinic, Patient, User

from .bodies import upgraded
from .checks import Finding, PlanRefused, answers_of, clashes, findings
from .models import Plan, PlannedExercise, PlanVersion
from .models.versions import SCHEMA
from .shelf import usual_row

MOST_EXERCISES = 40  # in one plan


def plan_body(plan: Plan, rows: list[PlannedExercise]) -> dict[str, Any]:
    """The body of a plan version (schema 2, see PlanVersion) from the working copy."""
    return {
        "title": plan.title,
        "kind": plan.kind,
        "goal": plan.goal,
        "note": plan.note,
        "flare_up": plan.flare_up,
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


def _lock(plan: Plan) -> Plan:
    """Take the write lock on the patient and the plan, then read the plan afresh.

    The lock on the patient: two clinicians cannot activate two plans of one person at once. The
    lock on the plan: nobody saves its form while it is being published.
    """
    Patient.objects.select_for_update().get(pk=plan.patient_id)
    return Plan.objects.with_people().select_for_update(of=("self",)).get(pk=plan.pk)


def _change_status(plan: Plan, status: str) -> None:
    """Give a locked plan another status. Raises PlanRefused unless the table has this change.

    It counts as a save: a form that was opened before must not go on as if nothing had happened.
    """
    if not plan.may_become(status):
        now, then = plan.get_status_display(), Plan.Status(status).label
        message = _("A plan that is %(now)s cannot become %(then)s.") % {"now": now, "then": then}
        raise PlanRefused([Finding(message)])
    plan.status = status
    plan.lock += 1
    if plan.is_ended:
        plan.ended_on = Clinic.objects.current().today()
    # Only these columns: the others belong to the form.
    plan.save(update_fields=["status", "ended_on", "lock"])


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


def _tell_patient(plan: Plan, kind: str) -> None:
    """Queue a mail that something waits, if the patient has an account."""
    if plan.patient.user_id:
        queue_mail(kind=kind, key=plan.pk, user=plan.patient.user)


@action
def activate_plan(*, plan: Plan, by: User) -> PlanVersion:
    """Publish a draft and make it the patient's plan; the plan before it is completed.

    Raises PlanRefused with a finding per row that stands in the way.
    """
    plan = _lock(plan)
    if plan.patient.status != Patient.Status.CURRENT:
        raise PlanRefused([Finding(_("The patient is discharged. Readmit the patient first."))])
    if plan.status != Plan.Status.DRAFT:
        raise PlanRefused([Finding(_("Only a draft can be activated."))])
    version = _publish(plan, by)
    others = Plan.objects.open().filter(patient=plan.patient).exclude(pk=plan.pk)
    for before in others.select_for_update():
        _change_status(before, Plan.Status.COMPLETED)
    _change_status(plan, Plan.Status.ACTIVE)
    _tell_patient(plan, "plan_ready")
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
    plan = _lock(plan)
    if not plan.is_open:
        raise PlanRefused([Finding(_("Only an active plan, or one on hold, can be published."))])
    version = _publish(plan, by)
    _tell_patient(plan, "plan_changed")
    return version


@action
def hold_plan(*, plan: Plan, by: User) -> Plan:
    """Put an active plan on hold: the patient is asked to rest from it."""
    plan = _lock(plan)
    _change_status(plan, Plan.Status.ON_HOLD)
    _tell_patient(plan, "plan_changed")
    return plan


@action
def resume_plan(*, plan: Plan, by: User) -> Plan:
    """Make a plan on hold active again, with the version it had."""
    plan = _lock(plan)
    if plan.status != Plan.Status.ON_HOLD:
        raise PlanRefused([Finding(_("Only a plan on hold can go on."))])
    _change_status(plan, Plan.Status.ACTIVE)
    _tell_patient(plan, "plan_changed")
    return plan


@action
def complete_plan(*, plan: Plan, by: User) -> Plan:
    """End an open plan because it is done, and tell the patient. Its versions stay."""
    plan = _lock(plan)
    _change_status(plan, Plan.Status.COMPLETED)
    _tell_patient(plan, "plan_changed")
    return plan


@action
def revoke_plan(*, plan: Plan, by: User) -> Plan:
    """Take a plan back, a draft or an open one. Nothing is deleted.

    The patient is told of an open one: it must not be followed any more.
    """
    plan = _lock(plan)
    was_read = plan.is_open
    _change_status(plan, Plan.Status.REVOKED)
    if was_read:
        _tell_patient(plan, "plan_changed")
    return plan


# ------------------------------------------------------------------ the working copy


@dataclass(frozen=True)
class RowEdit:
    """A planned exercise to write: a new one, or the names of the columns that differ."""

    row: PlannedExercise
    columns: tuple[str, ...] = ()


class PlanSavedMeanwhile(Exception):
    """Somebody saved the plan, or ended it, after the form was shown. Nothing was written."""


@action
def save_plan(
    *, plan: Plan, columns: Sequence[str], edits: Sequence[RowEdit], seen: int, by: User
) -> Plan:
    """Write the working copy: the plan's ``columns`` and the rows that changed.

    A new plan is created with all of its columns. ``seen`` is the plan's ``lock`` as the form was
    shown. Raises PlanSavedMeanwhile when it has moved on since.
    """
    if plan.pk is None:
        plan.save()
    else:
        if not take_lock(plan, seen):
            raise PlanSavedMeanwhile
        plan.lock = seen + 1
        if columns:
            plan.save(update_fields=columns)
    _write_rows(edits)
    return plan


@action
def add_exercises(*, plan: Plan, exercises: Sequence[Exercise], by: User) -> list[PlannedExercise]:
    """Put exercises at the end of the working copy, each with its usual dosage and side.

    Returns the new rows; an exercise that stands in the plan with this side stays as it is. It
    counts as a save: a form that was opened before must not go on as if nothing had happened.
    Raises PlanRefused when the plan is over or full, or for an exercise that is not published.
    """
    plan = _lock(plan)
    if plan.is_ended:
        raise PlanRefused([Finding(_("This plan has ended. Nothing was added."))])
    chosen = Exercise.objects.published().in_bulk([exercise.pk for exercise in exercises])
    if len(chosen) < len(exercises):
        raise PlanRefused([Finding(_("One of them is not published any more. Look again."))])
    here = working_rows(plan)
    taken = {(row.exercise_id, row.working_side) for row in here}
    rows = [usual_row(plan, chosen[exercise.pk]) for exercise in exercises]
    rows = [row for row in rows if (row.exercise_id, row.working_side) not in taken]
    if len(here) + len(rows) > MOST_EXERCISES:
        message = _("A plan has %(n)d exercises at most. Pick fewer.") % {"n": MOST_EXERCISES}
        raise PlanRefused([Finding(message)])
    if rows:
        plan.lock += 1
        plan.save(update_fields=["lock"])
    for order, row in enumerate(rows, start=max((row.order for row in here), default=0) + 1):
        row.order = order
        row.save()
    return rows


def _write_rows(edits: Sequence[RowEdit]) -> None:
    """Rows that leave first, new ones last, and those that trade places in between.

    Two rows may swap their exercise or side. A partial unique constraint cannot be deferred, so
    these rows stand outside the plan for the moment; an update that the audit log does not see.
    """
    known = [edit for edit in edits if edit.row.pk]
    leaving = [edit for edit in known if edit.row.removed_at]
    coming_back = [e for e in known if "removed_at" in e.columns and not e.row.removed_at]
    staying = [edit for edit in known if edit not in leaving and edit not in coming_back]
    moved = [e.row.pk for e in staying if {"exercise", "working_side"} & set(e.columns)]
    _save(leaving)
    if len(moved) > 1:
        PlannedExercise.objects.filter(pk__in=moved).update(removed_at=timezone.now())
    _save(staying)
    if len(moved) > 1:
        PlannedExercise.objects.filter(pk__in=moved).update(removed_at=None)
    _save(coming_back)
    for edit in edits:
        if edit.row.pk is None:
            edit.row.save()


def _save(edits: Sequence[RowEdit]) -> None:
    for edit in edits:
        edit.row.save(update_fields=edit.columns)


def sign_off(planned: PlannedExercise, *, by: User, on: date | None = None) -> None:
    """Note on a row (unsaved) that ``by`` watched it and the patient may do it alone."""
    planned.signed_off_by = by
    planned.signed_off_on = on or Clinic.objects.current().today()


def take_back_sign_off(planned: PlannedExercise) -> None:
    """The row (unsaved) has to be watched again."""
    planned.signed_off_by = None
    planned.signed_off_on = None


def settle(
    planned: PlannedExercise,
    *,
    reason: str,
    answers: Mapping[str, str],
    by: User,
    seen: Collection[str] | None = None,
    on: date | None = None,
) -> None:
    """Put a written reason on a row (unsaved); an empty one takes it back.

    It covers the clashes that are there now and, when ``seen`` is given, only those that stood
    beside the row when it was written: nobody settles what they have not read. ``on``: the
    clinic's today, when the caller knows it.
    """
    reason = reason.strip()
    planned.settled_reason = reason
    planned.settled_by = by if reason else None
    planned.settled_on = (on or Clinic.objects.current().today()) if reason else None
    present = clashes(planned.exercise.topics, answers) if reason else []
    planned.settled = [code for code in present if seen is None or code in seen]


def take_lock(plan: Plan, seen: int) -> bool:
    """Count one save of the plan's form; False when somebody saved since ``seen`` was shown.

    The caller is in a transaction. The update itself is the lock, on every database.
    """
    here = Plan.objects.filter(pk=plan.pk, lock=seen).exclude(status__in=Plan.ENDED)
    return bool(here.update(lock=F("lock") + 1))
