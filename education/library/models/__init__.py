"""What the clinic teaches: exercises, ladders, articles and red flags."""

from .articles import Article, ArticleSection, KeyPoint
from .body import Demand, Equipment, Position, Precaution
from .dosage import Band, Dosage, DosageSpec, LoadUnit
from .exercises import (
    Exercise,
    ExerciseFamily,
    ExerciseStep,
    LadderLink,
    Laterality,
    StopIf,
    WorkingSide,
)
from .pack import PackRecord
from .red_flags import CareLevel, RedFlag
from .review import LibraryRevision, Reviewed

__all__ = [
    "Article",
    "ArticleSection",
    "Band",
    "CareLevel",
    "Demand",
    "Dosage",
    "DosageSpec",
    "Equipment",
    "Exercise",
    "ExerciseFamily",
    "ExerciseStep",
    "KeyPoint",
    "LadderLink",
    "Laterality",
    "LibraryRevision",
    "LoadUnit",
    "PackRecord",
    "Position",
    "Precaution",
    "RedFlag",
    "Reviewed",
    "StopIf",
    "WorkingSide",
]
