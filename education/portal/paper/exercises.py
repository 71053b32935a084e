"""The exercises of a plan as paper tells them: the PDF and the page to print alike."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from education.library.models import Exercise, ExerciseStep
from education.library.pictures import picture
from education.library.wording import worded_column
from education.plans.bodies import Body, library_keys, waiting_keys
from education.plans.reading import (
    ReadExercise,
    easier_of,
    first_due,
    read_easier_exercise,
    read_exercise,
)

from .files import source_of
from .ladder import Ladder, SharedRules, ladder_of, tell_once


@dataclass(frozen=True)
class PaperPicture:
    """A picture of a step. ``number`` is that of its step in the list, 0 for none."""

    source: str
    alt: str
    number: int
    is_tall: bool
    may_show_other_side: bool


@dataclass(frozen=True)
class PaperExercise:
    """An exercise on paper. ``exercise`` is None, and ``pictures`` empty, where nothing is to do.

    ``number`` counts what is done at home; one that waits for the clinic has 0. ``easier`` is
    another exercise that takes its place on a harder day.
    """

    number: int
    read: ReadExercise
    exercise: Exercise | None
    pictures: list[PaperPicture]
    ladder: Ladder = field(default_factory=Ladder)
    easier: "PaperExercise | None" = None


@dataclass(frozen=True)
class PaperPlan:
    """All exercises, in the order of the plan, and the rules that they share."""

    rows: list[PaperExercise]
    rules: SharedRules

    @property
    def all_reviewed(self) -> bool:
        """Whether a clinician has reviewed every exercise in it."""
        return all(row.read.is_reviewed for row in self.rows)

    @property
    def names_easier(self) -> bool:
        """Whether an easier form is named, which the sheets may not explain."""
        return any(rungs.names for row in self.rows for rungs in row.ladder.easier)

    @property
    def names_harder(self) -> bool:
        """Whether a harder form is named, or a rule for moving up."""
        return any(row.ladder.harder for row in self.rows)

    @property
    def colours_a_leg(self) -> bool:
        """Whether a picture shows which leg works."""
        return any(row.pictures and row.read.side in ("left", "right") for row in self.rows)


def paper_plan(body: Body, *, on: date, answers: Mapping[str, str]) -> PaperPlan:
    """The exercises of a body (schema 2) with the library's words.

    ``on``: the day it is printed, from which “every so many days” names the next one.
    ``answers``: the patient's, by topic (see ``answers_of``).
    """
    readable = Exercise.objects.readable_in_plans().filter(key__in=library_keys(body))
    by_key = {exercise.key: exercise for exercise in readable.with_page().with_cover()}
    start = date.fromisoformat(body["start_on"])
    reader = _Reader(by_key, waiting_keys(body, by_key.values()), answers, start, max(on, start))
    rows, number = [], 0
    for row in body["exercises"]:
        found = reader.read(row)
        number += found.exercise is not None
        rows.append(replace(found, number=number if found.exercise else 0))
    ladders, rules = tell_once([row.ladder for row in rows])
    told = [replace(row, ladder=ladder) for row, ladder in zip(rows, ladders, strict=True)]
    return PaperPlan(told, rules)


@dataclass(frozen=True)
class _Reader:
    """What every row of one body is read with; ``begins`` is the first day that paper counts."""

    by_key: Mapping[str, Exercise]
    waiting: Collection[str]
    answers: Mapping[str, str]
    start: date
    begins: date

    def read(self, row: Body) -> PaperExercise:
        """A row, not numbered yet, with a ladder that tells all."""
        own, easier = self.by_key.get(row["exercise"]), easier_of(row, self.by_key)
        first = first_due(row, self.begins, self.start)
        read = read_exercise(row, own, easier, waiting=self.waiting, first=first)
        if own is None or read.supervised:
            return PaperExercise(0, read, None, [])
        ladder = ladder_of(read, own, answers=self.answers, waiting=self.waiting)
        lighter = self._easier(row)
        return PaperExercise(0, read, own, _pictures(own, read.side), ladder, lighter)

    def _easier(self, row: Body) -> PaperExercise | None:
        read = read_easier_exercise(row, self.by_key, waiting=self.waiting)
        if read is None:
            return None
        exercise = self.by_key[read.exercise_key]
        return PaperExercise(0, read, exercise, _pictures(exercise, read.side))


def _pictures(exercise: Exercise, side: str) -> list[PaperPicture]:
    found = (_picture(number, step, side) for number, step in exercise.pictured_steps)
    return [each for each in found if each]


def _picture(number: int, step: ExerciseStep, side: str) -> PaperPicture | None:
    found = picture(step, side)
    if found is None:
        return None
    return PaperPicture(
        source=source_of(found),
        alt=worded_column(step, "alt", side),
        number=number,
        is_tall=found.height > found.width,
        may_show_other_side=getattr(found, "may_show_other_side", False),
    )
