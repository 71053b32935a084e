"""What one patient is asked to do: the working copy, and the versions that were published."""

from .plans import Plan, PlannedExercise
from .versions import PlanVersion

__all__ = ["Plan", "PlanVersion", "PlannedExercise"]
