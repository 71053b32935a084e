"""What a clinician should look at again in a plan. Nothing here stands in the way of publishing."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from education.library.literal_sides import SIDES, literal_sides
from education.library.models import Equipment, Exercise, LowBack
from education.people.models import Clinic

from .harder import easier_exercise, harder_of, harder_side
from .models import PlannedExercise

OTHER_SIDE = {"left": ("right", "derech"), "right": ("left", "izquierd")}
WORDS = ("why", "harder_day", "note", "up_rule", "down_rule")  # of a row, for the patient

MANY = 4  # more exercises than this are hard to keep up (clinical.md)


def exercises_of(row: PlannedExercise) -> list[Exercise]:
    """What a row may ask for: its exercise, and the easier one of a harder day."""
    easier = easier_exercise(row)
    return [row.exercise, easier] if easier else [row.exercise]


def equipment_of(exercises: Iterable[Exercise]) -> list[str]:
    """What exercises need to hand, each once, in the order of the library."""
    needed = {thing for exercise in exercises for thing in exercise.equipment}
    return [thing for thing in Equipment.values if thing in needed]


def missing_equipment(exercises: Iterable[Exercise], have: Collection[str]) -> list[str]:
    """What of it the patient does not have at home; nothing while nobody has asked."""
    return [thing for thing in equipment_of(exercises) if thing not in have] if have else []


def things(values: Collection[str]) -> str:
    """Equipment in words, with commas."""
    return ", ".join(str(Equipment(value).label) for value in values)


def equipment_remark(row: PlannedExercise, have: Collection[str]) -> str:
    """What the patient does not have at home; nothing while nobody has asked."""
    missing = missing_equipment(exercises_of(row), have)
    if not missing:
        return ""
    return _(
        "Not at home: %(things)s. Ask what can take its place, or choose another exercise."
    ) % {"things": things(missing)}


def longer_remark(row: PlannedExercise) -> str:
    """A harder day with an easier exercise that takes longer than a usual day."""
    harder = harder_of(row)
    if harder is None or harder.exercise is None:
        return ""
    sides = 2 if harder_side(row) == "each" else 1
    easy = harder.spec.seconds(sides=sides) * harder.times_per_day
    if easy <= row.spec.seconds(sides=row.sides) * row.times_per_day:
        return ""
    return _("The harder day takes longer than a usual day. Is that what you want?")


def other_side_remark(texts: Iterable[str], side: str) -> str:
    """Words for one patient that name the other side than ``side``; a question, not a refusal.

    A plan that was copied for the other side brings its words along. They are looked at in both
    languages: the field does not say in which one they were typed.
    """
    others = OTHER_SIDE.get(side)
    if others is None:
        return ""
    said = [word for text in texts for code in SIDES for word in literal_sides(text, code)]
    wrong = [word for word in said if word.casefold().startswith(others)]
    if not wrong:
        return ""
    return _(
        "The words for this patient say “%(word)s”, but the side is another one. Is that meant?"
    ) % {"word": wrong[0]}


def closed_remarks(review_on: date, clinic: Clinic, closed_days: set[date]) -> list[str]:
    """That nobody is at the clinic on the day of a review still to come."""
    if review_on < clinic.today() or clinic.is_open_on(review_on, closed_days):
        return []
    return [
        _("The clinic is closed on %(day)s. Choose another day.")
        % {"day": date_format(review_on, "l, F j")}
    ]


def plan_remarks(rows: Sequence[PlannedExercise], have: Collection[str]) -> list[str]:
    """Remarks about the plan as a whole; ``have``: what the patient has at home."""
    found = [_of_equipment(rows, have), _of_low_back(rows), *_of_doubles(rows)]
    return [remark for remark in found if remark]


def _of_equipment(rows: Sequence[PlannedExercise], have: Collection[str]) -> str:
    needed = equipment_of(exercise for row in rows for exercise in exercises_of(row))
    if have or not needed:
        return ""
    return _("Nobody has asked what the patient has at home. This plan needs: %(things)s.") % {
        "things": things(needed)
    }


def _of_low_back(rows: Sequence[PlannedExercise]) -> str:
    """Bending eases one back and arching another: both in one plan is asked about."""
    bends, arches = _that(rows, LowBack.BENDS), _that(rows, LowBack.ARCHES)
    if not (bends and arches):
        return ""
    return _(
        "This plan bends the low back (%(bends)s) and arches it (%(arches)s). Is that what you "
        "want?"
    ) % {"bends": bends, "arches": arches}


def _that(rows: Sequence[PlannedExercise], way: LowBack) -> str:
    """Titles of the exercises in which the low back goes this way, each once."""
    titles = [e.title for row in rows for e in exercises_of(row) if e.low_back == way]
    return ", ".join(dict.fromkeys(titles))


def _of_doubles(rows: Sequence[PlannedExercise]) -> list[str]:
    """An easier exercise of a harder day that stands in the plan already."""
    planned = {(row.exercise_id, row.working_side) for row in rows}
    found = []
    for row in rows:
        easier = easier_exercise(row)
        if easier and (easier.pk, harder_side(row)) in planned:
            found.append(
                _("On a harder day %(exercise)s comes twice: it is in the plan already.")
                % {"exercise": easier.title}
            )
    return found
