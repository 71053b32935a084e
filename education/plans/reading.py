"""A plan as the patient reads it: words and pictures from a body and the live library.

The same for the published version, the preview of a draft, and paper.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from education.library.models import DosageSpec, Exercise
from education.library.models.dosage import EVERY_DAY
from education.library.pictures import Picture, cover_picture
from education.library.wording import (
    dosage_lines,
    dosage_sentence,
    rest_line,
    side_words,
    worded,
    worded_column,
)

from .bodies import Body, is_supervised, upgraded, upgraded_row, waiting_keys
from .rechecks import WRONG_SIDES
from .shelf import default_side

AHEAD = 14  # days: “every so many days” goes up to this


@dataclass(frozen=True)
class ReadExercise:
    """One exercise of a plan in the reader's language, worded for its working side.

    ``count`` and ``how`` are the two lines of the dosage, ``rest`` the pause between rounds;
    ``seconds`` is the length of one sitting. ``side_words`` is empty when no side is named.
    ``why`` and the rules of the ladder are the clinician's words for this patient, or empty.
    ``next_on`` is the next day it is due, when that is asked for.

    ``harder_day`` says in a line what is less on a harder day. On such a day itself
    (``for_harder_day``) title, picture and dosage are already those of the lighter form when the
    plan has one (``is_lighter``); ``instead_of`` then names the exercise whose place an easier
    rung takes. Where the plan has no lighter form but a line, ``line_is_dose``: the line is all
    that is asked today, and no other count stands beside it.
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
    why: str
    note: str
    up_rule: str
    down_rule: str
    supervised: bool
    figure: Picture | None
    is_reviewed: bool
    next_on: date | None = None
    for_harder_day: bool = False
    is_lighter: bool = False
    line_is_dose: bool = False
    instead_of: str = ""

    @property
    def minutes(self) -> int:
        """Length of one sitting in whole minutes, at least 1."""
        return max(1, ceil(self.seconds / 60))


@dataclass(frozen=True)
class ReadPlan:
    """A plan on one day.

    ``due`` is done today, ``later`` on other days, ``supervised`` never alone. ``begins`` is the
    first day while that lies ahead: ``due`` is then what is done on it. ``for_harder_day``: the
    patient said that today is one, and ``due`` is read for it.
    """

    title: str
    clinician: str
    clinician_given_name: str
    goal: str
    note: str
    flare_up: str
    keeps_going: bool
    start_on: date | None
    begins: date | None
    review_on: date | None
    due: list[ReadExercise]
    later: list[ReadExercise]
    supervised: list[ReadExercise]
    for_harder_day: bool = False

    @property
    def minutes(self) -> int:
        """Length of one sitting of today's exercises, in whole minutes, at least 1."""
        return max(1, ceil(sum(row.seconds for row in self.due) / 60))

    @property
    def all_reviewed(self) -> bool:
        """Whether a clinician has reviewed every exercise in it."""
        return all(row.is_reviewed for row in (*self.due, *self.later, *self.supervised))


def read_plan(
    body: Body, exercises: Iterable[Exercise], *, on: date, harder: bool = False
) -> ReadPlan:
    """The plan in ``body`` (any schema) on the day ``on``, in the active language.

    ``exercises`` are the library's rows for it, read ``with_cover``, those of harder days among
    them. ``harder``: today is a harder day, once the plan has begun.
    """
    body = upgraded(body)
    by_key = {exercise.key: exercise for exercise in exercises}
    start = parse_date(body["start_on"])
    begins = start if start and start > on else None
    day, harder = begins or on, harder and not begins
    waiting = waiting_keys(body, by_key.values())
    due, later, supervised = [], [], []
    for row in body["exercises"]:
        own, easier = by_key.get(row["exercise"]), easier_of(row, by_key)
        if is_supervised(row, own):
            supervised.append(read_exercise(row, own, easier, waiting=waiting))
        elif is_due(row, day, start):
            due.append(read_exercise(row, own, easier, waiting=waiting, harder=harder))
        else:
            next_on = next_due(row, day, start)
            later.append(read_exercise(row, own, easier, waiting=waiting, next_on=next_on))
    return ReadPlan(
        title=body["title"],
        clinician=body["clinician"]["name"],
        clinician_given_name=body["clinician"]["given_name"],
        goal=body["goal"],
        note=body["note"],
        flare_up=body["flare_up"],
        keeps_going=body["kind"] == "maintenance",
        start_on=start,
        begins=begins,
        review_on=parse_date(body["review_on"]) if body["review_on"] else None,
        due=due,
        later=later,
        supervised=supervised,
        for_harder_day=harder,
    )


def anchor_of(row: Body) -> date | None:
    """The day from which “every so many days” is counted, when it is not the start of the plan."""
    return parse_date(row["anchor_on"]) if row["anchor_on"] else None


def is_due(row: Body, day: date, start: date | None) -> bool:
    """Whether a row (of schema 2) is planned on ``day``; never before the day it counts from."""
    anchor = _counts_from(row)
    if anchor and day < anchor:
        return False
    return DosageSpec.from_dict(row["dosage"]).is_due(day, anchor or start or day)


def next_due(row: Body, day: date, start: date | None) -> date | None:
    """The first day after ``day`` on which a row (of schema 2) is planned, or None."""
    return _due_from(row, day.toordinal() + 1, start)


def first_due(row: Body, day: date, start: date | None) -> date | None:
    """``day``, or the first one after it on which a row (of schema 2) is planned; or None."""
    return _due_from(row, day.toordinal(), start)


