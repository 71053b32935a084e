"""Form fields for a dosage: short text in, plain numbers out, and the way back."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from education.library.models.dosage import EVERY_DAY

from ..models import PlannedExercise

Repetitions = tuple[int, int | None]
Days = tuple[int, int]

ENGLISH_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SPANISH_DAYS = ("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo")
NUMBER_WORDS = {"two": 2, "dos": 2, "three": 3, "tres": 3, "other": 2, "second": 2, "third": 3}
FILLER = {"and", "y", "on", "el", "los", "la", "each", "the"}
MOST_DAYS_BETWEEN = 14


def limits(name: str) -> tuple[int, int]:
    """Smallest and largest value of a dosage column, from the model's own validators."""
    validators = PlannedExercise._meta.get_field(name).validators
    low = max(v.limit_value for v in validators if isinstance(v, MinValueValidator))
    high = min(v.limit_value for v in validators if isinstance(v, MaxValueValidator))
    return low, high


def plain(text: str) -> str:
    """Lower case, without accents and doubled spaces: what typed words are compared by."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())


class DayInput(forms.DateInput):
    """The browser's own date field: keyboard, calendar and the reader's order of day and month."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class NumberField(forms.IntegerField):
    """A whole number of a dosage; its refusal names the range."""

    def __init__(self, column: str, *, label: Any):
        low, high = limits(column)
        self.range = {"low": low, "high": high}
        super().__init__(
            label=label,
            required=False,
            min_value=low,
            max_value=high,
            widget=forms.TextInput(
                attrs={"inputmode": "numeric", "class": "cl-n", "maxlength": 4, "size": 3}
            ),
        )

    def clean(self, value):
        try:
            return super().clean(value)
        except ValidationError as error:
            message = _("Type a whole number from %(low)d to %(high)d.") % self.range
            raise ValidationError(message) from error


class PainField(forms.IntegerField):
    """A pain limit of a plan's own, 0 to 10, or nothing; its refusal names the range."""

    def __init__(self, *, label: Any):
        refusal = gettext_lazy("Type a number from 0 to 10.")
        super().__init__(
            label=label,
            required=False,
            min_value=0,
            max_value=10,
            error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), refusal),
        )


class RepetitionsField(forms.CharField):
    """“5” or “8-10” as ``(5, None)`` or ``(8, 10)``; nothing as None."""

    def __init__(self, *, label: Any):
        attrs = {"inputmode": "text", "class": "cl-n", "autocomplete": "off", "size": 5}
        super().__init__(
            label=label, required=False, max_length=12, widget=forms.TextInput(attrs=attrs)
        )

    def clean(self, value: str) -> Repetitions | None:
        """Raises ValidationError with what to type instead."""
        text = plain(super().clean(value))
        if not text:
            return None
        match = re.fullmatch(r"(\d+)(?: ?(?:-|–|to|a) ?(\d+))?", text)
        if not match:
            raise ValidationError(_("Type a number such as 5, or a range such as 8-10."))
        first, last = int(match[1]), int(match[2]) if match[2] else None
        low, high = limits("reps_min")
        if not all(low <= n <= high for n in (first, last or first)):
            raise ValidationError(
                _("Type a number from %(low)d to %(high)d.") % {"low": low, "high": high}
            )
        if last is not None and last < first:
            raise ValidationError(_("Type the smaller number first."))
        return first, (last if last != first else None)


def repetitions_text(low: int | None, high: int | None) -> str:
    """What stands in the field: “5”, “8-10” or nothing."""
    if low is None:
        return ""
    return f"{low}-{high}" if high and high != low else str(low)


class DaysField(forms.CharField):
    """“Every day”, “Mon Wed Fri”, “Every 2 days” as ``(weekdays, every_n_days)``; nothing as None.

    Weekdays may be short or whole, in English or Spanish, and “Mon-Fri” is a range.
    """

    def __init__(self, *, label: Any):
        widget = forms.TextInput(attrs={"list": "plan-days", "autocomplete": "off", "size": 12})
        super().__init__(label=label, required=False, max_length=80, widget=widget)

    def clean(self, value: str) -> Days | None:
        """Raises ValidationError naming the word that is not a day."""
        text = plain(super().clean(value))
        return parse_days(text) if text else None


def parse_days(text: str) -> Days:
    """Weekday bits and "every n days" of a plain text. Raises ValidationError."""
    if text in every_day_words():
        return EVERY_DAY, 1
    if match := re.fullmatch(r"(?:every|cada) (\w+)(?: (?:days?|dias?))?", text):
        number = NUMBER_WORDS.get(match[1]) or (int(match[1]) if match[1].isdecimal() else 0)
        if number:
            return _every(number)
        text = match[1]  # "every Monday"
    weekdays = 0
    for part in re.split(r"[\s,;/&+]+", re.sub(r" ?- ?", "-", text)):
        if part and part not in FILLER:
            weekdays |= _weekday_bits(part)
    if not weekdays:
        raise ValidationError(_("Type days such as Every day, Mon Wed Fri or Every 2 days."))
    return weekdays, 1


def every_day_words() -> set[str]:
    """Ways to say every day."""
    words = {"every day", "daily", "each day", "todos los dias", "cada dia", "diario", "a diario"}
    return words | {plain(_("Every day"))}


def _every(number: int) -> Days:
    if not 1 <= number <= MOST_DAYS_BETWEEN:
        raise ValidationError(
            _("Type a number of days from 2 to %(high)d.") % {"high": MOST_DAYS_BETWEEN}
        )
    return EVERY_DAY, number


def _weekday_bits(part: str) -> int:
    """Bits of “mon”, “Mondays” or “mon-fri”. Raises ValidationError."""
    if not re.fullmatch(r"[^-]+-[^-]+", part):
        return 1 << _weekday(part)
    first, _dash, last = part.partition("-")
    start = _weekday(first)
    bits, day = 1 << start, start
    while day != _weekday(last):
        day = (day + 1) % 7
        bits |= 1 << day
    return bits


def _weekday(word: str) -> int:
    """0 for Monday. A beginning is enough when only one day starts so. Raises ValidationError."""
    word = word.rstrip(".")
    shown = tuple(plain(str(WEEKDAYS_ABBR[number])).rstrip(".") for number in range(7))
    found = {
        number
        for names in (shown, ENGLISH_DAYS, SPANISH_DAYS)
        for number, name in enumerate(names)
        if len(word) >= 2 and (name.startswith(word) or word == f"{name}s")
    }
    if len(found) != 1:
        raise ValidationError(
            _("“%(word)s” is not a day. Type days such as Every day, Mon Wed Fri or Every 2 days.")
            % {"word": word}
        )
    return found.pop()


def days_text(weekdays: int, every_n_days: int) -> str:
    """What stands in the field; typed back it gives the same days."""
    if every_n_days > 1:
        return pgettext("days field", "Every %(n)d days") % {"n": every_n_days}
    if weekdays == EVERY_DAY:
        return _("Every day")
    days = [bit for bit in range(7) if weekdays & (1 << bit)]
    first, last = str(WEEKDAYS_ABBR[days[0]]), str(WEEKDAYS_ABBR[days[-1]])
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:  # the field is too short for five
        return f"{first}-{last}"
    return " ".join(str(WEEKDAYS_ABBR[bit]) for bit in days)


def day_suggestions() -> list[str]:
    """What the days field offers."""
    workdays, others, weekend = 0b0010101, 0b0001010, 0b1100000
    return [
        *(days_text(days, 1) for days in (EVERY_DAY, workdays, others, weekend)),
        days_text(EVERY_DAY, 2),
    ]
