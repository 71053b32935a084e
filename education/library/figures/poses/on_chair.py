"""On a chair away from the wall: figure four, nerve glide, sit to stand."""

from __future__ import annotations

from ..camera import View
from ..pose import Arm, Leg, OnBody, Pose
from ..props import Chair, Floor, Wall
from ..scene import Arrow, Exercise, Picture
from .common import BOTH_FEET, BUTTOCK, both_arms, hands_on_own
from .sitting import SEAT_HEIGHT, SIT

FLOOR = Floor(-55, 60)
ON_CHAIR = (FLOOR, Chair(6, SEAT_HEIGHT))

# ---------------------------------------------------------------------- figure four
ANKLE_ON_THIGH = Leg(
    ankle_at=OnBody("left thigh", 0.73, 10, 3), knee_towards=(0.1, -1, 0.1), flex=6
)
# One hand rests on the knee, one at the ankle: the shin between them stays in sight.
FOUR = SIT.but(
    touches=("left foot",),
    right_leg=ANKLE_ON_THIGH,
    right_arm=Arm(
        hand_at=OnBody("right shank", 0.06, 8, 0),
        elbow_towards=(-1, -0.8, -0.2),
        fingers=(0.9, -0.3, -0.3),
    ),
    left_arm=Arm(
        hand_at=OnBody("right shank", 0.88, 7, 0),
        elbow_towards=(-0.6, 1, -0.4),
        fingers=(0.7, -0.7, -0.1),
    ),
)
ARM_ON_SHIN = (("right forearm", "right shank"), ("right hand", "right shank"))
PIRIFORMIS_CHAIR = Exercise(
    key="piriformis-chair",
    one_sided=True,
    view=View(53, 15),
    props=ON_CHAIR,
    pictures=(
        Picture(SIT),
        Picture(
            FOUR,
            arrows=(Arrow("right ankle", (40, 40), (40, 0)),),
            in_front=ARM_ON_SHIN,
        ),
        Picture(
            FOUR.but(pelvis=20, spine=(2, 1), neck=-10),
            arrows=(Arrow("c7", (-62, -10), (-28, 4)),),
            zones=(BUTTOCK,),
            in_front=ARM_ON_SHIN,
        ),
    ),
)

# ---------------------------------------------------------------------- nerve glide
THIGH_STILL = 89
SLUMP = SIT.but(
    pelvis=-4,
    spine=(14, 16),
    neck=28,
    right_leg=Leg(thigh=THIGH_STILL, shank=-6, foot=-6),
)
KNEE_STRAIGHT = SIT.but(
    neck=-20,
    right_leg=Leg(thigh=THIGH_STILL, shank=68, flex=0),
    touches=("left foot",),
)
NERVE_GLIDE_CHAIR = Exercise(
    key="nerve-glide-chair",
    one_sided=True,
    view=View(18, 8),
    props=ON_CHAIR,
    pictures=(
        Picture(SLUMP),
        Picture(
            KNEE_STRAIGHT,
            arrows=(
                Arrow("right ankle", (-14, 50), (32, 8), 0.2),
                Arrow("head", (22, -34), (-14, -40), 0.1),
            ),
        ),
        Picture(
            SLUMP,
            arrows=(
                Arrow("right ankle", (84, -38), (62, -2), 0.2),
                Arrow("head", (8, -44), (40, -22), 0.1),
            ),
        ),
    ),
)

# ---------------------------------------------------------------------- sit to stand
STAND_SEAT = 42
ANKLES_BEHIND_KNEES = {
    "right_leg": Leg(ankle_at=(12, -11, 8)),
    "left_leg": Leg(ankle_at=(12, 11, 8)),
}
PUSH_ON_THIGHS = hands_on_own("thigh", 0.60, 9, 0, elbows=(-1, -0.4, -0.2))
SIT_FORWARD = SIT.but(root=(-16, 0, STAND_SEAT + 9.8), **ANKLES_BEHIND_KNEES)
LEAN_FORWARD = SIT_FORWARD.but(
    root=(-14, 0, STAND_SEAT + 10), pelvis=40, spine=(2, 2), neck=-16, **PUSH_ON_THIGHS
)
SEAT_LEFT = LEAN_FORWARD.but(root=(-9, 0, 66), pelvis=42)
STAND_TALL = Pose(
    pin=("right ankle", (12, -11, 8)),
    touches=BOTH_FEET,
    right_leg=Leg(thigh=1, out=(2.4, 2.4)),
    left_leg=Leg(ankle_at=(12, 11, 8)),
    **both_arms(upper=-2, fore=10, out=(7, 3)),
)
SIT_TO_STAND = Exercise(
    key="sit-to-stand",
    one_sided=False,
    view=View(22, 8),
    props=(Wall(-46, -41, 136), Floor(-41, 60), Chair(6, STAND_SEAT)),
    pictures=(
        Picture(SIT_FORWARD),
        Picture(LEAN_FORWARD, arrows=(Arrow("c7", (-58, -8), (-24, -32), -0.15),)),
        Picture(SEAT_LEFT, arrows=(Arrow("pelvis", (-46, 14), (-40, -22)),)),
        Picture(STAND_TALL, arrows=(Arrow("pelvis", (-44, 20), (-44, -24)),)),
    ),
)

EXERCISES = (PIRIFORMIS_CHAIR, NERVE_GLIDE_CHAIR, SIT_TO_STAND)
