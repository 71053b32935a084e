"""Lying on the back on the mat, head at -x: knee to chest, figure four."""

from __future__ import annotations

from ..camera import View
from ..pose import Leg, OnBody, Pose
from ..props import MAT_TOP, Mat
from ..scene import Arrow, Exercise, Picture
from .common import BOTH_FEET, BUTTOCK, both_arms, hands_behind

MAT = Mat(-85, 62)
SOLE_ON_MAT = MAT_TOP + 8  # height of the ankle

LIE = Pose(
    pelvis=-93,
    spine=(-2, 5),
    neck=3,
    rest=MAT_TOP,
    touches=(*BOTH_FEET, "trunk", "head"),
    right_leg=Leg(ankle_at=(37, -9, SOLE_ON_MAT)),
    left_leg=Leg(ankle_at=(37, 9, SOLE_ON_MAT)),
    **both_arms(upper=78, fore=88, out=(14, 2)),
)
LIE_ONE_LEG_UP = LIE.but(touches=("trunk", "head", "left foot"))

# ---------------------------------------------------------------------- knee to chest
KNEE_UP = LIE_ONE_LEG_UP.but(
    right_leg=Leg(thigh=182, shank=78, flex=-25),
    **hands_behind("right thigh", 0.65, 0.59),
)
KNEE_TO_CHEST = LIE_ONE_LEG_UP.but(
    pelvis=-97,
    spine=(3, 4),
    neck=3,
    right_leg=Leg(thigh=204, shank=92, flex=-25),
    **hands_behind("right thigh", 0.80, 0.74),
)
KNEE_CLOSER = LIE_ONE_LEG_UP.but(
    pelvis=-104,
    spine=(13, 3),
    neck=-2,
    right_leg=Leg(thigh=224, shank=88, flex=-25),
    **hands_behind("right thigh", 0.74, 0.68),
)

KNEE_TO_CHEST_LYING = Exercise(
    key="knee-to-chest-lying",
    one_sided=True,
    view=View(18, 13),
    props=(MAT,),
    pictures=(
        Picture(LIE),
        Picture(KNEE_UP, arrows=(Arrow("right knee", (44, -18), (8, -32), -0.1),)),
        Picture(
            KNEE_TO_CHEST,
            arrows=(Arrow("right knee", (40, -20), (2, -32), -0.1),),
            zones=(BUTTOCK,),
        ),
    ),
)

# The near hand slips in between thigh and calf.
BETWEEN_THIGH_AND_CALF = (("right shank", "right hand"),)

KNEE_TO_CHEST_DEEPER = Exercise(
    key="knee-to-chest-deeper",
    one_sided=True,
    view=View(18, 13),
    props=(MAT,),
    pictures=(
        Picture(KNEE_TO_CHEST),
        Picture(
            KNEE_CLOSER,
            arrows=(Arrow("right knee", (34, -26), (-4, -34), -0.1),),
            zones=(BUTTOCK,),
            in_front=BETWEEN_THIGH_AND_CALF,
        ),
    ),
)

# ---------------------------------------------------------------------- figure four
ANKLE_ON_THIGH = Leg(
    ankle_at=OnBody("left thigh", 0.73, 10, 3), knee_towards=(-0.25, -1, 0.2), flex=8
)
HANDS_BEHIND_OTHER_THIGH = hands_behind("left thigh", 0.62, 0.54)
# The right arm goes through the hole of the 4, the ankle lies on the thigh.
THREADED = (
    ("right forearm", "right thigh"),
    ("right shank", "right forearm"),
    ("right shank", "left thigh"),
    ("right foot", "left thigh"),
)
PULL_IN = Arrow("left knee", (-34, -34), (-70, -11))
PIRIFORMIS_LYING = Exercise(
    key="piriformis-lying",
    one_sided=True,
    # From beside the head: only there the shin is seen to lie across the other thigh.
    view=View(-53, 25),
    props=(MAT,),
    pictures=(
        Picture(LIE),
        Picture(
            LIE_ONE_LEG_UP.but(right_leg=ANKLE_ON_THIGH),
            arrows=(Arrow("right ankle", (104, 34), (54, -28), 0.2),),
        ),
        Picture(
            LIE.but(
                touches=("trunk",),
                neck=0,
                spine=(0, 9),
                left_leg=Leg(thigh=182, shank=96, flex=0),
                right_leg=ANKLE_ON_THIGH,
                **HANDS_BEHIND_OTHER_THIGH,
            ),
            arrows=(PULL_IN,),
            in_front=THREADED,
        ),
        Picture(
            LIE.but(
                touches=("trunk",),
                neck=0,
                pelvis=-95,
                spine=(4, 6),
                left_leg=Leg(thigh=196, shank=102, flex=0),
                right_leg=ANKLE_ON_THIGH,
                **HANDS_BEHIND_OTHER_THIGH,
            ),
            arrows=(PULL_IN,),
            zones=(BUTTOCK,),
            in_front=THREADED,
        ),
    ),
)

EXERCISES = (KNEE_TO_CHEST_LYING, KNEE_TO_CHEST_DEEPER, PIRIFORMIS_LYING)
