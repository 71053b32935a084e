"""How a clinician usually gives an exercise: kept, and forgotten again."""

from education.audit.actor import action
from education.library.models import Dosage, Exercise
from education.people.models import User

from .models import ExerciseDefault, PlannedExercise

# The dosage alone: words are written for one patient, and go to nobody else.
COLUMNS = tuple(field.name for field in Dosage._meta.local_fields)


@action
def make_default(*, row: PlannedExercise, by: User) -> ExerciseDefault:
    """Keep the row's dosage as what ``by`` starts this exercise with.

    Raises ValidationError when the dosage is out of range (clinical.md).
    """
    kept = ExerciseDefault.objects.filter(clinician=by, exercise=row.exercise).first()
    default = kept or ExerciseDefault(clinician=by, exercise=row.exercise)
    for name in COLUMNS:
        setattr(default, name, getattr(row, name))
    default.full_clean(exclude=["clinician", "exercise"], validate_unique=False)
    default.save()
    return default


@action
def forget_default(*, exercise: Exercise, by: User) -> bool:
    """From now on ``by`` starts this exercise with the library's dosage. False: there was none."""
    kept = ExerciseDefault.objects.filter(clinician=by, exercise=exercise).first()
    if kept:
        kept.delete()  # the row itself, for the audit log to see
    return kept is not None
