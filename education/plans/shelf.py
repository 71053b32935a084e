"""The exercises a plan may be made of, read once, and what a row starts with when one is picked."""

from collections import Counter
from collections.abc import Iterable, Mapping

from django.db.models import Q
from django.utils.translation import gettext as _

from education.library.models import Demand, Exercise, Laterality, Precaution, WorkingSide

from .checks import NOT_ASKED, clash_sentence, clashes
from .models import Plan, PlannedExercise

SAME_SIDE = {
    Plan.AffectedSide.LEFT: WorkingSide.LEFT,
    Plan.AffectedSide.RIGHT: WorkingSide.RIGHT,
    # Both sides, or no side in particular: one after the other. Left or right is never guessed.
    Plan.AffectedSide.BOTH: WorkingSide.EACH,
    Plan.AffectedSide.NONE: WorkingSide.EACH,
}


class Shelf:
    """Published exercises by name and by primary key, and those that rows already have.

    Two exercises of one title are told apart by their key, so a name finds one exercise.
    """

    def __init__(self, exercises: Iterable[Exercise]):
        self.by_pk = {exercise.pk: exercise for exercise in exercises}
        times = Counter(exercise.title for exercise in self.by_pk.values())
        self.names = {
            pk: f"{e.title} ({e.key})" if times[e.title] > 1 else e.title
            for pk, e in self.by_pk.items()
        }
        self.by_name = {name.casefold(): self.by_pk[pk] for pk, name in self.names.items()}

    @classmethod
    def open(cls, rows: Iterable[PlannedExercise] = ()) -> "Shelf":
        """One query: what may be picked now, and what ``rows`` have, published or not."""
        held = [row.exercise_id for row in rows]
        wanted = Q(state=Exercise.State.PUBLISHED) | Q(pk__in=held)
        return cls(Exercise.objects.filter(wanted).in_order())

    def name_of(self, pk: int | None) -> str:
        """The name an exercise is picked by; empty for none."""
        return self.names.get(pk, "") if pk else ""

    def find(self, name: str) -> Exercise | None:
        """The exercise with this name, as typed."""
        return self.by_name.get(" ".join(name.split()).casefold())

    def offers(self, answers: Mapping[str, str]) -> list[tuple[str, str]]:
        """Name and a hint for this patient, of what may be picked: easier forms first."""
        return [
            (self.names[pk], hint(exercise, answers))
            for pk, exercise in self.by_pk.items()
            if exercise.state == Exercise.State.PUBLISHED
        ]


def hint(exercise: Exercise, answers: Mapping[str, str]) -> str:
    """What to mind before picking an exercise for this patient; empty when nothing."""
    parts = [_("Supervised first.")] if exercise.supervised_first else []
    parts += [clash_sentence(code) for code in clashes(exercise.topics, answers)]
    return " ".join(parts)


def topics_line(exercise: Exercise, answers: Mapping[str, str]) -> str:
    """What an exercise asks of a body and needs care with, each with the patient's answer."""
    if exercise.topics is None:
        return ""
    said = {"yes": _("yes"), "no": _("no"), NOT_ASKED: _("not asked")}
    lines = []
    for label, topics, kind in (
        (_("Needs"), exercise.demands, Demand),
        (_("Care with"), exercise.precautions, Precaution),
    ):
        words = [
            f"{kind(topic).label} ({said[answers.get(topic, NOT_ASKED)]})" for topic in topics or []
        ]
        if words:
            lines.append(f"{label}: {', '.join(words)}.")
    return " ".join(lines)


def default_side(exercise: Exercise, affected_side: str) -> WorkingSide:
    """The working side a row starts with. Left and right are never guessed."""
    if exercise.laterality == Laterality.TWO_SIDED:
        return WorkingSide.BOTH
    if exercise.laterality == Laterality.ALTERNATING:
        return WorkingSide.EACH
    return SAME_SIDE.get(Plan.AffectedSide(affected_side), WorkingSide.UNKNOWN)


def side_remark(row: PlannedExercise, affected_side: str) -> str:
    """What to look at again in a row's working side, given the side that hurts; or nothing."""
    if row.exercise.laterality != Laterality.ONE_SIDED:
        return ""
    hurts = SAME_SIDE.get(Plan.AffectedSide(affected_side))
    if hurts not in (WorkingSide.LEFT, WorkingSide.RIGHT):
        return ""
    if row.working_side == WorkingSide.UNKNOWN:
        return _("The side that hurts is known now. Choose the working side.")
    if row.working_side in (WorkingSide.LEFT, WorkingSide.RIGHT) and row.working_side != hurts:
        return _("This works the side that does not hurt. Is that what you want?")
    return ""
