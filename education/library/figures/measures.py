"""What is measured on a solved pose, by name: angles, gaps, where hands and feet are."""

from __future__ import annotations

import math
from collections.abc import Callable

from . import anatomy
from .body import Body
from .joints import joint_angles, trunk_lean
from .pose import Side
from .props import MAT_TOP, Chair, Strap, Wall
from .scene import Exercise
from .vectors import Vector, distance, dot, mix, subtract, unit
from .volumes import foot_spheres

Measure = Callable[[Exercise, Body], float]


def _knee(side: Side) -> Measure:
    return lambda _, body: joint_angles(body)[f"{side} knee flexion"]


def ankle_along_other_thigh(_: Exercise, body: Body) -> float:
    """Where the right ankle lies along the left thigh: 0 the hip, 1 the knee."""
    hip, knee = body.ends("left thigh")
    along = dot(subtract(body.joints["right ankle"], hip), unit(subtract(knee, hip)))
    return along / distance(hip, knee)


def hands_behind(thigh: str) -> Measure:
    """How far the less far-back hand is behind the middle of a thigh, cm."""

    def measure(_: Exercise, body: Body) -> float:
        hip, knee = body.ends(thigh)
        front = body.bones[thigh].front
        hands = (body.joints[f"{side} hand"] for side in Side)
        return min(-dot(subtract(hand, mix(hip, knee, 0.5)), front) for hand in hands)

    return measure


def gap_to_backrest(exercise: Exercise, body: Body) -> float:
    """Gap between the middle of the back and the backrest, cm; below 0 the back presses in."""
    chair = next(p for p in exercise.props if isinstance(p, Chair))
    (_, face), _, _ = chair.backrest()
    chest = 4  # the row of the trunk at the height of the backrest's upper edge
    centre, radius = body.trunk_spheres()[2 * chest]
    return body.world(centre)[0] - radius - face


def gap_to_wall_behind(exercise: Exercise, body: Body) -> float:
    """Gap between the body and the wall behind it, cm."""
    wall = next(p for p in exercise.props if isinstance(p, Wall))
    return min(body.world(c)[0] - r - wall.end for c, r in body.trunk_spheres())


def hands_above_ankles(_: Exercise, body: Body) -> float:
    """Height of the lower hand above its ankle, cm."""
    return min(
        body.world(body.joints[f"{side} hand"])[2] - body.world(body.joints[f"{side} ankle"])[2]
        for side in Side
    )


def weight_ahead_of_ankles(_: Exercise, body: Body) -> float:
    """How far in front of the ankles the hands hold the weight, cm."""
    hands = mix(body.joints["right hand"], body.joints["left hand"], 0.5)
    return body.world(hands)[0] - body.world(body.joints["right ankle"])[0]


def gap_under_low_back(_: Exercise, body: Body) -> float:
    """Gap between the hollow of the low back and the mat, cm: 0 or less lies flat."""
    waist = 2  # the row of the trunk at the waist
    centre, radius = body.trunk_spheres()[2 * waist]
    return body.world(centre)[2] - radius - MAT_TOP


def bend_at_hips(_: Exercise, body: Body) -> float:
    """How far the line from shoulder to hip to knee is from straight, seen from the side.

    Degrees; + the hips sag, - they are pushed too high.
    """
    knee, hip, shoulder = (body.joints[f"right {name}"] for name in ("knee", "hip", "shoulder"))
    thigh, trunk = (
        math.degrees(math.atan2(upper[2] - lower[2], upper[0] - lower[0]))
        for upper, lower in ((knee, hip), (hip, shoulder))
    )
    return thigh - trunk


def ahead_of_shoulder(joint: str) -> Measure:
    """How far a joint of the right arm is ahead of its shoulder, cm, towards the head."""

    def measure(_: Exercise, body: Body) -> float:
        joints = (body.joints[f"right {name}"] for name in (joint, "shoulder"))
        ahead, shoulder = (body.world(point)[0] for point in joints)
        return ahead - shoulder

    return measure


def gap_between_ankles(_: Exercise, body: Body) -> float:
    """Distance of the ankles, cm; lying feet of 8 cm that touch have 8."""
    return distance(body.joints["right ankle"], body.joints["left ankle"])


def knee_above_other_knee(_: Exercise, body: Body) -> float:
    """How much higher the right knee is than the left one, cm."""
    right, left = (body.world(body.joints[f"{side} knee"])[2] for side in Side)
    return right - left


def roll_of_pelvis(_: Exercise, body: Body) -> float:
    """How far the upper hip is out of the line above the lower one, cm."""
    right, left = (body.world(body.joints[f"{side} hip"]) for side in Side)
    return math.hypot(right[0] - left[0], right[1] - left[1])


def towel_behind_thigh(exercise: Exercise, body: Body) -> float:
    """How far the strap or towel is behind the middle of the right thigh, cm."""
    strap = next(p for p in exercise.props if isinstance(p, Strap))
    hip, knee = body.ends("right thigh")
    front = body.bones["right thigh"].front
    middle = (body.anchor(p) for p in strap.round_points[1:-1])
    return min(-dot(subtract(p, mix(hip, knee, 0.5)), front) for p in middle)


