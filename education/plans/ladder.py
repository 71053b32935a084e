"""The rungs around a planned exercise, each as it would stand in this patient's plan."""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from education.library.models import Exercise, LadderLink
from education.library.wording import dosage_sentence
from education.people.models import User

from .actions import plan_body, working_rows
from .actions.rungs import has_harder_day, keeps_harder_day, stand_on
from .changes import changes
from .checks import Finding, answers_of, findings
from .harder import put_harder
from .models import ExerciseDefault, Plan, PlannedExercise, PlanVersion
from .remarks import equipment_remark

Direction = LadderLink.Direction


@dataclass(frozen=True)
class Rung:
    """One way from the exercise of a row, and what it would mean for the patient.

    ``rule`` is the plan's own when ``is_own_rule``, else the library's. ``in_the_way`` are
    sentences: what would have to be settled before the plan is published.
    """

    exercise: Exercise  # with its cover
    direction: str
    rule: str
    is_own_rule: bool
    dosage: str  # in words
    watched_first: bool
    in_the_way: list[str]
    is_taken: bool  # in the plan already, on the same side
    loses_harder_day: bool
    remark: str  # what the patient does not have at home


class Ladder:
    """The rungs beside one row of a plan, for the clinician who looks at them."""

    def __init__(self, plan: Plan, row: PlannedExercise, rows: list[PlannedExercise], by: User):
        self.plan = plan
        self.row = row
        self.rows = rows
        self.by = by

    @classmethod
    def beside(cls, plan: Plan, key: UUID, by: User) -> "Ladder | None":
        """The ladder at the row with this key; None when it is not in the plan."""
        rows = working_rows(plan)
        row = next((row for row in rows if row.key == key), None)
        return cls(plan, row, rows, by) if row else None

    @property
    def number(self) -> int:
        """The place of the row in the plan, from 1."""
        return self.rows.index(self.row) + 1

    @property
    def dosage(self) -> str:
        """What the row asks for now, in words."""
        return dosage_sentence(self.row.spec, self.row.working_side)

    @cached_property
    def here(self) -> Exercise:
        """The exercise of the row, with its cover."""
        return Exercise.objects.with_cover().get(pk=self.row.exercise_id)

    @cached_property
    def rungs(self) -> list[Rung]:
        """What the library links and publishes, in its order."""
        published = Exercise.objects.published().with_cover()
        links = list(LadderLink.objects.filter(exercise=self.row.exercise_id))
        exercises = published.in_bulk([link.to_exercise_id for link in links])
        answers = answers_of(self.plan.patient)
        own = ExerciseDefault.objects.kept_by(self.by, exercises)
        keeps = keeps_harder_day(self.row, exercises)
        found = []
        for link in links:
            if exercise := exercises.get(link.to_exercise_id):
                link.to_exercise = exercise
                row = stand_on(copy(self.row), link, own=own.get(exercise.pk))
                if exercise.pk not in keeps:
                    put_harder(row, None)
                found.append(self._rung(link, row, answers))
        return found

    @property
    def groups(self) -> list[tuple[str, list[Rung]]]:
        """The rungs by direction, easier ones first; a direction without any is left out."""
        groups = [
            (str(way.label), [rung for rung in self.rungs if rung.direction == way])
            for way in Direction
        ]
        return [group for group in groups if group[1]]

    def _rung(self, link: LadderLink, row: PlannedExercise, answers: Mapping[str, str]) -> Rung:
        """The rung as ``row``, the row moved to it (unsaved), would have it."""
        rules = {Direction.EASIER: self.row.down_rule, Direction.HARDER: self.row.up_rule}
        own_rule = rules.get(Direction(link.direction), "")
        return Rung(
            exercise=link.to_exercise,
            direction=link.direction,
            rule=own_rule or link.rule,
            is_own_rule=bool(own_rule),
            dosage=dosage_sentence(row.spec, row.working_side),
            watched_first=row.supervised_first,
            in_the_way=list(self._in_the_way(row, answers)),
            is_taken=any(_same_place(row, other) for other in self.rows if other.pk != row.pk),
            remark=equipment_remark(row, self.plan.patient.equipment),
            loses_harder_day=has_harder_day(self.row) and not has_harder_day(row),
        )

    def _in_the_way(self, row: PlannedExercise, answers: Mapping[str, str]) -> Iterable[str]:
        rows = [row if other.pk == row.pk else other for other in self.rows]
        for finding in findings(self.plan, rows, answers):
            if finding.row == str(row.key):
                yield _in_words(finding)

    # ------------------------------------------------------------------ publishing with it

    @cached_property
    def version(self) -> PlanVersion | None:
        """What the patient reads now."""
        return PlanVersion.objects.latest_of(self.plan) if self.plan.is_open else None

    @cached_property
    def waiting(self) -> list[str]:
        """What else would be published with the move, in words."""
        if self.version is None:
            return []
        return changes(self.version.body, plan_body(self.plan, self.rows))


def _same_place(one: PlannedExercise, other: PlannedExercise) -> bool:
    return (one.exercise_id, one.working_side) == (other.exercise_id, other.working_side)


def _in_words(finding: Finding) -> str:
    return finding.words or finding.message
