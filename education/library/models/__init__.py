"""What the clinic teaches: exercises, ladders, articles, words explained and red flags."""

from .articles import Article, ArticleSection, KeyPoint, TodayStep
from .body import Area, Demand, Equipment, ExerciseKind, LowBack, Position, Precaution
from .dosage import Band, Dosage, DosageSpec, LoadUnit
from .exercises import Exercise, ExerciseFamily, ExerciseStep, LadderLink, StopIf
from .glossary import GlossaryTerm, SearchSynonym
from .overruled import OverruledFinding
from .pack import PackRecord
from .pictures import Photo
from .proposals import ContentProposal
from .red_flags import CareLevel, RedFlag
from .review import LibraryRevision, Reviewed
from .sides import Laterality, WorkingSide
from .sources import ExerciseSource

__all__ = [
    "Area",
    "Article",
    "ArticleSection",
    "Band",
    "CareLevel",
    "ContentProposal",
    "Demand",
    "Dosage",
    "DosageSpec",
    "Equipment",
    "Exercise",
    "ExerciseFamily",
    "ExerciseKind",
    "ExerciseSource",
    "ExerciseStep",
    "GlossaryTerm",
    "KeyPoint",
    "LadderLink",
    "Laterality",
    "LibraryRevision",
    "LoadUnit",
    "LowBack",
    "OverruledFinding",
    "PackRecord",
    "Photo",
    "Position",
    "Precaution",
    "RedFlag",
    "Reviewed",
    "SearchSynonym",
    "StopIf",
    "TodayStep",
    "WorkingSide",
]
