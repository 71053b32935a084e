"""Sides and dosages in plain words, everywhere the same.

A step text names a side through a placeholder with its noun: ``{working:leg}`` is the leg that
works, ``{resting:knee}`` the knee of the other side; a capital first letter (``{Working:leg}``)
starts a sentence. The tables below are the whole vocabulary: nothing else is ever filled in, and
``str.format`` never sees a typed text.
"""

import re
from datetime import date
from typing import Final

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from .models.dosage import EVERY_DAY, Band, DosageSpec

ENGLISH_NOUNS: Final = {
    "leg": "legs",
    "knee": "knees",
    "foot": "feet",
    "ankle": "ankles",
    "heel": "heels",
    "thigh": "thighs",
    "shin": "shins",
    "hip": "hips",
    "buttock": "buttocks",
    "hand": "hands",
    "arm": "arms",
    "side": "sides",
}

SPANISH_NOUNS: Final = {  # singular, plural, feminine?
    "leg": ("pierna", "piernas", True),
    "knee": ("rodilla", "rodillas", True),
    "foot": ("pie", "pies", False),
    "ankle": ("tobillo", "tobillos", False),
    "heel": ("talón", "talones", False),
    "thigh": ("muslo", "muslos", False),
    "shin": ("espinilla", "espinillas", True),
    "hip": ("cadera", "caderas", True),
    "buttock": ("glúteo", "glúteos", False),
    "hand": ("mano", "manos", True),
    "arm": ("brazo", "brazos", False),
    "side": ("lado", "lados", False),
}

# Where it hurts is a leg or a side: a knee is not sore because the leg is.
SORE_ITSELF: Final = frozenset({"leg", "side"})
OF_THE_LEG: Final = frozenset({"knee", "foot", "ankle", "heel", "thigh", "shin"})

BRACES = re.compile(r"\{[^{}]*\}|[{}]")
NOUN = "|".join(ENGLISH_NOUNS)
PLACEHOLDER = re.compile(rf"\{{(?P<role>[Ww]orking|[Rr]esting):(?P<noun>{NOUN})\}}")
SPANISH_TWO_WORDS = re.compile(r"\b([Dd]e|[Aa]) el\b")  # “de el otro pie”: “del otro pie”

OTHER_SIDE: Final = {"left": "right", "right": "left"}


def english_side(role: str, noun: str, side: str) -> str:
    """“your left leg”, “one knee”, “the other knee”, “both legs”, “the knee of your sore leg”."""
    if side in OTHER_SIDE:
        return f"your {side if role == 'working' else OTHER_SIDE[side]} {noun}"
    if side == "each":
        return f"one {noun}" if role == "working" else f"the other {noun}"
    if side == "both":
        return f"both {ENGLISH_NOUNS[noun]}"
    if role == "resting":
        return f"your other {noun}"
    if side != "unknown":
        return f"your {noun}"
    if noun in SORE_ITSELF:
        return f"your sore {noun}"
    return f"the {noun} of your sore leg" if noun in OF_THE_LEG else f"your {noun} on the sore side"


def spanish_side(role: str, noun: str, side: str) -> str:
    """The same in Spanish; adjectives agree with the noun."""
    singular, plural, feminine = SPANISH_NOUNS[noun]
    o = "a" if feminine else "o"
    if side in OTHER_SIDE:
        named = side if role == "working" else OTHER_SIDE[side]
        return f"tu {singular} {'izquierd' if named == 'left' else 'derech'}{o}"
    if side == "each":
        article = "la" if feminine else "el"
        un = "una" if feminine else "un"
        return f"{un} {singular}" if role == "working" else f"{article} otr{o} {singular}"
    if side == "both":
        return f"amb{o}s {plural}"
    if role == "resting":
        return f"tu otr{o} {singular}"
    if side != "unknown":
        return f"tu {singular}"
    if noun in SORE_ITSELF:
        return f"tu {singular} adolorid{o}"
    where = "de tu pierna adolorida" if noun in OF_THE_LEG else "del lado adolorido"
    return f"{'la' if feminine else 'el'} {singular} {where}"


SIDE_WORDS: Final = {"en": english_side, "es": spanish_side}


def unknown_placeholders(text: str) -> list[str]:
    """Placeholders (and stray braces) in ``text`` that the tables do not know, as typed."""
    return [found[0] for found in BRACES.finditer(text) if not PLACEHOLDER.fullmatch(found[0])]


def names_side(text: str) -> bool:
    """Whether a placeholder of ``text`` names a side."""
    return PLACEHOLDER.search(text) is not None


def worded(text: str, side: str, language: str | None = None) -> str:
    """``text`` with its placeholders filled for the working side.

    ``side`` is a WorkingSide value; left and right are never guessed. An unknown placeholder
    cannot be saved; should one be met all the same, it is left as it is.
    """
    if "{" not in text:
        return text
    code = (language or get_language() or "en")[:2]
    words = SIDE_WORDS[code]

    def fill(match: re.Match[str]) -> str:
        phrase = words(match["role"].lower(), match["noun"], side)
        return phrase[0].upper() + phrase[1:] if match["role"][0].isupper() else phrase

    filled = PLACEHOLDER.sub(fill, text)
    return SPANISH_TWO_WORDS.sub(r"\1l", filled) if code == "es" else filled


def worded_column(row: object, name: str, side: str) -> str:
    """A translated column of ``row`` in the reader's language, worded for the working side.

    A text not yet translated is shown in English; its placeholders are then English too.
    """
    code = (get_language() or "en")[:2]
    if translated := getattr(row, f"{name}_{code}", None):
        return worded(translated, side, code)
    return worded(getattr(row, f"{name}_en") or "", side, "en")


