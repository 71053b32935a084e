"""Moving a patient to another rung of the ladder. Only a clinician moves a patient up."""

from django.utils.translation import gettext as _

from education.audit.actor import action
from education.library.models import Dosage, Exercise, LadderLink, Laterality, WorkingSide
from education.people.models import User

from ..checks import Finding, PlanRefused
from ..models import PlannedExercise, PlanVersion, RungMove
from ..shelf import usual_row
from .marks import settle, take_back_sign_off
from .publishing import publish_changes
from .working_copy import lock_row

LONGEST_REASON = RungMove._meta.get_field("reason").max_length
DOSAGE = tuple(field.name for field in Dosage._meta.local_fields)
# Words about the exercise before. Why it is for the patient, and the note, stay.
OF_THE_RUNG = ("harder_day", "up_rule", "down_rule")


@action
def move_to_rung(
    *, planned: PlannedExercise, to_exercise: Exercise, reason: str, by: User
) -> RungMove:
    """Put the exercise of a linked rung in the place of ``planned``, and keep why.

    ``planned`` is the row as the person saw it. The key, the place, the words for the patient and
    a side that still fits stay; the dosage is the usual one of the new exercise; a sign-off and a
    written reason were for the one before. A change of the working copy like any other.

    Raises PlanRefused without a reason, for an exercise that is not beside this one on the ladder
    or not published, and when the plan has it on this side already; lock_row says when else.
    """
    reason = _checked(reason)
    row = lock_row(planned)
    link = _link(row, to_exercise)
    before = row.exercise
    row.exercise = link.to_exercise
    _dose(row)
    row.working_side = side_on(row, row.exercise)
    row.supervised_first = is_watched_first(row, link, before)
    take_back_sign_off(row)
    settle(row, reason="", answers={}, by=by)
    _refuse_a_double(row)
    row.save()
    _drop_harder_day(row)
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
    return usual_row(row.plan, exercise).working_side


def is_watched_first(row: PlannedExercise, link: LadderLink, before: Exercise) -> bool:
    """Whether a clinician watches the new rung first.

    What had to be watched needs it again on a harder rung, and on another way; an easier one only
    when the library says so.
    """
    if link.to_exercise.supervised_first:
        return True
    was_watched = row.supervised_first or before.supervised_first
    return was_watched and link.direction != LadderLink.Direction.EASIER


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


def _dose(row: PlannedExercise) -> None:
    """Give a row (unsaved) the usual dosage of its exercise; no words of the one before."""
    usual = usual_row(row.plan, row.exercise)
    for name in (*DOSAGE, *OF_THE_RUNG):
        setattr(row, name, getattr(usual, name))
    if row.every_n_days == 1:
        row.anchor_on = None


def _refuse_a_double(row: PlannedExercise) -> None:
    others = row.plan.planned_exercises.in_plan().exclude(pk=row.pk)
    if others.filter(exercise=row.exercise, working_side=row.working_side).exists():
        message = _("%(exercise)s is in this plan with the same side already.")
        raise PlanRefused(
            [Finding(message % {"exercise": row.exercise.title}, field="to_exercise")]
        )


def _drop_harder_day(row: PlannedExercise) -> None:
    """Take out a harder day that is not lighter any more than the new rung.

    A dosage of its own was written for the exercise before; an exercise of its own stays while
    the ladder calls it easier than the new one.
    """
    harder = getattr(row, "harder", None)
    if harder is None:
        return
    easier = row.exercise.ladder_links.filter(direction=LadderLink.Direction.EASIER)
    if harder.exercise is None or not easier.filter(to_exercise=harder.exercise).exists():
        harder.delete()
