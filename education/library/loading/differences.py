"""What staff changed, in words: field by field, line by line."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .documents import LANGUAGES, Document
from .rows import IN_LANGUAGE
from .shapes import Part, Whole

GONE = "—"  # a line that is not there
NOTHING = "nothing"
LONGEST = 120  # letters
# "Not answered" is no empty list: a plan takes it for a clash.
UNANSWERED = ("demands", "precautions")


@dataclass(frozen=True, slots=True)
class Difference:
    """One line that reads differently: where it stands, what the library and the pack say.

    The pack may also be a proposal: then ``pack`` is what the line would say.
    """

    where: str  # "step 2 text"
    here: str
    pack: str


def differences(
    here: Document, pack: Document, shape: Whole, *, every_field: bool = False
) -> list[Difference]:
    """Every line in which the library's object differs from the pack's, from top to bottom.

    A line that one of them does not have is told by its first text, or with ``every_field`` whole.
    """
    parts = {part.name: part for part in shape.parts}
    found: list[Difference] = []
    for name, wanted in pack.items():
        if part := parts.get(name):
            found += _part(here[name], wanted, part, every_field)
        elif name == "dosage":
            found += _values(here[name], wanted, "dosage ")
        else:
            found += _values({name: here[name]}, {name: wanted})
    return found


def _values(here: Document, pack: Document, place: str = "") -> Iterator[Difference]:
    """Fields of one row; a text is compared in each language."""
    for name in dict.fromkeys([*pack, *here]):  # a rare field may stand in one of them alone
        present, wanted = here.get(name), pack.get(name)
        where = f"{place}{_spoken(name)}"
        if isinstance(wanted, dict) or isinstance(present, dict):
            for code in LANGUAGES:
                texts = (present or {}).get(code, ""), (wanted or {}).get(code, "")
                if texts[0] != texts[1]:
                    yield Difference(f"{where}{IN_LANGUAGE[code]}", *map(_shown, texts))
        elif present != wanted:
            unanswered = "not answered" if name in UNANSWERED else NOTHING
            yield Difference(
                where,
                unanswered if present is None else _shown(present),
                unanswered if wanted is None else _shown(wanted),
            )


def _part(
    here: list[Document], pack: list[Document], part: Part, every_field: bool
) -> Iterator[Difference]:
    for number in range(1, max(len(here), len(pack)) + 1):
        place = f"{part.noun} {number}"
        present = here[number - 1] if number <= len(here) else {}
        wanted = pack[number - 1] if number <= len(pack) else {}
        if present and wanted:
            yield from _values(present, wanted, f"{place} ")
        elif every_field:
            happened = "added" if present else "taken out"
            for found in _values(present, wanted, f"{place} ({happened}) "):
                if found.here != found.pack:  # an empty field of a line that is not there
                    yield found
        elif present:
            yield Difference(f"{place} added", _line(present), GONE)
        else:
            yield Difference(f"{place} taken out", GONE, _line(wanted))


def _line(row: Document) -> str:
    """A whole row in short: its first text, or its first value."""
    first = next(iter(row.values()))
    return _shown(first["en"] if isinstance(first, dict) else first)


def _spoken(name: str) -> str:
    return name.replace("_", " ")


def in_short(text: str) -> str:
    """A long text cut for a list."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _shown(value: Any) -> str:
    """A value as a person reads it."""
    if value is None or value in ("", []):
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return " ".join(str(value).split())
