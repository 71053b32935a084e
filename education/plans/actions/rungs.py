"""Moving a patient to another rung of the ladder. Only a clinician moves a patient up."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from education.audit.actor import action
from education.library.models import Dosage, Exercise, LadderLink, Laterality, WorkingSide
from education.people.models import User

from ..checks import Finding, PlanRefused
from ..models import ExerciseDefault, PlannedExercise, PlanVersion, RungMove
from ..models.rungs import LONGEST_REASON
from ..shelf import default_side
from .marks import settle, take_back_sign_off
from .publishing import publish_changes
from .working_copy import lock_row

DOSAGE = tuple(field.name for field in Dosage._meta.local_fields)


@action
def move_to_rung(
    *, planned: PlannedExercise, to_exercise: Exercise, reason: str, by: User
) -> RungMove:
    """Put the exercise of a linked rung in the place of ``planned``, and keep why.

    ``planned`` is the row as the person saw it. The key, the place, why it is for the patient and
    a side that still fits stay; the dosage is the usual one of the new exercise; the note, a
    sign-off and a written reason were for the one before. A change of the working copy like any
    other.

    Raises PlanRefused without a reason, for an exercise that is not beside this one on the ladder
    or not published, and when the plan has it on this side already; lock_row says when else.
    """
    reason = _checked(reason)
    row = lock_row(planned)
    before = row.exercise
    own = ExerciseDefault.objects.kept_by(by, [to_exercise.pk]).get(to_exercise.pk)
    stand_on(row, _link(row, to_exercise), own=own)
    _refuse_a_double(row)
    row.save()
    if has_harder_day(row) and row.exercise_id not in keeps_harder_day(row, [row.exercise_id]):
        row.harder.delete()
    return RungMove.objects.create(
        planned=row, from_exercise=before, to_exercise=row.exercise, reason=reason, by=by
    )


@action
def move_and_publish(
    *, planned: PlannedExercise, to_exercise: Exercise, reason: str, by: User
) -> PlanVersion:
    """Move, and publish the working copy: what else was saved in it goes along.

    Raises PlanRefused as move_to_rung and publish_changes do; then nothing was moved either.
    """
    move = move_to_rung(planned=planned, to_exercise=to_exercise, reason=reason, by=by)
    return publish_changes(plan=move.planned.plan, by=by)


def side_on(row: PlannedExercise, exercise: Exercise) -> str:
    """The working side of ``row`` with this exercise: its own while that fits, else the usual."""
    one_at_a_time = (WorkingSide.LEFT, WorkingSide.RIGHT, WorkingSide.EACH, WorkingSide.UNKNOWN)
    both_at_once = (WorkingSide.BOTH, WorkingSide.NONE)
    fitting = both_at_once if exercise.laterality == Laterality.TWO_SIDED else one_at_a_time
    if row.working_side in fitting:
        return row.working_side
    return default_side(exercise, row.plan.affected_side)


def stand_on(
    row: PlannedExercise, link: LadderLink, *, own: ExerciseDefault | None = None
) -> PlannedExercise:
    """Put the exercise of ``link`` on a row (unsaved), as a move to it leaves the row.

    ``own``: the clinician's default for it. What had to be watched needs it again on a harder rung
    and on another way; an easier one only when the library says so.
    """
    before, exercise = row.exercise, link.to_exercise
    row.exercise = exercise
    for name in DOSAGE:
        setattr(row, name, getattr(own or exercise, name))
    if row.every_n_days == 1:
        row.anchor_on = None
    # Words about the exercise before. Why it is for the patient stays.
    row.harder_day = row.note = row.up_rule = row.down_rule = ""
    row.working_side = side_on(row, exercise)
    watched = row.supervised_first or before.supervised_first
    gets_easier = link.direction == LadderLink.Direction.EASIER
    row.supervised_first = exercise.supervised_first or (watched and not gets_easier)
    take_back_sign_off(row)
    settle(row, reason="", answers={}, by=None)
    return row


def has_harder_day(row: PlannedExercise) -> bool:
    """Whether a row, read with its harder day, has a dosage or an exercise for it."""
    return getattr(row, "harder", None) is not None


def keeps_harder_day(row: PlannedExercise, exercises: Iterable[int]) -> set[int]:
    """Of these exercises (pk) those that leave the row its harder day.

    An exercise of its own stays while the ladder calls it easier than the new one. A dosage alone
    was written for the exercise before.
    """
    if not has_harder_day(row) or row.harder.exercise_id is None:
        return set()
    easier = LadderLink.objects.filter(
        exercise__in=exercises,
        to_exercise=row.harder.exercise_id,
        direction=LadderLink.Direction.EASIER,
    )
    return set(easier.values_list("exercise_id", flat=True))


def _checked(reason: str) -> str:
    """The reason in one line. Raises PlanRefused when there is none, or it is too long."""
    reason = " ".join(reason.split())
    if not reason:
        raise PlanRefused([Finding(_("Write why: a colleague reads it later."), field="reason")])
    if len(reason) > LONGEST_REASON:
        message = _("Use at most %(n)d characters.") % {"n": LONGEST_REASON}
        raise PlanRefused([Finding(message, field="reason")])
    return reason


def _link(row: PlannedExercise, to_exercise: Exercise) -> LadderLink:
    """The way from the row's exercise to another one. Raises PlanRefused when there is none."""
    links = row.exercise.ladder_links.select_related("to_exercise")
    link = links.filter(
        to_exercise=to_exercise, to_exercise__state=Exercise.State.PUBLISHED
    ).first()
    if link is None:
        message = _("The library does not offer this rung any more. Choose another one.")
        raise PlanRefused([Finding(message, field="to_exercise")])
    return link


def _refuse_a_double(row: PlannedExercise) -> None:
    others = row.plan.planned_exercises.in_plan().exclude(pk=row.pk)
    if others.filter(exercise=row.exercise, working_side=row.working_side).exists():
        message = _("%(exercise)s is in this plan with the same side already.")
        raise PlanRefused(
            [Finding(message % {"exercise": row.exercise.title}, field="to_exercise")]
        )
