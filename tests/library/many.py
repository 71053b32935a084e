"""A library as large as it may get, made at once."""

import random

from education.library.figures.catalogue import POSE_KEYS
from education.library.finding import words_of
from education.library.models import (
    Area,
    Demand,
    Equipment,
    Exercise,
    ExerciseKind,
    ExerciseStep,
    LowBack,
    Position,
    Precaution,
)

MOVES = words_of("stretch lift bridge hinge reach roll press slide hold turn step swing curl walk")
PARTS = words_of("hip knee back calf thigh ankle shoulder neck belly buttock hamstring spine foot")
WAYS = words_of("gentle slow seated lying standing kneeling wall chair band towel half deep easy")
SENTENCE = "Eases a stiff {part} and helps you {move} with more ease when you {way} at home."


def make_many_exercises(number: int, start: int = 0) -> list[Exercise]:
    """So many published exercises with three steps each; the same ones every time."""
    dice = random.Random(7)  # noqa: S311 - the same library every time
    exercises = Exercise.objects.bulk_create(
        make_one(n, dice) for n in range(start, start + number)
    )
    ExerciseStep.objects.bulk_create(
        ExerciseStep(
            exercise=exercise,
            order=order,
            text_en="Move slowly and breathe.",
            pose=dice.choice(POSE_KEYS),
            alt_en="The move.",
        )
        for exercise in exercises
        for order in range(3)
    )
    return exercises


def make_one(number: int, dice: random.Random) -> Exercise:
    """Words and choices drawn with ``dice``; not saved."""
    way, part, move = dice.choice(WAYS), dice.choice(PARTS), dice.choice(MOVES)
    return Exercise(
        key=f"many-{number}",
        title_en=f"{way.title()} {part} {move} number {number}",
        form_name_en=f"With a {dice.choice(WAYS)}",
        also_called_en=f"{dice.choice(PARTS)} {dice.choice(MOVES)}, {dice.choice(WAYS)} opener",
        purpose_en=SENTENCE.format(part=part, move=move, way=way),
        position=dice.choice(Position.values),
        kind=dice.choice(ExerciseKind.values),
        low_back=dice.choice(LowBack.values),
        laterality="one_sided",
        areas=dice.sample(Area.values, 2),
        equipment=dice.sample(Equipment.values, dice.randint(0, 2)),
        demands=dice.sample(Demand.values, 2),
        precautions=dice.sample(Precaution.values, dice.randint(0, 2)),
        sets=2,
        reps_min=5,
        state="published",
    )
