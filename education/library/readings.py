"""A step as patients read it: side by side for every side, in both languages, with its picture."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .literal_sides import literal_sides
from .models import ExerciseStep, Laterality, WorkingSide
from .pictures import Picture, picture
from .wording import unknown_placeholders, worded

LANGUAGES = ("en", "es")
WORDS = ("text", "caption", "alt")
ONE_SIDE = (WorkingSide.LEFT, WorkingSide.RIGHT, WorkingSide.EACH, WorkingSide.UNKNOWN)
SIDES_TO_READ: dict[str, tuple[WorkingSide, ...]] = {
    Laterality.TWO_SIDED: (WorkingSide.NONE, WorkingSide.BOTH)
}
EVERY_SIDE = gettext_lazy("Every side")


@dataclass(frozen=True, slots=True)
class Words:
    """What one side reads in one language (a code such as "en")."""

    language: str
    text: str
    caption: str
    alt: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A step for one side; ``words`` by language, those of a language without text left out."""

    side: str
    label: Any
    picture: Picture | None
    words: tuple[Words, ...]

    @property
    def shows(self) -> tuple[Any, ...]:
        """What a reader sees of it: two readings with the same differ in their side's name only."""
        return (self.picture, self.words)


@dataclass(frozen=True, slots=True)
class StepReadings:
    """Every reading of a step. ``questions`` ask the editor about words that look wrong."""

    readings: list[Reading]
    questions: list[str] = field(default_factory=list)


def readings_of(step: ExerciseStep, laterality: str) -> StepReadings:
    """How the step (saved or not) reads for an exercise of this laterality.

    One reading alone, “Every side”, when nothing in it follows the side.
    """
    sides = SIDES_TO_READ.get(laterality, ONE_SIDE)
    readings = [_reading(step, side) for side in sides]
    if len({reading.shows for reading in readings}) == 1:
        first = readings[0]
        readings = [Reading(first.side, EVERY_SIDE, first.picture, first.words)]
    return StepReadings(readings, [*_questions(step)])


def _reading(step: ExerciseStep, side: WorkingSide) -> Reading:
    words = [
        Words(language, *(worded(_column(step, name, language), side, language) for name in WORDS))
        for language in LANGUAGES
        if any(_column(step, name, language) for name in WORDS)
    ]
    return Reading(side, side.label.capitalize(), picture(step, side), tuple(words))


def _column(step: ExerciseStep, name: str, language: str) -> str:
    return getattr(step, f"{name}_{language}", None) or ""


def _questions(step: ExerciseStep) -> Iterable[str]:
    for words in literal_words(step):
        yield _(
            "It says “%(words)s” outright, which is wrong for half of the patients. Is that meant? "
            "If not, use a placeholder such as {working:leg}."
        ) % {"words": "”, “".join(words)}
    for language in LANGUAGES:
        for name in WORDS:
            for unknown in unknown_placeholders(_column(step, name, language)):
                yield _("“%(name)s” is not a placeholder. Use one such as {working:leg}.") % {
                    "name": unknown
                }


def literal_words(step: ExerciseStep) -> list[list[str]]:
    """The words that say left or right outright, language by language; empty when none does."""
    found = []
    for language in LANGUAGES:
        text = "\n".join(_column(step, name, language) for name in WORDS)
        if words := literal_sides(text, language):
            found.append(words)
    return found
