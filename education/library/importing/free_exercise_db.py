"""The public-domain collection free-exercise-db, read as it is published: one JSON list.

An entry has id and name, and may have force, level, mechanic, equipment, primaryMuscles,
secondaryMuscles, instructions, category and images; each of these may be missing, null or empty.
"""

import json
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.utils.text import Truncator

from education.library.loading.documents import Document
from education.library.models import Area, Equipment, ExerciseKind

from .entries import (
    Collection,
    Entry,
    FileContent,
    ImportRefused,
    draft_document,
    step_document,
    words,
)

COLLECTION = Collection(
    key="free-exercise-db",
    author="The contributors of free-exercise-db",
    licence="Public domain (Unlicense)",
    address="https://github.com/yuhonas/free-exercise-db",
)

#: Muscles we have a word for. "chest" has none: no exercise of this clinic is for it.
AREAS: Mapping[str, Area] = {
    "abdominals": Area.BELLY,
    "abductors": Area.HIP,
    "adductors": Area.THIGH,
    "biceps": Area.SHOULDER_ARM,
    "calves": Area.CALF,
    "forearms": Area.SHOULDER_ARM,
    "glutes": Area.BUTTOCK,
    "hamstrings": Area.THIGH,
    "lats": Area.NECK,
    "lower back": Area.LOW_BACK,
    "middle back": Area.NECK,
    "neck": Area.NECK,
    "quadriceps": Area.THIGH,
    "shoulders": Area.SHOULDER_ARM,
    "traps": Area.NECK,
    "triceps": Area.SHOULDER_ARM,
}
EQUIPMENT: Mapping[str, Equipment | None] = {
    "body only": None,
    "bands": Equipment.BAND,
    "dumbbell": Equipment.WEIGHT,
    "kettlebells": Equipment.WEIGHT,
}
KINDS: Mapping[str, ExerciseKind] = {
    "cardio": ExerciseKind.AEROBIC,
    "olympic weightlifting": ExerciseKind.STRENGTH,
    "powerlifting": ExerciseKind.STRENGTH,
    "strength": ExerciseKind.STRENGTH,
    "stretching": ExerciseKind.STRETCH,
    "strongman": ExerciseKind.STRENGTH,
}
READ = frozenset(
    {
        "id",
        "name",
        "equipment",
        "primaryMuscles",
        "secondaryMuscles",
        "instructions",
        "category",
        "alternateNames",
    }
)
TITLE_LENGTH, ALSO_CALLED_LENGTH, STEP_LENGTH, ID_LENGTH = 80, 200, 300, 120
MOST_STEPS = 50  # of an entry
NAME_LENGTH = 60  # of a field or a value of theirs, in what the import says
BRACES = str.maketrans("{}", "()")  # a brace would be a placeholder of ours


def read_free_exercise_db(path: Path) -> FileContent:
    """Every entry of the file, in the library's words.

    Raises ImportRefused with one line: the file cannot be opened, is no JSON list of objects, or
    an entry has no id, no name, an id that came before, or a value of the wrong type.
    """
    found = _open(path)
    if not isinstance(found, list):
        raise ImportRefused("The file is not a JSON list of exercises.")
    entries: dict[str, Entry] = {}
    left_out: set[str] = set()
    for number, fields in enumerate(found, start=1):
        entry = _entry(number, fields)
        if entry.id in entries:
            raise ImportRefused(f"Entry {number}: the id “{entry.id}” is there twice.")
        entries[entry.id] = entry
        left_out |= {name for name, value in fields.items() if value} - READ
    named = {_short(_plain(name)) for name in left_out} - {""}
    return FileContent(COLLECTION, list(entries.values()), sorted(named))


def _short(name: str) -> str:
    return Truncator(name).chars(NAME_LENGTH)


