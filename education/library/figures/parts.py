"""The parts of the body as SVG, each with the circles that decide its place in depth."""

from __future__ import annotations

import math

from . import anatomy
from .body import Body
from .camera import Camera, Circle
from .depth import Part
from .outline import (
    chain_path,
    circle_path,
    dense,
    hull_path,
    mix_circles,
    number,
    pair,
    smooth_path,
)
from .pose import Side
from .svg import INK, OUTLINE_PX, PALETTE, SEAM, WORKING_LEG_OUTLINE_PX, patch, round_line, shape
from .vectors import add, dot, scale, unit
from .volumes import (
    bone_spheres,
    foot_spheres,
    palm_and_finger_spheres,
    thumb_spheres,
    wrist_spheres,
)


def near_side(body: Body, camera: Camera) -> Side:
    """The side of the person that is nearer to the viewer."""

    def depth(side: Side) -> float:
        return sum(camera.depth(body.joints[f"{side} {joint}"]) for joint in ("shoulder", "hip"))

    return min(Side, key=depth)


def body_parts(body: Body, camera: Camera, working: Side | None) -> list[Part]:
    """All parts; `camera` is the camera of body space, `working` the leg to colour."""
    near = near_side(body, camera)
    parts = [*_trunk(body, camera), _head(body, camera)]
    for side in Side:
        parts += _leg(body, camera, side, is_working=side is working, is_near=side is near)
        parts += _arm(body, camera, side, is_near=side is near)
    return parts


# ---------------------------------------------------------------------- legs
def _seam(circles: list[Circle], start: float, end: float) -> str:
    """The pale line down the side of the working leg."""
    ends = (mix_circles(circles[0], circles[-1], share) for share in (start, end))
    return round_line(smooth_path([(c.x, c.y) for c in ends]), SEAM, 3)


def _thigh(body: Body, camera: Camera, side: Side, *, is_working: bool, is_near: bool) -> Part:
    circles = camera.circles(bone_spheres(body, f"{side} thigh", anatomy.THIGH))
    share, forward, half, radius = anatomy.BUTTOCK
    buttock = camera.circle((body.on_spine(share, forward, side.sign * half), radius))
    fill = _leg_fill(is_working, is_near)

    def draw(open_near: bool, open_far: bool) -> str:
        limb = shape(
            chain_path(circles, open_near=open_near, open_far=open_far),
            fill,
            _heavier_outline(is_working),
        )
        # On a pelvis that is already painted the hip shows no ink line.
        hip = patch(hull_path([circles[0], buttock]), fill) if open_near and is_working else ""
        covers = open_near and (is_working or not is_near)
        cap = patch(circle_path(circles[0]), fill) if covers else ""
        return hip + limb + cap + (_seam(circles, 0.12, 0.93) if is_working else "")

    return Part(f"{side} thigh", dense(circles), draw, "pelvis", f"{side} shank")


def _leg_fill(is_working: bool, is_near: bool) -> str:
    if is_working:
        return PALETTE["working leg"]
    return PALETTE["leg" if is_near else "leg far"]


def _heavier_outline(is_working: bool) -> str:
    return f' stroke-width="{number(WORKING_LEG_OUTLINE_PX)}"' if is_working else ""


def _shank(body: Body, camera: Camera, side: Side, *, is_working: bool, is_near: bool) -> Part:
    circles = camera.circles(bone_spheres(body, f"{side} shank", anatomy.SHANK))

    def draw(open_near: bool, open_far: bool) -> str:
        path = chain_path(circles, open_near=open_near, open_far=open_far)
        limb = shape(path, _leg_fill(is_working, is_near), _heavier_outline(is_working))
        return limb + (_seam(circles, 0.10, 0.90) if is_working else "")

    return Part(f"{side} shank", dense(circles), draw, f"{side} thigh")


def _leg(body: Body, camera: Camera, side: Side, *, is_working: bool, is_near: bool) -> list[Part]:
    """Thigh, shank and foot."""
    ankle, heel, ball, toes, instep = camera.circles(foot_spheres(body, side))
    shoe = (
        hull_path([ankle, heel, instep])
        + hull_path([heel, ball])
        + hull_path([instep, ball, heel])
        + hull_path([ball, toes])
    )
    colour = PALETTE["shoe" if is_near or is_working else "shoe far"]
    beads = dense([ankle, heel], 3) + dense([ankle, ball, toes], 3)
    return [
        _thigh(body, camera, side, is_working=is_working, is_near=is_near),
        _shank(body, camera, side, is_working=is_working, is_near=is_near),
        Part(f"{side} foot", beads, lambda *_: shape(shoe, colour)),
    ]


