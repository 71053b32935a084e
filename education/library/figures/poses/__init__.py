"""The pose tables: every drawn exercise as data, split by position."""

from __future__ import annotations

from ..scene import Exercise
from . import (
    at_wall,
    floor_transfer,
    kneeling,
    lying,
    on_chair,
    prone,
    side_lying,
    sitting,
    standing,
    supine,
    toe_touch,
    walking,
)

EXERCISES: dict[str, Exercise] = {
    exercise.key: exercise
    for exercise in (
        *sitting.EXERCISES,
        *lying.EXERCISES,
        *supine.EXERCISES,
        *side_lying.EXERCISES,
        *prone.EXERCISES,
        *standing.EXERCISES,
        *toe_touch.EXERCISES,
        *on_chair.EXERCISES,
        *kneeling.EXERCISES,
        *at_wall.EXERCISES,
        *walking.EXERCISES,
        *floor_transfer.EXERCISES,
    )
}
