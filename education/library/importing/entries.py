"""What every importer hands over: entries in the library's own words, and where they are from."""

from dataclasses import dataclass, field
from typing import Any

from education.library.loading.documents import LANGUAGES, Document, Kind
from education.library.loading.shapes import SHAPES
from education.library.models import DosageSpec, Exercise


class ImportRefused(Exception):
    """The file cannot be read as a whole. ``str()`` is one line that says where and why."""


@dataclass(frozen=True, slots=True)
class Collection:
    """A published collection of exercises, as it is credited beside each of them."""

    key: str
    author: str
    licence: str
    address: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One exercise of a collection.

    ``document`` is the exercise as the content pack would give it; ``not_mapped`` lists what had
    no place in our words, such as "muscle: chest".
    """

    id: str
    document: Document
    not_mapped: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FileContent:
    """What a file held. ``left_out`` names fields of its entries that the library does not keep."""

    collection: Collection
    entries: list[Entry]
    left_out: list[str] = field(default_factory=list)


def words(text: str = "") -> dict[str, str]:
    """An English text as a document has it; the other languages are empty."""
    return {code: text if code == "en" else "" for code in LANGUAGES}


def draft_document(**columns: Any) -> Document:
    """An exercise as an unreviewed draft with ``columns`` filled in.

    Demands and precautions are None, "not answered": what an exercise asks of a body is for a
    clinician to say, so no importer may set them. The dosage is the smallest there is.
    """
    shape = SHAPES[Kind.EXERCISE]
    document: Document = {name: words() for name in shape.words}
    for name in shape.plain:
        column: Any = Exercise._meta.get_field(name)
        document[name] = column.get_default()
    document |= dict.fromkeys(shape.references)
    document |= {part.name: [] for part in shape.parts}
    document["dosage"] = DosageSpec(reps_min=1).as_dict()
    return document | columns


def step_document(text: str) -> Document:
    """A step with nothing but its text."""
    return {
        "text": words(text),
        "caption": words(),
        "alt": words(),
        "kind": "step",
        "pose": "",
    }
