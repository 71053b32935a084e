"""The form a physiotherapist asks of single pictures, as numbers that the pose check holds.

Sources: the picture rules of the clinic's exercise notes (hinge 40 to 50 degrees, single leg
shallower, ankle of the figure four at 70 to 75 % of the other thigh, hands behind the thigh,
back on the backrest). A clinician of the clinic must still review the drawn poses.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FormRule:
    """One measure of one picture (numbers from 1) and the range it must keep to."""

    exercise: str
    picture: int
    measure: str
    low: float
    high: float


BEHIND_CM = (4.0, 12.0)
ON_BACKREST_CM = (-1.0, 1.5)
KNEE_STRAIGHT = (0.0, 10.0)
SOFT_KNEE = (10.0, 30.0)

RULES = (
    FormRule("hip-hinge", 3, "trunk lean", 40, 50),
    FormRule("hip-hinge", 3, "lumbar flexion", 0, 5),
    FormRule("hip-hinge", 3, "right knee flexion", 15, 40),
    FormRule("hip-hinge-wall", 2, "trunk lean", 40, 50),
    FormRule("hip-hinge-wall", 2, "gap to the wall", -1, 1),
    FormRule("hip-hinge-weight", 1, "lumbar flexion", 0, 5),
    FormRule("hip-hinge-weight", 3, "trunk lean", 40, 50),
    FormRule("hip-hinge-weight", 3, "weight ahead of the ankles", 0, 12),
    FormRule("hip-hinge-band", 1, "lumbar flexion", 0, 5),
    FormRule("hip-hinge-band", 1, "trunk lean", 45, 60),
    FormRule("hip-hinge-single-leg", 3, "trunk lean", 30, 45),
    FormRule("hip-hinge-single-leg", 3, "right knee flexion", 10, 30),
    FormRule("toe-touch-both-straight", 3, "right knee flexion", 2, 15),
    FormRule("toe-touch-both-straight", 3, "left knee flexion", 2, 15),
    FormRule("toe-touch-both-straight", 3, "hands above the ankles", 20, 36),
    FormRule("toe-touch-one-knee-bent", 3, "right knee flexion", 2, 12),
    FormRule("toe-touch-one-knee-bent", 3, "left knee flexion", 30, 70),
    *(
        FormRule("knee-to-chest-chair", n, "gap to the backrest", *ON_BACKREST_CM)
        for n in (1, 2, 3)
    ),
    *(
        FormRule(exercise, n, "hands behind the right thigh", *BEHIND_CM)
        for exercise, n in (
            ("knee-to-chest-chair", 2),
            ("knee-to-chest-chair", 3),
            ("knee-to-chest-lying", 2),
            ("knee-to-chest-lying", 3),
            ("knee-to-chest-deeper", 1),
            ("knee-to-chest-deeper", 2),
        )
    ),
    *(
        FormRule("piriformis-lying", n, "ankle along the other thigh", 0.70, 0.75)
        for n in (2, 3, 4)
    ),
    *(FormRule("piriformis-lying", n, "hands behind the left thigh", *BEHIND_CM) for n in (3, 4)),
    *(
        FormRule("knee-to-chest-leg-straight", n, "left knee flexion", *KNEE_STRAIGHT)
        for n in (1, 2, 3)
    ),
    *(
        FormRule(exercise, n, "hands behind the right thigh", *BEHIND_CM)
        for exercise, n in (
            ("knee-to-chest-leg-straight", 2),
            ("knee-to-chest-leg-straight", 3),
            ("nerve-glide-lying", 1),
            ("nerve-glide-lying", 2),
            ("nerve-glide-lying", 3),
        )
    ),
    *(FormRule("knee-to-chest-towel", n, "towel behind the thigh", *BEHIND_CM) for n in (1, 2)),
    FormRule("pelvic-tilt", 1, "gap under the low back", 4, 6.5),
    FormRule("pelvic-tilt", 2, "gap under the low back", -1, 1.5),
    FormRule("pelvic-tilt", 2, "lumbar flexion", 5, 15),
    FormRule("glute-bridge", 2, "bend at the hips", -10, 10),
    FormRule("glute-bridge", 2, "right knee flexion", 85, 110),
    FormRule("dead-bug", 1, "right hip flexion", 80, 100),
    FormRule("dead-bug", 1, "right knee flexion", 80, 100),
    *(FormRule("dead-bug", n, "gap under the low back", -1, 2) for n in (1, 2, 3)),
    *(FormRule("nerve-glide-lying", n, "right hip flexion", 88, 96) for n in (1, 2, 3)),
    FormRule("nerve-glide-lying", 2, "right knee flexion", 20, 50),
    FormRule("hamstring-strap", 2, "right knee flexion", *KNEE_STRAIGHT),
    *(FormRule("hamstring-strap", n, "left knee flexion", *KNEE_STRAIGHT) for n in (1, 2)),
    FormRule("press-up-elbows", 2, "elbow ahead of the shoulder", -5, 5),
    FormRule("press-up-hands", 1, "hand ahead of the shoulder", -2, 8),
    FormRule("press-up-hands", 3, "right elbow flexion", 0, 75),
    *(FormRule("clamshell", n, "gap between the ankles", 6, 9) for n in (1, 2)),
    *(FormRule("clamshell", n, "roll of the pelvis", 0, 2) for n in (1, 2)),
    FormRule("clamshell", 2, "knee above the other knee", 25, 40),
    # Deep hinges and toe touches.
    FormRule("hip-hinge-deep", 3, "trunk lean", 75, 85),
    FormRule("hip-hinge-deep", 3, "lumbar flexion", 0, 5),
    FormRule("hip-hinge-deep", 3, "right knee flexion", 20, 50),
    # Deeper than the shallow one (30 to 45), but with the head well above the counter: level is
    # for athletes.
    FormRule("hip-hinge-single-leg-deep", 3, "trunk lean", 54, 62),
    FormRule("hip-hinge-single-leg-deep", 3, "rise of the left leg", -40, -28),
    FormRule("hip-hinge-single-leg-deep", 3, "lumbar flexion", 0, 5),
    FormRule("hip-hinge-single-leg-deep", 3, "right knee flexion", 10, 35),
    FormRule("toe-touch", 3, "right knee flexion", *SOFT_KNEE),
    FormRule("toe-touch", 3, "left knee flexion", *SOFT_KNEE),
    FormRule("toe-touch", 3, "hand along the thigh", 0.75, 0.95),
    FormRule("toe-touch-deep", 3, "right knee flexion", 2, 20),
    # The low shins are deep enough: the floor is not the goal.
    FormRule("toe-touch-deep", 3, "hands above the ankles", 6, 16),
    # On a chair.
    *(FormRule("piriformis-chair", n, "ankle along the other thigh", 0.70, 0.75) for n in (2, 3)),
    FormRule("piriformis-chair", 3, "trunk lean", 12, 30),
    FormRule("piriformis-chair", 3, "lumbar flexion", 0, 6),
    *(FormRule("nerve-glide-chair", n, "rise of the right thigh", -2, 2) for n in (1, 2, 3)),
    FormRule("nerve-glide-chair", 2, "right knee flexion", 10, 30),
    *(FormRule("sit-to-stand", n, "ankles behind the knees", 6, 20) for n in (1, 2)),
    *(FormRule("sit-to-stand", n, "nose ahead of the toes", -4, 14) for n in (2, 3)),
    *(FormRule("sit-to-stand", n, "lumbar flexion", 0, 6) for n in (2, 3)),
    # Kneeling.
    FormRule("cat-camel", 1, "lumbar flexion", -5, 5),
    FormRule("cat-camel", 2, "lumbar flexion", 30, 50),
    FormRule("cat-camel", 3, "lumbar flexion", -40, -25),
    *(FormRule("cat-camel", n, "right elbow flexion", 0, 25) for n in (1, 2, 3)),
    *(FormRule("bird-dog", n, "trunk lean", 78, 92) for n in (1, 2, 3)),
    *(FormRule("bird-dog", n, "lumbar flexion", -5, 5) for n in (1, 2, 3)),
    FormRule("bird-dog", 3, "rise of the right leg", -6, 6),
    FormRule("bird-dog", 3, "rise of the left arm", -6, 6),
    FormRule("childs-pose", 2, "right knee flexion", 130, 155),
    *(FormRule("hip-flexor-kneeling", n, "trunk lean", -6, 6) for n in (1, 2)),
    FormRule("hip-flexor-kneeling", 2, "pelvis tucked under", 5, 15),
    FormRule("hip-flexor-kneeling", 2, "right hip flexion", -25, -8),
    FormRule("hip-flexor-kneeling", 2, "lumbar flexion", 0, 8),
    # At a wall.
    *(FormRule("wall-squat", n, "gap to the wall", -1, 1) for n in (1, 2)),
    FormRule("wall-squat", 2, "right knee flexion", 40, 60),
    FormRule("wall-squat", 2, "knees ahead of the toes", -40, 0),
    *(FormRule("calf-wall", n, "heel above the floor", -0.5, 0.5) for n in (1, 2)),
    *(FormRule("calf-wall", n, "toes turned out", -5, 5) for n in (1, 2)),
    FormRule("calf-wall", 2, "right knee flexion", *KNEE_STRAIGHT),
    # Walking, and to the floor and up.
    FormRule("walking", 1, "left hand ahead of the right", 20, 60),
    FormRule("walking", 3, "left hand ahead of the right", -60, -20),
    *(FormRule("floor-down", n, "hands above the seat", 2, 3) for n in (1, 2, 3)),
    *(FormRule("floor-up", n, "hands above the seat", 2, 3) for n in (5, 6, 7)),
)
