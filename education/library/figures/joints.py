"""Joint angles of a solved pose, as a clinician would name them. Degrees.

+ is flexion, abduction, outward rotation, dorsiflexion.
"""

from __future__ import annotations

import math

from .body import Body
from .pose import Side
from .vectors import Vector, across, add, clamp, cross, dot, scale, subtract

# Of a healthy adult with a little to spare.
RANGES: dict[str, tuple[float, float]] = {
    "hip flexion": (-30, 140),
    "hip abduction": (-30, 50),
    "hip rotation": (-45, 65),
    "knee flexion": (-2, 155),
    "ankle dorsiflexion": (-62, 32),
    "lumbar flexion": (-40, 55),
    "thoracic flexion": (-30, 45),
    "neck flexion": (-40, 45),
    "neck side bending": (-40, 40),
    "shoulder elevation": (0, 182),
    "shoulder extension": (0, 60),
    "elbow flexion": (-2, 150),
}
ROTATION_SHOWS_FROM = 25  # degrees of knee flexion: only then the shank shows the thigh's turn


def joint_angles(body: Body) -> dict[str, float]:
    """Every joint angle by name: "right hip flexion", "lumbar flexion"."""
    pose = body.pose
    angles = {
        "lumbar flexion": pose.spine[0],
        "thoracic flexion": pose.spine[1],
        "neck flexion": pose.neck,
        "neck side bending": pose.neck_side,
    }
    for side in Side:
        found = _leg_angles(body, side) | _arm_angles(body, side)
        angles |= {f"{side} {name}": value for name, value in found.items()}
    return angles


def trunk_lean(body: Body) -> float:
    """Lean of the line from the hips to C7: 0 upright, 90 horizontal, face down."""
    along = subtract(body.joints["c7"], body.joints["pelvis"])
    return math.degrees(math.atan2(along[0], along[2]))


def _arcsine(value: float) -> float:
    return math.degrees(math.asin(clamp(value, -1, 1)))


def _arccosine(value: float) -> float:
    return math.degrees(math.acos(clamp(value, -1, 1)))


def _leg_angles(body: Body, side: Side) -> dict[str, float]:
    hips = body.stations[0]
    thigh, shank = body.bones[f"{side} thigh"], body.bones[f"{side} shank"].direction
    forward, down = dot(thigh.direction, hips.front), -dot(thigh.direction, hips.up)
    hip = math.degrees(math.atan2(forward, down)) % 360
    knee = math.degrees(math.atan2(-dot(shank, thigh.front), dot(shank, thigh.direction)))
    angles = {
        "hip flexion": hip - 360 if hip > 200 else hip,
        "hip abduction": _arcsine(side.sign * thigh.direction[1]),
        "knee flexion": knee,
        "ankle dorsiflexion": _arcsine(-dot(body.feet[side].along, shank)),
    }
    if knee > ROTATION_SHOWS_FROM:
        angles["hip rotation"] = _hip_rotation(side, thigh.direction, shank, hips.front, hips.up)
    return angles


def _hip_rotation(side: Side, thigh: Vector, shank: Vector, front: Vector, up: Vector) -> float:
    """Turn of the thigh about its own length, after flexion and then abduction."""
    flexion = math.atan2(dot(thigh, front), -dot(thigh, up))
    unturned = add(scale(front, -math.cos(flexion)), scale(up, -math.sin(flexion)))
    inward = cross(unturned, thigh) if side is Side.LEFT else cross(thigh, unturned)
    fold = across(shank, thigh)
    return math.degrees(math.atan2(dot(fold, inward), dot(fold, unturned)))


def _arm_angles(body: Body, side: Side) -> dict[str, float]:
    chest = body.stations[-1]
    upper = body.bones[f"{side} upper arm"].direction
    fore = body.bones[f"{side} forearm"].direction
    overhead = dot(upper, chest.up) > 0.3  # "behind the body" is no extension up there
    return {
        "shoulder elevation": _arccosine(-dot(upper, chest.up)),
        "shoulder extension": 0.0 if overhead else max(0.0, _arcsine(-dot(upper, chest.front))),
        "elbow flexion": _arccosine(dot(upper, fore)),
    }
