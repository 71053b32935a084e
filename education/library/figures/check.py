"""The pose check: refuses pictures of what no body does.

Bone lengths, joint ranges, contact with the floor or mat, nothing below it, hands and feet on
their targets, nobody inside a chair or wall, and the form asked for in `form.py`.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from . import anatomy
from .body import BONE_JOINTS, Body, Sphere
from .form import RULES
from .joints import RANGES, joint_angles
from .measures import MEASURES
from .pose import Leg, Pose, Side
from .props import MAT_TOP, Mat, Prop, Scenery
from .scene import Exercise, Picture
from .svg import Box
from .vectors import distance
from .volumes import part_spheres

BONE_CM = 0.01
CONTACT_CM = 1.0  # a part that should touch may float or sink by this much
FLOOR_CM = 1.0  # nothing may be lower than the ground by more than this
REACH_CM = 2.0  # hands and feet at their targets
BUMP_CM = 2.5  # trunk, head and legs may press this far into something soft or give way

# Outside the usual range, and accepted: (exercise, angle): why.
ACCEPTED = {
    ("piriformis-lying", "right hip rotation"): (
        "end of range is the stretch; the pelvis of the model cannot turn"
    ),
    ("piriformis-chair", "right hip rotation"): "as in piriformis-lying",
}


class Fault(NamedTuple):
    """Something that is outside its limit: cm or degrees."""

    what: str
    value: float
    limit: float

    def __str__(self) -> str:
        return f"{self.what} {self.value:.1f} (limit {self.limit:.1f})"


def check_exercise(exercise: Exercise) -> dict[str, list[Fault]]:
    """The faults of each picture by its pose key; an empty list is a sound picture."""
    return {
        f"{exercise.key}/{number}": check_picture(exercise, number)
        for number in range(1, len(exercise.pictures) + 1)
    }


def check_picture(exercise: Exercise, number: int) -> list[Fault]:
    """All faults of one picture (numbers from 1) that are not accepted."""
    picture = exercise.pictures[number - 1]
    body = Body(picture.pose)
    faults = [*body_faults(exercise, picture, body), *form_faults(exercise, number, body)]
    return not_accepted(exercise, faults)


def not_accepted(exercise: Exercise, faults: list[Fault]) -> list[Fault]:
    return [fault for fault in faults if (exercise.key, fault.what) not in ACCEPTED]


def body_faults(exercise: Exercise, picture: Picture, body: Body) -> list[Fault]:
    """What this body, that of the picture or of an in-between, cannot do where it is."""
    ground, parts = ground_height(exercise, picture), part_spheres(body)
    return [
        *bone_faults(body),
        *range_faults(body),
        *contact_faults(body, parts, ground),
        *sunk_faults(body, parts, ground),
        *bump_faults(body, parts, exercise.props_of(picture)),
        *reach_faults(body),
    ]


def ground_height(exercise: Exercise, picture: Picture) -> float:
    """Height of what the person is on, cm."""
    on_mat = any(isinstance(prop, Mat) for prop in exercise.props_of(picture))
    return MAT_TOP if on_mat else 0.0


def outside(what: str, value: float, low: float, high: float) -> list[Fault]:
    if low <= value <= high:
        return []
    return [Fault(what, value, low if value < low else high)]


def bone_faults(body: Body) -> list[Fault]:
    """Bones that were stretched or squeezed."""
    faults = []
    for side in Side:
        for kind in BONE_JOINTS:
            near, far = body.ends(f"{side} {kind}")
            off = abs(distance(near, far) - _bone_length(body.pose, side, kind))
            faults += outside(f"length of the {side} {kind}", off, 0, BONE_CM)
    return faults


def _bone_length(pose: Pose, side: Side, kind: str) -> float:
    if kind == "forearm" and pose.arm(side).grip == "flat":
        return anatomy.FOREARM_TO_HEEL_OF_HAND
    return anatomy.BONE_LENGTHS[kind]


def range_faults(body: Body) -> list[Fault]:
    """Joints bent further than joints go."""
    faults = []
    for name, value in joint_angles(body).items():
        usual = RANGES[name.removeprefix("right ").removeprefix("left ")]
        faults += outside(name, value, *usual)
    return faults


def lowest(body: Body, spheres: list[Sphere]) -> float:
    """World height of the lowest point, cm."""
    return min(body.world(centre)[2] - radius for centre, radius in spheres)


def contact_height(body: Body, parts: dict[str, list[Sphere]], name: str) -> float:
    """World height of the lowest point of a part that should touch the ground, cm."""
    what = name.partition(" ")[2]
    if what in ("knee", "elbow"):
        radius = anatomy.KNEE_RADIUS if what == "knee" else anatomy.ELBOW_RADIUS
        return body.world(body.joints[name])[2] - radius
    if what == "hand":
        return lowest(body, parts[name][2:])  # without the wrist
    if name == "trunk":
        hips = [(body.joints[f"{side} hip"], anatomy.HIP_RADIUS) for side in Side]
        return lowest(body, parts["trunk"] + hips)
    return lowest(body, parts[name])


def contact_faults(body: Body, parts: dict[str, list[Sphere]], ground: float) -> list[Fault]:
    """Parts that should rest on the ground and do not."""
    return [
        fault
        for name in body.pose.touches
        for fault in outside(
            f"contact of the {name}",
            contact_height(body, parts, name) - ground,
            -CONTACT_CM,
            CONTACT_CM,
        )
    ]


def sunk_faults(body: Body, parts: dict[str, list[Sphere]], ground: float) -> list[Fault]:
    """Parts below the ground."""
    return [
        fault
        for name, spheres in parts.items()
        for fault in outside(
            f"{name} below the ground", lowest(body, spheres) - ground, -FLOOR_CM, math.inf
        )
    ]


def _overlap(body: Body, sphere: Sphere, box: Box) -> float:
    """How deep a sphere is inside a box, cm; below 0 they are apart."""
    centre, radius = body.world(sphere[0]), sphere[1]
    sides = list(zip(centre, box, strict=True))
    apart = math.sqrt(sum(max(low - v, 0.0, v - high) ** 2 for v, (low, high) in sides))
    if apart:
        return radius - apart
    return radius + min(min(v - low, high - v) for v, (low, high) in sides)


def bump_faults(body: Body, parts: dict[str, list[Sphere]], props: tuple[Prop, ...]) -> list[Fault]:
    """Trunk, head and legs inside a chair, wall, counter or step. Arms may rest on them."""
    boxes = [box for prop in props if isinstance(prop, Scenery) for box in prop.solids()]
    faults = []
    for name, spheres in parts.items():
        if name.endswith(("arm", "hand")):
            continue
        deepest = max((_overlap(body, s, box) for s in spheres for box in boxes), default=0.0)
        faults += outside(f"{name} bumps into something", deepest, -math.inf, BUMP_CM)
    return faults


def reach_faults(body: Body) -> list[Fault]:
    """Hands and feet that do not get to where the pose puts them."""
    faults = []
    for side in Side:
        for line in (body.pose.leg(side), body.pose.arm(side)):
            is_leg = isinstance(line, Leg)
            target = line.ankle_at if isinstance(line, Leg) else line.hand_at
            if target is None:
                continue
            joint = f"{side} {'ankle' if is_leg else 'hand'}"
            miss = distance(body.anchor(target), body.joints[joint])
            faults += outside(f"reach of the {joint}", miss, 0, REACH_CM)
    return faults


def form_faults(exercise: Exercise, number: int, body: Body) -> list[Fault]:
    """Measures outside what the physiotherapist asks of this picture."""
    return [
        fault
        for rule in RULES
        if (rule.exercise, rule.picture) == (exercise.key, number)
        for fault in outside(
            f"form: {rule.measure}",
            MEASURES[rule.measure](exercise, body),
            rule.low,
            rule.high,
        )
    ]
