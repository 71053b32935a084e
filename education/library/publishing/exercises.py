"""What the publish check asks of an exercise."""

from collections.abc import Collection, Iterator
from copy import copy
from datetime import date
from itertools import product
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from education.library.figures.catalogue import STEPPED_KEYS
from education.library.literal_sides import literal_sides
from education.library.models import (
    Demand,
    Exercise,
    ExerciseStep,
    LadderLink,
    Laterality,
    Position,
)

from .common import (
    hard,
    of_picture,
    of_placeholders,
    of_reading,
    of_review,
    of_sentences,
    of_spanish,
)
from .findings import Finding, Severity

LANGUAGES = ("en", "es")
WORDS = ("title", "form_name", "purpose", "feel", "ask_first", "harder_day")
STEP_WORDS = ("text", "caption", "alt")
#: Texts of the exercise itself in which a side would be wrong for half of the patients.
OWN_WORDS = ("purpose", "feel", "ask_first", "harder_day", "progression")
#: Texts in which a placeholder may name the side.
PLACEHOLDERS_IN = {"text", "caption", "alt", "harder_day"}
#: Texts whose every sentence has to be understood by itself.
READ_ALONE = {"purpose", "ask_first", "text"}


def findings_of_exercise(
    exercise: Exercise, *, today: date, proper_terms: Collection[str]
) -> list[Finding]:
    """Everything found against an exercise read with its steps and stop-ifs, from top to bottom."""
    exercise = copy(exercise)  # the lines are read once, and the caller's are as they were
    prefetch_related_objects([exercise], "steps", "stop_ifs", "ladder_links")
    return [
        *_of_answers(exercise),
        *_of_finding(exercise),
        *_of_steps(exercise),
        *_of_sides(exercise),
        *_of_stop_ifs(exercise),
        *_of_literal_sides(exercise),
        *_of_postures(exercise),
        *_of_sentences(exercise, proper_terms),
        *of_reading(
            _texts(exercise), proper_terms, place=_("The whole text"), anchor="id_purpose_en"
        ),
        *of_review(exercise, today),
        *_of_spanish(exercise),
    ]


def _of_answers(exercise: Exercise) -> Iterator[Finding]:
    """What a clinician has to know before it goes into a plan."""
    if not exercise.purpose_en:  # type: ignore[attr-defined]
        yield hard(
            "purpose_missing",
            _("Nobody has written what it is for."),
            _("Write it in a sentence or two."),
            anchor="id_purpose_en",
        )
    if not exercise.position:
        yield hard(
            "position_missing",
            _("Nobody has said how the body starts."),
            _("Choose the position."),
            anchor="id_position",
        )
    if not exercise.laterality:
        yield hard(
            "laterality_missing",
            _("Nobody has said whether it works one side or two."),
            _("Choose the laterality."),
            anchor="id_laterality",
        )
    if exercise.demands is None:
        yield hard(
            "demands_not_answered",
            _("Nobody has said what it asks of a body."),
            _("Go through the body demands and tick “We went through this list”."),
            anchor="id_demands",
        )
    if exercise.precautions is None:
        yield hard(
            "precautions_not_answered",
            _("Nobody has said which movements need care."),
            _("Go through the precautions and tick “We went through this list”."),
            anchor="id_precautions",
        )


def _of_finding(exercise: Exercise) -> Iterator[Finding]:
    """What a search and a clinician's choice go by."""
    for column, message in (
        ("areas", _("Nobody has said which part of the body it is for.")),
        ("kind", _("Nobody has said what kind of exercise it is.")),
        ("low_back", _("Nobody has said whether the low back bends, arches or stays as it is.")),
    ):
        if not getattr(exercise, column):
            yield Finding(
                code=f"{column}_missing",
                severity=Severity.SOFT,
                message=message,
                to_do=_("Choose it, so that it is found."),
                anchor=f"id_{column}",
            )


def _of_steps(exercise: Exercise) -> Iterator[Finding]:
    numbers = {step.pk: number for number, step in enumerate(exercise.steps_to_do, start=1)}
    if not numbers:
        yield hard(
            "no_steps", _("It has no steps."), _("Add at least one step."), anchor="steps-group"
        )
    for row, step in enumerate(exercise.steps.all()):
        number = numbers.get(step.pk)
        place = place_of(step, number)
        anchor = f"steps-{row}"
        yield from of_picture(step, place=place, anchor=anchor)
        yield from of_placeholders(_both(step, *STEP_WORDS), place=place, anchor=anchor)
        if number and not step.pose and not step.photo_id:
            yield Finding(
                code="step_without_picture",
                severity=Severity.SOFT,
                place=place,
                message=_("It has no picture."),
                to_do=_("Choose a drawing or upload a photo."),
                subject=step.text_en,  # type: ignore[attr-defined]
                anchor=anchor,
            )


def _of_literal_sides(exercise: Exercise) -> Iterator[Finding]:
    """Left or right written out: wrong for half of the patients, with few exceptions.

    In the steps of an exercise for one side there is no exception: the plan says which side.
    """
    for row, place, anchor, names in _worded(exercise):
        in_steps = isinstance(row, ExerciseStep)
        one_sided = in_steps and exercise.laterality == Laterality.ONE_SIDED
        for name, language in product(names, LANGUAGES):
            text = getattr(row, f"{name}_{language}") or ""
            if words := literal_sides(text, language):
                yield Finding(
                    code="literal_side",
                    severity=Severity.HARD if one_sided else Severity.SOFT,
                    place=place,
                    message=_("It says “%(words)s” outright: “%(text)s”")
                    % {"words": "”, “".join(words), "text": text},
                    to_do=_("Name the side by a placeholder such as {working:leg}.")
                    if name in PLACEHOLDERS_IN
                    else _("Say it without a side: the plan says which one works."),
                    subject=text,
                    anchor=anchor or f"id_{name}_{language}",
                )