def _due_from(row: Body, first: int, start: date | None) -> date | None:
    """The first day on which a row is planned, from the one with the ordinal ``first``."""
    if anchor := _counts_from(row):
        first = max(first, anchor.toordinal())
    # A mistyped year may be the last one there is.
    ahead = range(first, min(first + AHEAD, date.max.toordinal() + 1))
    return next((day for day in map(date.fromordinal, ahead) if is_due(row, day, start)), None)


def _counts_from(row: Body) -> date | None:
    return anchor_of(row) if row["dosage"]["every_n_days"] > 1 else None


def easier_of(row: Body, by_key: Mapping[str, Exercise]) -> Exercise | None:
    """The library's row of the easier rung that a row (of schema 2) has for a harder day."""
    return by_key.get(row["harder"]["exercise"]) if row["harder"] else None


def title_of(row: Body, *, harder: bool = False) -> str:
    """Title of a row of a body in the active language; English when it has no other.

    ``harder``: that of the easier rung which takes its place on a harder day, if there is one.
    """
    names = row["title"]
    if harder and row["harder"] and row["harder"]["exercise"]:
        names = row["harder"]["title"]
    return names.get((get_language() or "en")[:2]) or names["en"]


@dataclass(frozen=True)
class Form:
    """One way to do a planned exercise: which, on what side, how much."""

    exercise: Exercise | None
    exercise_key: str
    title: str
    side: str
    dosage: DosageSpec


def usual_form(row: Body, exercise: Exercise | None) -> Form:
    """A row as it is done on an ordinary day."""
    dosage = DosageSpec.from_dict(row["dosage"])
    return Form(exercise, row["exercise"], title_of(row), row["working_side"], dosage)


def lighter_dosage(row: Body) -> DosageSpec:
    """The dosage that a row has for a harder day. It names no days: they are the row's own."""
    lighter = DosageSpec.from_dict(row["harder"]["dosage"])
    return replace(lighter, weekdays=EVERY_DAY, every_n_days=1)


def lighter_form(row: Body, exercise: Exercise | None, easier: Exercise | None) -> Form | None:
    """A row (of schema 2) as it is done on a harder day, or None when the plan does not say.

    An easier rung that has left the library is not shown, nor is the dosage that was meant for it.
    """
    if not row["harder"]:
        return None
    dosage = lighter_dosage(row)
    if not row["harder"]["exercise"]:
        return Form(exercise, row["exercise"], title_of(row), row["working_side"], dosage)
    if easier is None:
        return None
    side = row["working_side"]
    if side in WRONG_SIDES.get(easier.laterality, ()):
        side = default_side(easier, "unknown")
    return Form(easier, easier.key, title_of(row, harder=True), side, dosage)


def read_exercise(
    row: Body,
    exercise: Exercise | None,
    easier: Exercise | None = None,
    *,
    waiting: Collection[str] = (),
    harder: bool = False,
    next_on: date | None = None,
    first: date | None = None,
) -> ReadExercise:
    """One row of a body with the library's words. A retired exercise is still read.

    ``easier`` is the library's row of its easier rung, if it has one; a rung that is ``waiting``
    to be watched (see ``waiting_keys``) is not read. ``harder``: read it for a harder day.
    ``first``: the day to name beside “every so many days”, for a reader who has no “today”.
    """
    row = upgraded_row(row)
    waits = easier is not None and easier.key in waiting
    usual, lighter = usual_form(row, exercise), lighter_form(row, exercise, easier)
    if waits:
        lighter = None
    form = lighter if harder and lighter else usual
    another = form.exercise_key != usual.exercise_key
    count, how = dosage_lines(form.dosage, form.side, first)
    return ReadExercise(
        key=row["key"],
        exercise_key=form.exercise_key,
        title=form.title,
        side=form.side,
        count=count,
        how=how,
        rest=rest_line(form.dosage),
        side_words=side_words(form.side),
        seconds=form.dosage.seconds(sides=2 if form.side == "each" else 1),
        harder_day=_("Less is fine. Do what feels right.")  # the line is about the rung
        if waits
        else _harder_line(row, exercise, None if harder else lighter),
        why=row["why"],
        note="" if another else row["note"],  # it was written for the usual one
        up_rule=row["rules"]["up"],
        down_rule=row["rules"]["down"],
        supervised=is_supervised(row, exercise),
        figure=cover_picture(form.exercise, form.side),
        is_reviewed=form.exercise.is_reviewed if form.exercise else False,
        next_on=next_on,
        for_harder_day=harder,
        is_lighter=form is lighter,
        line_is_dose=harder and not row["harder"] and bool(_harder_line(row, exercise, None)),
        instead_of=usual.title if another else "",
    )


def read_easier_exercise(
    row: Body, by_key: Mapping[str, Exercise], *, waiting: Collection[str]
) -> ReadExercise | None:
    """The other exercise that takes the place of a row (of schema 2) on a harder day, or None.

    None too where it, or the row itself, is to be watched first.
    """
    own = by_key.get(row["exercise"])
    read = read_exercise(row, own, easier_of(row, by_key), waiting=waiting, harder=True)
    return read if read.instead_of and not read.supervised else None


def _harder_line(row: Body, exercise: Exercise | None, told: Form | None) -> str:
    """What is less on a harder day: the form to be ``told``, and the clinician's own line.

    The library's line stands in for a plan that says nothing of its own.
    """
    line = worded(row["harder_day"], row["working_side"])
    if not line and not row["harder"] and exercise:
        return worded_column(exercise, "harder_day", row["working_side"])
    parts = [line]
    if told:
        another = f"{told.title}." if told.exercise_key != row["exercise"] else ""
        parts = [another, dosage_sentence(told.dosage, told.side), line]
    return " ".join(part for part in parts if part)
