"""What one patient is asked to do: the working copy, and the versions that were published."""

from .harder_days import HarderDay, HarderDayTaken
from .holds import PlanHold
from .plans import Plan, PlannedExercise
from .rungs import RungMove
from .templates import ExerciseDefault, PlanTemplate, TemplateExercise
from .versions import PlanVersion, PlanVersionSeen

__all__ = [
    "ExerciseDefault",
    "HarderDay",
    "HarderDayTaken",
    "Plan",
    "PlanHold",
    "PlanTemplate",
    "PlanVersion",
    "PlanVersionSeen",
    "PlannedExercise",
    "RungMove",
    "TemplateExercise",
]
