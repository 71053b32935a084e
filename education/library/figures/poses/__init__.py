"""The pose tables: every drawn exercise as data, split by position."""

from __future__ import annotations

from ..scene import Exercise
from . import lying, prone, side_lying, sitting, standing, supine

EXERCISES: dict[str, Exercise] = {
    exercise.key: exercise
    for exercise in (
        *sitting.EXERCISES,
        *lying.EXERCISES,
        *supine.EXERCISES,
        *side_lying.EXERCISES,
        *prone.EXERCISES,
        *standing.EXERCISES,
    )
}
