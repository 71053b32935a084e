"""Finding exercises: by their words, with synonyms and one typo a word, and by what they are like.

The index of the published exercises is made once per language and state of the library, and kept.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from django.utils.translation import get_language
from rapidfuzz import process
from rapidfuzz.distance import OSA

from .drawn import drawn
from .models import (
    Area,
    Equipment,
    Exercise,
    ExerciseKind,
    LibraryRevision,
    Position,
    SearchSynonym,
)

Phrase = tuple[str, ...]
Scores = dict[int, float]  # number of an exercise in the index -> how well it fits

# Where a word stands says how much it tells.
TITLE, ALSO_CALLED, FAMILY, LABEL, PURPOSE = 60, 50, 40, 30, 10
# How it was met: longer or shorter than typed, by another word, with a typo. A typo in a title
# weighs less than a word of the purpose that is met as typed.
FORM, SYNONYM, TYPO = 0.9, 0.8, 0.1

SHORT_TITLE = 0.08

SHORTEST_WITH_TYPO: Final = 4  # letters
SHORTEST_BEGINNING_WITH_TYPO: Final = 5
NEAREST: Final = 6  # exercises offered when none fits

WORD = re.compile(r"[^\W_]+")
APOSTROPHES = re.compile(r"['’ʼ]")


def words_of(text: str) -> list[str]:
    """The words of ``text`` as they are compared: small letters, no accents, no apostrophes."""
    if not text.isascii():
        letters = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return WORD.findall(APOSTROPHES.sub("", text.casefold()))


# Words that tell nothing, and those that any exercise here would answer to.
LITTLE_WORDS: Final = {
    "en": frozenset(
        words_of("a an and at by do does for from how i in is it my of on or the to what when with")
    ),
    "es": frozenset(
        words_of("a al como con de del el en es la las lo los me mi mis o para por que se un una y")
    ),
}
HOLLOW_WORDS: Final = {
    "en": frozenset(words_of("ache aches exercise exercises hurt hurts pain sore")),
    "es": frozenset(words_of("dolor dolores duele duelen ejercicio ejercicios")),
}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What somebody looks for. An empty value asks for nothing.

    ``have``: values of Equipment that are at hand, None for "does not matter". ``cannot``: demands
    that the person cannot meet and movements they need care with; an exercise that nobody has
    answered for is left out then.
    """

    words: str = ""
    area: str = ""
    position: str = ""
    kind: str = ""
    low_back: str = ""
    have: frozenset[str] | None = None
    cannot: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index knows of one exercise beside its words."""

    pk: int
    areas: frozenset[str]
    position: str
    kind: str
    low_back: str
    equipment: frozenset[str]
    topics: frozenset[str] | None  # demands and precautions; None: not answered
    title_length: int  # words

    def is_safe_for(self, wanted: Wanted) -> bool:
        """Whether it asks for nothing that the person cannot do. Unanswered is not safe."""
        if not wanted.cannot:
            return True
        return self.topics is not None and not self.topics & wanted.cannot

    def choices_met(self, wanted: Wanted) -> list[bool]:
        """For each choice that was made: whether the exercise meets it."""
        met = []
        if wanted.area:
            met.append(wanted.area in self.areas)
        if wanted.have is not None:
            met.append(self.equipment <= wanted.have)
        for name in ("position", "kind", "low_back"):
            if value := getattr(wanted, name):
                met.append(getattr(self, name) == value)
        return met

    def fits(self, wanted: Wanted) -> bool:
        return self.is_safe_for(wanted) and all(self.choices_met(wanted))


@dataclass
class Index:
    """Published exercises of one language, in the order of the library."""

    language: str
    entries: list[Entry] = field(default_factory=list)
    places: dict[str, Scores] = field(default_factory=dict)  # word -> where it stands, by weight
    meanings: dict[Phrase, set[Phrase]] = field(default_factory=dict)
    sorted_words: list[str] = field(default_factory=list)
    synonym_words: list[str] = field(default_factory=list)
    longest_phrase: int = 1

    # ------------------------------------------------------------------ finding

    def find(self, wanted: Wanted) -> list[int]:
        """Primary keys of the exercises that meet all of it, the best first.

        Every word must be met. A typo is looked for where a word is met nowhere as typed, and
        anywhere when the words together are met by no exercise.
        """
        terms = self._terms(wanted.words)
        if not terms:
            return [entry.pk for entry in self.entries if entry.fits(wanted)]
        scores = self._all_of([self._meet(term) for term in terms])
        if not scores:
            scores = self._all_of([self._meet(term, typos_too=True) for term in terms])
        found = [number for number in scores if self.entries[number].fits(wanted)]
        found.sort(key=lambda number: (-self._rank(number, scores), number))
        return [self.entries[number].pk for number in found]

    def nearest(self, wanted: Wanted) -> list[int]:
        """For when nothing meets all of it: the few that meet most. What cannot be done holds."""
        met = [self._meet(term, typos_too=True) for term in self._terms(wanted.words)]
        ranked = []
        for number, entry in enumerate(self.entries):
            if not entry.is_safe_for(wanted):
                continue
            words = [scores[number] for scores in met if number in scores]
            hits = len(words) + sum(entry.choices_met(wanted))
            if hits:
                ranked.append((-hits, -sum(words), number))
        return [self.entries[number].pk for _hits, _score, number in sorted(ranked)[:NEAREST]]

    def _rank(self, number: int, scores: Scores) -> float:
        """Of two equally good ones, the shorter title says more of what was typed.

        By a share of the score: a short title makes no better hit of a worse one.
        """
        return scores[number] * (1 + SHORT_TITLE / self.entries[number].title_length)

    @staticmethod
    def _all_of(met: list[Scores]) -> Scores:
        """Exercises in which every term was met, the terms' scores added up."""
        common = set(met[0]).intersection(*met[1:])
        return {number: sum(scores[number] for scores in met) for number in common}

    # ------------------------------------------------------------------ terms

    def _terms(self, text: str) -> list[Phrase]:
        """What was typed as phrases: a known phrase such as “low back”, or single words."""
        little = LITTLE_WORDS.get(self.language, frozenset())
        hollow = HOLLOW_WORDS.get(self.language, frozenset())
        words = [word for word in words_of(text) if word not in little]
        terms: list[Phrase] = []
        while words:
            phrase = self._longest_phrase_of(words)
            words = words[len(phrase) :]
            if len(phrase) > 1 or not self._is_one_of(phrase[0], hollow):
                terms.append(phrase)
        return list(dict.fromkeys(terms))

    def _longest_phrase_of(self, words: list[str]) -> Phrase:
        """What the words begin with: a known phrase, one with a typo a word, or the first word."""
        for size in range(min(self.longest_phrase, len(words)), 1, -1):
            typed = tuple(words[:size])
            if typed in self.meanings:
                return typed
            if not all(self._is_known(word) for word in typed):
                same_size = (phrase for phrase in self.meanings if len(phrase) == size)
                near = (phrase for phrase in same_size if self._is_meant(typed, phrase))
                if (found := next(near, None)) is not None:
                    return found
        return (words[0],)

    def _is_meant(self, typed: Phrase, phrase: Phrase) -> bool:
        return all(
            self._is_one_of(word, (meant,)) for word, meant in zip(typed, phrase, strict=True)
        )

    def _is_one_of(self, word: str, meant: Iterable[str]) -> bool:
        """Whether it is one of these, or, being no word we know, one letter away from one."""
        if word in meant:
            return True
        may_be_typo = len(word) >= SHORTEST_WITH_TYPO and not self._is_known(word)
        return may_be_typo and any(OSA.distance(word, m, score_cutoff=1) <= 1 for m in meant)

    def _is_known(self, word: str) -> bool:
        return word in self.places or (word,) in self.meanings

    def _meet(self, term: Phrase, *, typos_too: bool = False) -> Scores:
        """Where a term or another one of its meaning is met; with a typo only if it must be."""
        scores = self._as_typed(term)
        if (scores and not typos_too) or len(term) > 1 or len(term[0]) < SHORTEST_WITH_TYPO:
            return scores
        for word in self._within_a_typo(term[0]):
            _take_best(scores, self._as_typed((word,)), TYPO)
        return scores

    def _as_typed(self, term: Phrase) -> Scores:
        scores = self._phrase(term)
        for other in self._of_one_meaning(term):
            _take_best(scores, self._phrase(other), SYNONYM)
        return scores

    def _of_one_meaning(self, term: Phrase) -> set[Phrase]:
        if len(term) > 1:
            return self.meanings.get(term, set())
        forms = [term, *((form,) for form in shorter_forms(term[0]))]
        return next((self.meanings[form] for form in forms if form in self.meanings), set())

    def _phrase(self, phrase: Phrase) -> Scores:
        """Exercises that have all words of the phrase; its least telling word counts."""
        scores = self._word(phrase[0])
        for word in phrase[1:]:
            more = self._word(word)
            scores = {n: min(scores[n], more[n]) for n in scores.keys() & more.keys()}
        return scores

    # ------------------------------------------------------------------ words

    def _word(self, word: str) -> Scores:
        """Exercises that have the word, or a longer or shorter form of it."""
        scores = dict(self.places.get(word, {}))
        for form in (*self._beginning_with(word), *shorter_forms(word)):
            _take_best(scores, self.places.get(form, {}), FORM)
        return scores

    def _beginning_with(self, start: str) -> Iterator[str]:
        if len(start) < 2:
            return
        place = bisect_left(self.sorted_words, start)
        while place < len(self.sorted_words) and self.sorted_words[place].startswith(start):
            yield self.sorted_words[place]
            place += 1

    def _within_a_typo(self, word: str) -> set[str]:
        """Words one letter away: one more, one less, another one, or two that changed places.

        Also longer words whose beginning is, if their first letter is right.
        """
        known = [*self.sorted_words, *self.synonym_words]
        near = process.extract(word, known, scorer=OSA.distance, score_cutoff=1, limit=None)
        found = {choice for choice, _distance, _place in near if len(choice) > 2}
        if len(word) >= SHORTEST_BEGINNING_WITH_TYPO:
            size = len(word)
            for other in known:
                if len(other) > size + 1 and other[0] == word[0] and other not in found:
                    starts = (other[:size], other[: size + 1])
                    if any(OSA.distance(word, s, score_cutoff=1) <= 1 for s in starts):
                        found.add(other)
        return found