def day_words(day: date, form: str = "l, F j") -> str:
    """A day by its weekday and date, with the year when it is not this one."""
    return date_format(day, form if day.year == timezone.localdate().year else f"{form}, Y")


def side_phrase(side: str) -> str:
    """What follows the count: “on each side” always says that the count is for each side."""
    return {
        "left": _("on your left side"),
        "right": _("on your right side"),
        "each": _("on each side"),
        "unknown": _("on your sore side"),
    }.get(side, "")


def side_words(side: str) -> str:
    """“Your left side”, for a line of its own; nothing when no side is named."""
    return {
        "left": _("Your left side"),
        "right": _("Your right side"),
        "each": _("Each side in turn"),
        "both": _("Both sides together"),
        "unknown": _("Your sore side"),
    }.get(side, "")


def count_line(dosage: DosageSpec, side: str) -> str:
    """“2 rounds of 5, on each side” or “10 minutes”."""
    if dosage.minutes:
        line = ngettext("%(n)d minute", "%(n)d minutes", dosage.minutes) % {"n": dosage.minutes}
        if dosage.sets > 1:
            line = _("%(rounds)d rounds of %(minutes)s") % {"rounds": dosage.sets, "minutes": line}
    else:
        reps = str(dosage.reps_min)
        if dosage.reps_max and dosage.reps_max != dosage.reps_min:
            reps = _("%(low)s to %(high)s") % {"low": dosage.reps_min, "high": dosage.reps_max}
        line = ngettext("%(n)d round of %(reps)s", "%(n)d rounds of %(reps)s", dosage.sets) % {
            "n": dosage.sets,
            "reps": reps,
        }
    where = side_phrase(side)
    return f"{line}, {where}" if where else line


def times_line(times: int) -> str:
    """“Twice a day”."""
    return {1: _("Once a day"), 2: _("Twice a day")}.get(times) or _("%(n)d times a day") % {
        "n": times
    }


def weekday_names() -> list[str]:
    """Monday to Sunday, as they follow “On”."""
    return [
        pgettext("on a weekday", "Monday"),
        pgettext("on a weekday", "Tuesday"),
        pgettext("on a weekday", "Wednesday"),
        pgettext("on a weekday", "Thursday"),
        pgettext("on a weekday", "Friday"),
        pgettext("on a weekday", "Saturday"),
        pgettext("on a weekday", "Sunday"),
    ]


def days_line(dosage: DosageSpec, first: date | None = None) -> str:
    """“On Monday, Wednesday and Friday”, “Every 2 days”, or nothing for every day.

    ``first`` is named where days are counted: “Every 2 days, from Tuesday, November 24”.
    """
    if dosage.every_n_days > 1 and first:
        said = {"n": dosage.every_n_days, "day": day_words(first)}
        return _("Every %(n)d days, from %(day)s") % said
    if dosage.every_n_days > 1:
        return _("Every %(n)d days") % {"n": dosage.every_n_days}
    if dosage.weekdays == EVERY_DAY:
        return ""
    names = [name for bit, name in enumerate(weekday_names()) if dosage.weekdays & (1 << bit)]
    if len(names) == 1:
        return _("On %(day)s") % {"day": names[0]}
    return _("On %(days)s and %(last)s") % {"days": ", ".join(names[:-1]), "last": names[-1]}


def load_line(dosage: DosageSpec) -> str:
    """“Use 2 lb”, “Use the light band”, or nothing."""
    if dosage.band:
        return _("Use the %(band)s") % {"band": Band(dosage.band).label}
    if dosage.load and float(dosage.load):
        return _("Use %(load)s %(unit)s") % {"load": dosage.load, "unit": dosage.load_unit}
    return ""


def dosage_lines(dosage: DosageSpec, side: str, first: date | None = None) -> tuple[str, str]:
    """Both lines of a dosage, each ending in a full stop.

    ``("2 rounds of 5, on each side.", "Hold 20 seconds. Twice a day.")``: always in the order
    rounds and count, side; then hold, load, times a day, days (see days_line), effort.
    """
    hold = ""
    if dosage.hold_seconds:
        hold = ngettext("Hold %(n)d second", "Hold %(n)d seconds", dosage.hold_seconds) % {
            "n": dosage.hold_seconds
        }
    effort = ""
    if dosage.effort_max is not None:
        effort = _("Effort: at most %(n)d out of 10") % {"n": dosage.effort_max}
    rest = [
        hold,
        load_line(dosage),
        times_line(dosage.times_per_day),
        days_line(dosage, first),
        effort,
    ]
    return f"{count_line(dosage, side)}.", " ".join(f"{part}." for part in rest if part)


def dosage_sentence(dosage: DosageSpec, side: str) -> str:
    """The whole dosage as the patient reads it."""
    return " ".join(dosage_lines(dosage, side))


def rest_line(dosage: DosageSpec) -> str:
    """“Rest 15 seconds after each hold.”, or nothing when there is no pause to speak of."""
    seconds = dosage.rest_seconds
    if not seconds or (dosage.sets == 1 and not dosage.hold_seconds):
        return ""
    if dosage.hold_seconds:
        line = ngettext(
            "Rest %(n)d second after each hold.", "Rest %(n)d seconds after each hold.", seconds
        )
    else:
        line = ngettext(
            "Rest %(n)d second after each round.", "Rest %(n)d seconds after each round.", seconds
        )
    return line % {"n": seconds}
