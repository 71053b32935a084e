"""From the pose tables to finished SVG files."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from .body import Body
from .camera import Camera, Circle
from .catalogue import Variant
from .depth import back_to_front, bounds
from .marks import ZONE_PATTERN, arrow_points, arrow_svg, zone_svg, zones_of
from .outline import number
from .parts import body_parts
from .pose import Side
from .props import Held, Scenery
from .scene import Exercise, Picture
from .svg import INK, OUTLINE_PX

PADDING_PX = 8
ARROW_REACH_PX = 8  # room for the head of an arrow round its end points

Frame = tuple[float, float, float, float]  # left, top, right, bottom; px


class Drawing(NamedTuple):
    """A finished picture."""

    svg: str
    width: int  # px
    height: int  # px


class Sketch(NamedTuple):
    """The inside of a picture, and the frame it needs."""

    svg: str
    frame: Frame


def variants_of(exercise: Exercise) -> tuple[Variant, ...]:
    """Two-sided exercises colour no leg, so that they have one drawing only."""
    return tuple(Variant) if exercise.one_sided else (Variant.PLAIN,)


def draw_exercise(
    exercise: Exercise, variant: Variant, room: Iterable[Frame] = ()
) -> list[Drawing]:
    """All pictures of an exercise, in the order of doing and in one common frame.

    `room` are frames that the common one must hold as well.
    """
    sketches = still_sketches(exercise, variant)
    frame = join([*(s.frame for s in sketches), *room])
    return [document(s.svg, frame) for s in sketches]


@cache
def still_sketches(exercise: Exercise, variant: Variant) -> tuple[Sketch, ...]:
    """The inside of every picture, in the order of doing."""
    return tuple(sketch(exercise, picture, variant) for picture in exercise.pictures)


def join(frames: Iterable[Frame]) -> Frame:
    """The frame that holds all of them."""
    lefts, tops, rights, bottoms = zip(*frames, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def sketch(exercise: Exercise, picture: Picture, variant: Variant) -> Sketch:
    camera = Camera(exercise.view, mirrored=variant is Variant.LEFT)
    body = Body(picture.pose)
    scenery = [p for p in exercise.props_of(picture) if isinstance(p, Scenery)]
    behind = "".join(prop.draw(camera) for prop in scenery)
    figure, circles = _figure(exercise, picture, variant, body, camera)
    arrows = [arrow_points(body, camera.inside(body), arrow) for arrow in picture.arrows]
    circles += [Circle(*camera.point(p), 0, 0) for prop in scenery for p in prop.extent()]
    circles += [Circle(x, y, 0, ARROW_REACH_PX) for points in arrows for x, y in points]
    svg = (
        f'<g stroke="{INK}" stroke-width="{number(OUTLINE_PX)}" stroke-linejoin="round"'
        f' paint-order="stroke">{behind}{figure}</g>' + "".join(map(arrow_svg, arrows))
    )
    return Sketch(svg, bounds(circles))


def _figure(
    exercise: Exercise, picture: Picture, variant: Variant, body: Body, world: Camera
) -> tuple[str, list[Circle]]:
    """Body, what it holds and its zones: SVG, and the circles the frame must hold."""
    camera = world.inside(body)
    parts = body_parts(body, camera, None if variant is Variant.PLAIN else Side.RIGHT)
    for prop in exercise.props_of(picture):
        if isinstance(prop, Held):
            parts += prop.parts(body, camera)
    zones, drawn, svg = zones_of(exercise, picture), set[str](), ""
    for part in back_to_front(parts, [*picture.in_front, ("head", "neck")]):
        svg += part.draw(part.near_part in drawn, part.far_part in drawn)
        svg += "".join(zone_svg(body, camera, zone) for zone in zones if zone.host == part.name)
        drawn.add(part.name)
    return svg, [circle for part in parts for circle in part.circles]


def document(inside: str, frame: Frame) -> Drawing:
    """A complete file; its alternative text is written by the page that shows it."""
    left, top = frame[0] - PADDING_PX, frame[1] - PADDING_PX
    width = round(frame[2] - frame[0] + 2 * PADDING_PX)
    height = round(frame[3] - frame[1] + 2 * PADDING_PX)
    pattern = ZONE_PATTERN if "url(#zone)" in inside else ""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="{number(left)} {number(top)} {width} {height}">{pattern}{inside}</svg>\n'
    )
    return Drawing(svg, width, height)
