"""Lying on the back with one leg long, with a towel or a strap, and to steady the trunk."""

from __future__ import annotations

from ..camera import View
from ..pose import Arm, Grip, Leg, OnBody, Shrug, Side
from ..props import MAT_TOP, Mat, Strap
from ..scene import Arrow, BackZone, Exercise, Picture
from ..vectors import Vector
from .common import BACK_OF_THIGH, BUTTOCK, Arms, both_arms, hands_at, hands_behind
from .lying import KNEE_TO_CHEST, KNEE_UP, LIE, LIE_ONE_LEG_UP, MAT, SOLE_ON_MAT

LONG_MAT = Mat(-85, 98)
LEG_LONG = Leg(ankle_at=(81.9, 9, 9.0), knee_towards=(0, 0.1, 1), foot=78)

# ---------------------------------------------------------------------- knee to chest
KNEE_TO_CHEST_LEG_STRAIGHT = Exercise(
    key="knee-to-chest-leg-straight",
    one_sided=True,
    view=View(18, 13),
    props=(LONG_MAT,),
    pictures=(
        Picture(LIE.but(left_leg=LEG_LONG)),
        Picture(
            KNEE_UP.but(left_leg=LEG_LONG),
            arrows=(Arrow("right knee", (44, -18), (8, -32), -0.1),),
        ),
        Picture(
            KNEE_TO_CHEST.but(left_leg=LEG_LONG),
            arrows=(Arrow("right knee", (40, -20), (2, -32), -0.1),),
            zones=(BUTTOCK,),
        ),
    ),
)

TOWEL = Strap(
    tuple(
        OnBody("right thigh", 0.72, front, left)
        for front, left in ((-1, -9), (-8.5, -6), (-8.5, 6), (-1, 9))
    ),
    width=13,
    loose=6,
)


def holding_ends(x: float, z: float, apart: float, middle: float, elbows: Vector) -> Arms:
    """Fists on the two ends of a towel or strap, `apart` to each side of `middle`."""
    return hands_at((x, middle - apart, z), (x, middle + apart, z), elbows=elbows, grip=Grip.FIST)


ELBOWS_LOW = (0.6, -0.25, -1.0)
FISTS_ROUND_ENDS = tuple(
    (f"{side} hand", f"{side} {part}") for side in Side for part in ("strap", "strap end")
)
KNEE_TO_CHEST_TOWEL = Exercise(
    key="knee-to-chest-towel",
    one_sided=True,
    # From beside the head, where both ends and the loop between them are seen.
    view=View(-38, 25),
    props=(MAT, TOWEL),
    pictures=(
        Picture(
            LIE_ONE_LEG_UP.but(
                right_leg=Leg(thigh=166, shank=74, flex=-25),
                **holding_ends(-24, 40, 15, -8, ELBOWS_LOW),
            ),
            in_front=FISTS_ROUND_ENDS,
        ),
        Picture(
            LIE_ONE_LEG_UP.but(
                pelvis=-96,
                spine=(3, 4),
                neck=2,
                right_leg=Leg(thigh=197, shank=88, flex=-25),
                **holding_ends(-34, 35, 17, -8, ELBOWS_LOW),
            ),
            arrows=(Arrow("right knee", (26, -40), (-16, -32), -0.1),),
            zones=(BUTTOCK,),
            in_front=FISTS_ROUND_ENDS,
        ),
    ),
)

# ---------------------------------------------------------------------- nerve glide, strap
BENT_UP = LIE_ONE_LEG_UP.but(
    right_leg=Leg(thigh=183, shank=70, flex=0),
    **hands_behind("right thigh", 0.68, 0.62, deep=8),
)
NERVE_GLIDE_LYING = Exercise(
    key="nerve-glide-lying",
    one_sided=True,
    view=View(16, 12),
    props=(MAT,),
    pictures=(
        Picture(BENT_UP),
        Picture(
            BENT_UP.but(right_leg=Leg(thigh=183, shank=140, flex=0)),
            arrows=(Arrow("right ankle", (60, 44), (30, 4), 0.2),),
        ),
        Picture(BENT_UP, arrows=(Arrow("right ankle", (30, -50), (34, -6), -0.2),)),
    ),
)

