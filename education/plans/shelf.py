"""The exercises a plan may be made of, read once, and what a row starts with when one is picked."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from education.library.models import (
    Demand,
    Dosage,
    Equipment,
    Exercise,
    LadderLink,
    Laterality,
    Precaution,
    WorkingSide,
)
from education.people.models import User

from .checks import NOT_ASKED, clash_sentence, clashes
from .models import ExerciseDefault, Plan, PlannedExercise

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

    ``links`` (ladder links by exercise) and ``own`` (what the clinician keeps as a default, by
    exercise) are here for the exercises of the rows and those that were typed.
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
        self.links: Mapping[int, list[LadderLink]] = {}
        self.own: Mapping[int, ExerciseDefault] = {}

    @classmethod
    def open(
        cls,
        rows: Iterable[PlannedExercise] = (),
        typed: Iterable[str] = (),
        by: User | None = None,
    ) -> "Shelf":
        """What may be picked now, and what ``rows`` have, published or not; in four queries.

        ``typed``: names as they were typed. ``by``: whose own defaults count.
        """
        rows, typed = list(rows), list(typed)
        is_short = Exercise.objects.published().count() <= SHORT_LIST
        held = Exercise.objects.filter(pk__in=[row.exercise_id for row in rows])
        wanted = Q(state=Exercise.State.PUBLISHED)
        if not is_short:
            wanted &= named(held, typed)
        exercises = Exercise.objects.filter(wanted | Q(pk__in=held.values("pk"))).in_order()
        shelf = cls(exercises, is_short=is_short)
        shelf._read_around({row.exercise_id for row in rows}, typed, by)
        return shelf

    def _read_around(self, held: set[int], typed: Iterable[str], by: User | None) -> None:
        """The ladder and the own defaults of what rows have and of what was typed."""
        pks = held | {exercise.pk for name in typed if (exercise := self.find(name))}
        if not pks:
            return
        ways = [LadderLink.Direction.EASIER, LadderLink.Direction.HARDER]
        links = LadderLink.objects.filter(exercise__in=pks, direction__in=ways)
        by_exercise = defaultdict(list)
        for link in links.select_related("to_exercise"):
            by_exercise[link.exercise_id].append(link)
        self.links = by_exercise
        if by is not None:
            self.own = ExerciseDefault.objects.kept_by(by, pks)

    def easier(self, exercise: Exercise) -> list[Exercise]:
        """The published easier rungs beside an exercise, in order."""
        rungs = [
            link.to_exercise
            for link in self.links.get(exercise.pk, ())
            if link.direction == LadderLink.Direction.EASIER
        ]
        return [rung for rung in rungs if rung.state == Exercise.State.PUBLISHED]

    def rule(self, exercise: Exercise, direction: str) -> str:
        """The library's rule for the first rung in this direction; empty for none."""
        rules = (
            str(link.rule)
            for link in self.links.get(exercise.pk, ())
            if link.direction == direction
        )
        return next(rules, "")

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


def topics_line(exercise: Exercise, answers: Mapping[str, str], have: Collection[str] = ()) -> str:
    """What an exercise asks of a body, needs care with and needs to hand, each with the answer.

    ``have``: what the patient has at home; empty when nobody has asked.
    """
    if exercise.topics is None:
        return ""
    said = {"yes": _("yes"), "no": _("no"), NOT_ASKED: _("not asked")}
    at_home = {thing: "yes" if thing in have else "no" for thing in exercise.equipment}
    lines = []
    for label, topics, kind, given in (
        (_("Needs"), exercise.demands, Demand, answers),
        (_("Care with"), exercise.precautions, Precaution, answers),
        (_("To hand"), exercise.equipment, Equipment, at_home if have else {}),
    ):
        words = [
            f"{kind(topic).label} ({said[given.get(topic, NOT_ASKED)]})" for topic in topics or []
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


def usual_row(
    plan: Plan, exercise: Exercise, own: ExerciseDefault | None = None
) -> PlannedExercise:
    """A row (unsaved) as ``own`` or the library has it, for the side that hurts in this plan."""
    row = PlannedExercise(plan=plan, exercise=exercise)
    for column in Dosage._meta.local_fields:
        setattr(row, column.name, getattr(own or exercise, column.name))
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