def _worded(exercise: Exercise) -> Iterator[tuple[Any, str, str, tuple[str, ...]]]:
    """(row, where it stands, its place in the form, its texts) of all that follows a side."""
    for name in OWN_WORDS:
        label = Exercise._meta.get_field(name).verbose_name  # type: ignore[union-attr]
        yield exercise, str(label).capitalize(), "", (name,)
    numbers = {step.pk: number for number, step in enumerate(exercise.steps_to_do, start=1)}
    for row, step in enumerate(exercise.steps.all()):
        yield step, place_of(step, numbers.get(step.pk)), f"steps-{row}", STEP_WORDS
    for row, stop_if in enumerate(exercise.stop_ifs.all()):
        place = _("Sign to stop %(number)d") % {"number": row + 1}
        yield stop_if, place, f"stop_ifs-{row}", ("text",)
    for row, link in enumerate(exercise.ladder_links.all()):
        place = _("Ladder %(number)d") % {"number": row + 1}
        yield link, place, f"ladder_links-{row}", ("rule",)


def _of_sentences(exercise: Exercise, proper_terms: Collection[str]) -> Iterator[Finding]:
    """Every sentence a patient has to understand by itself: what to do, and when not to."""
    for row, place, anchor, names in _worded(exercise):
        for name in READ_ALONE.intersection(names):
            if not isinstance(row, LadderLink):
                text = getattr(row, f"{name}_en")
                yield from of_sentences(
                    text, proper_terms, place=place, anchor=anchor or f"id_{name}_en"
                )


def _of_postures(exercise: Exercise) -> Iterator[Finding]:
    """The position against what the pictures show and what it asks of a body."""
    lies = exercise.position == Position.SUPINE
    if lies and exercise.demands is not None and Demand.LIES not in exercise.demands:
        yield Finding(
            code="lying_not_asked",
            severity=Severity.SOFT,
            message=_("It starts lying on the back, and does not ask whether the patient can."),
            to_do=_("Tick “lies flat on the back”, or choose another position."),
            anchor="id_demands",
        )
    drawn_in = _positions_of_others(exercise) if exercise.position else {}
    numbers = {step.pk: number for number, step in enumerate(exercise.steps_to_do, start=1)}
    for row, step in enumerate(exercise.steps.all()):
        drawn = drawn_in.get(step.pose.rpartition("/")[0])
        if drawn and drawn != exercise.position:
            yield Finding(
                code="other_position_drawn",
                severity=Severity.SOFT,
                place=place_of(step, numbers.get(step.pk)),
                message=_("The picture shows %(drawn)s; the exercise starts %(said)s.")
                % {"drawn": Position(drawn).label, "said": exercise.get_position_display()},
                to_do=_("Choose a picture of that position, or mend the position."),
                subject=f"{step.pose} {exercise.position}",
                anchor=f"steps-{row}",
            )


def _positions_of_others(exercise: Exercise) -> dict[str, str]:
    """Exercise key -> position of those whose drawings it borrows; one query, none without any.

    A way to the floor and up goes through many positions, so its pictures tell nothing.
    """
    keys = {step.pose.rpartition("/")[0] for step in exercise.steps.all()}
    if not (borrowed := keys - {"", exercise.key} - STEPPED_KEYS):
        return {}
    rows = Exercise.objects.filter(key__in=borrowed).exclude(position="")
    return dict(rows.values_list("key", "position"))


def _of_sides(exercise: Exercise) -> Iterator[Finding]:
    """An exercise for one side has to say which, or a patient works the wrong one."""
    if not exercise.laterality or not exercise.has_side or not exercise.steps_to_do:
        return
    if not any("{" in step.text_en for step in exercise.steps_to_do):  # type: ignore[attr-defined]
        yield hard(
            "side_not_worded",
            _("It works one side at a time, and no step says which."),
            _("Name the side in the steps, such as {working:leg}."),
            anchor="steps-group",
        )


def _of_stop_ifs(exercise: Exercise) -> Iterator[Finding]:
    stop_ifs = list(exercise.stop_ifs.all())
    if not stop_ifs:
        yield hard(
            "no_stop_if",
            _("It has no sign of its own to stop."),
            _("Add at least one sign that says when to stop."),
            anchor="stop_ifs-group",
        )
    for row, stop_if in enumerate(stop_ifs):
        place = _("Sign to stop %(number)d") % {"number": row + 1}
        yield from of_placeholders(_both(stop_if, "text"), place=place, anchor=f"stop_ifs-{row}")


def _of_spanish(exercise: Exercise) -> Iterator[Finding]:
    rows = [exercise, *exercise.steps.all(), *exercise.stop_ifs.all()]
    return of_spanish(rows, {*WORDS, *STEP_WORDS})


def _texts(exercise: Exercise) -> list[str | None]:
    """Every English sentence of it that a patient reads or hears; names are no sentences."""
    texts = [getattr(exercise, f"{name}_en") for name in WORDS[2:]]
    for step in exercise.steps.all():
        texts += [getattr(step, f"{name}_en") for name in STEP_WORDS]
    stop_ifs = [stop_if.text_en for stop_if in exercise.stop_ifs.all()]  # type: ignore[attr-defined]
    return [*texts, *stop_ifs]


def _both(row: object, *names: str) -> list[str | None]:
    return [getattr(row, f"{name}_{language}") for name in names for language in LANGUAGES]


def place_of(step: ExerciseStep, number: int | None) -> str:
    """“Step 3”, as the reader counts, or the kind of a line that has no number."""
    if number:
        return _("Step %(number)d") % {"number": number}
    return str(ExerciseStep.Kind(step.kind).label).capitalize()
