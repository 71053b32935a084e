"""Every side, laterality, noun and language: words without a brace, and no side ever guessed."""

import re
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as st

from education.library.models import Exercise, ExerciseStep, Laterality, WorkingSide
from education.library.readings import readings_of
from education.library.validators import validate_placeholders
from education.library.wording import (
    ENGLISH_NOUNS,
    SIDE_WORDS,
    names_side,
    unknown_placeholders,
    worded,
)
from education.plans.models import Plan
from education.plans.shelf import default_side
from tests.dosages import SIDES

LANGUAGES = tuple(SIDE_WORDS)
ROLES = ("working", "resting", "Working", "Resting")
NAMED = re.compile(r"\b(left|right|izquierd[oa]|derech[oa])\b")
LEFT = re.compile(r"\b(left|izquierd[oa])\b")
EVERY = list(product(LANGUAGES, WorkingSide.values, ROLES, ENGLISH_NOUNS))


def phrase(language: str, side: str, role: str, noun: str) -> str:
    return worded(f"{{{role}:{noun}}}", side, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_placeholder_becomes_words_without_a_brace(language):
    for _language, side, role, noun in (e for e in EVERY if e[0] == language):
        words = phrase(language, side, role, noun)
        assert re.fullmatch(r"[A-ZÁÉÍÓÚa-záéíóúñ]+( [a-záéíóúñ]+)*", words), words
        assert words[0].isupper() == role[0].isupper()


def test_left_and_right_are_said_when_they_are_known_and_never_else():
    for language, side, role, noun in EVERY:
        words = phrase(language, side, role, noun)
        assert bool(NAMED.search(words)) == (side in ("left", "right")), words


def test_the_working_side_is_the_one_that_was_given_and_the_resting_one_the_other():
    for language, side, role, noun in EVERY:
        if side in ("left", "right"):
            wants_left = (side == "left") == (role.lower() == "working")
            assert bool(LEFT.search(phrase(language, side, role, noun))) == wants_left


def test_whoever_moves_both_at_once_has_no_other_side():
    for language, noun in product(LANGUAGES, ENGLISH_NOUNS):
        assert phrase(language, "both", "working", noun) == phrase(
            language, "both", "resting", noun
        )


@pytest.mark.parametrize("laterality", ["", *Laterality.values])
def test_an_exercise_of_any_laterality_is_read_without_braces_or_guesses(laterality):
    """As an editor sees it, for every side that this laterality can have."""
    text = " ".join(f"{{{role}:{noun}}}" for role in ROLES for noun in ENGLISH_NOUNS)
    step = ExerciseStep(text_en=text, text_es=text)
    readings = readings_of(step, laterality).readings
    assert {reading.side for reading in readings} <= set(WorkingSide)
    for reading in readings:
        assert {words.language for words in reading.words} == set(LANGUAGES)
        for words in reading.words:
            assert not set("{}") & set(words.text)
            assert bool(NAMED.search(words.text)) == (reading.side in ("left", "right"))


@pytest.mark.parametrize("laterality", Laterality.values)
@pytest.mark.parametrize("hurts", Plan.AffectedSide.values)
def test_a_row_starts_with_left_or_right_only_when_that_side_hurts(laterality, hurts):
    side = default_side(Exercise(laterality=laterality), hurts)
    for language in LANGUAGES:
        words = worded("{working:leg}, {resting:knee}", side, language)
        assert not set("{}") & set(words)
        if hurts not in ("left", "right") or laterality != Laterality.ONE_SIDED:
            assert not NAMED.search(words), words
        else:
            assert (side, bool(NAMED.search(words))) == (hurts, True)


# Text around the placeholders: anything somebody may type.
PLACEHOLDERS = st.sampled_from([f"{{{role}:{noun}}}" for role in ROLES for noun in ENGLISH_NOUNS])
TYPED = st.text(st.characters(codec="utf-8", exclude_characters="{}"), max_size=12)
SCRAPS = st.sampled_from(["{", "}", "{}", "{0}", "{left:leg}", "{working:tail}", "{working}", "%s"])


@given(
    parts=st.lists(st.tuples(TYPED, PLACEHOLDERS), max_size=4),
    side=SIDES,
    language=st.sampled_from(LANGUAGES),
)
def test_the_text_around_placeholders_stays_as_it_was_typed(parts, side, language):
    text = "".join(typed + placeholder for typed, placeholder in parts)
    words = worded(text, side, language)
    assert not set("{}") & set(words)
    assert unknown_placeholders(text) == []
    validate_placeholders(text)
    assert names_side(text) == bool(parts)
    if language == "en":  # Spanish draws “de el” together
        filled = [typed + worded(placeholder, side, "en") for typed, placeholder in parts]
        assert words == "".join(filled)


@given(text=st.lists(TYPED | SCRAPS | PLACEHOLDERS, max_size=6).map("".join), side=SIDES)
@example(text="{{working:leg}}", side="left")
def test_what_no_table_knows_is_refused_and_left_as_it_is(text, side):
    unknown = unknown_placeholders(text)
    words = worded(text, side, "en")
    assert [brace for brace in words if brace in "{}"] == [
        brace for scrap in unknown for brace in scrap if brace in "{}"
    ]
    if unknown:
        with pytest.raises(ValidationError):
            validate_placeholders(text)
    else:
        validate_placeholders(text)
