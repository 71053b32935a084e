"""What a clinician may type for repetitions and days, and how it is shown again."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from education.plans.forms.fields import (
    DaysField,
    RepetitionsField,
    day_suggestions,
    days_text,
    repetitions_text,
)

EVERY_DAY = 0b1111111
MON_WED_FRI = 0b0010101
MON_TO_FRI = 0b0011111


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("5", (5, None)),
        (" 8-10 ", (8, 10)),
        ("8 – 10", (8, 10)),
        ("8 to 10", (8, 10)),
        ("8 a 10", (8, 10)),
        ("7-7", (7, None)),
        ("", None),
    ],
)
def test_repetitions_are_a_number_or_a_range(typed, meant):
    assert RepetitionsField(label="Reps").clean(typed) == meant


@pytest.mark.parametrize("typed", ["0", "21", "5-21", "10-8", "five", "5,6", "-3", "5.5"])
def test_other_repetitions_are_refused(typed):
    with pytest.raises(ValidationError):
        RepetitionsField(label="Reps").clean(typed)


@pytest.mark.parametrize(
    ("low", "high", "shown"), [(5, None, "5"), (8, 10, "8-10"), (7, 7, "7"), (None, None, "")]
)
def test_repetitions_are_shown_as_they_may_be_typed(low, high, shown):
    assert repetitions_text(low, high) == shown


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Every day", (EVERY_DAY, 1)),
        ("daily", (EVERY_DAY, 1)),
        ("todos los días", (EVERY_DAY, 1)),
        ("cada día", (EVERY_DAY, 1)),
        ("Mon Wed Fri", (MON_WED_FRI, 1)),
        ("monday, wednesday and friday", (MON_WED_FRI, 1)),
        ("Mondays & Wednesdays & Fridays", (MON_WED_FRI, 1)),
        ("lun mié vie", (MON_WED_FRI, 1)),
        ("lunes, miércoles y viernes", (MON_WED_FRI, 1)),
        ("mon-fri", (0b0011111, 1)),
        ("Fri - Mon", (0b1110001, 1)),
        ("every Monday", (0b0000001, 1)),
        ("sa", (0b0100000, 1)),
        ("Every 2 days", (EVERY_DAY, 2)),
        ("every other day", (EVERY_DAY, 2)),
        ("every third day", (EVERY_DAY, 3)),
        ("cada dos días", (EVERY_DAY, 2)),
        ("Every 1 days", (EVERY_DAY, 1)),
        ("", None),
    ],
)
def test_days_are_typed_in_plain_words(typed, meant):
    assert DaysField(label="Days").clean(typed) == meant


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("Mon Blursday", "blursday"),
        ("t", "“t” is not a day"),
        ("Every 15 days", "2 to 14"),
        ("Every 0 days", "not a day"),
        (", ,", "such as Every day"),
        ("mon-", "not a day"),
    ],
)
def test_what_is_not_a_day_is_named(typed, named):
    with pytest.raises(ValidationError, match=named):
        DaysField(label="Days").clean(typed)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    "days",
    [
        *((EVERY_DAY, 1), (EVERY_DAY, 2), (EVERY_DAY, 14)),
        *((MON_WED_FRI, 1), (MON_TO_FRI, 1), (0b1000000, 1)),
    ],
)
def test_days_as_shown_may_be_typed_back(days, language):
    with translation.override(language):
        assert DaysField(label="Days").clean(days_text(*days)) == days


def test_days_in_a_row_fit_into_the_field():
    assert days_text(MON_TO_FRI, 1) == "Mon-Fri"
    assert days_text(0b1100000, 1) == "Sat Sun"


@pytest.mark.parametrize("weekdays", range(1, 128))
def test_every_set_of_weekdays_comes_back(weekdays):
    assert DaysField(label="Days").clean(days_text(weekdays, 1)) == (weekdays, 1)


def test_every_suggestion_is_understood():
    assert all(DaysField(label="Days").clean(text) for text in day_suggestions())