ROUND_SOLE = Strap(
    tuple(
        OnBody("right foot", along, up, left)
        for along, up, left in ((4, -6, -5), (5, -9, -3), (5, -9, 3), (4, -6, 5))
    ),
    loose=7,
)
HAMSTRING_STRAP = Exercise(
    key="hamstring-strap",
    one_sided=True,
    view=View(16, 12),
    props=(LONG_MAT, ROUND_SOLE),
    pictures=(
        Picture(
            LIE_ONE_LEG_UP.but(
                left_leg=LEG_LONG,
                right_leg=Leg(thigh=160, shank=86, flex=0),
                **holding_ends(-14, 40, 9, -6, (0.2, -1, -0.8)),
            )
        ),
        Picture(
            LIE_ONE_LEG_UP.but(
                left_leg=LEG_LONG,
                right_leg=Leg(thigh=160, shank=154, flex=0),
                **holding_ends(-16, 44, 9, -6, (0.2, -1, -0.8)),
            ),
            arrows=(Arrow("right ankle", (58, 26), (30, -10), 0.1),),
            zones=(BACK_OF_THIGH,),
        ),
    ),
)

# ---------------------------------------------------------------------- steadying the trunk
HANDS_ON_BELLY = Arms(
    right_arm=Arm(hand_at=(-26, -5, 26), elbow_towards=(0, -1, -0.3)),
    left_arm=Arm(hand_at=(-23, 4, 26), elbow_towards=(0, 1, -0.3)),
)
LOW_BACK = BackZone(0.36, 0.58, 3)
PELVIC_TILT = Exercise(
    key="pelvic-tilt",
    one_sided=False,
    view=View(3, 0.6),
    props=(MAT,),
    pictures=(
        Picture(LIE.but(pelvis=-74, spine=(-36, 20), neck=2, **HANDS_ON_BELLY)),
        Picture(
            LIE.but(pelvis=-103, spine=(15, -2), neck=2, **HANDS_ON_BELLY),
            arrows=(
                Arrow("pelvis", (-36, -36), (-36, -10)),
                Arrow("pelvis", (22, 4), (-8, -10), 0.5),
            ),
            zones=(LOW_BACK,),
        ),
    ),
)

PALM_ON_MAT = MAT_TOP + 2.5  # height of a flat hand
FEET_UNDER_KNEES = LIE.but(
    touches=(*LIE.touches, "right hand", "left hand"),
    right_leg=Leg(ankle_at=(40, -9, SOLE_ON_MAT)),
    left_leg=Leg(ankle_at=(40, 9, SOLE_ON_MAT)),
    **hands_at(
        (9, -25, PALM_ON_MAT),
        (9, 25, PALM_ON_MAT),
        grip=Grip.FLAT,
        fingers=(1, 0, 0),
        elbows=(0, -1, -0.25),
    ),
)
GLUTE_BRIDGE = Exercise(
    key="glute-bridge",
    one_sided=False,
    view=View(18, 12),
    props=(MAT,),
    pictures=(
        Picture(FEET_UNDER_KNEES),
        Picture(
            FEET_UNDER_KNEES.but(pelvis=-120, spine=(0, 28), root=(-4, 0, 31)),
            arrows=(Arrow("pelvis", (0, -36), (0, -66)),),
            zones=(BUTTOCK,),
        ),
    ),
)

KNEES_OVER_HIPS = LIE.but(
    pelvis=-98,
    spine=(8, 0),
    neck=2,
    touches=("trunk", "head"),
    right_leg=Leg(thigh=182, shank=90, flex=0),
    left_leg=Leg(thigh=182, shank=90, flex=0),
    **both_arms(upper=180, fore=180),
)
LEG_LOW = Leg(thigh=112, shank=100, foot=70)
ARM_BACK = Arm(upper=256, fore=258, out=(16, 12))
DEAD_BUG = Exercise(
    key="dead-bug",
    one_sided=False,
    view=View(16, 14),
    props=(Mat(-108, 92),),
    pictures=(
        Picture(KNEES_OVER_HIPS),
        Picture(
            KNEES_OVER_HIPS.but(right_leg=LEG_LOW, left_arm=ARM_BACK, left_shrug=Shrug(up=3)),
            arrows=(
                Arrow("right ankle", (-12, -74), (20, -32), -0.15),
                Arrow("left hand", (66, -66), (10, -26), 0.15),
            ),
        ),
        Picture(
            KNEES_OVER_HIPS.but(left_leg=LEG_LOW, right_arm=ARM_BACK, right_shrug=Shrug(up=3)),
            arrows=(
                Arrow("left ankle", (-12, -74), (20, -32), -0.15),
                Arrow("right hand", (66, -84), (8, -26), 0.15),
            ),
        ),
    ),
)

EXERCISES = (
    KNEE_TO_CHEST_LEG_STRAIGHT,
    KNEE_TO_CHEST_TOWEL,
    PELVIC_TILT,
    GLUTE_BRIDGE,
    DEAD_BUG,
    NERVE_GLIDE_LYING,
    HAMSTRING_STRAP,
)
