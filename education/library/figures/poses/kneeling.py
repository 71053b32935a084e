"""Kneeling on the mat: hands and knees, child's pose, half kneeling. The head is at +x."""

from __future__ import annotations

from ..camera import View
from ..pose import Arm, Grip, Leg, OnBody, Pose, Shrug
from ..props import MAT_TOP, Chair, Mat
from ..scene import Arrow, BackZone, BoneZone, Exercise, Picture
from ..vectors import Vector
from .common import Arms, hands_at

KNEE_ON_MAT = MAT_TOP + 5.7  # height of the knee
PALM_ON_MAT = MAT_TOP + 2.5  # height of a flat hand
SOLE_ON_MAT = MAT_TOP + 8  # height of the ankle

BOTH_KNEES = ("right knee", "left knee")
BOTH_FEET = ("right foot", "left foot")
BOTH_HANDS = ("right hand", "left hand")

SHIN_DOWN = Leg(thigh=0, shank=-88, foot=-150)


def palms_down(x: float, y: float = 16, *, elbows: Vector = (-1, 0, 0.1)) -> Arms:
    """Both palms on the mat, `y` cm to each side of the midline."""
    return hands_at(
        (x, -y, PALM_ON_MAT), (x, y, PALM_ON_MAT), grip=Grip.FLAT, fingers=(1, 0, 0), elbows=elbows
    )


# Arms are longer than thighs: the elbows are soft and the chest sinks between the shoulder
# blades, so that the back is nearly level.
CHEST_SUNK = Shrug(forward=-3)
HANDS_AT = 43  # ahead of the knees
HANDS_AND_KNEES = Pose(
    pelvis=82,
    spine=(0, 0),
    neck=-6,
    pin=("right knee", (0, -9, KNEE_ON_MAT)),
    touches=(*BOTH_KNEES, *BOTH_FEET, *BOTH_HANDS),
    right_leg=SHIN_DOWN,
    left_leg=SHIN_DOWN,
    right_shrug=CHEST_SUNK,
    left_shrug=CHEST_SUNK,
    **palms_down(HANDS_AT),
)

# ---------------------------------------------------------------------- cat and camel
CAT_CAMEL = Exercise(
    key="cat-camel",
    one_sided=False,
    view=View(14, 8),
    props=(Mat(-56, 72),),
    pictures=(
        Picture(HANDS_AND_KNEES),
        Picture(
            HANDS_AND_KNEES.but(
                pelvis=42,
                spine=(38, 34),
                neck=16,
                right_leg=Leg(thigh=-6, shank=-88, foot=-150),
                left_leg=Leg(thigh=-6, shank=-88, foot=-150),
                right_shrug=Shrug(),
                left_shrug=Shrug(),
            ),
            arrows=(Arrow("right shoulder", (-44, -6), (-44, -40)),),
        ),
        Picture(
            HANDS_AND_KNEES.but(pelvis=104, spine=(-36, -5), neck=-22),
            arrows=(Arrow("pelvis", (42, -50), (42, -14)),),
        ),
    ),
)

# ---------------------------------------------------------------------- bird dog
ON_LEFT_KNEE = HANDS_AND_KNEES.but(pin=("left knee", (0, 9, KNEE_ON_MAT)))
BIRD_DOG = Exercise(
    key="bird-dog",
    one_sided=True,
    view=View(18, 12),
    props=(Mat(-98, 84),),
    pictures=(
        Picture(ON_LEFT_KNEE),
        Picture(
            ON_LEFT_KNEE.but(
                right_leg=Leg(thigh=-58, shank=-74, foot=-104),
                touches=("left knee", *BOTH_FEET, *BOTH_HANDS),
            ),
            arrows=(Arrow("right ankle", (10, -26), (-24, -26)),),
        ),
        Picture(
            ON_LEFT_KNEE.but(
                right_leg=Leg(thigh=-86, shank=-88, foot=-92),
                left_arm=Arm(upper=92, fore=94, out=(4, 2)),
                left_shrug=Shrug(forward=2, up=2),
                touches=("left knee", "left foot", "right hand"),
            ),
            arrows=(
                Arrow("right ankle", (2, -30), (-30, -28)),
                Arrow("left hand", (6, -24), (36, -24)),
            ),
        ),
    ),
)

# ---------------------------------------------------------------------- child's pose
KNEES_APART = Leg(thigh=67, shank=-88, foot=-150, out=(14, -6))
CHILDS_POSE = Exercise(
    key="childs-pose",
    one_sided=False,
    view=View(18, 12),
    props=(Mat(-62, 86),),
    pictures=(
        Picture(HANDS_AND_KNEES),
        Picture(
            HANDS_AND_KNEES.but(
                pelvis=69,
                spine=(32, 19),
                neck=-16,
                right_leg=KNEES_APART,
                left_leg=KNEES_APART,
                right_shrug=Shrug(),
                left_shrug=Shrug(),
                touches=(*BOTH_KNEES, *BOTH_FEET, *BOTH_HANDS, "head"),
                **palms_down(52, 18),
            ),
            arrows=(Arrow("pelvis", (44, -64), (4, -54), -0.1),),
            zones=(BackZone(0.27, 0.6, 4),),
        ),
    ),
)

# ---------------------------------------------------------------------- half kneeling
CHAIR_IN_REACH = Chair(84, 40, y=54)
HALF_KNEEL = Pose(
    pin=("right knee", (0, -9, KNEE_ON_MAT)),
    touches=("right knee", *BOTH_FEET),
    right_leg=SHIN_DOWN,
    left_leg=Leg(ankle_at=(40, 9, SOLE_ON_MAT), knee_towards=(1, 0, 1)),
    right_arm=Arm(hand_at=OnBody("left thigh", 0.72, 9.5, -6), elbow_towards=(-1, -1, -0.3)),
    left_arm=Arm(
        hand_at=(39, 37, CHAIR_IN_REACH.backrest()[2][1] + 1),
        grip=Grip.WRAP,
        fingers=(0.8, 0.1, -0.6),
        elbow_towards=(-0.3, 0.6, -1),
    ),
)
FRONT_OF_HIP = BoneZone("right thigh", 0.02, 0.42, 4.5, 3.2)
HIP_FLEXOR_KNEELING = Exercise(
    key="hip-flexor-kneeling",
    one_sided=True,
    view=View(16, 8),
    props=(CHAIR_IN_REACH, Mat(-56, 72)),
    pictures=(
        Picture(HALF_KNEEL),
        Picture(
            HALF_KNEEL.but(pelvis=-8, spine=(4, 2), right_leg=Leg(thigh=-17, shank=-88, foot=-150)),
            arrows=(Arrow("pelvis", (-58, -10), (-30, -10)),),
            zones=(FRONT_OF_HIP,),
        ),
    ),
)

EXERCISES = (CAT_CAMEL, BIRD_DOG, CHILDS_POSE, HIP_FLEXOR_KNEELING)
