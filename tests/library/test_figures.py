"""The drawn pictures show sound bodies, each exercise in its form."""

from dataclasses import replace

import pytest

from education.library.figures import check
from education.library.figures.body import Body
from education.library.figures.form import RULES
from education.library.figures.joints import joint_angles
from education.library.figures.measures import MEASURES
from education.library.figures.pose import Arm, Leg, OnBody
from education.library.figures.poses import EXERCISES
from education.library.figures.props import Strap
from education.library.figures.scene import Exercise

PICTURES = [
    (exercise, number)
    for exercise in EXERCISES.values()
    for number in range(1, len(exercise.pictures) + 1)
]


PICTURE_NAMES = [f"{exercise.key}/{number}" for exercise, number in PICTURES]


def with_pose(exercise: Exercise, number: int, **changes) -> Exercise:
    """The exercise with some lines of one picture's pose changed."""
    pictures = list(exercise.pictures)
    picture = pictures[number - 1]
    pictures[number - 1] = replace(picture, pose=picture.pose.but(**changes))
    return replace(exercise, pictures=tuple(pictures))


def faults_of(exercise_key: str, number: int, **changes) -> list[str]:
    broken = with_pose(EXERCISES[exercise_key], number, **changes)
    return [fault.what for fault in check.check_picture(broken, number)]


@pytest.mark.parametrize(("exercise", "number"), PICTURES, ids=PICTURE_NAMES)
def test_every_picture_shows_what_a_body_can_do(exercise, number):
    assert [str(fault) for fault in check.check_picture(exercise, number)] == []


def test_a_hand_that_cannot_reach_its_target_is_found():
    too_far = Arm(hand_at=OnBody("right shank", 0.9, 9, 0))
    assert "reach of the right hand" in faults_of("hip-hinge", 1, right_arm=too_far)


def test_a_foot_that_cannot_reach_its_target_is_found():
    too_far = Leg(ankle_at=(70, 12, 8))
    assert "reach of the left ankle" in faults_of("hip-hinge", 1, left_leg=too_far)


def test_a_foot_sunk_into_the_floor_is_found():
    sunk = ("right ankle", (0, -12, 5))
    found = faults_of("hip-hinge", 1, pin=sunk)
    assert "contact of the right foot" in found
    assert "right foot below the ground" in found


def test_a_foot_that_floats_is_found():
    floating = ("right ankle", (0, -12, 11))
    found = faults_of("hip-hinge", 1, pin=floating)
    assert "contact of the right foot" in found
    assert "right foot below the ground" not in found


def test_a_back_that_floats_above_the_mat_is_found():
    assert "contact of the trunk" in faults_of("knee-to-chest-lying", 1, rest=5)


def test_a_knee_bent_the_wrong_way_is_found():
    backwards = Leg(thigh=1, shank=25)
    assert "right knee flexion" in faults_of("hip-hinge", 1, right_leg=backwards)


def test_a_back_rounded_too_far_is_found():
    assert "lumbar flexion" in faults_of("hip-hinge", 3, spine=(70, 2))


def test_sitting_inside_the_backrest_is_found():
    found = faults_of("knee-to-chest-chair", 1, root=(-32, 0, 49.8))
    assert "trunk bumps into something" in found
    assert "form: gap to the backrest" in found


def test_a_back_that_leaves_the_backrest_is_found():
    assert "form: gap to the backrest" in faults_of("knee-to-chest-chair", 3, pelvis=15)


def test_a_hinge_that_is_too_shallow_or_too_deep_is_found():
    assert "form: trunk lean" in faults_of("hip-hinge", 3, pelvis=35)
    assert "form: trunk lean" in faults_of("hip-hinge", 3, pelvis=52)


def test_a_figure_four_with_the_ankle_on_the_knee_is_found():
    on_knee = Leg(ankle_at=OnBody("left thigh", 0.9, 10, 3), knee_towards=(-0.25, -1, 0.2), flex=8)
    found = faults_of("piriformis-lying", 3, right_leg=on_knee)
    assert "form: ankle along the other thigh" in found