def _world(body: Body, joint: str) -> Vector:
    return body.world(body.joints[joint])


def _toes(body: Body) -> Vector:
    """The tip of the right shoe."""
    centre, radius = foot_spheres(body, Side.RIGHT)[3]
    x, y, z = body.world(centre)
    return x + radius, y, z


def nose_ahead_of_toes(_: Exercise, body: Body) -> float:
    """How far the nose is in front of the tip of the right shoe, cm; below 0 behind it."""
    forward, up, _radius = anatomy.NOSE[1]
    return body.world(body.on_head(forward, up))[0] - _toes(body)[0]


def ankles_behind_knees(_: Exercise, body: Body) -> float:
    """How far the right ankle is behind the right knee, cm."""
    return _world(body, "right knee")[0] - _world(body, "right ankle")[0]


def knees_ahead_of_toes(_: Exercise, body: Body) -> float:
    """How far the right knee is in front of the tip of the shoe, cm; below 0 behind it."""
    return _world(body, "right knee")[0] - _toes(body)[0]


def heel_above_floor(_: Exercise, body: Body) -> float:
    """Gap between the right heel and the floor, cm."""
    centre, radius = foot_spheres(body, Side.RIGHT)[1]
    return body.world(centre)[2] - radius


def toes_turned_out(_: Exercise, body: Body) -> float:
    """Angle between the right foot and straight ahead, degrees; + outward."""
    x, y, _z = body.world(body.feet[Side.RIGHT].along)
    return math.degrees(math.atan2(-y, x))


def rise(near: str, far: str) -> Measure:
    """Slope of the line from one joint to another: 0 level, + the far one is higher; degrees."""

    def measure(_: Exercise, body: Body) -> float:
        x, y, z = subtract(_world(body, far), _world(body, near))
        return math.degrees(math.atan2(z, math.hypot(x, y)))

    return measure


def hand_along_thigh(_: Exercise, body: Body) -> float:
    """Where the right hand lies along the right thigh: 0 the hip, 1 the knee."""
    hip, knee = body.ends("right thigh")
    along = dot(subtract(body.joints["right hand"], hip), unit(subtract(knee, hip)))
    return along / distance(hip, knee)


def hands_above_seat(exercise: Exercise, body: Body) -> float:
    """Height of the higher palm above the seat of the chair, cm; a flat hand on it has 2.5."""
    chair = next(p for p in exercise.props if isinstance(p, Chair))
    return max(_world(body, f"{side} hand")[2] for side in Side) - chair.seat_height


def left_hand_ahead(_: Exercise, body: Body) -> float:
    """How far the left hand is in front of the right one, cm."""
    return _world(body, "left hand")[0] - _world(body, "right hand")[0]


MEASURES: dict[str, Measure] = {
    "trunk lean": lambda _, body: trunk_lean(body),
    "lumbar flexion": lambda _, body: body.pose.spine[0],
    "right knee flexion": _knee(Side.RIGHT),
    "left knee flexion": _knee(Side.LEFT),
    "ankle along the other thigh": ankle_along_other_thigh,
    "hands behind the right thigh": hands_behind("right thigh"),
    "hands behind the left thigh": hands_behind("left thigh"),
    "gap to the backrest": gap_to_backrest,
    "gap to the wall": gap_to_wall_behind,
    "hands above the ankles": hands_above_ankles,
    "weight ahead of the ankles": weight_ahead_of_ankles,
    "right hip flexion": lambda _, body: joint_angles(body)["right hip flexion"],
    "right elbow flexion": lambda _, body: joint_angles(body)["right elbow flexion"],
    "gap under the low back": gap_under_low_back,
    "bend at the hips": bend_at_hips,
    "elbow ahead of the shoulder": ahead_of_shoulder("elbow"),
    "hand ahead of the shoulder": ahead_of_shoulder("hand"),
    "gap between the ankles": gap_between_ankles,
    "knee above the other knee": knee_above_other_knee,
    "roll of the pelvis": roll_of_pelvis,
    "towel behind the thigh": towel_behind_thigh,
    "pelvis tucked under": lambda _, body: -body.pose.pelvis,
    "nose ahead of the toes": nose_ahead_of_toes,
    "ankles behind the knees": ankles_behind_knees,
    "knees ahead of the toes": knees_ahead_of_toes,
    "heel above the floor": heel_above_floor,
    "toes turned out": toes_turned_out,
    "rise of the right thigh": rise("right hip", "right knee"),
    "rise of the right leg": rise("right hip", "right ankle"),
    "rise of the left leg": rise("left hip", "left ankle"),
    "rise of the left arm": rise("left shoulder", "left hand"),
    "hand along the thigh": hand_along_thigh,
    "hands above the seat": hands_above_seat,
    "left hand ahead of the right": left_hand_ahead,
}
