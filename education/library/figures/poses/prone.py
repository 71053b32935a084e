"""Lying on the front on the mat, head at +x: the press-ups that arch the back."""

from __future__ import annotations

from ..camera import View
from ..pose import Arm, Grip, Leg, Pose
from ..props import MAT_TOP, Mat
from ..scene import Arrow, BackZone, Exercise, Picture
from .common import BOTH_FEET, both_arms, hands_at

MAT = Mat(-106, 92)
PALM_ON_MAT = MAT_TOP + 2.5
KNEES = ("right knee", "left knee")
HANDS = ("right hand", "left hand")

LEG_BACK = Leg(thigh=-84, shank=-89, foot=-149)
FACE_DOWN = Pose(
    pelvis=90,
    neck=-24,
    rest=MAT_TOP,
    touches=("trunk", *KNEES, *BOTH_FEET, *HANDS),
    right_leg=LEG_BACK,
    left_leg=LEG_BACK,
    right_arm=Arm(
        hand_at=(59, -4, PALM_ON_MAT),
        elbow_towards=(0.25, -1, 0.08),
        fingers=(0.3, 1, 0),
        grip=Grip.FLAT,
    ),
    left_arm=Arm(
        hand_at=(62, 4, PALM_ON_MAT),
        elbow_towards=(0.25, 1, 0.08),
        fingers=(0.3, -1, 0),
        grip=Grip.FLAT,
    ),
)

PRESS_UP_ELBOWS = Exercise(
    key="press-up-elbows",
    one_sided=False,
    view=View(16, 10),
    props=(MAT,),
    pictures=(
        Picture(FACE_DOWN),
        Picture(
            FACE_DOWN.but(
                pelvis=80,
                spine=(-29, -19),
                neck=-4,
                touches=("trunk", *KNEES, *BOTH_FEET, "right elbow", "left elbow"),
                **both_arms(upper=6, fore=91, out=(3, 0), grip=Grip.FLAT, fingers=(1, 0, 0)),
            ),
            arrows=(Arrow("left shoulder", (62, 22), (62, -20)),),
        ),
    ),
)

PUSHING = hands_at(
    (47, -27, PALM_ON_MAT),
    (47, 27, PALM_ON_MAT),
    elbows=(-0.5, -1, 0.4),
    fingers=(1, 0, 0),
    grip=Grip.FLAT,
)
PRESS_UP_HANDS = Exercise(
    key="press-up-hands",
    one_sided=False,
    view=View(16, 10),
    props=(MAT,),
    pictures=(
        Picture(FACE_DOWN.but(neck=-22, **PUSHING)),
        Picture(
            FACE_DOWN.but(pelvis=80, spine=(-26, -18), neck=-8, **PUSHING),
            arrows=(Arrow("left shoulder", (62, 22), (62, -20)),),
        ),
        Picture(
            FACE_DOWN.but(pelvis=62, spine=(-36, -24), neck=6, **PUSHING),
            arrows=(Arrow("left shoulder", (62, 22), (62, -20)),),
            zones=(BackZone(0.1, 0.35, 4),),
        ),
    ),
)

EXERCISES = (PRESS_UP_ELBOWS, PRESS_UP_HANDS)
