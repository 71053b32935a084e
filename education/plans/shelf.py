"""The exercises a plan may be made of, read once, and what a row starts with when one is picked."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from education.library.models import (
    Demand,
    Dosage,
    Exercise,
    Laterality,
    Precaution,
    WorkingSide,
)

from .checks import NOT_ASKED, clash_sentence, clashes
from .models import Plan, PlannedExercise

SAME_SIDE = {
    Plan.AffectedSide.LEFT: WorkingSide.LEFT,
    Plan.AffectedSide.RIGHT: WorkingSide.RIGHT,
    # Both sides, or no side in particular: one after the other. Left or right is never guessed.
    Plan.AffectedSide.BOTH: WorkingSide.EACH,
    Plan.AffectedSide.NONE: WorkingSide.EACH,
}


SHORT_LIST = 60  # exercises that a list under a field may offer; the picker has them all
KEY_IN_NAME = re.compile(r"\(([-\w]+)\)\s*$")


class Shelf:
    """Exercises by name and by primary key: those that rows have, and what else may be picked.

    A large library is not read for a plan's page: then only the exercises of the rows and those
    that were typed are here, ``is_short`` is False, and others come through the picker. Two
    exercises of one title are told apart by their key, so a name finds one exercise.
    """

    def __init__(self, exercises: Iterable[Exercise], *, is_short: bool = True):
        self.is_short = is_short
        self.by_pk = {exercise.pk: exercise for exercise in exercises}
        times = Counter(exercise.title for exercise in self.by_pk.values())
        self.names = {
            pk: f"{e.title} ({e.key})" if times[e.title] > 1 else e.title
            for pk, e in self.by_pk.items()
        }
        self.by_name = {name.casefold(): self.by_pk[pk] for pk, name in self.names.items()}

    @classmethod
    def open(cls, rows: Iterable[PlannedExercise] = (), typed: Iterable[str] = ()) -> "Shelf":
        """What may be picked now, and what ``rows`` have, published or not; in two queries.

        ``typed``: names as they were typed.
        """
        is_short = Exercise.objects.published().count() <= SHORT_LIST
        held = Exercise.objects.filter(pk__in=[row.exercise_id for row in rows])
        wanted = Q(state=Exercise.State.PUBLISHED)
        if not is_short:
            wanted &= named(held, typed)
        exercises = Exercise.objects.filter(wanted | Q(pk__in=held.values("pk"))).in_order()
        return cls(exercises, is_short=is_short)

    def name_of(self, pk: int | None) -> str:
        """The name an exercise is picked by; empty for none."""
        return self.names.get(pk, "") if pk else ""

    def find(self, name: str) -> Exercise | None:
        """The exercise with this name, as typed."""
        return self.by_name.get(" ".join(name.split()).casefold())

    def offers(self, answers: Mapping[str, str]) -> list[tuple[str, str]]:
        """Name and a hint for this patient, of what a short list holds: easier forms first."""
        if not self.is_short:
            return []
        return [
            (self.names[pk], hint(exercise, answers))
            for pk, exercise in self.by_pk.items()
            if exercise.state == Exercise.State.PUBLISHED
        ]


def named(held: QuerySet[Exercise], typed: Iterable[str]) -> Q:
    """Exercises with a typed name, or with the title of another one that a row holds."""
    names = [" ".join(name.split()) for name in typed if name.strip()]
    keys = [found[1] for name in names if (found := KEY_IN_NAME.search(name))]
    wanted = Q(key__in=keys)
    for column in ("title_en", "title_es"):
        wanted |= Q(**{f"{column}__in": held.exclude(**{f"{column}__isnull": True}).values(column)})
        for name in names:
            wanted |= Q(**{f"{column}__iexact": KEY_IN_NAME.sub("", name).strip()})
            wanted |= Q(**{f"{column}__iexact": name})
    return wanted


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


def usual_row(plan: Plan, exercise: Exercise) -> PlannedExercise:
    """A row (unsaved) as the library has the exercise, for the side that hurts in this plan."""
    row = PlannedExercise(plan=plan, exercise=exercise)
    for column in Dosage._meta.local_fields:
        setattr(row, column.name, getattr(exercise, column.name))
    row.supervised_first = exercise.supervised_first
    row.working_side = default_side(exercise, plan.affected_side)
    return row


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
