"""What a guided session counts, and which picture stands there while it does."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.template.loader import get_template

from education.diary.guided import Counting, counting_of
from education.diary.guided import _move_and_back as move_and_back
from education.diary.models import Session
from education.diary.pain_rule import Thresholds, answer_to
from education.diary.pain_words import pain_words
from education.library.actions import load_pack
from education.library.models import DosageSpec, Exercise
from tests.library.reading import grade

PAGES = [
    *("session_start", "session_high", "session_none", "session_exercise", "session_wrong"),
    *("parts/stage", "parts/stop_for_today"),
]


def counted(side: str = "left", **dosage) -> Counting | None:
    return counting_of(DosageSpec(**dosage), side)


def test_holds_are_counted_with_their_rests():
    knee = counted(reps_min=3, hold_seconds=15, rest_seconds=20)
    assert knee == Counting(rounds=1, repetitions=3, enough=3, hold=15, work=0, rest=20, sides=1)
    assert (knee.lead, knee.pace, knee.swap, knee.first) == (5, 4, 10, 15)


def test_of_a_range_the_most_is_counted_and_the_least_is_enough():
    hinge = counted(sets=2, reps_min=8, reps_max=12)
    assert (hinge.rounds, hinge.repetitions, hinge.enough, hinge.hold) == (2, 12, 8, 0)


def test_minutes_are_counted_in_seconds():
    walk = counted("none", minutes=5)
    assert (walk.work, walk.repetitions, walk.hold, walk.first) == (300, 1, 0, 300)


@pytest.mark.parametrize(("side", "sides"), [("each", 2), ("left", 1), ("both", 1), ("none", 1)])
def test_only_each_side_in_turn_is_two_sides(side, sides):
    assert counted(side, reps_min=5).sides == sides


def test_what_is_done_once_without_a_hold_is_not_counted():
    assert counted("none", reps_min=1) is None
    assert counted("each", reps_min=1) is not None
    assert counted("none", reps_min=1, hold_seconds=5) is not None


@pytest.fixture
def pack(db) -> list[Exercise]:
    """The library's exercises as their pages read them."""
    load_pack(by=None)
    return list(Exercise.objects.with_page().with_cover())


def test_while_holding_the_picture_is_the_one_to_hold(pack):
    held = [exercise for exercise in pack if exercise.hold_seconds]
    assert len(held) > 15
    for exercise in held:
        move, back = move_and_back(exercise)
        todo = exercise.steps_to_do
        assert re.search(r"\bhold\b", todo[move].text_en, re.I), exercise.key
        assert back != move, exercise.key


def test_every_exercise_has_a_picture_to_move_to_and_a_way_back(pack):
    for exercise in pack:
        move, back = move_and_back(exercise)
        todo = exercise.steps_to_do
        assert todo[move].pose, exercise.key
        assert 0 <= back < len(todo), exercise.key


@pytest.mark.parametrize("before", range(11))
def test_the_numbers_of_the_page_are_those_of_the_rule(before):
    limits = Thresholds()
    words = pain_words(limits, before)
    for pain in range(before, 11):
        told = answer_to(Session(pain_before=before, pain_during=pain), limits)
        said = "fine" if pain <= words.fine else "stop" if pain >= words.stop else "ease_off"
        assert said == told, pain


def words_of(name: str) -> str:
    """What people read of a template, without its marks."""
    text = Path(get_template(f"diary/{name}.html").origin.name).read_text(encoding="utf-8")
    text = re.sub(r"(?s){% comment %}.*?{% endcomment %}|{#.*?#}", "", text)
    said = re.findall(r'{% translate [\'"](.*?)[\'"](?: context .*?)? %}', text)
    said += re.findall(r"(?s){% blocktranslate.*?%}(.*?){% endblocktranslate %}", text)
    return "\n".join(unescape(re.sub(r"<.*?>|{[{%].*?[%}]}", "", words)) for words in said)


@pytest.mark.parametrize("name", PAGES)
def test_the_words_read_at_grade_6_or_below_and_blame_nobody(name):
    words = words_of(name)
    assert words
    assert grade(words) <= 6
    for word in ("cure", "pain-free", "just", "simply", "missed", "fail"):
        assert not re.search(rf"\b{word}", words, re.I), word
