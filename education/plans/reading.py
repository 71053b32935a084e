"""A plan as the patient reads it: words and pictures from a body and the live library.

The same for the published version, the preview of a draft, and paper.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import ceil

from django.utils.dateparse import parse_date
from django.utils.translation import get_language

from education.library.models import DosageSpec, Exercise
from education.library.pictures import Picture, cover_picture
from education.library.wording import dosage_lines, rest_line, side_words, worded, worded_column

from .bodies import Body, upgraded


@dataclass(frozen=True)
class ReadExercise:
    """One exercise of a plan in the reader's language, worded for its working side.

    ``count`` and ``how`` are the two lines of the dosage, ``rest`` the pause between rounds;
    ``seconds`` is the length of one sitting. ``side_words`` is empty when no side is named.
    """

    key: str
    exercise_key: str
    title: str
    side: str
    count: str
    how: str
    rest: str
    side_words: str
    seconds: int
    harder_day: str
    note: str
    supervised: bool
    figure: Picture | None
    is_reviewed: bool

    @property
    def minutes(self) -> int:
        """Length of one sitting in whole minutes, at least 1."""
        return max(1, ceil(self.seconds / 60))


@dataclass(frozen=True)
class ReadPlan:
    """A plan on one day.

    ``due`` is done today, ``later`` on other days, ``supervised`` never alone. ``begins`` is the
    first day while that lies ahead: ``due`` is then what is done on it.
    """

    title: str
    clinician: str
    clinician_given_name: str
    goal: str
    note: str
    start_on: date | None
    begins: date | None
    review_on: date | None
    due: list[ReadExercise]
    later: list[ReadExercise]
    supervised: list[ReadExercise]

    @property
    def minutes(self) -> int:
        """Length of one sitting of today's exercises, in whole minutes, at least 1."""
        return max(1, ceil(sum(row.seconds for row in self.due) / 60))

    @property
    def all_reviewed(self) -> bool:
        """Whether a clinician has reviewed every exercise in it."""
        return all(row.is_reviewed for row in (*self.due, *self.later, *self.supervised))


def read_plan(body: Body, exercises: Iterable[Exercise], *, on: date) -> ReadPlan:
    """The plan in ``body`` (any schema) on the day ``on``, in the active language.

    ``exercises`` are the library's rows for it, read ``with_cover``.
    """
    body = upgraded(body)
    by_key = {exercise.key: exercise for exercise in exercises}
    start = parse_date(body["start_on"])
    begins = start if start and start > on else None
    due, later, supervised = [], [], []
    for row in body["exercises"]:
        read = read_exercise(row, by_key.get(row["exercise"]))
        if read.supervised:
            supervised.append(read)
        elif DosageSpec.from_dict(row["dosage"]).is_due(
            begins or on, anchor_of(row) or start or on
        ):
            due.append(read)
        else:
            later.append(read)
    return ReadPlan(
        title=body["title"],
        clinician=body["clinician"]["name"],
        clinician_given_name=body["clinician"]["given_name"],
        goal=body["goal"],
        note=body["note"],
        start_on=start,
        begins=begins,
        review_on=parse_date(body["review_on"]) if body["review_on"] else None,
        due=due,
        later=later,
        supervised=supervised,
    )


def anchor_of(row: Body) -> date | None:
    """The day from which “every so many days” is counted, when it is not the start of the plan."""
    return parse_date(row["anchor_on"]) if row["anchor_on"] else None


def title_of(row: Body) -> str:
    """Title of a row of a body in the active language; English when it has no other."""
    language = (get_language() or "en")[:2]
    return row["title"].get(language) or row["title"]["en"]


def read_exercise(row: Body, exercise: Exercise | None) -> ReadExercise:
    """One row of a body with the library's words. A retired exercise is still read."""
    side = row["working_side"]
    spec = DosageSpec.from_dict(row["dosage"])
    count, how = dosage_lines(spec, side)
    harder_day = worded(row["harder_day"], side)
    if exercise and not harder_day:
        harder_day = worded_column(exercise, "harder_day", side)
    return ReadExercise(
        key=row["key"],
        exercise_key=row["exercise"],
        title=title_of(row),
        side=side,
        count=count,
        how=how,
        rest=rest_line(spec),
        side_words=side_words(side),
        seconds=spec.seconds(sides=2 if side == "each" else 1),
        harder_day=harder_day,
        note=row["note"],
        supervised=row["supervised"],
        figure=cover_picture(exercise, side),
        is_reviewed=exercise.is_reviewed if exercise else False,
    )
