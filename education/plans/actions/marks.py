"""What a clinician answers for in a row: that it was watched, and that it is still right."""

from collections.abc import Collection, Mapping
from datetime import date

from django.utils.translation import gettext as _

from education.audit.actor import action
from education.people.models import Clinic, User

from ..checks import Finding, PlanRefused, row_clashes
from ..models import PlannedExercise
from .working_copy import lock_row


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
    by: User | None,
    seen: Collection[str] | None = None,
    on: date | None = None,
) -> None:
    """Put a written reason on a row (unsaved); an empty one takes it back.

    It covers the clashes that are there now and, when ``seen`` is given, only those that stood
    beside the row when it was written: nobody settles what they have not read. ``on``: the
    clinic's today, when the caller knows it. ``by`` may be None when the reason is taken back.
    """
    reason = reason.strip()
    planned.settled_reason = reason
    planned.settled_by = by if reason else None
    planned.settled_on = (on or Clinic.objects.current().today()) if reason else None
    present = row_clashes(planned, answers) if reason else []
    planned.settled = [code for code in present if seen is None or code in seen]


@action
def sign_off_exercise(*, planned: PlannedExercise, by: User) -> PlannedExercise:
    """Note that ``by`` watched a supervised exercise today: the patient may do it alone.

    A change of the working copy like any other: the patient reads it once it is published.
    Pressed twice, the first name and day stay. Raises PlanRefused when the row has left the plan,
    another exercise stands in it by now, or it needs nobody to watch.
    """
    row = lock_row(planned)
    if not (row.supervised_first or row.exercise.supervised_first):
        raise PlanRefused([Finding(_("Nobody has to watch this exercise first."))])
    if row.signed_off_on is None:
        sign_off(row, by=by)
        row.save(update_fields=["signed_off_by", "signed_off_on"])
    return row


@action
def watch_exercise_again(*, planned: PlannedExercise, by: User) -> PlannedExercise:
    """Take a sign-off back. Raises PlanRefused as sign_off_exercise does."""
    row = lock_row(planned)
    if row.signed_off_on is not None:
        take_back_sign_off(row)
        row.save(update_fields=["signed_off_by", "signed_off_on"])
    return row
