"""Down to the floor and up again with the help of a chair: seven steps each way.

The chair stands in front of the person, at +x, on the mat's end. Side-sitting and lying on the
side have the left side down and face the viewer, so that the body rolls one way only.
"""

from __future__ import annotations

from ..camera import View
from ..pose import Arm, Grip, Leg, Pose, Shrug
from ..props import MAT_TOP, Chair, Mat, Wall
from ..scene import Arrow, Exercise, Picture
from ..vectors import Vector
from .common import BOTH_FEET, Arms, both_arms, hands_at
from .kneeling import (
    BOTH_KNEES,
    HALF_KNEEL,
    HANDS_AND_KNEES,
    KNEE_ON_MAT,
    PALM_ON_MAT,
    SHIN_DOWN,
    SOLE_ON_MAT,
    palms_down,
)
from .lying import LIE
from .side_lying import ON_SIDE
from .standing import working

SEAT_HEIGHT = 43
MAT_AND_CHAIR = (Wall(91, 96, 110), Mat(-112, 36), Chair(44, SEAT_HEIGHT, way=-1))
VIEW = View(20, 12)


def hands_on_seat(x: float, elbows: Vector = (-1, -0.3, 0.2)) -> Arms:
    """Both hands flat on the seat of the chair in front."""
    height = SEAT_HEIGHT + 2.5
    return hands_at(
        (x, -13, height), (x, 13, height), grip=Grip.FLAT, fingers=(1, 0, 0), elbows=elbows
    )


# ---------------------------------------------------------------------- at the chair
STAND_TALL = Pose(
    pin=("right ankle", (14, -10, SOLE_ON_MAT)),
    touches=BOTH_FEET,
    right_leg=working(1, 0),
    left_leg=Leg(ankle_at=(14, 10, SOLE_ON_MAT)),
    **both_arms(upper=-2, fore=10, out=(7, 3)),
)
LEAN_ON_SEAT = STAND_TALL.but(
    pelvis=62, spine=(6, 4), neck=-16, right_leg=working(44, -14), **hands_on_seat(52)
)
ONE_KNEE_DOWN = HALF_KNEEL.but(
    pelvis=30,
    spine=(6, 6),
    neck=-14,
    pin=("right knee", (-6, -9, KNEE_ON_MAT)),
    right_leg=Leg(thigh=-2, shank=-88, foot=-150),
    left_leg=Leg(ankle_at=(27, 10, SOLE_ON_MAT), knee_towards=(1, 0, 1)),
    **hands_on_seat(53),
)
BOTH_KNEES_DOWN = ONE_KNEE_DOWN.but(
    pelvis=34,
    pin=("right knee", (0, -9, KNEE_ON_MAT)),
    touches=(*BOTH_KNEES, *BOTH_FEET),
    right_leg=SHIN_DOWN,
    left_leg=SHIN_DOWN,
    **hands_on_seat(53),
)

# ---------------------------------------------------------------------- on the mat
HIPS_AT = -52
CRAWL = HANDS_AND_KNEES.but(pin=("right knee", (-34, -9, KNEE_ON_MAT)), **palms_down(8))
SIDE_SIT = Pose(
    heading=-80,
    lean_left=30,
    pelvis=22,
    spine=(16, 13),
    neck=-16,
    neck_side=20,
    root=(HIPS_AT, 0, 0),
    rest=MAT_TOP,
    touches=("trunk", "left hand", "right hand"),
    right_shrug=Shrug(forward=5, up=-1),
    left_leg=Leg(ankle_at=(HIPS_AT - 14, -38, MAT_TOP + 4), knee_towards=(1, -0.3, 0.05), flex=-20),
    right_leg=Leg(
        ankle_at=(HIPS_AT - 47, -10, MAT_TOP + 5.5), knee_towards=(0.2, -1, -0.1), flex=-30
    ),
    left_arm=Arm(
        hand_at=(HIPS_AT + 66, -12, PALM_ON_MAT),
        grip=Grip.FLAT,
        fingers=(1, -0.2, 0),
        elbow_towards=(0.3, 1, 0.3),
    ),
    right_arm=Arm(
        hand_at=(HIPS_AT + 37, -27, PALM_ON_MAT),
        grip=Grip.FLAT,
        fingers=(1, -0.4, 0),
        elbow_towards=(-0.5, -1, 0.3),
    ),
)
# Without a pillow the head rests on the arm.
LIE_ON_SIDE = ON_SIDE.but(
    root=(HIPS_AT, 0, 0),
    left_arm=Arm(hand_at=(HIPS_AT + 86, -14, 5.5), elbow_towards=(0, -1, 0), fingers=(1, 0, 0)),
    right_arm=Arm(
        hand_at=(HIPS_AT + 30, -29, PALM_ON_MAT),
        grip=Grip.FLAT,
        fingers=(1, -0.5, 0),
        elbow_towards=(-0.6, -0.3, 0.6),
    ),
)
LIE_ON_BACK = LIE.but(
    heading=180,
    root=(HIPS_AT, 0, 0),
    right_leg=Leg(ankle_at=(HIPS_AT - 37, 9, SOLE_ON_MAT), knee_towards=(-1, 0, 0.2)),
    left_leg=Leg(ankle_at=(HIPS_AT - 37, -9, SOLE_ON_MAT), knee_towards=(-1, 0, 0.2)),
)

FLOOR_DOWN = Exercise(
    key="floor-down",
    one_sided=False,
    view=VIEW,
    props=MAT_AND_CHAIR,
    pictures=(
        Picture(LEAN_ON_SEAT, arrows=(Arrow("right hand", (50, -64), (46, -26)),)),
        Picture(ONE_KNEE_DOWN, arrows=(Arrow("pelvis", (-52, -20), (-52, 16)),)),
        Picture(BOTH_KNEES_DOWN, arrows=(Arrow("left knee", (60, 14), (22, 14)),)),
        Picture(CRAWL, arrows=(Arrow("right hand", (46, -60), (30, -22), 0.1),)),
        Picture(SIDE_SIT, arrows=(Arrow("pelvis", (-56, -52), (-48, -14), 0.1),)),
        Picture(LIE_ON_SIDE, arrows=(Arrow("right shoulder", (-44, -36), (14, -32), -0.2),)),
        Picture(LIE_ON_BACK, arrows=(Arrow("pelvis", (10, 26), (26, -44), 0.2),)),
    ),
)
FLOOR_UP = Exercise(
    key="floor-up",
    one_sided=False,
    view=VIEW,
    props=MAT_AND_CHAIR,
    pictures=(
        Picture(LIE_ON_BACK),
        Picture(LIE_ON_SIDE, arrows=(Arrow("pelvis", (26, -66), (10, -26), 0.2),)),
        Picture(SIDE_SIT, arrows=(Arrow("right shoulder", (-48, 40), (-52, 0), 0.1),)),
        Picture(CRAWL, arrows=(Arrow("pelvis", (-44, 24), (-44, -12)),)),
        Picture(BOTH_KNEES_DOWN, arrows=(Arrow("right hand", (-30, 54), (-30, 18)),)),
        Picture(ONE_KNEE_DOWN, arrows=(Arrow("left knee", (-60, 34), (-22, 34)),)),
        Picture(LEAN_ON_SEAT, arrows=(Arrow("c7", (-40, -8), (-40, -44)),)),
    ),
)

EXERCISES = (FLOOR_DOWN, FLOOR_UP)
