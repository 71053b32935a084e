"""Lying on the left side, face to the viewer, head at +x on a pillow."""

from __future__ import annotations

from ..camera import View
from ..pose import Arm, Grip, Leg, OnBody, Pose, Shrug, Side
from ..props import MAT_TOP, Mat, Pillow
from ..scene import Arrow, ButtockZone, Exercise, Picture

PALM_ON_MAT = MAT_TOP + 2.5

# The lower shoulder goes inward; the lower thigh sinks until its knee reaches the mat.
ON_SIDE = Pose(
    lying_on_side=True,
    spine=(4, 4),
    neck=4,
    rest=MAT_TOP,
    touches=("trunk", "left knee", "right hand"),
    left_shrug=Shrug(forward=5, up=2, inward=5),
    left_leg=Leg(thigh=45, shank=-45, out=(5.5, 2), flex=0),
    right_leg=Leg(ankle_at=OnBody("left foot", 0, 0, -8), knee_towards=(0, -1, 0), flex=0),
    left_arm=Arm(
        hand_at=(63, -6, 11),
        elbow_towards=(0.3, -1, -0.05),
        fingers=(0, 1, 0),
    ),
    right_arm=Arm(
        hand_at=(30, -29, PALM_ON_MAT),
        elbow_towards=(-0.6, -0.3, 0.6),
        fingers=(1, -0.5, 0),
        grip=Grip.FLAT,
    ),
)

CLAMSHELL = Exercise(
    key="clamshell",
    one_sided=True,
    view=View(16, 22),
    props=(Mat(-72, 92), Pillow((46, 78), (-22, 22), 8)),
    pictures=(
        Picture(ON_SIDE),
        Picture(
            ON_SIDE.but(
                right_leg=Leg(
                    ankle_at=OnBody("left foot", 0, 0, -8), knee_towards=(0, -0.62, 0.78), flex=0
                )
            ),
            arrows=(Arrow("right knee", (4, -16), (4, -46)),),
            zones=(ButtockZone(Side.RIGHT, 4.5),),
        ),
    ),
)

EXERCISES = (CLAMSHELL,)