@pytest.mark.parametrize(
    ("exercise", "number", "changes", "measure"),
    [
        ("glute-bridge", 2, {"pelvis": -100, "spine": (0, 10)}, "bend at the hips"),
        ("pelvic-tilt", 2, {"pelvis": -91, "spine": (-8, 4)}, "gap under the low back"),
        ("dead-bug", 2, {"pelvis": -85, "spine": (-14, 8)}, "gap under the low back"),
        ("press-up-elbows", 2, {"right_arm": Arm(upper=39)}, "elbow ahead of the shoulder"),
        ("clamshell", 2, {"heading": 30, "lying_on_side": False}, "roll of the pelvis"),
        ("clamshell", 2, {"right_leg": Leg(thigh=45, shank=-45)}, "gap between the ankles"),
        ("nerve-glide-lying", 2, {"right_leg": Leg(thigh=160, shank=140)}, "right hip flexion"),
        ("hamstring-strap", 2, {"right_leg": Leg(thigh=170, shank=140)}, "right knee flexion"),
    ],
)
def test_a_lying_exercise_out_of_its_form_is_found(exercise, number, changes, measure):
    assert f"form: {measure}" in faults_of(exercise, number, **changes)


FORWARD_LEAN = {"pelvis": 15, "neck": 0}
HEEL_UP = Leg(ankle_at=(-28, -9, 12), foot=-16, toes_out=0)
TOES_OUT = Leg(ankle_at=(-30.2, -9, 8), toes_out=25)
LEG_TOO_LOW = Leg(thigh=-70, shank=-80, foot=-92)
LEG_LEVEL = Leg(thigh=-80, shank=-84, foot=-84)


@pytest.mark.parametrize(
    ("exercise", "number", "changes", "measure"),
    [
        ("hip-hinge-deep", 3, {"pelvis": 60}, "trunk lean"),
        ("hip-hinge-single-leg-deep", 3, {"spine": (20, 2)}, "lumbar flexion"),
        ("hip-hinge-single-leg-deep", 3, {"pelvis": 78}, "trunk lean"),
        ("hip-hinge-single-leg-deep", 3, {"left_leg": LEG_LEVEL}, "rise of the left leg"),
        ("toe-touch", 3, {"right_leg": Leg(thigh=3, out=(2.4, 2.4))}, "right knee flexion"),
        ("nerve-glide-chair", 2, {"right_leg": Leg(thigh=98, shank=72)}, "rise of the right thigh"),
        ("sit-to-stand", 2, FORWARD_LEAN, "nose ahead of the toes"),
        ("sit-to-stand", 1, {"right_leg": Leg(ankle_at=(26, -11, 8))}, "ankles behind the knees"),
        ("cat-camel", 2, {"spine": (0, 0)}, "lumbar flexion"),
        ("bird-dog", 3, {"spine": (-20, 0)}, "lumbar flexion"),
        ("bird-dog", 3, {"right_leg": LEG_TOO_LOW}, "rise of the right leg"),
        ("bird-dog", 3, {"left_arm": Arm(upper=70, fore=70)}, "rise of the left arm"),
        ("hip-flexor-kneeling", 2, {"pelvis": 6}, "pelvis tucked under"),
        ("hip-flexor-kneeling", 2, {"pelvis": 15}, "trunk lean"),
        ("wall-squat", 2, {"root": (0, 0, 64)}, "right knee flexion"),
        ("wall-squat", 2, {"right_leg": Leg(ankle_at=(8, -12, 8))}, "knees ahead of the toes"),
        ("wall-squat", 2, {"root": (8, 0, 74)}, "gap to the wall"),
        ("calf-wall", 2, {"right_leg": HEEL_UP}, "heel above the floor"),
        ("calf-wall", 2, {"right_leg": TOES_OUT}, "toes turned out"),
        ("calf-wall", 2, {"root": (-6, 0, 80)}, "right knee flexion"),
        ("walking", 1, {"left_arm": Arm(), "right_arm": Arm()}, "left hand ahead of the right"),
        ("floor-down", 3, {"right_arm": Arm(upper=70, fore=100)}, "hands above the seat"),
    ],
)
def test_an_upright_exercise_out_of_its_form_is_found(exercise, number, changes, measure):
    assert f"form: {measure}" in faults_of(exercise, number, **changes)


