"""Rungs of the ladder, for tests about what is easier and harder."""

from education.library.models import Exercise, LadderLink


def easier(exercise: Exercise, rung: Exercise, rule: str = "When the pain rule says so.") -> None:
    """Make ``rung`` an easier form of ``exercise``."""
    LadderLink.objects.create(exercise=exercise, to_exercise=rung, direction="easier", rule_en=rule)


def harder(exercise: Exercise, rung: Exercise, rule: str = "When five days went well.") -> None:
    """Make ``rung`` a harder form of ``exercise``."""
    LadderLink.objects.create(exercise=exercise, to_exercise=rung, direction="harder", rule_en=rule)
