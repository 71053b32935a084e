"""Pieces that the pose tables share. The conventions are in `pose.py`; points in cm."""

from __future__ import annotations

import math
from typing import Any, TypedDict

from ..pose import Arm, Grip, OnBody, Side
from ..scene import BoneZone, ButtockZone
from ..vectors import Vector

BOTH_FEET = ("right foot", "left foot")

BACK_OF_THIGH = BoneZone("right thigh", 0.18, 0.68, -3.2, 3.2)
BUTTOCK = ButtockZone(Side.RIGHT, 5)


class Arms(TypedDict):
    """Both arm lines of a pose."""

    right_arm: Arm
    left_arm: Arm


def mirrored(point: Vector) -> Vector:
    """The same point or direction on the person's other side."""
    return (point[0], -point[1], point[2])


def along(degrees: float, inward: float = 0.0) -> Vector:
    """The way a bone at this angle points; `inward` turns a right hand towards the midline."""
    angle = math.radians(degrees)
    return (math.sin(angle), inward, -math.cos(angle))


def both_arms(**line: Any) -> Arms:
    """The same line for both arms."""
    return Arms(right_arm=Arm(**line), left_arm=Arm(**line))


def hands_at(
    right: OnBody | Vector,
    left: OnBody | Vector,
    *,
    elbows: Vector,
    fingers: Vector | None = None,
    thumbs: Vector | None = None,
    grip: Grip = Grip.OPEN,
) -> Arms:
    """A hand at each point; the directions are the right arm's, mirrored for the left."""
    return Arms(
        right_arm=Arm(
            hand_at=right, elbow_towards=elbows, fingers=fingers, thumb=thumbs, grip=grip
        ),
        left_arm=Arm(
            hand_at=left,
            elbow_towards=mirrored(elbows),
            fingers=fingers and mirrored(fingers),
            thumb=thumbs and mirrored(thumbs),
            grip=grip,
        ),
    )


def hands_on_own(bone: str, along: float, front: float, outward: float, **line: Any) -> Arms:
    """Each hand at the same place of the leg on its own side: see `OnBody` and `hands_at`."""
    right, left = (
        OnBody(f"{side} {bone}", along, front, side.sign * outward)
        for side in (Side.RIGHT, Side.LEFT)
    )
    return hands_at(right, left, **line)


def hands_behind(
    bone: str,
    right_along: float,
    left_along: float,
    *,
    deep: float = 8.5,
    apart: float = 3.0,
    elbows: Vector = (0.1, -1.0, -0.6),
    fingers: Vector = (0.1, 1.0, 0.2),
) -> Arms:
    """Both hands wrapped behind one bone ("right thigh"), at fractions of its length.

    `deep` is cm behind the bone, `apart` cm of each hand from its middle.
    """
    return hands_at(
        OnBody(bone, right_along, -deep, -apart),
        OnBody(bone, left_along, -deep, apart),
        elbows=elbows,
        fingers=fingers,
        grip=Grip.WRAP,
    )
