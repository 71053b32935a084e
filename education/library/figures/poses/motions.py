"""Which exercises are shown in motion, and the way they take through their pictures."""

from __future__ import annotations

from ..between import Move
from ..motion import Motion, there_and_back
from ..pose import Grip, Leg, Pose
from ..vectors import Vector
from .common import hands_at
from .kneeling import BOTH_HANDS, ON_LEFT_KNEE
from .prone import PRESS_UP_ELBOWS


def elbows_coming_in(share: float, hand: Vector, elbows: Vector) -> Pose:
    """Part of the way up: the elbows slide along the mat until they are below the shoulders."""
    lying, up = (picture.pose for picture in PRESS_UP_ELBOWS.pictures)
    x, y, z = hand
    arms = hands_at(hand, (x, -y, z), elbows=elbows, fingers=(0.8, 0.5, 0), grip=Grip.FLAT)
    return Move(lying, up).pose(share).but(**arms)


ELBOWS_IN = (
    elbows_coming_in(0.3, (61, -13, 4.1), (-0.05, -0.99, -0.09)),
    elbows_coming_in(0.6, (62, -16, 4.1), (-0.35, -0.85, -0.38)),
    elbows_coming_in(0.8, (63, -17, 4.6), (-0.49, -0.69, -0.52)),
)

# The toes leave the mat for a moment while the leg slides back.
LEG_SLIDES_BACK = ON_LEFT_KNEE.but(
    right_leg=Leg(thigh=-24, shank=-97, foot=-128),
    touches=("left knee", "left foot", *BOTH_HANDS),
)

MOTIONS: dict[str, Motion] = {
    # standing
    "hip-hinge": there_and_back(1, 2, 3),
    "hip-hinge-wall": there_and_back(1, 2),
    "hip-hinge-weight": there_and_back(1, 2, 3, rests=(1, 2, 3), steps=14, frame_ms=100),
    "toe-touch-both-straight": there_and_back(1, 2, 3),
    "toe-touch-one-knee-bent": there_and_back(1, 2, 3, rests=(1, 2, 3), steps=14, frame_ms=100),
    "toe-touch": there_and_back(1, 2, 3),
    "sit-to-stand": there_and_back(1, 2, 3, 4, steps=18),
    "walking": Motion(path=(1, 2, 3, 4, 1), rests=(), steps=19, frame_ms=60, rounds=8),
    "nerve-glide-chair": there_and_back(1, 2),
    # lying
    "nerve-glide-lying": there_and_back(1, 2),
    "pelvic-tilt": there_and_back(1, 2, steps=10, frame_ms=120),
    "glute-bridge": there_and_back(1, 2),
    "dead-bug": Motion(path=(1, 2, 1, 3, 1), rests=(1, 2, 3), steps=14, frame_ms=100),
    "clamshell": there_and_back(1, 2, steps=10, frame_ms=110),
    "press-up-elbows": there_and_back(1, *ELBOWS_IN, 2),
    "press-up-hands": there_and_back(1, 2, 3),
    # hands and knees
    "cat-camel": there_and_back(2, 1, 3, rests=(2, 3), steps=18),
    "bird-dog": there_and_back(1, LEG_SLIDES_BACK, 2, 3),
}
