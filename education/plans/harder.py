"""What a planned exercise becomes on a harder day: put on a row, and written with it."""

from dataclasses import dataclass
from typing import Any

from education.library.models import Exercise, Laterality, WorkingSide

from .models import HarderDay, PlannedExercise

RELATION: Any = PlannedExercise._meta.get_field("harder")


@dataclass(frozen=True)
class HarderEdit:
    """A harder day to write: a new one, one of which ``columns`` differ, or one to take away."""

    harder: HarderDay
    columns: tuple[str, ...] = ()
    is_new: bool = False
    is_taken_away: bool = False

    def write(self, planned: PlannedExercise) -> None:
        """Write it for a planned exercise that is saved; the audit log sees each of the three."""
        if self.is_taken_away:
            self.harder.delete()
        elif self.is_new:
            self.harder.planned = planned
            self.harder.save(force_insert=True)
        else:
            self.harder.save(update_fields=self.columns)


def harder_of(planned: PlannedExercise) -> HarderDay | None:
    """What is done on a harder day, or None. The row is read with its harder day."""
    return getattr(planned, "harder", None)


def easier_exercise(planned: PlannedExercise) -> Exercise | None:
    """The easier rung that takes the exercise's place on a harder day, or None."""
    harder = harder_of(planned)
    return harder.exercise if harder else None


def put_harder(planned: PlannedExercise, columns: dict[str, Any] | None) -> None:
    """Put a harder day of these columns on a row (both unsaved); None takes it off.

    The row may be a copy: what the database gave stays as it is on the row it was copied from.
    """
    harder = HarderDay(**columns) if columns else None
    RELATION.set_cached_value(planned, harder)
    if harder:
        harder.planned = planned


def harder_side(planned: PlannedExercise) -> str:
    """The working side on a harder day: the planned one while it suits the easier exercise."""
    easier, side = easier_exercise(planned), planned.working_side
    if easier is None or easier.laterality == planned.exercise.laterality:
        return side
    if easier.laterality == Laterality.TWO_SIDED:
        return side if side == WorkingSide.NONE else WorkingSide.BOTH
    if side not in (WorkingSide.BOTH, WorkingSide.NONE):
        return side
    in_turn = easier.laterality == Laterality.ALTERNATING
    return WorkingSide.EACH if in_turn else WorkingSide.UNKNOWN