# ---------------------------------------------------------------------- arms
def _arm(body: Body, camera: Camera, side: Side, *, is_near: bool) -> list[Part]:
    """Upper arm with its sleeve, forearm, hand."""
    skin, shirt = (PALETTE[c if is_near else f"{c} far"] for c in ("skin", "shirt"))
    upper = camera.circles(bone_spheres(body, f"{side} upper arm", anatomy.UPPER_ARM))
    sleeve = camera.circles(bone_spheres(body, f"{side} upper arm", anatomy.SLEEVE))
    fore = camera.circles(bone_spheres(body, f"{side} forearm", anatomy.FOREARM))
    hand = camera.circles(wrist_spheres(body, side) + palm_and_finger_spheres(body, side))
    thumb = camera.circles(thumb_spheres(body, side))

    def draw_upper(open_near: bool, open_far: bool) -> str:
        bare = shape(chain_path(upper, open_near=True, open_far=open_far), skin)
        return bare + shape(chain_path(sleeve, open_near=open_near), shirt)

    def draw_fore(open_near: bool, open_far: bool) -> str:
        return shape(chain_path(fore, open_near=open_near, open_far=open_far), skin)

    def draw_hand(open_near: bool, _: bool) -> str:
        drawn = shape(chain_path(hand, open_near=open_near) + chain_path(thumb), skin)
        # Seen end-on, the second circle's ink would show beyond the open end.
        end_on = math.dist(hand[0][:2], hand[1][:2]) < hand[1].radius + OUTLINE_PX
        return drawn + (patch(circle_path(hand[0]), skin) if open_near and end_on else "")

    return [
        Part(f"{side} upper arm", dense(upper), draw_upper, "torso", f"{side} forearm"),
        Part(f"{side} forearm", dense(fore), draw_fore, f"{side} upper arm", f"{side} hand"),
        Part(f"{side} hand", dense(hand, 3), draw_hand, f"{side} forearm"),
    ]


# ---------------------------------------------------------------------- trunk
def _trunk(body: Body, camera: Camera) -> list[Part]:
    """Pelvis, torso and neck."""
    spheres = camera.circles(body.trunk_spheres())
    rows = [(spheres[2 * i], spheres[2 * i + 1]) for i in range(len(anatomy.TRUNK))]
    buttocks = spheres[-2:]
    hips = [camera.circle((body.joints[f"{side} hip"], 9.3)) for side in Side]
    shoulders = [camera.circle((body.joints[f"{side} shoulder"], 5.9)) for side in Side]
    neck = [
        camera.circle((body.on_spine(0.97, 0.6), 5.0)),
        camera.circle((body.joints["neck"], 4.9)),
    ]
    collar = camera.circle((body.on_spine(0.96, 0.5), 5.4))
    pelvis = "".join(
        hull_path(circles)
        for circles in (
            [*rows[0], *buttocks, *hips],
            [*rows[0], *rows[1]],
            [*hips, *rows[1]],
            [*buttocks, *rows[1]],
        )
    )
    torso = "".join(hull_path([*rows[i], *rows[i + 1]]) for i in range(1, 5))
    torso += hull_path([*rows[4], *shoulders]) + hull_path([*rows[5], *shoulders, collar])
    low = [bead for pair_of in zip(*rows[:2], strict=True) for bead in dense(pair_of, 2)]
    high = [bead for column in zip(*rows[1:], strict=True) for bead in dense(column, 3)]
    middle = dense([mix_circles(a, b, 0.5) for a, b in rows[1:]], 3)
    neck_path = chain_path(neck, open_near=True)
    return [
        Part("pelvis", low + buttocks, lambda *_: shape(pelvis, PALETTE["leg"])),
        Part("torso", high + middle + shoulders, lambda *_: shape(torso, PALETTE["shirt"])),
        Part("neck", dense(neck, 3), lambda *_: shape(neck_path, PALETTE["skin"])),
    ]


# ---------------------------------------------------------------------- head
def _head(body: Body, camera: Camera) -> Part:
    """Hair, face, bun, and the eye, ear and mouth that the viewer can see."""

    def circles(rows: tuple[tuple[float, float, float], ...]) -> list[Circle]:
        return camera.circles([(body.on_head(forward, up), r) for forward, up, r in rows])

    hair, face, nose = circles(anatomy.HAIR), circles(anatomy.FACE), circles(anatomy.NOSE)
    (bun,) = circles((anatomy.BUN,))
    skull = shape(hull_path(hair), PALETTE["hair"])
    front = shape(hull_path(face) + hull_path(nose), PALETTE["skin"])
    knot = shape(circle_path(bun), PALETTE["hair"])
    if dot(body.head_front, camera.away) < 0.25:
        svg = skull + front + _face_details(body, camera)
    else:
        svg = front + skull
    svg = svg + knot if bun.depth < hair[0].depth - 4 else knot + svg
    return Part("head", [hair[0], *face, bun], lambda *_: svg)


def _face_details(body: Body, camera: Camera) -> str:
    """Ear, eye and mouth on each side that faces the viewer."""
    svg = ""
    for side in Side:
        outward = scale(body.head_left, side.sign)
        if dot(outward, camera.away) < -0.2:
            ear = camera.circle((body.on_head(-0.9, 7.0, side.sign * 7.0), 1.7))
            svg += _dot(ear, PALETTE["skin"], ' stroke-width="1"')
        cheek = unit(add(scale(body.head_front, 0.8), scale(outward, 0.75)))
        if dot(cheek, camera.away) < -0.12:
            eye = camera.circle((body.on_head(8.6, 7.4, side.sign * 3.6), 1.0))
            svg += _dot(eye, INK, ' stroke="none"')
            if abs(dot(body.head_up, camera.away)) < 0.5 and dot(outward, camera.away) < 0:
                svg += _mouth(body, camera, side)
    return svg


def _dot(circle: Circle, fill: str, extra: str) -> str:
    x, y, r = number(circle.x), number(circle.y), number(circle.radius)
    return f'<circle fill="{fill}"{extra} cx="{x}" cy="{y}" r="{r}"/>'


def _mouth(body: Body, camera: Camera, side: Side) -> str:
    start, bend, end = (
        pair(*camera.point(body.on_head(forward, up, side.sign * aside)))
        for forward, up, aside in ((9.6, 0.1, 0.6), (8.3, -0.5, 2.4), (7.0, 0.7, 3.6))
    )
    return (
        f'<path fill="none" stroke-width="1.6" stroke-linecap="round" d="M{start}Q{bend} {end}"/>'
    )
