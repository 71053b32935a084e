"""Reading grade of English texts, by Flesch-Kincaid: a necessary check of plain words, not a proof.

``0.39 * words per sentence + 11.8 * syllables per word - 15.59`` (Kincaid and others, 1975), with
the hyphenation patterns of pyphen for syllables. textstat, which the tests use, counts alike.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Self

import pyphen

HIGHEST_GRADE: Final = 6.0
SENTENCES_NAMED: Final = 5
#: A shorter one does not count as a sentence of its own (as in textstat), but for a whole block.
FEWEST_WORDS: Final = 3

#: One sentence by itself: the grade of few words says little, so a single one is named only when
#: it is clearly above, and not for one long proper word in a short line.
HIGHEST_OF_A_SENTENCE: Final = 9.0
FEWEST_OF_A_SENTENCE: Final = 5

LIST_MARK = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+")
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
PLACEHOLDER = re.compile(r"\{(?:[Ww]orking|[Rr]esting):(\w+)\}")
SENTENCE_END = re.compile(r"(?<=[.!?])[”\"’)]*\s+")
NOT_A_WORD = re.compile(r"[^\w\s]")


@lru_cache(maxsize=1)
def _patterns() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_US")


@lru_cache(maxsize=4096)
def syllables(word: str) -> int:
    """Syllables of an English word, at least 1."""
    return len(_patterns().positions(word.lower())) + 1


@dataclass(frozen=True, slots=True)
class Count:
    """What a grade is made of."""

    sentences: int = 0
    words: int = 0
    syllables: int = 0

    @classmethod
    def of(cls, block: Sequence[str]) -> Self:
        """Count the sentences of one paragraph or list item: one at the least."""
        words = [NOT_A_WORD.sub("", sentence).split() for sentence in block]
        return cls(
            sentences=max(1, sum(len(found) >= FEWEST_WORDS for found in words)),
            words=sum(map(len, words)),
            syllables=sum(syllables(word) for found in words for word in found),
        )

    def __add__(self, other: "Count") -> "Count":
        return Count(
            self.sentences + other.sentences,
            self.words + other.words,
            self.syllables + other.syllables,
        )

    @property
    def grade(self) -> float:
        """School years one needs to read it; 0 for a text without words."""
        if not self.words:
            return 0.0
        per_sentence = self.words / self.sentences
        return 0.39 * per_sentence + 11.8 * self.syllables / self.words - 15.59


@dataclass(frozen=True, slots=True)
class Reading:
    """How hard a text of so many words reads, and its hardest sentences, as they were written."""

    grade: float
    words: int
    hardest: tuple[str, ...]

    @property
    def is_too_hard(self) -> bool:
        return round(self.grade, 1) > HIGHEST_GRADE


def blocks_of(text: str) -> list[list[str]]:
    """The paragraphs and list items of a Markdown text, each a list of its sentences.

    A line that goes on in the next one is one paragraph with it; only a list mark or an empty line
    starts anew. A side placeholder becomes words as a reader sees them.
    """
    blocks: list[list[str]] = [[]]
    for line in text.splitlines():
        marked = LIST_MARK.match(line)
        if marked or not line.strip():
            blocks.append([])
        blocks[-1].append(line[marked.end() :] if marked else line.strip())
    found = []
    for lines in blocks:
        paragraph = LINK.sub(r"\1", " ".join(filter(None, lines)))
        words = PLACEHOLDER.sub(r"your \1", paragraph).replace("*", "").strip()
        if words:
            found.append(SENTENCE_END.split(words))
    return found


def reading(texts: Iterable[str], *, proper_terms: Iterable[str] = ()) -> Reading:
    """How hard ``texts`` read together. Each of ``proper_terms`` counts as one short word.

    Proper terms are the words of the glossary and names: no plainer word replaces them, and they
    are explained where they stand.
    """
    exempt = _exempt(proper_terms)
    total = Count()
    hard: dict[str, float] = {}
    for block in (block for text in texts for block in blocks_of(text)):
        plain = [exempt.sub("word", sentence) if exempt else sentence for sentence in block]
        total += Count.of(plain)
        for sentence, as_counted in zip(block, plain, strict=True):
            alone = Count.of([as_counted])
            if alone.words >= FEWEST_WORDS and alone.grade > HIGHEST_GRADE:
                hard[sentence] = alone.grade
    hardest = sorted(hard, key=lambda sentence: -hard[sentence])
    return Reading(total.grade, total.words, tuple(hardest[:SENTENCES_NAMED]))


def hard_sentences(text: str, *, proper_terms: Iterable[str] = ()) -> list[str]:
    """The sentences of ``text`` that are clearly too hard, each by itself, as they were written."""
    exempt = _exempt(proper_terms)
    found = []
    for sentence in (sentence for block in blocks_of(text) for sentence in block):
        alone = Count.of([exempt.sub("word", sentence) if exempt else sentence])
        if alone.words >= FEWEST_OF_A_SENTENCE and alone.grade > HIGHEST_OF_A_SENTENCE:
            found.append(sentence)
    return found


def _exempt(proper_terms: Iterable[str]) -> re.Pattern[str] | None:
    """One pattern for all of them, the longest first; None for none."""
    terms = sorted({term for term in proper_terms if term}, key=len, reverse=True)
    if not terms:
        return None
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, terms))})\b", re.IGNORECASE)
