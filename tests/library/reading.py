"""Reading grade of a text, by Flesch-Kincaid: a necessary check of plain words, not a proof."""

import re
import sys
from collections.abc import Iterable
from types import ModuleType
from unittest.mock import patch

# textstat 0.7.3 imports pkg_resources, which setuptools no longer brings, for word lists of other
# measures; an empty module in its place is enough for this one.
with patch.dict(sys.modules, {"pkg_resources": ModuleType("pkg_resources")}):
    from textstat import textstat

#: Proper terms and the clinic's name, which no plainer word replaces: each counts as one short
#: word. They are explained where they stand.
PROPER_TERMS = (
    "Pain Management & Injury Relief",
    "Southern California",
    "spinal stenosis",
    "herniated disc",
    "radiculopathy",
    "physical therapist",
    "hamstrings",
    "piriformis",
    "sciatica",
    "sciatic",
)


def plain(markdown: str) -> str:
    """Text without Markdown signs; a line of a list is a sentence."""
    lines = [re.sub(r"^(- |\d+\. )", "", line).replace("*", "") for line in markdown.splitlines()]
    ended = [line if re.search(r"[.!?:,]$", line) else f"{line}." for line in lines if line.strip()]
    return "\n".join(ended)


def grade(text: str, words: Iterable[str] = ()) -> float:
    """Flesch-Kincaid grade of ``text``: proper terms and ``words`` (of the glossary) left out."""
    text = plain(text)
    for term in sorted({*PROPER_TERMS, *words}, key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(term)}\b", "word", text, flags=re.IGNORECASE)
    return float(textstat.flesch_kincaid_grade(text))
