"""Palette and small pieces of SVG.

No classes, no style attributes, one id at most: the files are loaded as `<img>` under a strict
Content-Security-Policy. One file serves both themes, so every colour that carries meaning has at
least 3:1 on white and on the dark surface #162429 (relative luminance 0.148 to 0.30); only the
ink of the outlines and the white of arrows and stripes lie outside.
"""

from __future__ import annotations

from collections.abc import Sequence

from .camera import Camera
from .outline import number, pair, smooth_path
from .vectors import Vector

INK = "#18222D"
LIGHT = "#FFFFFF"  # the edge of arrows, the ground of the stripes
SEAM = "#CDEBEF"  # the pale line down the working leg
PALETTE = {
    "skin": "#B9774A",
    "skin far": "#C08159",
    "hair": "#9A6247",
    "shirt": "#7C93A7",
    "shirt far": "#8697A5",
    "leg": "#68718D",
    "leg far": "#858EA5",
    "working leg": "#007B8A",
    "shoe": "#6C7484",
    "shoe far": "#858B98",
    "zone": "#E8590C",
    "arrow": "#7D60CC",
    "mat": "#5E9A83",
    "mat side": "#4B8470",
    "floor": "#8A929C",
    "wall": "#8A929C",
    "wood": "#A07F5C",
    "wood side": "#917050",
    "iron": "#6B737F",
    "band": "#B8488F",
    "pillow": "#7F93A0",
    "pillow side": "#71848F",
}

OUTLINE_PX = 3.0  # only the outer half shows: the fill is painted over it
WORKING_LEG_OUTLINE_PX = 5.0

Span = tuple[float, float]
Box = tuple[Span, Span, Span]  # (from, to) along x, y and z, cm


def shape(path: str, fill: str, extra: str = "") -> str:
    """A filled shape; its ink outline comes from the group round the whole scene."""
    return f'<path fill="{fill}" d="{path}"{extra}/>'


def patch(path: str, fill: str) -> str:
    """A filled shape without an outline."""
    return shape(path, fill, ' stroke="none"')


def polygon(camera: Camera, points: Sequence[Vector]) -> str:
    return "M" + "L".join(pair(*camera.point(p)) for p in points) + "z"


def round_line(path: str, colour: str, width: float) -> str:
    """A round line of `width` px."""
    return (
        f'<path fill="none" stroke="{colour}" stroke-width="{number(width)}"'
        f' stroke-linecap="round" d="{path}"/>'
    )


def tube(camera: Camera, points: Sequence[Vector], colour: str, width: float) -> str:
    """A smooth line of `width` px with an ink edge through points in space."""
    path = smooth_path([camera.point(p) for p in points])
    return round_line(path, INK, width + 2.8) + round_line(path, colour, width)


def box_faces(camera: Camera, box: Box, top: str, side: str) -> str:
    """The faces of a box that the viewer sees."""
    (x0, x1), (y0, y1), (z0, z1) = box
    y = y0 if camera.away[1] > 0 else y1
    faces = [([(x0, y, z0), (x1, y, z0), (x1, y, z1), (x0, y, z1)], side)]
    if abs(camera.away[0]) > 1e-6:
        x = x1 if camera.away[0] < 0 else x0
        faces.append(([(x, y0, z0), (x, y1, z0), (x, y1, z1), (x, y0, z1)], side))
    if camera.away[2] < -1e-6:
        faces.append(([(x0, y0, z1), (x1, y0, z1), (x1, y1, z1), (x0, y1, z1)], top))
    return "".join(shape(polygon(camera, points), colour) for points, colour in faces)


def corners(box: Box) -> list[Vector]:
    return [(x, y, z) for x in box[0] for y in box[1] for z in box[2]]
