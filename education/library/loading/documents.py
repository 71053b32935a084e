"""An object of the library as one plain value, the same from a file and from the database."""

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

#: {"title": {"en": …, "es": …}, "order": 1, "steps": [{…}, …]}: what JSON can hold, nothing else.
Document = dict[str, Any]

LANGUAGES = ("en", "es")


class Kind(StrEnum):
    """What a pack holds, in the order in which it is loaded."""

    CARE_LEVEL = "care-level"
    RED_FLAG = "red-flag"
    STOP_IFS = "stop-ifs"
    FAMILY = "family"
    EXERCISE = "exercise"
    ARTICLE = "article"
    TERM = "term"
    SYNONYM = "synonym"


@dataclass(frozen=True, slots=True)
class PackObject:
    """One object of the pack, and the file to name when something is wrong with it."""

    kind: Kind
    key: str
    file: str
    document: Document

    @property
    def name(self) -> str:
        """As it is named on the command line: “exercise:hip-hinge”."""
        return f"{self.kind}:{self.key}"

    @property
    def label(self) -> str:
        """As a sentence names it: “exercise hip-hinge”."""
        return f"{self.kind} {self.key}"

    def wrong(self, field: str, message: str) -> "PackError":
        """The error that names this object's file, its key and the field."""
        return PackError(self.file, f"{self.label}: {field}", message)


class PackError(Exception):
    """The pack cannot be loaded. ``str()`` is one line: file, key and field, what is wrong."""

    def __init__(self, file: str, place: str, message: str) -> None:
        line = ": ".join(part for part in (file, place, message) if part)
        super().__init__(" ".join(line.split()))


def plain_text(value: str | None) -> str:
    """Text as it is compared: a form in a browser sends other line ends than a file has."""
    return (value or "").replace("\r\n", "\n").strip()


def digest_of(document: Document) -> str:
    """SHA-256 of the document's canonical JSON, as 64 hexadecimal digits."""
    canonical = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
