"""Exercises as a table, out to a spreadsheet and in again: one row each, every text a cell."""

from .resource import ExerciseTable

__all__ = ["ExerciseTable"]
