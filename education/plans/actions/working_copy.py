"""The working copy: what staff save before anybody reads it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from education.audit.actor import action
from education.library.models import Exercise
from education.people.models import User

from ..checks import Finding, PlanRefused
from ..harder import HarderEdit
from ..models import ExerciseDefault, Plan, PlannedExercise
from ..shelf import usual_row
from .publishing import working_rows
from .status import lock_plan

MOST_EXERCISES = 40  # in one plan


@dataclass(frozen=True)
class RowEdit:
    """A planned exercise to write: a new one, or the names of the columns that differ.

    ``harder``: what its harder day becomes, if that changes.
    """

    row: PlannedExercise
    columns: tuple[str, ...] = ()
    harder: HarderEdit | None = None


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

    The dosage that ``by`` keeps as a default comes before the library's.
    Returns the new rows; an exercise that stands in the plan with this side stays as it is. It
    counts as a save: a form that was opened before must not go on as if nothing had happened.
    Raises PlanRefused when the plan is over or full, or for an exercise that is not published.
    """
    plan = lock_plan(plan)
    if plan.is_ended:
        raise PlanRefused([Finding(_("This plan has ended. Nothing was added."))])
    chosen = Exercise.objects.published().in_bulk([exercise.pk for exercise in exercises])
    if len(chosen) < len(exercises):
        raise PlanRefused([Finding(_("One of them is not published any more. Look again."))])
    here = working_rows(plan)
    taken = {(row.exercise_id, row.working_side) for row in here}
    own = ExerciseDefault.objects.kept_by(by, chosen)
    rows = [usual_row(plan, chosen[e.pk], own.get(e.pk)) for e in exercises]
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


def lock_row(planned: PlannedExercise) -> PlannedExercise:
    """Lock the plan of a row, count a save of it, and read the row afresh, with its harder day.

    A form that was opened before must not go on as if nothing had happened. Raises PlanRefused
    when the plan is over, the row has left it, or another exercise stands in it by now.
    """
    plan = lock_plan(planned.plan)
    if plan.is_ended:
        raise PlanRefused([Finding(_("This plan has ended. Nothing was changed."))])
    row = plan.planned_exercises.in_plan().with_exercises().filter(pk=planned.pk).first()
    if row is None:
        raise PlanRefused([Finding(_("This exercise was taken out of the plan meanwhile."))])
    if row.exercise_id != planned.exercise_id:
        message = _("Somebody put %(exercise)s in its place meanwhile. Look at the plan again.")
        raise PlanRefused([Finding(message % {"exercise": row.exercise})])
    plan.lock += 1
    plan.save(update_fields=["lock"])
    row.plan = plan
    return row


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
        if edit.harder:
            edit.harder.write(edit.row)


def _save(edits: Sequence[RowEdit]) -> None:
    for edit in edits:
        edit.row.save(update_fields=edit.columns)


def take_lock(plan: Plan, seen: int) -> bool:
    """Count one save of the plan's form; False when somebody saved since ``seen`` was shown.

    The caller is in a transaction. The update itself is the lock, on every database.
    """
    here = Plan.objects.filter(pk=plan.pk, lock=seen).exclude(status__in=Plan.ENDED)
    return bool(here.update(lock=F("lock") + 1))
