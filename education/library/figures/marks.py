"""Marks on a picture: where one feels it (striped zones) and which way to move (arrows)."""

from __future__ import annotations

import math
from collections.abc import Sequence

from .body import Body
from .camera import Camera
from .outline import Point, chain_path, hull_path, number, pair, smooth_path
from .scene import Arrow, BackZone, BoneZone, Exercise, Picture, Zone
from .svg import LIGHT, PALETTE, round_line
from .vectors import add, mix, scale

ZONE_PATTERN = (
    '<defs><pattern id="zone" width="6" height="6" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)">'
    f'<rect width="6" height="6" fill="{PALETTE["zone"]}"/>'
    f'<rect width="2" height="6" fill="{LIGHT}"/></pattern></defs>'
)
SHAFT_PX, SHAFT_EDGE_PX = 5, 9
HEAD_PX, HEAD_SPREAD = 16, 0.6  # length of the barbs, their angle in radians


def zones_of(exercise: Exercise, picture: Picture) -> list[Zone]:
    """In a two-sided exercise both legs feel it."""
    zones = list(picture.zones)
    if not exercise.one_sided:
        zones += [z.on_other_leg() for z in picture.zones if z.on_other_leg() not in zones]
    return zones


def _bone_zone(body: Body, camera: Camera, zone: BoneZone) -> str:
    near, far = body.ends(zone.bone)
    aside = scale(body.bones[zone.bone].front, zone.front)
    return hull_path(
        [
            camera.circle((add(mix(near, far, share), aside), zone.radius))
            for share in (zone.start, zone.end)
        ]
    )


def zone_svg(body: Body, camera: Camera, zone: Zone) -> str:
    """A striped patch; `camera` is the camera of body space."""
    if isinstance(zone, BoneZone):
        path = _bone_zone(body, camera, zone)
    elif isinstance(zone, BackZone):
        shares = (zone.start, (zone.start + zone.end) / 2, zone.end)
        path = chain_path(
            [camera.circle((body.on_spine(s, -4.5, -5), zone.radius)) for s in shares]
        )
    else:
        bone, sign = body.bones[f"{zone.side} thigh"], zone.side.sign
        hip = add(body.joints[f"{zone.side} hip"], (0, sign * 3, 0))
        below = add(hip, add(scale(bone.direction, 7), scale(bone.front, -4.6)))
        upper = camera.circle((body.on_spine(0.06, -6.2, sign * 9), zone.radius))
        path = hull_path([upper, camera.circle((below, zone.radius * 0.85))])
    return f'<path d="{path}" fill="url(#zone)" stroke="{LIGHT}" stroke-width="1.2"/>'


def arrow_points(body: Body, camera: Camera, arrow: Arrow) -> list[Point]:
    """Start, bend and end on the screen, px; `camera` is the camera of body space."""
    x, y = camera.point(body.joints[arrow.joint])
    (x0, y0), (x1, y1) = ((x + dx * camera.flip, y + dy) for dx, dy in (arrow.start, arrow.end))
    bulge = arrow.bulge * camera.flip
    bend = ((x0 + x1) / 2 - (y1 - y0) * bulge, (y0 + y1) / 2 + (x1 - x0) * bulge)
    return [(x0, y0), bend, (x1, y1)]


def arrow_svg(points: Sequence[Point]) -> str:
    """Shaft and head with a light edge, so that the arrow reads over the body."""
    path, (x, y), (before_x, before_y) = smooth_path(points), points[-1], points[-2]
    way = math.atan2(y - before_y, x - before_x)
    tip = (x + math.cos(way) * 9, y + math.sin(way) * 9)
    barbs = [
        (tip[0] - HEAD_PX * math.cos(way + spread), tip[1] - HEAD_PX * math.sin(way + spread))
        for spread in (-HEAD_SPREAD, HEAD_SPREAD)
    ]
    head = "M" + "L".join(pair(*p) for p in (tip, *barbs)) + "z"

    def layer(colour: str, shaft: float, edge: float) -> str:
        return round_line(path, colour, shaft) + (
            f'<path d="{head}" fill="{colour}" stroke="{colour}"'
            f' stroke-width="{number(edge)}" stroke-linejoin="round"/>'
        )

    return layer(LIGHT, SHAFT_EDGE_PX, 5) + layer(PALETTE["arrow"], SHAFT_PX, 1.5)
