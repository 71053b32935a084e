"""What stands in a cell, and the value it means. A cell that cannot be read raises ValueError.

Values are those of a content pack's document; a cell is a text, or a number where a spreadsheet
can add it up.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from education.library.loading.files import WEEKDAYS
from education.library.models.dosage import EVERY_DAY
from education.library.validators import LARGEST_SMALL_NUMBER

NONE, NOT_ANSWERED, EVERY = "none", "not answered", "every day"
SHOWN = 40  # letters of a wrong cell, in the message
MOST_DIGITS = 6  # of a load, before the point or after it: no load has more


@dataclass(frozen=True, slots=True)
class Cell:
    """How one column is written and read."""

    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


def text_in(cell: Any) -> str:
    """What was typed; a spreadsheet gives numbers back as numbers."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).replace("\r\n", "\n").strip()


TEXT = Cell(write=lambda value: value or "", read=text_in)


def choice(codes: Sequence[str]) -> Cell:
    """One code out of a list, or nothing."""

    def read(cell: Any) -> str:
        return _known(text_in(cell), codes)

    return Cell(write=lambda value: value or "", read=read)


def choices(codes: Sequence[str], *, may_be_unanswered: bool) -> Cell:
    """Codes with commas between them, in the order of the list; "none" for none of them.

    An empty cell of a list that may be unanswered means "not answered", never "none".
    """

    def write(value: list[str] | None) -> str:
        if value is None:
            return NOT_ANSWERED
        return ", ".join(value) or NONE

    def read(cell: Any) -> list[str] | None:
        typed = text_in(cell)
        if typed in ("", NOT_ANSWERED):
            return None if may_be_unanswered else []
        if typed == NONE:
            return []
        found = {_known(code.strip(), codes) for code in typed.split(",") if code.strip()}
        return [code for code in codes if code in found]

    return Cell(write, read)


def _known(code: str, codes: Sequence[str]) -> str:
    if code and code not in codes:
        raise ValueError(
            _("“%(code)s” is not one of these: %(codes)s.")
            % {"code": code[:SHOWN], "codes": ", ".join(codes)}
        )
    return code


def whole(default: int | None) -> Cell:
    """A whole number; an empty cell is the default."""

    def read(cell: Any) -> int | None:
        typed = text_in(cell)
        if not typed:
            return default
        try:
            number = int(typed)
        except ValueError as error:
            message = _("“%(typed)s” is not a whole number.") % {"typed": typed[:SHOWN]}
            raise ValueError(message) from error
        if number > LARGEST_SMALL_NUMBER:
            message = _("Choose a number of at most %(n)d.") % {"n": LARGEST_SMALL_NUMBER}
            raise ValueError(message)
        return number

    return Cell(write=lambda value: "" if value is None else value, read=read)


def _read_yes_no(cell: Any) -> bool:
    typed = text_in(cell).lower()
    if typed in ("yes", "true", "1"):
        return True
    if typed in ("", "no", "false", "0"):
        return False
    raise ValueError(_("Write yes or no, not “%(typed)s”.") % {"typed": typed})


YES_NO = Cell(write=lambda value: "yes" if value else "no", read=_read_yes_no)


def _read_load(cell: Any) -> str | None:
    typed = text_in(cell)
    if not typed:
        return None
    try:
        load = Decimal(typed).normalize()
    except ArithmeticError:  # no number, or one out of Decimal's own range
        load = Decimal("NaN")
    if not load.is_finite() or abs(load.adjusted()) > MOST_DIGITS:
        raise ValueError(_("“%(typed)s” is not a number.") % {"typed": typed[:SHOWN]})
    return format(load, "f")


LOAD = Cell(write=lambda value: value or "", read=_read_load)


def _write_weekdays(bits: int) -> str:
    if bits == EVERY_DAY:
        return EVERY
    return ", ".join(day for number, day in enumerate(WEEKDAYS) if bits & (1 << number))


def _read_weekdays(cell: Any) -> int:
    typed = text_in(cell).lower()
    if typed in ("", EVERY):
        return EVERY_DAY
    days = {_known(day.strip(), WEEKDAYS) for day in typed.split(",") if day.strip()}
    return sum(1 << WEEKDAYS.index(day) for day in days)


WEEKDAY_NAMES = Cell(write=_write_weekdays, read=_read_weekdays)
