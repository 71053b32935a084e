"""At a wall: the wall squat with the back to it, the calf stretch with the hands on it."""

from __future__ import annotations

from ..camera import View
from ..pose import Grip, Leg, Pose
from ..props import Floor, Wall
from ..scene import Arrow, BoneZone, Exercise, Picture
from .common import BOTH_FEET, both_arms, hands_at

# ---------------------------------------------------------------------- wall squat
BACK_TO_WALL = Pose(
    root=(0, 0, 84),
    touches=BOTH_FEET,
    right_leg=Leg(ankle_at=(27, -12, 8)),
    left_leg=Leg(ankle_at=(27, 12, 8)),
    **both_arms(upper=2, fore=14, out=(8, 3)),
)
FRONT_OF_THIGH = BoneZone("right thigh", 0.25, 0.8, 4, 3.2)
WALL_SQUAT = Exercise(
    key="wall-squat",
    one_sided=False,
    view=View(24, 8),
    props=(Wall(-17, -12, 165), Floor(-12, 70)),
    pictures=(
        Picture(BACK_TO_WALL),
        Picture(
            BACK_TO_WALL.but(root=(0, 0, 74)),
            arrows=(Arrow("left shoulder", (44, 10), (44, 46)),),
            zones=(FRONT_OF_THIGH,),
        ),
    ),
)

# ---------------------------------------------------------------------- calf stretch
HANDS_ON_WALL = hands_at(
    (53.5, -17, 122),
    (53.5, 17, 122),
    grip=Grip.FLAT,
    fingers=(0, 0, 1),
    elbows=(-0.2, -0.5, -1),
)
CALF = BoneZone("right shank", 0.12, 0.5, -2.2, 2.8)
CALF_WALL = Exercise(
    key="calf-wall",
    one_sided=True,
    view=View(-11, 8),
    props=(Wall(56, 61, 170), Floor(-62, 56)),
    pictures=(
        Picture(
            Pose(
                pelvis=4,
                root=(8, 0, 88),
                touches=BOTH_FEET,
                right_leg=Leg(ankle_at=(-10, -9, 8), toes_out=0),
                left_leg=Leg(ankle_at=(14, 9, 8)),
                **HANDS_ON_WALL,
            )
        ),
        Picture(
            Pose(
                pelvis=10,
                neck=-4,
                root=(0, 0, 84),
                touches=BOTH_FEET,
                right_leg=Leg(ankle_at=(-30.2, -9, 8), toes_out=0),
                left_leg=Leg(ankle_at=(18, 9, 8)),
                **HANDS_ON_WALL,
            ),
            arrows=(Arrow("right ankle", (-34, -34), (-34, 4)),),
            zones=(CALF,),
        ),
    ),
)

EXERCISES = (WALL_SQUAT, CALF_WALL)
