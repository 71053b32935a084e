"""Walking: four moments of one step with each leg; the last leads back to the first."""

from __future__ import annotations

from ..camera import View
from ..pose import Arm, Leg, Pose, Side
from ..props import Floor
from ..scene import Arrow, Exercise, Picture
from .common import BOTH_FEET, Arms

HIPS_WIDE_STEP, HIPS_ON_ONE_LEG = 86.2, 89.3  # height of the hips


def swing(ahead: Side, front: Arm, back: Arm) -> Arms:
    """Arms in opposition to the legs: `ahead` is the arm in front."""
    if ahead is Side.RIGHT:
        return Arms(right_arm=front, left_arm=back)
    return Arms(right_arm=back, left_arm=front)


def swings_wide(ahead: Side) -> Arms:
    front, back = Arm(upper=18, fore=34, out=(5, 2)), Arm(upper=-27, fore=-14, out=(7, 3))
    return swing(ahead, front, back)


def swings_on(ahead: Side) -> Arms:
    """On the way to the front, as the leg on the other side is."""
    front, back = Arm(upper=9, fore=24, out=(5, 2)), Arm(upper=-17, fore=-3, out=(7, 3))
    return swing(ahead, front, back)


def heel_strikes(side: Side) -> Leg:
    """The leg in front, its toes up."""
    return Leg(ankle_at=(26, 7 * side.sign, 8.9), foot=16)


def toes_push(side: Side) -> Leg:
    """The leg behind, its heel up, its knee hardly bent."""
    return Leg(ankle_at=(-30, 7 * side.sign, 12.2), foot=-18)


def stands(side: Side) -> Leg:
    """The leg that carries, a little behind: by now the body is past its foot."""
    return Leg(ankle_at=(-7, 7 * side.sign, 8))


# Its foot is past the standing one, so that the two do not cross in the picture.
SWINGS = Leg(thigh=32, shank=-14, foot=4)

WIDE_STEP = Pose(pelvis=2, root=(0, 0, HIPS_WIDE_STEP), touches=BOTH_FEET)
ON_ONE_LEG = Pose(pelvis=2, root=(0, 0, HIPS_ON_ONE_LEG))
FORWARD = Arrow("c7", (56, 26), (90, 26))
WALKING = Exercise(
    key="walking",
    one_sided=True,
    view=View(8, 7),
    props=(Floor(-50, 55),),
    pictures=(
        Picture(
            WIDE_STEP.but(
                right_leg=heel_strikes(Side.RIGHT),
                left_leg=toes_push(Side.LEFT),
                **swings_wide(Side.LEFT),
            ),
            arrows=(FORWARD,),
        ),
        Picture(
            ON_ONE_LEG.but(
                right_leg=stands(Side.RIGHT),
                left_leg=SWINGS,
                touches=("right foot",),
                **swings_on(Side.RIGHT),
            )
        ),
        Picture(
            WIDE_STEP.but(
                left_leg=heel_strikes(Side.LEFT),
                right_leg=toes_push(Side.RIGHT),
                **swings_wide(Side.RIGHT),
            ),
            arrows=(FORWARD,),
        ),
        Picture(
            ON_ONE_LEG.but(
                left_leg=stands(Side.LEFT),
                right_leg=SWINGS,
                touches=("left foot",),
                **swings_on(Side.LEFT),
            )
        ),
    ),
)

EXERCISES = (WALKING,)
