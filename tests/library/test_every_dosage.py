"""Whatever a clinician may prescribe reads as correct English, and says all of it.

The sentence is read back by a strict grammar: what does not fit the grammar is not English, and
what comes out otherwise than it went in was not said.
"""

import re
from datetime import date

from hypothesis import example, given
from hypothesis import strategies as st

from education.library.models import DosageSpec
from education.library.models.dosage import EVERY_DAY
from education.library.wording import day_words, dosage_lines, dosage_sentence, rest_line
from tests.dosages import SIDES, dosages

DAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SIDE = {
    "on your left side": "left",
    "on your right side": "right",
    "on each side": "each",
    "on your sore side": "unknown",
}


def one_or_more(name: str, word: str) -> str:
    """“1 round” or “2 rounds”: never “1 rounds” or “2 round”."""
    return rf"(?:(?P<{name}_one>1) {word}|(?P<{name}>[2-9]|[1-9]\d+) {word}s)"


COUNT = re.compile(
    rf"(?:{one_or_more('sets', 'round')} of (?P<low>[1-9]\d*)(?: to (?P<high>[1-9]\d*))?"
    rf"|(?:(?P<rounds>[2-4]) rounds of )?{one_or_more('minutes', 'minute')})"
    rf"(?:, (?P<side>{'|'.join(SIDE)}))?\."
)
HOW = re.compile(
    rf"(?:Hold {one_or_more('hold', 'second')}\. )?"
    r"(?:Use (?:(?P<load>[1-9]\d*(?:\.[1-9])?|0\.[1-9]) lb|"
    r"the (?P<band>light|medium|strong) band)\. )?"
    r"(?P<times>Once a day|Twice a day|[34] times a day)\."
    rf"(?: (?:On (?P<days>{DAY}|{DAY}(?:, {DAY})* and {DAY})|"
    r"Every (?P<every>[2-9]|1[0-4]) days)\.)?"
    r"(?: Effort: at most (?P<effort>\d|10) out of 10\.)?"
)


def number(found: re.Match[str], name: str) -> int | None:
    value = found[name] or found.groupdict().get(f"{name}_one")
    return int(value) if value else None


def read_back(count: str, how: str) -> dict:
    """What a reader takes from the two lines of a dosage."""
    first, then = COUNT.fullmatch(count), HOW.fullmatch(how)
    assert first, count
    assert then, how
    minutes = number(first, "minutes")
    low, high = number(first, "low"), number(first, "high")
    days = re.findall(DAY, then["days"] or "")
    assert days == sorted(days, key=WEEK.index), "days stand in the order of the week"
    return {
        "sets": (number(first, "rounds") or 1) if minutes else number(first, "sets"),
        "reps": (low, high or low),
        "minutes": minutes,
        "side": SIDE.get(first["side"], ""),
        "hold_seconds": number(then, "hold") or 0,
        "load": float(then["load"] or 0),
        "band": then["band"] or "",
        "times_per_day": {"Once a day": 1, "Twice a day": 2}.get(then["times"])
        or int(then["times"][0]),
        "weekdays": sum(1 << WEEK.index(day) for day in days) or EVERY_DAY,
        "every_n_days": number(then, "every") or 1,
        "effort_max": None if then["effort"] is None else int(then["effort"]),
    }


def meant(dosage: DosageSpec, side: str) -> dict:
    """What the clinician put in, in the same words."""
    return {
        "sets": dosage.sets,
        "reps": (dosage.reps_min, dosage.reps_max or dosage.reps_min),
        "minutes": dosage.minutes,
        "side": side if side in SIDE.values() else "",
        "hold_seconds": dosage.hold_seconds,
        "load": float(dosage.load or 0),
        "band": dosage.band,
        "times_per_day": dosage.times_per_day,
        "weekdays": dosage.weekdays,
        "every_n_days": dosage.every_n_days,
        "effort_max": dosage.effort_max,
    }


@given(dosage=dosages(), side=SIDES)
@example(dosage=DosageSpec(sets=1, reps_min=1, hold_seconds=1), side="left")
@example(dosage=DosageSpec(sets=1, minutes=1), side="each")
@example(dosage=DosageSpec(sets=2, minutes=1), side="unknown")
@example(dosage=DosageSpec(reps_min=8, reps_max=10, weekdays=0b1000000), side="both")
@example(dosage=DosageSpec(reps_min=8, reps_max=8, load="0", load_unit="lb"), side="none")
def test_every_valid_dosage_is_correct_english_and_says_what_was_meant(dosage, side):
    assert read_back(*dosage_lines(dosage, side)) == meant(dosage, side)


@given(dosage=dosages(), side=SIDES, first=st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_the_day_to_count_from_is_named_where_days_are_counted_and_nowhere_else(
    dosage, side, first
):
    count, how = dosage_lines(dosage, side, first)
    said = f", from {day_words(first)}"
    assert how.count(said) == (dosage.every_n_days > 1)
    assert (count, how.replace(f" days{said}.", " days.")) == dosage_lines(dosage, side)


@given(dosage=dosages(), side=SIDES)
def test_a_dosage_is_one_tidy_line_that_ends_with_one_full_stop(dosage, side):
    line = dosage_sentence(dosage, side)
    assert line == " ".join(line.split())
    assert line.endswith(".")
    assert ".." not in line
    assert not set("{}%()_") & set(line)
    assert "None" not in line


@given(dosage=dosages())
def test_each_side_says_that_the_count_is_for_each_side(dosage):
    count, _how = dosage_lines(dosage, "each")
    assert re.search(r"\d+(?: minutes?)?, on each side\.$", count)


@given(dosage=dosages(), side=SIDES)
def test_a_side_is_named_exactly_when_one_is_meant_and_never_guessed(dosage, side):
    words = set(re.findall(r"\w+", dosage_sentence(dosage, side)))
    assert words & {"left", "right", "each", "sore"} == {
        "left": {"left"},
        "right": {"right"},
        "each": {"each"},
        "unknown": {"sore"},
    }.get(side, set())


@given(dosage=dosages())
def test_the_rest_is_told_when_there_is_one_to_take(dosage):
    line = rest_line(dosage)
    pauses = dosage.rest_seconds and (dosage.hold_seconds or dosage.sets > 1)
    after = "hold" if dosage.hold_seconds else "round"
    plural = "" if dosage.rest_seconds == 1 else "s"
    said = f"Rest {dosage.rest_seconds} second{plural} after each {after}."
    assert line == (said if pauses else "")


@given(dosage=dosages(), sides=st.sampled_from([1, 2]))
def test_the_time_of_a_sitting_is_a_sum_of_its_parts(dosage, sides):
    """Work of every repetition, the rests between turns, and a moment to swap sides."""
    if dosage.minutes:
        expected = 60 * dosage.minutes * dosage.sets
    else:
        repetitions = dosage.reps_max or dosage.reps_min
        expected, turns = 0, 0
        for _round in range(dosage.sets):
            for side in range(sides):
                expected += 10 if side else 0
                for repetition in range(repetitions):
                    expected += 4 + dosage.hold_seconds
                    turns += 1 if dosage.hold_seconds or repetition == 0 else 0
        expected += (turns - 1) * dosage.rest_seconds
    assert dosage.seconds(sides=sides) == expected


@given(dosage=dosages())
def test_a_dosage_comes_back_from_a_version_as_it_went_in(dosage):
    assert DosageSpec.from_dict(dosage.as_dict()) == dosage
