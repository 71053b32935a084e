"""What staff changed, in words: field by field, line by line."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .documents import LANGUAGES, Document
from .rows import IN_LANGUAGE
from .shapes import Part, Whole

GONE = "—"  # a line that is not there


@dataclass(frozen=True, slots=True)
class Difference:
    """One line that reads differently: where it stands, what the library and the pack say."""

    where: str  # "step 2 text"
    here: str
    pack: str


def differences(here: Document, pack: Document, shape: Whole) -> list[Difference]:
    """Every line in which the library's object differs from the pack's, from top to bottom."""
    parts = {part.name: part for part in shape.parts}
    found: list[Difference] = []
    for name, wanted in pack.items():
        if part := parts.get(name):
            found += _part(here[name], wanted, part)
        elif name == "dosage":
            found += _values(here[name], wanted, "dosage ")
        else:
            found += _values({name: here[name]}, {name: wanted})
    return found


def _values(here: Document, pack: Document, place: str = "") -> Iterator[Difference]:
    """Fields of one row; a text is compared in each language."""
    for name, wanted in pack.items():
        present = here[name]
        if isinstance(wanted, dict):
            for code in LANGUAGES:
                where = f"{place}{_spoken(name)}{IN_LANGUAGE[code]}"
                if present[code] != wanted[code]:
                    yield Difference(where, _shown(present[code]), _shown(wanted[code]))
        elif present != wanted:
            yield Difference(f"{place}{_spoken(name)}", _shown(present), _shown(wanted))


def _part(here: list[Document], pack: list[Document], part: Part) -> Iterator[Difference]:
    for number in range(1, max(len(here), len(pack)) + 1):
        place = f"{part.noun} {number}"
        if number > len(here):
            yield Difference(f"{place} taken out", GONE, _line(pack[number - 1]))
        elif number > len(pack):
            yield Difference(f"{place} added", _line(here[number - 1]), GONE)
        else:
            yield from _values(here[number - 1], pack[number - 1], f"{place} ")


def _line(row: Document) -> str:
    """A whole row in short: its first text, or its first value."""
    first = next(iter(row.values()))
    return _shown(first["en"] if isinstance(first, dict) else first)


def _spoken(name: str) -> str:
    return name.replace("_", " ")


def _shown(value: Any) -> str:
    """A value as a person reads it in a list, long texts cut."""
    if value is None or value in ("", []):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    text = " ".join(str(value).split())
    return text if len(text) <= 120 else f"{text[:119]}…"
