"""A guided session: what there is to start, which exercises it asks for, and one at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from education.library.drawn import drawn
from education.library.models import Exercise, StopIf
from education.library.models.dosage import (
    SECONDS_PER_REPETITION,
    SECONDS_TO_SWAP_SIDES,
    DosageSpec,
)
from education.library.pictures import Picture, cover_picture, picture
from education.library.wording import load_line, worded_column
from education.people.models import Clinic
from education.plans.bodies import Body, is_supervised, row_keys, waiting_keys
from education.plans.models import PlanVersion
from education.plans.reading import (
    ReadExercise,
    easier_of,
    lighter_form,
    read_exercise,
    usual_form,
)
from education.plans.standing import Standing, has_open_clash, standing

from .models import ExerciseLog, Session
from .planned import A_DAY, due_rows, times_of, times_on

Sessions = Iterable[Session]

#: Answers of the pain rule after which nobody is led to another session on the same day.
STOPPED = (Session.Told.RED_FLAG, Session.Told.FURTHER_DOWN, Session.Told.STOP)

LEAD_SECONDS = 5  # from the press, or from the end of a rest, to the hold


class NothingToStart(models.TextChoices):
    """Why there is no session to begin now."""

    NO_PLAN = "no_plan", _("there is no plan yet")
    NOT_STARTED = "not_started", _("the plan starts later")
    NOT_NOW = "not_now", _("the plan is not to be followed now")
    REST_DAY = "rest_day", _("nothing is planned today")
    AT_CLINIC = "at_clinic", _("only at the clinic today")
    ALL_DONE = "all_done", _("everything of today is done")
    STOPPED = "stopped", _("a session of today ended with a reason to stop")


@dataclass(frozen=True)
class Start:
    """The ``occurrence``-th session of today: the next one to do, begun already or not."""

    version: PlanVersion
    occurrence: int
    harder: bool
    session: Session | None

    @property
    def is_under_way(self) -> bool:
        """Begun, and the pain before it is known: there is nothing left to ask."""
        return self.session is not None and self.session.pain_before is not None

    def lighter(self, day: date) -> list[ReadExercise]:
        """What it would ask for on a harder day."""
        rows = open_rows(self.version, day, self.occurrence, harder=True)
        by_key = {exercise.key: exercise for exercise in self.version.exercises}
        waiting = waiting_keys(self.version.body, by_key.values())
        return [
            read_exercise(
                row,
                by_key.get(row["exercise"]),
                easier_of(row, by_key),
                waiting=waiting,
                harder=True,
            )
            for row in rows
        ]


def may_go_on(version: PlanVersion, clinic: Clinic) -> bool:
    """Whether the plan of ``version`` (the patient's present one) may be done today."""
    return _standing(version, clinic) in (Standing.READY, Standing.REVIEW_PAST)


def _standing(version: PlanVersion, clinic: Clinic) -> Standing:
    return standing(
        version,
        today=clinic.today(),
        grace_days=clinic.review_grace_days,
        unsettled=has_open_clash(version),
    )


def closed_keys(version: PlanVersion, revision: int | None) -> frozenset[str]:
    """Planned exercises of a version that nobody may do alone by the library of ``revision``.

    One that patients may not read any more is closed too.
    """

    def look() -> frozenset[str]:
        by_key = {exercise.key: exercise for exercise in version.exercises}
        rows = ((row, by_key.get(row["exercise"])) for row in version.planned.values())
        return frozenset(row["key"] for row, own in rows if own is None or is_supervised(row, own))

    return drawn(("closed", version.pk, revision), look)


def open_rows(
    version: PlanVersion,
    day: date,
    occurrence: int = 1,
    *,
    harder: bool = False,
    revision: int | None = None,
) -> list[Body]:
    """Rows that the ``occurrence``-th session of ``day`` asks for, in order.

    What is done once a day is no part of the second session. ``revision``: the library's; it is
    asked for with a version that was not read by ``current()``.
    """
    closed = closed_keys(version, version.library_now if revision is None else revision)
    return [
        row
        for row in due_rows(version, day)
        if row["key"] not in closed and times_of(row, harder=harder) >= occurrence
    ]


def to_start(version: PlanVersion | None, clinic: Clinic, today: Sessions) -> Start | str:
    """The first session of today that is neither finished nor ticked off, or a NothingToStart.

    ``today``: the patient's sessions of the clinic's today, with their logs.
    """
    if version is None:
        return NothingToStart.NO_PLAN
    if not may_go_on(version, clinic):
        later = _standing(version, clinic) == Standing.NOT_STARTED
        return NothingToStart.NOT_STARTED if later else NothingToStart.NOT_NOW
    day = clinic.today()
    harder = version.is_harder_on(day)
    begun = {session.occurrence: session for session in today}
    if any(session.told in STOPPED for session in begun.values()):
        return NothingToStart.STOPPED
    for occurrence in range(1, times_on(version, day, harder=harder) + 1):
        session = begun.get(occurrence)
        rows = open_rows(version, day, occurrence, harder=harder)
        if rows and not (session and (session.is_finished or _is_through(session, rows))):
            return Start(version, occurrence, harder, session)
    return _why_nothing(version, day)


def _is_through(session: Session, rows: Sequence[Body]) -> bool:
    return {row["key"] for row in rows} <= said_of(session)


def _why_nothing(version: PlanVersion, day: date) -> NothingToStart:
    if open_rows(version, day):
        return NothingToStart.ALL_DONE
    watched = all(row["supervised"] for row in version.planned.values())
    return (
        NothingToStart.AT_CLINIC if watched or due_rows(version, day) else NothingToStart.REST_DAY
    )


def said_of(session: Session) -> set[str]:
    """Keys of the planned exercises of which the patient said what became of them.

    ``session``: with its logs.
    """
    back = ExerciseLog.Outcome.TAKEN_BACK
    return {str(log.key) for log in session.logs.all() if log.outcome != back}


@dataclass(frozen=True)
class Sitting:
    """A session that is being followed, beside what the patient's plan says by now.

    The version with which it was begun is what is followed. An exercise that is gone from the plan
    since then, or is not to be done alone any more, is left out. ``present``: the version of now.
    """

    session: Session
    present: PlanVersion

    @cached_property
    def keys(self) -> list[str]:
        """Keys of its planned exercises; the place of one is its number here, from 1."""
        session, present = self.session, self.present
        rows = open_rows(
            session.version,
            session.day,
            session.occurrence,
            harder=session.harder,
            revision=present.library_now or 0,
        )
        keys = [row["key"] for row in rows]
        if not self.has_changed:
            return keys
        closed = closed_keys(present, present.library_now)
        return [key for key in keys if key in present.planned and key not in closed]

    @property
    def has_changed(self) -> bool:
        """Whether a version was published since it was begun."""
        return self.session.version_id != self.present.pk

    @property
    def first_open(self) -> int | None:
        """Place of the first exercise that nothing was said of; None when all are through."""
        said = said_of(self.session)
        open_ = (place for place, key in enumerate(self.keys, start=1) if key not in said)
        return next(open_, None)

    def exercise_at(self, place: int) -> "GuidedExercise":
        """What the screen shows at ``place``."""
        return guided_exercise(self.session, self.keys[place - 1], self.present.library_now)

    def place_after(self, key: str) -> int | None:
        """Place of the exercise after ``key``, or None after the last."""
        if key not in self.keys:
            return self.first_open
        place = self.keys.index(key) + 2
        return place if place <= len(self.keys) else None


def may_be_followed(session: Session, today: date) -> bool:
    """Not finished, and begun today or, late in the evening, yesterday."""
    return not session.is_finished and today - session.day <= A_DAY


# ------------------------------------------------------------------ one exercise


@dataclass(frozen=True)
class Step:
    """One step as it stands on the screen: in few words, with its picture or the one before it."""

    words: str
    figure: Picture | None
    alt: str


@dataclass(frozen=True)
class Counting:
    """What the screen counts by itself. Times are in seconds.

    Each of ``rounds`` has ``repetitions`` (of which ``enough`` will do) on each of ``sides``
    (1, or 2 in turn), each with its ``hold``; or lasts ``work`` seconds. Without a hold a
    repetition takes ``pace``.
    """

    rounds: int
    repetitions: int
    enough: int
    hold: int
    work: int
    rest: int
    sides: int
    lead: int = LEAD_SECONDS
    pace: int = SECONDS_PER_REPETITION
    swap: int = SECONDS_TO_SWAP_SIDES

    @property
    def first(self) -> int:
        """What the timer shows before it starts: seconds, or repetitions done."""
        return self.work or self.hold or 0


@dataclass(frozen=True)
class GuidedExercise:
    """One exercise of a session, read for its working side and for the kind of day.

    ``move`` is the number of the step to hold or to move to, ``back`` that of the way back, both
    from 0. ``counting`` is None where a line in words is all that is asked, or it is done once.
    """

    key: str
    read: ReadExercise
    exercise: Exercise
    steps: list[Step]
    move: int
    back: int
    counting: Counting | None
    load: str
    shared_stop_ifs: list[StopIf]


def guided_exercise(session: Session, key: str, revision: int) -> GuidedExercise:
    """The exercise ``key`` of a session in the library's words of ``revision``.

    Raises KeyError when the version of the session has no such exercise, or the library none.
    """
    version, harder = session.version, session.harder
    name = ("guided", version.pk, get_language(), revision, key, harder)
    return drawn(name, lambda: _read(version, key, harder))


def _read(version: PlanVersion, key: str, harder: bool) -> GuidedExercise:
    row = version.planned[key]
    readable = Exercise.objects.readable_in_plans().filter(key__in=row_keys(row))
    by_key = {exercise.key: exercise for exercise in readable.with_page().with_cover()}
    own, easier = by_key.get(row["exercise"]), easier_of(row, by_key)
    waiting = waiting_keys(version.body, version.exercises)
    read = read_exercise(row, own, easier, waiting=waiting, harder=harder)
    form = (lighter_form(row, own, easier) if read.is_lighter else None) or usual_form(row, own)
    exercise = by_key[read.exercise_key]
    move, back = _move_and_back(exercise)
    return GuidedExercise(
        key=key,
        read=read,
        exercise=exercise,
        steps=list(_steps(exercise, read.side)),
        move=move,
        back=back,
        counting=None if read.line_is_dose else counting_of(form.dosage, read.side),
        load="" if read.line_is_dose else load_line(form.dosage),
        shared_stop_ifs=list(StopIf.objects.shared()),
    )


def counting_of(dosage: DosageSpec, side: str) -> Counting | None:
    """What is counted of a dosage; None for what is done once, without a hold."""
    repetitions = dosage.reps_max or dosage.reps_min or 1
    sides = 2 if side == "each" else 1
    if not dosage.minutes and not dosage.hold_seconds and dosage.sets * repetitions * sides == 1:
        return None
    return Counting(
        rounds=dosage.sets,
        repetitions=1 if dosage.minutes else repetitions,
        enough=1 if dosage.minutes else dosage.reps_min or repetitions,
        hold=0 if dosage.minutes else dosage.hold_seconds,
        work=(dosage.minutes or 0) * 60,
        rest=dosage.rest_seconds,
        sides=sides,
    )


def _steps(exercise: Exercise, side: str) -> Iterable[Step]:
    figure, alt = cover_picture(exercise, side), ""
    for step in exercise.steps_to_do:
        if shown := picture(step, side):
            figure, alt = shown, worded_column(step, "alt", side)
        words = worded_column(step, "caption", side) or worded_column(step, "text", side)
        yield Step(words, figure, alt)


def _move_and_back(exercise: Exercise) -> tuple[int, int]:
    """Numbers of the step that its cover shows (else its last picture), and of the one after it."""
    todo = exercise.steps_to_do
    pictured = [number for number, step in enumerate(todo) if step.pose or step.photo_id]
    cover = getattr(exercise, "cover_pose", None)  # read ``with_cover``
    covers = [number for number in pictured if todo[number].pose == cover]
    move = (covers or pictured[-1:] or [len(todo) - 1])[0]
    back = move + 1 if move + 1 < len(todo) else 0
    return max(move, 0), back
