"""The pose tables: every drawn exercise as data, split by position."""

from __future__ import annotations

from ..scene import Exercise
from . import lying, sitting, standing

EXERCISES: dict[str, Exercise] = {
    exercise.key: exercise
    for exercise in (*sitting.EXERCISES, *lying.EXERCISES, *standing.EXERCISES)
}
