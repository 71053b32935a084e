"""Standing: toe touches. The back rounds, the knees stay soft, the right ankle where it is."""

from __future__ import annotations

from ..camera import View
from ..pose import Arm, Leg, OnBody
from ..scene import Arrow, Exercise, Picture
from .common import BACK_OF_THIGH, along, hands_on_own
from .standing import FLOOR, HANDS_ON_KNEES, STAND, STAND_READY, THUMBS_IN, working

HANDS_SLIDE_DOWN = Arrow("right hand", (46, -34), (44, 2), -0.1)
REACH_THIGHS = STAND.but(
    pelvis=16,
    spine=(12, 10),
    neck=4,
    right_leg=working(9, -4),
    **hands_on_own(
        "thigh", 0.54, 9, 3, elbows=(-0.6, -1, 0), fingers=along(9, 0.1), thumbs=THUMBS_IN
    ),
)
REACH_KNEES = STAND.but(
    pelvis=34, spine=(22, 18), neck=6, right_leg=working(13, -5), **HANDS_ON_KNEES
)
REACH_SHINS = STAND.but(
    pelvis=55,
    spine=(32, 26),
    neck=10,
    right_leg=working(12, -1),
    **hands_on_own("shank", 0.22, 8, 0, elbows=(-1, 0, 0)),
)

# ---------------------------------------------------------------------- both legs
TOE_TOUCH = Exercise(
    key="toe-touch",
    one_sided=False,
    view=View(22, 8),
    props=(FLOOR,),
    pictures=(
        Picture(STAND_READY.but(right_leg=working(4, -2))),
        Picture(REACH_THIGHS, arrows=(HANDS_SLIDE_DOWN,)),
        Picture(REACH_KNEES, arrows=(HANDS_SLIDE_DOWN,), zones=(BACK_OF_THIGH,)),
    ),
)

TOE_TOUCH_BOTH_STRAIGHT = Exercise(
    key="toe-touch-both-straight",
    one_sided=False,
    view=View(22, 8),
    props=(FLOOR,),
    pictures=(
        Picture(STAND_READY.but(right_leg=working(4, -2))),
        Picture(REACH_KNEES.but(pelvis=38, right_leg=working(10, -1)), arrows=(HANDS_SLIDE_DOWN,)),
        Picture(REACH_SHINS, arrows=(HANDS_SLIDE_DOWN,), zones=(BACK_OF_THIGH,)),
    ),
)

TOE_TOUCH_DEEP = Exercise(
    key="toe-touch-deep",
    one_sided=False,
    view=View(22, 8),
    props=(FLOOR,),
    pictures=(
        Picture(REACH_KNEES),
        Picture(REACH_SHINS, arrows=(HANDS_SLIDE_DOWN,)),
        Picture(
            STAND.but(
                pelvis=78,
                spine=(40, 32),
                neck=12,
                right_leg=working(12, 0),
                **hands_on_own("shank", 0.72, 7.5, 0, elbows=(-1, -0.3, 0)),
            ),
            arrows=(Arrow("right hand", (52, -34), (50, 2), -0.1),),
            zones=(BACK_OF_THIGH,),
        ),
    ),
)

# ---------------------------------------------------------------------- one knee bent
# The toes stay where they were and the heel lifts: no step forward.
LEFT_KNEE_BENT = Leg(ankle_at=(3, 12, 12.6), knee_towards=(1, 0.2, 0), foot=-20)

TOE_TOUCH_ONE_KNEE_BENT = Exercise(
    key="toe-touch-one-knee-bent",
    one_sided=True,
    view=View(24, 8),
    props=(FLOOR,),
    pictures=(
        Picture(STAND_READY),
        # No arrow: at the knee it would ask for a step, at the toes to lift them.
        Picture(STAND_READY.but(right_leg=working(3, 1), left_leg=LEFT_KNEE_BENT)),
        Picture(
            REACH_KNEES.but(
                right_leg=working(9, 1),
                left_leg=LEFT_KNEE_BENT,
                right_arm=Arm(
                    hand_at=OnBody("right thigh", 0.78, 8, 0), elbow_towards=(-1, 0, -0.2)
                ),
                left_arm=Arm(hand_at=OnBody("left thigh", 0.74, 8, 0), elbow_towards=(-1, 0.4, 0)),
            ),
            arrows=(Arrow("left hand", (30, -40), (28, -4), -0.1),),
            zones=(BACK_OF_THIGH,),
        ),
    ),
)

EXERCISES = (TOE_TOUCH, TOE_TOUCH_ONE_KNEE_BENT, TOE_TOUCH_BOTH_STRAIGHT, TOE_TOUCH_DEEP)
