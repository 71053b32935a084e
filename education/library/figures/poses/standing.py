"""Standing: hip hinges. The right ankle stays where it is."""

from __future__ import annotations

from ..camera import View
from ..pose import Arm, Grip, Leg, Pose, Side
from ..props import Band, Block, Floor, Kettlebell, Wall
from ..scene import Arrow, Exercise, Picture
from .common import BACK_OF_THIGH, BOTH_FEET, Arms, along, both_arms, hands_at, hands_on_own

FLOOR = Floor(-50, 55)
STANCE = (2.4, 2.4)  # the legs go slightly out, so that the feet are at shoulder width


def working(thigh: float, shank: float) -> Leg:
    """The right leg of a wide stance."""
    return Leg(thigh=thigh, shank=shank, out=STANCE)


STAND = Pose(
    pin=("right ankle", (0, -12, 8)),
    touches=BOTH_FEET,
    right_leg=working(1, 0),
    left_leg=Leg(ankle_at=(0, 12, 8)),
    **both_arms(upper=-2, fore=10, out=(7, 3)),
)
THUMBS_IN = (0.4, 1, 0.1)
HANDS_ON_THIGHS = hands_on_own(
    "thigh", 0.36, 9, 3, elbows=(-0.5, -1, 0), fingers=along(1, 0.1), thumbs=THUMBS_IN
)
STAND_READY = STAND.but(**HANDS_ON_THIGHS)

# ---------------------------------------------------------------------- hip hinge
HANDS_ON_KNEES = hands_on_own(
    "thigh", 0.82, 7.5, 1, elbows=(-1, -0.3, -0.2), fingers=along(12), thumbs=THUMBS_IN
)
HINGE_25 = STAND.but(
    pelvis=24,
    neck=-6,
    right_leg=working(13, -3),
    **hands_on_own(
        "thigh", 0.54, 8.5, 3, elbows=(-0.6, -1, 0), fingers=along(13, 0.1), thumbs=THUMBS_IN
    ),
)
HINGE_47 = STAND.but(pelvis=47, spine=(2, 2), neck=-12, right_leg=working(27, -7), **HANDS_ON_KNEES)
HIPS_BACK = Arrow("pelvis", (-34, -10), (-62, -4))
HIPS_FORWARD = Arrow("pelvis", (-58, 0), (-34, 0))

HIP_HINGE = Exercise(
    key="hip-hinge",
    one_sided=False,
    view=View(24, 8),
    props=(FLOOR,),
    pictures=(
        Picture(STAND_READY),
        Picture(HINGE_25, arrows=(HIPS_BACK,)),
        Picture(HINGE_47, arrows=(HIPS_BACK,), zones=(BACK_OF_THIGH,)),
        Picture(STAND_READY, arrows=(HIPS_FORWARD,)),
    ),
)

HINGE_80 = STAND.but(
    pelvis=80,
    spine=(2, 2),
    neck=-14,
    right_leg=working(38, -8),
    **hands_on_own("shank", 0.42, 8.5, 0, elbows=(-1, 0, 0)),
)
HIP_HINGE_DEEP = Exercise(
    key="hip-hinge-deep",
    one_sided=False,
    view=View(24, 8),
    props=(FLOOR,),
    pictures=(
        Picture(STAND_READY),
        Picture(HINGE_47, arrows=(HIPS_BACK,)),
        Picture(
            HINGE_80,
            arrows=(Arrow("pelvis", (-36, -4), (-62, 0)),),
            zones=(BACK_OF_THIGH,),
        ),
    ),
)

HIP_HINGE_WALL = Exercise(
    key="hip-hinge-wall",
    one_sided=False,
    view=View(24, 8),
    props=(Wall(-35, -30, 176), Floor(-30, 55)),
    pictures=(
        Picture(STAND_READY),
        Picture(
            HINGE_47.but(right_leg=working(29, -2)),
            arrows=(Arrow("pelvis", (-4, -38), (-30, -36)),),
            zones=(BACK_OF_THIGH,),
        ),
    ),
)


def hold_in_front(x: float, z: float) -> Arms:
    """Both fists close together at x, z, in front of the legs."""
    return hands_at((x, -4.5, z), (x, 4.5, z), elbows=(-0.6, -1, 0), grip=Grip.FIST)


STEP = Block(x=(16, 38), y=(-16, 16), z=(0, 25))
PICK_UP = STAND.but(
    pelvis=50, spine=(2, 2), neck=-14, right_leg=working(62, -18), **hold_in_front(23, 44.5)
)
HOLD_STANDING = STAND.but(**hold_in_front(15, 76))

HIP_HINGE_WEIGHT = Exercise(
    key="hip-hinge-weight",
    one_sided=False,
    view=View(30, 10),
    props=(FLOOR, STEP, Kettlebell()),
    pictures=(
        Picture(PICK_UP),
        Picture(HOLD_STANDING, arrows=(Arrow("right hand", (52, 40), (52, -4)),)),
        Picture(HINGE_47.but(**hold_in_front(9, 56)), arrows=(HIPS_BACK,), zones=(BACK_OF_THIGH,)),
        Picture(HOLD_STANDING, arrows=(HIPS_FORWARD,)),
        Picture(PICK_UP, arrows=(Arrow("right hand", (56, -44), (56, -6)),)),
    ),
)