def test_only_the_lower_leg_of_the_seated_nerve_glide_moves_but_not_the_thigh():
    bodies = [Body(picture.pose) for picture in EXERCISES["nerve-glide-chair"].pictures]
    assert len({body.bones["right thigh"].direction for body in bodies}) == 1
    assert len({body.bones["right shank"].direction for body in bodies}) == 2


def test_hands_and_knees_stay_where_they_are_while_the_back_moves():
    resting = ("right hand", "left hand", "right knee")
    level, *others = (Body(picture.pose) for picture in EXERCISES["cat-camel"].pictures)
    for body in others:
        for joint in resting:
            assert body.joints[joint] == pytest.approx(level.joints[joint], abs=0.5)


def test_the_way_up_from_the_floor_is_the_way_down_in_reverse():
    down, up = (EXERCISES[key].pictures for key in ("floor-down", "floor-up"))
    assert [picture.pose for picture in up] == [picture.pose for picture in reversed(down)]


def test_in_side_sitting_the_body_leans_and_the_head_comes_back_towards_upright():
    pose = EXERCISES["floor-down"].pictures[4].pose
    level, hanging = Body(pose), Body(pose.but(neck_side=0))
    assert level.world(level.head_up)[2] > hanging.world(hanging.head_up)[2]
    left, right = (level.world(level.joints[f"{side} hip"])[2] for side in ("left", "right"))
    assert left + 5 < right


def test_the_towel_goes_behind_the_thigh():
    towel = EXERCISES["knee-to-chest-towel"]
    over_the_shin = Strap(tuple(replace(p, front=8) for p in towel.props[-1].round_points))
    broken = replace(towel, props=(*towel.props[:-1], over_the_shin))
    found = [fault.what for fault in check.check_picture(broken, 2)]
    assert found == ["form: towel behind the thigh"]


def test_only_the_lower_leg_moves_in_the_lying_nerve_glide():
    bodies = [Body(picture.pose) for picture in EXERCISES["nerve-glide-lying"].pictures]
    assert len({body.bones["right thigh"].direction for body in bodies}) == 1
    assert len({body.bones["right shank"].direction for body in bodies}) == 2


def test_a_stretched_bone_is_found():
    body = Body(EXERCISES["hip-hinge"].pictures[0].pose)
    assert check.bone_faults(body) == []
    x, y, z = body.joints["left knee"]
    body.joints["left knee"] = (x, y, z - 1)
    assert {fault.what for fault in check.bone_faults(body)} == {
        "length of the left thigh",
        "length of the left shank",
    }


def test_joint_angles_are_what_a_clinician_would_measure():
    sitting = joint_angles(Body(EXERCISES["knee-to-chest-chair"].pictures[0].pose))
    assert sitting["right hip flexion"] == pytest.approx(90, abs=8)
    assert sitting["right knee flexion"] == pytest.approx(90, abs=8)
    assert sitting["left ankle dorsiflexion"] == pytest.approx(0, abs=10)
    standing = joint_angles(Body(EXERCISES["hip-hinge"].pictures[0].pose))
    assert standing["right hip flexion"] == pytest.approx(0, abs=3)
    assert standing["right knee flexion"] == pytest.approx(0, abs=3)


def test_every_form_rule_is_about_a_picture_that_exists():
    assert {f"{rule.exercise}/{rule.picture}" for rule in RULES} <= set(PICTURE_NAMES)
    assert {rule.measure for rule in RULES} <= set(MEASURES)
    assert {exercise for exercise, _ in check.ACCEPTED} <= set(EXERCISES)
