"""Sitting on a chair or on the floor: knee to chest."""

from __future__ import annotations

from ..camera import View
from ..pose import Grip, Leg, OnBody, Pose
from ..props import MAT_TOP, Chair, Floor, Mat, Wall
from ..scene import Arrow, Exercise, Picture
from .common import BOTH_FEET, BUTTOCK, hands_at, hands_behind, hands_on_own

# ---------------------------------------------------------------------- on a chair
SEAT_HEIGHT = 40
CHAIR_AT_WALL = (Wall(-46, -41, 136), Floor(-41, 60), Chair(6, SEAT_HEIGHT))

SIT = Pose(
    pelvis=-2,
    spine=(2, 2),
    root=(-25, 0, SEAT_HEIGHT + 9.8),
    touches=BOTH_FEET,
    right_leg=Leg(ankle_at=(18, -9, 8)),
    left_leg=Leg(ankle_at=(18, 9, 8)),
    **hands_on_own("thigh", 0.62, 9.5, 0, fingers=(1, 0.1, -0.15), elbows=(-1, -0.5, -0.4)),
)
HOLD_BEHIND_THIGH = hands_behind(
    "right thigh", 0.78, 0.70, deep=8, fingers=(0.2, 1, 0.2), elbows=(-0.6, -1, -0.4)
)

KNEE_TO_CHEST_CHAIR = Exercise(
    key="knee-to-chest-chair",
    one_sided=True,
    view=View(24, 9),
    props=CHAIR_AT_WALL,
    pictures=(
        Picture(SIT),
        Picture(
            SIT.but(
                right_leg=Leg(thigh=108, shank=8, foot=-6),
                touches=("left foot",),
                **HOLD_BEHIND_THIGH,
            ),
            arrows=(Arrow("right knee", (34, 8), (34, -26)),),
        ),
        Picture(
            SIT.but(
                pelvis=-5,
                spine=(4, 3),
                neck=2,
                right_leg=Leg(thigh=124, shank=10, foot=-6),
                touches=("left foot",),
                **HOLD_BEHIND_THIGH,
            ),
            arrows=(Arrow("right knee", (34, -8), (4, -30), -0.1),),
            zones=(BUTTOCK,),
        ),
    ),
)

# ---------------------------------------------------------------------- on the floor
SOLE_ON_MAT = MAT_TOP + 8  # height of the ankle

LONG_SIT = Pose(
    pelvis=-14,
    spine=(14, 8),
    rest=MAT_TOP,
    touches=(*BOTH_FEET, "trunk"),
    right_leg=Leg(ankle_at=(44, -9, SOLE_ON_MAT), knee_towards=(0.3, 0, 1)),
    left_leg=Leg(ankle_at=(81.4, 9, 9.2), knee_towards=(0, 0.1, 1), foot=78),
    **hands_at(
        (-14, -24, MAT_TOP + 2.5),
        (-14, 24, MAT_TOP + 2.5),
        grip=Grip.FLAT,
        fingers=(-0.6, -1, 0),
        elbows=(-1, -0.6, 0),
    ),
)
HOLD_SHIN = hands_at(
    OnBody("right shank", 0.16, 8, -2),
    OnBody("right shank", 0.28, 8, 3),
    grip=Grip.WRAP,
    fingers=(0.1, 1, 0),
    elbows=(-0.3, -1, -0.3),
)

KNEE_TO_CHEST_FLOOR = Exercise(
    key="knee-to-chest-floor",
    one_sided=True,
    view=View(24, 12),
    props=(Mat(-36, 104),),
    pictures=(
        Picture(LONG_SIT),
        Picture(
            LONG_SIT.but(
                right_leg=Leg(ankle_at=(36, -9, SOLE_ON_MAT), knee_towards=(0.3, 0, 1)),
                **HOLD_SHIN,
            ),
            arrows=(Arrow("right knee", (68, 0), (40, -8)),),
        ),
        Picture(
            LONG_SIT.but(
                pelvis=-15,
                right_leg=Leg(ankle_at=(28, -9, SOLE_ON_MAT), knee_towards=(0.1, 0, 1)),
                **HOLD_SHIN,
            ),
            arrows=(Arrow("right knee", (66, 0), (38, -8)),),
            zones=(BUTTOCK,),
        ),
    ),
)

EXERCISES = (KNEE_TO_CHEST_CHAIR, KNEE_TO_CHEST_FLOOR)