def shorter_forms(word: str) -> list[str]:
    """“stretches”: “stretche”, “stretch”; a short word loses one letter at most."""
    return [word[:-n] for n in (1, 2, 3) if len(word) - n >= (3 if n == 1 else 4)]


def _take_best(scores: Scores, more: Scores, factor: float) -> None:
    """Put into ``scores`` what ``more``, times ``factor``, does better."""
    for number, score in more.items():
        if score * factor > scores.get(number, 0):
            scores[number] = score * factor


# ---------------------------------------------------------------------- making the index


def exercise_index() -> Index:
    """The index in the reader's language, made at the first search after the library changed.

    One query when it is kept, three when it has to be made.
    """
    language = (get_language() or "en")[:2]
    key = ("exercise index", language, LibraryRevision.objects.current())
    return drawn(key, lambda: make_index(language))


def make_index(language: str) -> Index:
    """Read the published exercises and the words of one meaning, in two queries."""
    index = Index(language)
    columns = Columns(language)
    for number, row in enumerate(columns.rows()):
        index.entries.append(_entry(row, columns.text(row, "title")))
        for text, weight in _telling(row, columns):
            for word in text:
                places = index.places.setdefault(word, {})
                if weight > places.get(number, 0):
                    places[number] = weight
    index.sorted_words = sorted(index.places)
    _add_meanings(index)
    return index


