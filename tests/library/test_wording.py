"""Sides and dosages in words."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from education.library.models import DosageSpec, ExerciseStep
from education.library.validators import validate_placeholders
from education.library.wording import (
    ENGLISH_NOUNS,
    SPANISH_NOUNS,
    dosage_lines,
    dosage_sentence,
    rest_line,
    unknown_placeholders,
    worded,
    worded_column,
)

MONDAY_WEDNESDAY_FRIDAY = 0b0010101

ENGLISH = {  # working side: working leg, resting leg
    "left": ("your left leg", "your right leg"),
    "right": ("your right leg", "your left leg"),
    "each": ("one leg", "the other leg"),
    "both": ("both legs", "both legs"),
    "unknown": ("your sore leg", "your other leg"),
    "none": ("your leg", "your other leg"),
}
SPANISH = {  # working side: working leg, resting leg, working foot, resting foot
    "left": ("tu pierna izquierda", "tu pierna derecha", "tu pie izquierdo", "tu pie derecho"),
    "right": ("tu pierna derecha", "tu pierna izquierda", "tu pie derecho", "tu pie izquierdo"),
    "each": ("una pierna", "la otra pierna", "un pie", "el otro pie"),
    "both": ("ambas piernas", "ambas piernas", "ambos pies", "ambos pies"),
    "unknown": (
        "tu pierna adolorida",
        "tu otra pierna",
        "el pie de tu pierna adolorida",
        "tu otro pie",
    ),
    "none": ("tu pierna", "tu otra pierna", "tu pie", "tu otro pie"),
}


@pytest.mark.parametrize("side", ENGLISH)
def test_english_names_the_working_and_the_resting_leg(side):
    text = worded("{working:leg} / {resting:leg}", side, "en")
    assert text == " / ".join(ENGLISH[side])


@pytest.mark.parametrize("side", SPANISH)
def test_spanish_agrees_with_the_noun(side):
    text = worded("{working:leg} / {resting:leg} / {working:foot} / {resting:foot}", side, "es")
    assert text == " / ".join(SPANISH[side])


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("noun", ENGLISH_NOUNS)
def test_working_and_resting_are_never_the_same_side(noun, side):
    for language in ("en", "es"):
        both = worded(f"{{working:{noun}}}|{{resting:{noun}}}", side, language)
        working, resting = both.split("|")
        assert working != resting


def test_both_languages_know_the_same_nouns():
    assert set(SPANISH_NOUNS) == set(ENGLISH_NOUNS)


@pytest.mark.parametrize("side", ["each", "unknown", "none", "both"])
def test_left_and_right_are_never_guessed(side):
    for noun in ENGLISH_NOUNS:
        text = worded(f"{{working:{noun}}} {{resting:{noun}}}", side, "en")
        assert "left" not in text
        assert "right" not in text
        text = worded(f"{{working:{noun}}} {{resting:{noun}}}", side, "es")
        assert "izquierd" not in text
        assert "derech" not in text


@pytest.mark.parametrize(
    ("noun", "english", "spanish"),
    [
        ("leg", "your sore leg", "tu pierna adolorida"),
        ("side", "your sore side", "tu lado adolorido"),
        ("knee", "the knee of your sore leg", "la rodilla de tu pierna adolorida"),
        ("foot", "the foot of your sore leg", "el pie de tu pierna adolorida"),
        ("buttock", "your buttock on the sore side", "el glúteo del lado adolorido"),
        ("hand", "your hand on the sore side", "la mano del lado adolorido"),
    ],
)
def test_on_an_unknown_side_only_a_leg_or_a_side_is_called_sore(noun, english, spanish):
    assert worded(f"{{working:{noun}}}", "unknown", "en") == english
    assert worded(f"{{working:{noun}}}", "unknown", "es") == spanish


def test_a_capital_starts_a_sentence():
    assert worded("{Working:leg} first.", "left", "en") == "Your left leg first."
    assert worded("{Resting:foot}.", "each", "es") == "El otro pie."


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("Detrás de {resting:foot}.", "Detrás del otro pie."),
        ("Lleva la mano a {resting:thigh}.", "Lleva la mano al otro muslo."),
        ("Detrás de {resting:leg}.", "Detrás de la otra pierna."),
        ("Detrás de {working:foot}.", "Detrás de un pie."),
    ],
)
def test_spanish_draws_de_el_and_a_el_together(text, reads):
    assert worded(text, "each", "es") == reads


def test_the_language_of_the_page_is_the_default():
    with translation.override("es"):
        assert worded("{working:leg}", "left") == "tu pierna izquierda"
    with translation.override(None):
        assert worded("{working:leg}", "left") == "your left leg"


def test_a_text_not_yet_translated_is_english_throughout():
    step = ExerciseStep(text_en="Lift {working:leg}.", caption_en="Lift", caption_es="")
    with translation.override("es"):
        assert worded_column(step, "text", "left") == "Lift your left leg."
        assert worded_column(step, "caption", "left") == "Lift"
        assert worded_column(step, "alt", "left") == ""
        step.text_es = "Sube {working:leg}."
        assert worded_column(step, "text", "left") == "Sube tu pierna izquierda."
    assert worded_column(step, "text", "left") == "Lift your left leg."


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("Lift {working:leg} over {resting:knee}.", []),
        ("Lift {Working:leg}.", []),
        ("Lift {left:leg}.", ["{left:leg}"]),
        ("Lift {working:tail}.", ["{working:tail}"]),
        ("Lift {WORKING:leg}.", ["{WORKING:leg}"]),
        ("Lift {working:Leg}.", ["{working:Leg}"]),
        ("Lift {working}.", ["{working}"]),
        ("Lift {}.", ["{}"]),
        ("Lift {{working:leg}}.", ["{", "}"]),
        ("Lift { your leg.", ["{"]),
        ("{0.__class__} and {working:leg!r}", ["{0.__class__}", "{working:leg!r}"]),
    ],
)
def test_what_no_table_knows_is_named_as_it_was_typed(text, unknown):
    assert unknown_placeholders(text) == unknown


def test_an_unknown_placeholder_is_refused_with_its_name():
    with pytest.raises(ValidationError, match=r"“\{left:leg\}” is not a placeholder"):
        validate_placeholders("Lift {left:leg}.")
    validate_placeholders("Lift {working:leg}.")


@pytest.mark.parametrize("typed", ["{0.__class__}", "{working:leg.__class__}", "{WORKING:leg}"])
def test_typed_text_is_never_evaluated(typed):
    assert worded(f"See {typed} now", "left", "en") == f"See {typed} now"


@pytest.mark.parametrize(
    ("dosage", "side", "reads"),
    [
        (
            DosageSpec(sets=2, reps_min=5, hold_seconds=20, times_per_day=2),
            "each",
            "2 rounds of 5, on each side. Hold 20 seconds. Twice a day.",
        ),
        (
            DosageSpec(sets=1, reps_min=3, hold_seconds=15, times_per_day=2),
            "left",
            "1 round of 3, on your left side. Hold 15 seconds. Twice a day.",
        ),
        (
            DosageSpec(sets=1, reps_min=3, hold_seconds=1),
            "right",
            "1 round of 3, on your right side. Hold 1 second. Once a day.",
        ),
        (
            DosageSpec(sets=1, reps_min=3, times_per_day=3),
            "unknown",
            "1 round of 3, on your sore side. 3 times a day.",
        ),
        (DosageSpec(sets=2, reps_min=8), "both", "2 rounds of 8. Once a day."),
        (DosageSpec(sets=2, reps_min=8), "none", "2 rounds of 8. Once a day."),
        (DosageSpec(sets=2, reps_min=8, reps_max=10), "none", "2 rounds of 8 to 10. Once a day."),
        (DosageSpec(sets=2, reps_min=8, reps_max=8), "none", "2 rounds of 8. Once a day."),
        (DosageSpec(minutes=1), "none", "1 minute. Once a day."),
        (DosageSpec(minutes=10), "each", "10 minutes, on each side. Once a day."),
        (DosageSpec(sets=2, minutes=5), "none", "2 rounds of 5 minutes. Once a day."),
        (
            DosageSpec(
                sets=2,
                reps_min=8,
                load="2.5",
                load_unit="lb",
                weekdays=MONDAY_WEDNESDAY_FRIDAY,
                effort_max=5,
            ),
            "both",
            "2 rounds of 8. Use 2.5 lb. Once a day. On Monday, Wednesday and Friday. "
            "Effort: at most 5 out of 10.",
        ),
        (
            DosageSpec(sets=2, reps_min=8, band="light", weekdays=0b1000000),
            "both",
            "2 rounds of 8. Use the light band. Once a day. On Sunday.",
        ),
        (
            DosageSpec(sets=1, reps_min=5, every_n_days=2),
            "none",
            "1 round of 5. Once a day. Every 2 days.",
        ),
        (
            DosageSpec(sets=1, reps_min=5, effort_max=0),
            "none",
            "1 round of 5. Once a day. Effort: at most 0 out of 10.",
        ),
    ],
)
def test_a_dosage_reads_as_plain_sentences(dosage, side, reads):
    assert dosage_sentence(dosage, side) == reads


def test_the_two_lines_of_a_dosage_are_its_count_and_the_rest():
    dosage = DosageSpec(sets=2, reps_min=5, hold_seconds=20, times_per_day=2)
    assert dosage_lines(dosage, "each") == (
        "2 rounds of 5, on each side.",
        "Hold 20 seconds. Twice a day.",
    )


@pytest.mark.parametrize(
    ("dosage", "reads"),
    [
        (DosageSpec(sets=2, reps_min=5), "Rest 15 seconds after each round."),
        (DosageSpec(sets=2, reps_min=5, rest_seconds=1), "Rest 1 second after each round."),
        (DosageSpec(sets=1, reps_min=3, hold_seconds=15), "Rest 15 seconds after each hold."),
        (DosageSpec(sets=2, reps_min=5, rest_seconds=0), ""),
        (DosageSpec(sets=1, reps_min=5), ""),
    ],
)
def test_rest_is_a_line_of_its_own(dosage, reads):
    assert rest_line(dosage) == reads