BAND_UNDER_SHOES = tuple((f"{side} foot", f"{side} band") for side in Side)

HIP_HINGE_BAND = Exercise(
    key="hip-hinge-band",
    one_sided=False,
    view=View(24, 8),
    props=(FLOOR, Band()),
    pictures=(
        Picture(
            HINGE_47.but(
                pelvis=54,
                right_leg=working(32, -8),
                **hands_on_own("thigh", 0.95, 9.5, 0, elbows=(-1, 0, 0), grip=Grip.FIST),
            ),
            zones=(BACK_OF_THIGH,),
            in_front=BAND_UNDER_SHOES,
        ),
        Picture(
            HINGE_25.but(
                **hands_on_own("thigh", 0.56, 10, 0, elbows=(-1, 0, -0.2), grip=Grip.FIST)
            ),
            arrows=(HIPS_FORWARD,),
            in_front=BAND_UNDER_SHOES,
        ),
        Picture(
            STAND.but(**hands_on_own("thigh", 0.36, 11.5, 4, elbows=(-0.5, -1, 0), grip=Grip.FIST)),
            arrows=(HIPS_FORWARD,),
            in_front=BAND_UNDER_SHOES,
        ),
    ),
)

COUNTER = (
    Block(x=(39, 70), y=(-18, 34), z=(0, 88)),
    Block(x=(37, 72), y=(-20, 36), z=(88, 92)),
)
STAND_NARROW = STAND.but(
    pin=("right ankle", (0, -7, 8)),
    right_leg=Leg(thigh=1),
    left_leg=Leg(ankle_at=(0, 8, 8)),
)


def hand_on_counter(x: float) -> Arm:
    """The left hand flat on the counter, `x` cm ahead of the standing ankle."""
    return Arm(
        hand_at=(x, 15, 94.6),
        grip=Grip.FLAT,
        fingers=(1, -0.1, 0),
        elbow_towards=(-0.2, 0.6, -1),
    )


HIP_HINGE_SINGLE_LEG = Exercise(
    key="hip-hinge-single-leg",
    one_sided=True,
    view=View(18, 8),
    props=(Floor(-60, 70), *COUNTER),
    pictures=(
        Picture(STAND_NARROW.but(left_arm=hand_on_counter(40.5))),
        Picture(
            STAND_NARROW.but(
                pelvis=20,
                neck=-4,
                right_leg=Leg(thigh=9, shank=-3),
                left_leg=Leg(thigh=-14, shank=-36, foot=-44),
                left_arm=hand_on_counter(46),
                right_arm=Arm(upper=6, fore=12, out=(4, 2)),
                touches=("right foot",),
            ),
            arrows=(Arrow("left ankle", (-12, -14), (-40, -24)),),
        ),
        Picture(
            STAND_NARROW.but(
                pelvis=38,
                neck=-10,
                right_leg=Leg(thigh=19, shank=-5),
                left_leg=Leg(thigh=-30, shank=-44, foot=-64),
                left_arm=hand_on_counter(46),
                right_arm=Arm(upper=5, fore=10, out=(4, 2)),
                touches=("right foot",),
            ),
            arrows=(Arrow("pelvis", (-36, -22), (-64, -16)),),
            zones=(BACK_OF_THIGH,),
        ),
    ),
)

# The counter stands a little further off, so that the head stays clear of it.
DEEP_COUNTER = (
    Block(x=(51, 83), y=(-18, 34), z=(0, 88)),
    Block(x=(49, 85), y=(-20, 36), z=(88, 92)),
)

HIP_HINGE_SINGLE_LEG_DEEP = Exercise(
    key="hip-hinge-single-leg-deep",
    one_sided=True,
    view=View(18, 8),
    props=(Floor(-60, 90), *DEEP_COUNTER),
    pictures=(
        Picture(STAND_NARROW.but(pelvis=10, left_arm=hand_on_counter(50))),
        Picture(
            STAND_NARROW.but(
                pelvis=38,
                neck=-10,
                right_leg=Leg(thigh=17, shank=-5),
                left_leg=Leg(thigh=-32, shank=-46, foot=-64),
                left_arm=hand_on_counter(59),
                right_arm=Arm(upper=6, fore=11, out=(4, 2)),
                touches=("right foot",),
            ),
            arrows=(Arrow("left ankle", (-14, -8), (-34, -34), 0.15),),
        ),
        Picture(
            STAND_NARROW.but(
                pelvis=57,
                spine=(0, 2),
                neck=-14,
                right_leg=Leg(thigh=24, shank=-4),
                left_leg=Leg(thigh=-52, shank=-60, foot=-70),
                left_arm=hand_on_counter(68),
                right_arm=Arm(upper=5, fore=9, out=(3, 1)),
                touches=("right foot",),
            ),
            arrows=(Arrow("left ankle", (-30, 36), (-28, 0), 0.15),),
            zones=(BACK_OF_THIGH,),
        ),
    ),
)

EXERCISES = (
    HIP_HINGE_WALL,
    HIP_HINGE,
    HIP_HINGE_DEEP,
    HIP_HINGE_WEIGHT,
    HIP_HINGE_BAND,
    HIP_HINGE_SINGLE_LEG,
    HIP_HINGE_SINGLE_LEG_DEEP,
)
