"""Words and pictures of exercises that follow the working side, and the text of articles."""

from collections.abc import Iterable

from django import template
from django.db.models import TextChoices
from django.template import Context
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from education.library import markdown as small_markdown
from education.library.figures.catalogue import STEPPED_KEYS, STRIPED, Variant, drawing, film
from education.library.glossary import Explainer
from education.library.models import (
    Area,
    Demand,
    Equipment,
    Exercise,
    ExerciseStep,
    Precaution,
    StopIf,
    WorkingSide,
)
from education.library.pictures import Picture, cover_picture, picture
from education.library.wording import worded as fill_in
from education.library.wording import worded_column

register = template.Library()

LIST_COLUMNS: dict[str, type[TextChoices]] = {
    "areas": Area,
    "demands": Demand,
    "equipment": Equipment,
    "precautions": Precaution,
}
COLOURED = (Variant.LEFT, Variant.RIGHT)


@register.simple_tag
def worded(row: ExerciseStep, name: str, side: str) -> str:
    """The column ``name`` of a step, its side placeholders filled for a WorkingSide value."""
    return worded_column(row, name, side)


@register.simple_tag
def signs(stop_ifs: Iterable[StopIf], side: str) -> list[str]:
    """The texts of stop-ifs, worded for the side."""
    return [worded_column(stop_if, "text", side) for stop_if in stop_ifs]


@register.simple_tag
def coloured_leg(side: str) -> str:
    """Words for the leg that the pictures colour, or nothing when they colour none."""
    return fill_in("{Working:leg}", side) if side in COLOURED else ""


@register.simple_tag
def figure_for(step: ExerciseStep, side: str) -> Picture | None:
    """The step's photo, or its drawing: left or right for these sides, else plain."""
    return picture(step, side)


@register.inclusion_tag("library/parts/exercise_film.html")
def exercise_film(exercise: Exercise, side: str) -> dict[str, object]:
    """How the exercise moves: a film for the side, or its pictures one at a time, or nothing."""
    found = film(exercise.film, side)
    if found is None:
        return {"stepped": exercise.film in STEPPED_KEYS}
    still = next((step for step in exercise.steps.all() if step.pose == found.still), None)
    return {
        "film": found,
        "figure": drawing(found.still, side),
        "alt": worded_column(still, "alt", side) if still else exercise.title,
    }


@register.filter
def cover(exercise: Exercise) -> Picture | None:
    """The one picture that stands for an exercise read ``with_cover``; never coloured."""
    return cover_picture(exercise, WorkingSide.UNKNOWN)


@register.filter
def labels(values: Iterable[str] | None, column: str) -> str:
    """The names of what a list column holds: “lies flat, grips with the hands”."""
    choices = LIST_COLUMNS[column]
    return ", ".join(str(choices(value).label) for value in values or [])


@register.filter
def markdown(text: str) -> SafeString:
    """The small Markdown of articles as HTML."""
    return small_markdown.markdown(text)


@register.filter
def markdown_line(text: str) -> SafeString:
    """One line of it, without a paragraph."""
    return small_markdown.markdown_line(text)


@register.simple_tag(takes_context=True)
def explain(context: Context, text: str) -> SafeString:
    """Text or HTML with the first use of each glossary word explained.

    ``words`` of the context is the page's Explainer; a page without one explains nothing.
    """
    words: Explainer | None = context.get("words")
    return words.explain(text) if words else conditional_escape(text)


@register.simple_tag
def shows_where_felt(exercise: Exercise) -> bool:
    """Whether a drawing of its steps has a striped area. ``exercise``: with its steps."""
    return any(step.pose in STRIPED for step in exercise.steps.all())
