"""The form a physiotherapist asks of single pictures, as numbers that the pose check holds.

Sources: the picture rules of the clinic's exercise notes (hinge 40 to 50 degrees, single leg
shallower, ankle of the figure four at 70 to 75 % of the other thigh, hands behind the thigh,
back on the backrest). A clinician of the clinic must still review the drawn poses.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from .body import Body
from .joints import joint_angles, trunk_lean
from .pose import Side
from .props import MAT_TOP, Chair, Strap, Wall
from .scene import Exercise
from .vectors import distance, dot, mix, subtract, unit


@dataclass(frozen=True)
class FormRule:
    """One measure of one picture (numbers from 1) and the range it must keep to."""

    exercise: str
    picture: int
    measure: str
    low: float
    high: float


def _knee(side: Side) -> Callable[[Exercise, Body], float]:
    return lambda _, body: joint_angles(body)[f"{side} knee flexion"]


def ankle_along_other_thigh(_: Exercise, body: Body) -> float:
    """Where the right ankle lies along the left thigh: 0 the hip, 1 the knee."""
    hip, knee = body.ends("left thigh")
    along = dot(subtract(body.joints["right ankle"], hip), unit(subtract(knee, hip)))
    return along / distance(hip, knee)


def hands_behind(thigh: str) -> Callable[[Exercise, Body], float]:
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


def ahead_of_shoulder(joint: str) -> Callable[[Exercise, Body], float]:
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


MEASURES: dict[str, Callable[[Exercise, Body], float]] = {
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
}

BEHIND_CM = (4.0, 12.0)
ON_BACKREST_CM = (-1.0, 1.5)
KNEE_STRAIGHT = (0.0, 10.0)

RULES = (
    FormRule("hip-hinge", 3, "trunk lean", 40, 50),
    FormRule("hip-hinge", 3, "lumbar flexion", 0, 5),
    FormRule("hip-hinge", 3, "right knee flexion", 15, 40),
    FormRule("hip-hinge-wall", 2, "trunk lean", 40, 50),
    FormRule("hip-hinge-wall", 2, "gap to the wall", -1, 1),
    FormRule("hip-hinge-weight", 1, "lumbar flexion", 0, 5),
    FormRule("hip-hinge-weight", 3, "trunk lean", 40, 50),
    FormRule("hip-hinge-weight", 3, "weight ahead of the ankles", 0, 12),
    FormRule("hip-hinge-band", 1, "lumbar flexion", 0, 5),
    FormRule("hip-hinge-band", 1, "trunk lean", 45, 60),
    FormRule("hip-hinge-single-leg", 3, "trunk lean", 30, 45),
    FormRule("hip-hinge-single-leg", 3, "right knee flexion", 10, 30),
    FormRule("toe-touch-both-straight", 3, "right knee flexion", 2, 15),
    FormRule("toe-touch-both-straight", 3, "left knee flexion", 2, 15),
    FormRule("toe-touch-both-straight", 3, "hands above the ankles", 20, 36),
    FormRule("toe-touch-one-knee-bent", 3, "right knee flexion", 2, 12),
    FormRule("toe-touch-one-knee-bent", 3, "left knee flexion", 30, 70),
    *(
        FormRule("knee-to-chest-chair", n, "gap to the backrest", *ON_BACKREST_CM)
        for n in (1, 2, 3)
    ),
    *(
        FormRule(exercise, n, "hands behind the right thigh", *BEHIND_CM)
        for exercise, n in (
            ("knee-to-chest-chair", 2),
            ("knee-to-chest-chair", 3),
            ("knee-to-chest-lying", 2),
            ("knee-to-chest-lying", 3),
            ("knee-to-chest-deeper", 1),
            ("knee-to-chest-deeper", 2),
        )
    ),
    *(
        FormRule("piriformis-lying", n, "ankle along the other thigh", 0.70, 0.75)
        for n in (2, 3, 4)
    ),
    *(FormRule("piriformis-lying", n, "hands behind the left thigh", *BEHIND_CM) for n in (3, 4)),
    *(
        FormRule("knee-to-chest-leg-straight", n, "left knee flexion", *KNEE_STRAIGHT)
        for n in (1, 2, 3)
    ),
    *(
        FormRule(exercise, n, "hands behind the right thigh", *BEHIND_CM)
        for exercise, n in (
            ("knee-to-chest-leg-straight", 2),
            ("knee-to-chest-leg-straight", 3),
            ("nerve-glide-lying", 1),
            ("nerve-glide-lying", 2),
            ("nerve-glide-lying", 3),
        )
    ),
    *(FormRule("knee-to-chest-towel", n, "towel behind the thigh", *BEHIND_CM) for n in (1, 2)),
    FormRule("pelvic-tilt", 1, "gap under the low back", 4, 6.5),
    FormRule("pelvic-tilt", 2, "gap under the low back", -1, 1.5),
    FormRule("pelvic-tilt", 2, "lumbar flexion", 5, 15),
    FormRule("glute-bridge", 2, "bend at the hips", -10, 10),
    FormRule("glute-bridge", 2, "right knee flexion", 85, 110),
    FormRule("dead-bug", 1, "right hip flexion", 80, 100),
    FormRule("dead-bug", 1, "right knee flexion", 80, 100),
    *(FormRule("dead-bug", n, "gap under the low back", -1, 2) for n in (1, 2, 3)),
    *(FormRule("nerve-glide-lying", n, "right hip flexion", 88, 96) for n in (1, 2, 3)),
    FormRule("nerve-glide-lying", 2, "right knee flexion", 20, 50),
    FormRule("hamstring-strap", 2, "right knee flexion", *KNEE_STRAIGHT),
    *(FormRule("hamstring-strap", n, "left knee flexion", *KNEE_STRAIGHT) for n in (1, 2)),
    FormRule("press-up-elbows", 2, "elbow ahead of the shoulder", -5, 5),
    FormRule("press-up-hands", 1, "hand ahead of the shoulder", -2, 8),
    FormRule("press-up-hands", 3, "right elbow flexion", 0, 75),
    *(FormRule("clamshell", n, "gap between the ankles", 6, 9) for n in (1, 2)),
    *(FormRule("clamshell", n, "roll of the pelvis", 0, 2) for n in (1, 2)),
    FormRule("clamshell", 2, "knee above the other knee", 25, 40),
)