def _open(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ImportRefused(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise ImportRefused(f"{path} is not text in UTF-8.") from error
    except RecursionError as error:
        raise ImportRefused(f"{path} is nested too deep to be a list of exercises.") from error
    except ValueError as error:  # broken JSON, or a number that no computer holds
        raise ImportRefused(f"{path} is not JSON: {' '.join(str(error).split())}.") from error


class _Fields:
    """The fields of one entry, each taken with its type checked."""

    def __init__(self, number: int, fields: Any) -> None:
        if not isinstance(fields, dict):
            raise ImportRefused(f"Entry {number} is not an object with id and name.")
        self.fields = fields
        self.place = f"Entry {number}"
        self.id = self.required("id")
        self.place += f" (“{self.id[:ID_LENGTH]}”)"

    def wrong(self, name: str, message: str) -> ImportRefused:
        return ImportRefused(f"{self.place}: {name}: {message}")

    def required(self, name: str) -> str:
        text = self.text(name)
        if not text:
            raise self.wrong(name, "it is missing.")
        return text

    def text(self, name: str) -> str:
        """A text, "" when it is missing or null."""
        value = self.fields.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self.wrong(name, "a text belongs here.")
        return _plain(value)

    def texts(self, name: str) -> list[str]:
        """A list of texts without the empty ones; an empty list when it is missing or null."""
        values = self.fields.get(name) or []
        if not isinstance(values, list) or not all(isinstance(v, str | None) for v in values):
            raise self.wrong(name, "a list of texts belongs here.")
        return [text for value in values if value and (text := _plain(value))]


def _plain(text: str) -> str:
    """One line of what can be printed: no line ends, no half characters, no braces."""
    printable = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(printable.translate(BRACES).split())


def _entry(number: int, raw: Any) -> Entry:
    fields = _Fields(number, raw)
    if len(fields.id) > ID_LENGTH:
        raise fields.wrong("id", f"it is longer than {ID_LENGTH} characters.")
    not_mapped: list[str] = []
    title = fields.required("name")
    if len(title) > TITLE_LENGTH:
        not_mapped.append(f"name: cut to {TITLE_LENGTH} characters")
    document = draft_document(
        title=words(_cut(title, TITLE_LENGTH)),
        also_called=words(_joined(fields.texts("alternateNames"), not_mapped)),
        areas=_areas(fields, not_mapped),
        equipment=_equipment(fields, not_mapped),
        kind=_kind(fields, not_mapped),
        steps=_few(list(_steps(fields)), not_mapped),
    )
    return Entry(fields.id, document, not_mapped)


def _cut(text: str, length: int) -> str:
    """Between its words where that leaves half of it; else anywhere."""
    short = textwrap.shorten(text, length, placeholder=" …")
    return short if len(text) <= length or len(short) > length / 2 else f"{text[: length - 1]}…"


def _few(steps: list[Document], not_mapped: list[str]) -> list[Document]:
    if len(steps) > MOST_STEPS:
        not_mapped.append(f"instructions: cut to {MOST_STEPS} steps")
    return steps[:MOST_STEPS]


def _joined(names: list[str], not_mapped: list[str]) -> str:
    kept: list[str] = []
    for name in names:
        if len(", ".join([*kept, name])) > ALSO_CALLED_LENGTH:
            not_mapped.append("alternateNames: too many to keep")
            break
        kept.append(name)
    return ", ".join(kept)


def _areas(fields: _Fields, not_mapped: list[str]) -> list[str]:
    """The areas of all muscles, in the order of the choices."""
    found: set[str] = set()
    for muscle in fields.texts("primaryMuscles") + fields.texts("secondaryMuscles"):
        if area := AREAS.get(muscle.lower()):
            found.add(area)
        elif (line := f"muscle: {_short(muscle)}") not in not_mapped:
            not_mapped.append(line)
    return [area for area in Area.values if area in found]


def _equipment(fields: _Fields, not_mapped: list[str]) -> list[str]:
    thing = fields.text("equipment")
    if not thing:
        return []
    if thing.lower() not in EQUIPMENT:
        not_mapped.append(f"equipment: {_short(thing)}")
        return []
    ours = EQUIPMENT[thing.lower()]
    return [ours.value] if ours else []


def _kind(fields: _Fields, not_mapped: list[str]) -> str:
    category = fields.text("category")
    kind = KINDS.get(category.lower())
    if category and kind is None:
        not_mapped.append(f"category: {_short(category)}")
    return kind.value if kind else ""


def _steps(fields: _Fields) -> Iterator[Document]:
    """A step per instruction; a longer one is cut between its words into several."""
    for text in fields.texts("instructions"):
        for part in textwrap.wrap(text, STEP_LENGTH, break_on_hyphens=False):
            yield step_document(part)