class Columns:
    """Columns of the exercises in one language, each with English to fall back on."""

    PLAIN = (
        *("pk", "areas", "position", "kind", "low_back", "equipment", "demands", "precautions"),
    )
    TEXTS = ("title", "also_called", "family__title", "form_name", "purpose")

    def __init__(self, language: str):
        languages = dict.fromkeys((language, "en"))
        self.of_text = {name: [f"{name}_{code}" for code in languages] for name in self.TEXTS}

    def rows(self) -> Iterable[dict[str, Any]]:
        names = [name for columns in self.of_text.values() for name in columns]
        return Exercise.objects.published().in_order().values(*self.PLAIN, *names)

    def text(self, row: dict[str, Any], name: str) -> str:
        return next((row[column] for column in self.of_text[name] if row[column]), "")


def _entry(row: dict[str, Any], title: str) -> Entry:
    answered = row["demands"] is not None and row["precautions"] is not None
    return Entry(
        pk=row["pk"],
        areas=frozenset(row["areas"]),
        position=row["position"],
        kind=row["kind"],
        low_back=row["low_back"],
        equipment=frozenset(row["equipment"]),
        topics=frozenset((*row["demands"], *row["precautions"])) if answered else None,
        title_length=len(words_of(title)) or 1,
    )


def _telling(row: dict[str, Any], columns: Columns) -> Iterator[tuple[list[str] | Phrase, int]]:
    """The words of an exercise by what they weigh."""
    yield words_of(columns.text(row, "title")), TITLE
    yield words_of(columns.text(row, "also_called")), ALSO_CALLED
    yield words_of(columns.text(row, "family__title")), FAMILY
    yield words_of(columns.text(row, "form_name")), FAMILY
    yield words_of(columns.text(row, "purpose")), PURPOSE
    language = get_language() or "en"
    for value in row["areas"]:
        yield label_words(Area, value, language), LABEL
    for value in row["equipment"]:
        yield label_words(Equipment, value, language), LABEL
    yield label_words(Position, row["position"], language), LABEL
    yield label_words(ExerciseKind, row["kind"], language), LABEL


@lru_cache(maxsize=512)
def label_words(choices: type[Any], value: str, language: str) -> Phrase:
    """The words of a choice's label; none for an empty one. ``language`` is the active one."""
    return tuple(words_of(str(choices(value).label))) if value else ()


def _add_meanings(index: Index) -> None:
    """Groups of words of one meaning, both ways. A phrase in two groups joins both."""
    little = LITTLE_WORDS.get(index.language, frozenset())
    column = f"words_{index.language}"
    rows = SearchSynonym.objects.values_list(*dict.fromkeys((column, "words_en")))
    for row in rows:
        text = next((words for words in row if words), "")
        group = {
            tuple(word for word in words_of(part) if word not in little) for part in text.split(",")
        } - {()}
        for phrase in group:
            index.meanings.setdefault(phrase, set()).update(group - {phrase})
            index.longest_phrase = max(index.longest_phrase, len(phrase))
    singles = {phrase[0] for phrase in index.meanings if len(phrase) == 1}
    index.synonym_words = sorted(singles - index.places.keys())
