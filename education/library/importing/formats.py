"""The formats that ``import_exercises`` reads, by the name given on the command line."""

from collections.abc import Callable, Mapping
from pathlib import Path

from .entries import FileContent
from .free_exercise_db import read_free_exercise_db

FORMATS: Mapping[str, Callable[[Path], FileContent]] = {"free-exercise-db": read_free_exercise_db}
