"""The picture of a step, a section or a whole exercise: a drawing, or a photo of the clinic's own.

Both have ``url``, ``width`` and ``height`` (px): pages show them alike.
"""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from .figures.catalogue import Figure, drawing
from .models import WorkingSide
from .wording import names_side

SIDES = (WorkingSide.LEFT, WorkingSide.RIGHT)


@dataclass(frozen=True, slots=True)
class PhotoFigure:
    """A photo as a page shows it.

    ``may_show_other_side``: the words beside it say left or right, and a photo cannot follow.
    """

    url: str
    width: int
    height: int
    may_show_other_side: bool = False
    is_photo: bool = True


Picture = Figure | PhotoFigure


def picture(row: Any, side: str) -> Picture | None:
    """The picture of an ExerciseStep or ArticleSection for a WorkingSide value, or None.

    A drawing is coloured for left and right only; a photo is the same for every side. Reads the
    row's ``photo``: select it with the rows.
    """
    if row.photo_id is None:
        return drawing(row.pose, side)
    photo = row.photo
    other = side in SIDES and any(names_side(text) for text in _words(row))
    return PhotoFigure(photo.get_absolute_url(), photo.width, photo.height, other)


def _words(row: Any) -> list[str]:
    """What stands beside the picture and says whose side it is."""
    return [getattr(row, f"{name}_en", "") or "" for name in ("text", "caption", "alt")]


def cover_picture(content: Any, side: str) -> Picture | None:
    """The one picture that stands for an exercise or article read ``with_cover``, or None."""
    if pose := getattr(content, "cover_pose", None):
        return drawing(pose, side)
    if photo := getattr(content, "cover_photo", None):
        url = reverse("photo", args=[photo["digest"]])
        return PhotoFigure(url, photo["width"], photo["height"])
    return None
