"""Walking: four moments of one step with each leg; the last leads back to the first."""

from __future__ import annotations

from ..camera import View
from ..pose import Arm, Leg, Pose, Side
from ..props import Floor
from ..scene import Arrow, Exercise, Picture
from .common import BOTH_FEET, Arms, both_arms

HIPS_WIDE_STEP, HIPS_ON_ONE_LEG = 84.8, 89.4  # height of the hips


def swing(ahead: Side) -> Arms:
    """Arms in opposition to the legs: `ahead` is the arm in front."""
    front, back = Arm(upper=20, fore=38, out=(4, 2)), Arm(upper=-22, fore=-6, out=(6, 3))
    if ahead is Side.RIGHT:
        return Arms(right_arm=front, left_arm=back)
    return Arms(right_arm=back, left_arm=front)


def heel_strikes(side: Side) -> Leg:
    """The leg in front, its toes up."""
    return Leg(ankle_at=(30, 7 * side.sign, 9), foot=18)


def toes_push(side: Side) -> Leg:
    """The leg behind, its heel up."""
    return Leg(ankle_at=(-30, 7 * side.sign, 16), foot=-38)


def stands(side: Side) -> Leg:
    return Leg(ankle_at=(0, 7 * side.sign, 8))


SWINGS = Leg(thigh=20, shank=-42, foot=-24)

WIDE_STEP = Pose(pelvis=2, root=(0, 0, HIPS_WIDE_STEP), touches=BOTH_FEET)
ON_ONE_LEG = Pose(
    pelvis=2, root=(0, 0, HIPS_ON_ONE_LEG), **both_arms(upper=-1, fore=12, out=(5, 2))
)
FORWARD = Arrow("c7", (56, 26), (90, 26))
WALKING = Exercise(
    key="walking",
    one_sided=True,
    view=View(14, 8),
    props=(Floor(-50, 55),),
    pictures=(
        Picture(
            WIDE_STEP.but(
                right_leg=heel_strikes(Side.RIGHT),
                left_leg=toes_push(Side.LEFT),
                **swing(Side.LEFT),
            ),
            arrows=(FORWARD,),
        ),
        Picture(
            ON_ONE_LEG.but(right_leg=stands(Side.RIGHT), left_leg=SWINGS, touches=("right foot",))
        ),
        Picture(
            WIDE_STEP.but(
                left_leg=heel_strikes(Side.LEFT),
                right_leg=toes_push(Side.RIGHT),
                **swing(Side.RIGHT),
            ),
            arrows=(FORWARD,),
        ),
        Picture(
            ON_ONE_LEG.but(left_leg=stands(Side.LEFT), right_leg=SWINGS, touches=("left foot",))
        ),
    ),
)

EXERCISES = (WALKING,)
