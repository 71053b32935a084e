"""Drawing a film: all its frames side by side in one SVG, for a page that shows one at a time."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from .catalogue import Variant
from .drawing import PADDING_PX, Frame, Sketch, join, sketch, still_sketches
from .marks import ZONE_PATTERN
from .motion import Motion, film_of
from .outline import number
from .scene import Exercise


class Filmstrip(NamedTuple):
    """A finished strip and the size of one of its frames."""

    svg: str
    width: int  # px
    height: int  # px
    frames: int


@cache
def film_sketches(exercise: Exercise, motion: Motion, variant: Variant) -> tuple[Sketch, ...]:
    """Every frame. The left film is the right one in a mirror: see `filmstrip`."""
    return tuple(sketch(exercise, picture, variant) for picture in film_of(exercise, motion).frames)


def film_bounds(exercise: Exercise, motion: Motion, variant: Variant) -> Frame:
    """What all frames of a film need, px."""
    drawn = Variant.RIGHT if variant is Variant.LEFT else variant
    left, top, right, bottom = join(s.frame for s in film_sketches(exercise, motion, drawn))
    return (-right, top, -left, bottom) if variant is Variant.LEFT else (left, top, right, bottom)


def filmstrip(exercise: Exercise, motion: Motion, variant: Variant) -> Filmstrip:
    """The strip, each picture of it in the frame of the exercise's stills."""
    stills = (s.frame for s in still_sketches(exercise, variant))
    frame = join([*stills, film_bounds(exercise, motion, variant)])
    mirrored = variant is Variant.LEFT
    sketches = film_sketches(exercise, motion, Variant.RIGHT if mirrored else variant)
    width = round(frame[2] - frame[0] + 2 * PADDING_PX)
    height = round(frame[3] - frame[1] + 2 * PADDING_PX)
    cells = "".join(
        f'<g transform="translate({place * width}){" scale(-1 1)" if mirrored else ""}">{s.svg}</g>'
        for place, s in enumerate(sketches)
    )
    left, top = number(frame[0] - PADDING_PX), number(frame[1] - PADDING_PX)
    pattern = ZONE_PATTERN if "url(#zone)" in cells else ""
    across = width * len(sketches)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{across}" height="{height}"'
        f' viewBox="{left} {top} {across} {height}">{pattern}{cells}</svg>\n'
    )
    return Filmstrip(svg, width, height, len(sketches))
