"""The words a pose is written in. Centimetres and degrees throughout.

World: +x is the way the standing person faces, +y the person's left, +z up; the floor is z = 0.
Angles are what one would measure on a side photo with a protractor:

    pelvis          0 upright, +90 leaning forward to horizontal, -90 lying on the back
    spine           (lumbar, thoracic) flexion, spread along the trunk
    neck            flexion; looking down is +
    neck_side       side bending of the neck, + towards the right shoulder
    thigh, shank,   0 hanging straight down, +90 pointing forward, 180 up, -90 pointing back
    upper, fore
    out             (first bone, second bone) swing away from the midline
    foot            0 sole flat, +90 toes up, -90 toes down, -150 top of the foot on the floor
    flex            instead of `foot`: ankle against the shank, 0 a right angle, + toes to the shin

In the data the right leg is always the working one; the picture is mirrored for the left.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from .vectors import ZERO, Vector


class Side(StrEnum):
    """A side of the person in the pose, not of the picture."""

    RIGHT = "right"
    LEFT = "left"

    @property
    def sign(self) -> int:
        """+1 towards the person's left (+y), -1 towards the right."""
        return 1 if self is Side.LEFT else -1


class Grip(StrEnum):
    """What a hand does."""

    OPEN = "open"
    FLAT = "flat"  # presses on a floor, wall or seat: the forearm ends at the heel of the hand
    WRAP = "wrap"  # curls round a limb
    FIST = "fist"  # holds something


@dataclass(frozen=True)
class OnBody:
    """A point that rides on the body.

    On a bone ("right thigh"): `along` is the fraction of its length, `front` cm to its front,
    `left` cm to the person's left. On a foot ("right foot"): `along` is cm along the sole from
    the ankle, `front` cm up from the ankle, `left` cm to the left.
    """

    part: str
    along: float
    front: float
    left: float


Target = Vector | OnBody


@dataclass(frozen=True, kw_only=True)
class Leg:
    """A leg by its angles, or by where its ankle is (`ankle_at`; the knee bends `knee_towards`)."""

    thigh: float = 0.0
    shank: float = 0.0
    out: tuple[float, float] = (0.0, 0.0)
    ankle_at: Target | None = None
    knee_towards: Vector = (1.0, 0.0, 0.2)
    foot: float = 0.0
    toes_out: float = 6.0
    flex: float | None = None


@dataclass(frozen=True, kw_only=True)
class Arm:
    """An arm by its angles, or by where its hand is (`hand_at`; the elbow bends `elbow_towards`).

    `fingers` is the way the fingers point; without it they follow the forearm. `thumb` is the
    side on which the thumb is drawn; without it none is (a fist, a hand half hidden).
    """

    upper: float = 0.0
    fore: float = 0.0
    out: tuple[float, float] = (0.0, 0.0)
    hand_at: Target | None = None
    elbow_towards: Vector | None = None
    grip: Grip = Grip.OPEN
    fingers: Vector | None = None
    thumb: Vector | None = None


@dataclass(frozen=True)
class Shrug:
    """A shoulder out of its usual place, cm."""

    forward: float = 0.0
    up: float = 0.0
    inward: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Pose:
    """One position of the whole body.

    Where the body is: `root` puts the middle of the hips at a point; `pin` then moves everything
    so that one joint ("right ankle") is at a point; `rest` lowers or lifts the body until pelvis
    and trunk lie at that height. `lying_on_side` turns the whole body first (left side down,
    face to the viewer, head at +x), or `lean_left` leans it that many degrees onto its left
    side; `heading` then turns it about the vertical. Angles still count in the body's own
    frame, points in the world.

    `touches` names the parts that must rest on the floor or mat; the pose check holds them to it.
    """

    pelvis: float = 0.0
    spine: tuple[float, float] = (0.0, 0.0)
    neck: float = 0.0
    neck_side: float = 0.0
    right_leg: Leg = field(default_factory=Leg)
    left_leg: Leg = field(default_factory=Leg)
    right_arm: Arm = field(default_factory=Arm)
    left_arm: Arm = field(default_factory=Arm)
    root: Vector = ZERO
    pin: tuple[str, Vector] | None = None
    rest: float | None = None
    lying_on_side: bool = False
    lean_left: float = 0.0
    heading: float = 0.0
    right_shrug: Shrug = Shrug()
    left_shrug: Shrug = Shrug()
    touches: tuple[str, ...] = ()

    def but(self, **changes: Any) -> Pose:
        """The same pose with some of its lines changed."""
        return replace(self, **changes)

    def leg(self, side: Side) -> Leg:
        return self.right_leg if side is Side.RIGHT else self.left_leg

    def arm(self, side: Side) -> Arm:
        return self.right_arm if side is Side.RIGHT else self.left_arm

    def shrug(self, side: Side) -> Shrug:
        return self.right_shrug if side is Side.RIGHT else self.left_shrug
