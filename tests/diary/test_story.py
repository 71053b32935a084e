"""What the first sentence of the progress may say."""

from datetime import date, timedelta

import pytest

from education.diary.averages import MorningLine, SessionLine, rounded, weeks_of
from education.diary.progress import Course, story_of, unsettled_twice
from education.people.models import Clinic

SUNDAY = date(2026, 10, 11)
FINE = 3


def told(*weeks: list[int]):
    """The story of these answers, a list for each week."""
    lines = [
        SessionLine(SUNDAY + timedelta(days=7 * n), None, pain, "", True)
        for n, pains in enumerate(weeks)
        for pain in pains
    ]
    return story_of(weeks_of(lines, [], Clinic()), fine_max=FINE)


def test_without_answers_there_is_nothing_to_tell():
    assert told().course == Course.NOTHING


@pytest.mark.parametrize("weeks", [([5, 5, 5],), ([5, 5, 5], [4, 4]), ([5], [5], [5])])
def test_few_answers_are_no_story(weeks):
    story = told(*weeks)
    assert story.course == Course.FEW
    assert story.then is None


def test_it_tells_the_first_week_and_the_last_in_whole_points():
    story = told([6, 6, 7], [5, 5, 5], [4, 4, 4])
    assert (story.course, story.then, story.now) == (Course.SINCE_FIRST, 6, 4)
    assert (story.then_on, story.now_on) == (SUNDAY, SUNDAY + timedelta(days=14))
    assert story.is_first


def test_the_same_number_is_not_told_as_a_change():
    assert told([4, 4, 4], [4, 4, 5]).course == Course.AS_FIRST


def test_a_rise_since_the_week_before_is_told_even_when_it_is_less_than_at_first():
    story = told([8, 8, 8], [4, 4, 4], [6, 6, 6])
    assert (story.course, story.then, story.now) == (Course.UP, 4, 6)
    assert not story.is_first


def test_a_slow_rise_since_the_first_week_is_told():
    story = told([4, 4, 4], [4, 4, 5], [4, 5, 5], [5, 5, 5])
    assert (story.course, story.then, story.now, story.is_first) == (Course.UP, 4, 5, True)


def test_a_small_rise_of_pain_that_is_fine_is_no_alarm():
    assert told([1, 1, 1], [2, 2, 2]).course == Course.SINCE_FIRST
    assert told([1, 1, 1], [3, 3, 3]).course == Course.UP


def test_a_week_with_few_answers_is_passed_over():
    story = told([6, 6, 6], [4, 4, 4], [9])
    assert (story.course, story.now) == (Course.SINCE_FIRST, 4)


def test_the_first_week_is_called_so_only_when_it_is_the_first():
    assert not told([6], [6, 6, 6], [4, 4, 4]).is_first


@pytest.mark.parametrize(
    ("total", "n", "mean"), [(5, 2, 2.5), (1, 3, 0.3), (9, 4, 2.3), (0, 5, 0.0), (13, 20, 0.7)]
)
def test_averages_are_rounded_as_by_hand(total, n, mean):
    assert rounded(total, n) == mean


def mornings(*pairs: tuple[int, int | None], last=SUNDAY) -> list[MorningLine]:
    """(pain, start) on days that end with ``last``."""
    days = [last - timedelta(days=n) for n in range(len(pairs))][::-1]
    return [MorningLine(day, *pair) for day, pair in zip(days, pairs, strict=True)]


@pytest.mark.parametrize(
    ("pairs", "is_unsettled"),
    [
        ([(6, 4), (6, 4)], True),
        ([(6, 4)], False),
        ([(6, 4), (5, 4)], False),  # 1 above the start is settled
        ([(6, 4), (5, 4), (6, 4)], False),
        ([(6, 4), (9, None), (6, 4)], True),  # one that cannot be judged is passed over
        ([(9, None), (9, None)], False),
        ([], False),
    ],
)
def test_two_mornings_running_that_did_not_settle(pairs, is_unsettled):
    assert unsettled_twice(mornings(*pairs), SUNDAY) is is_unsettled


def test_mornings_of_long_ago_are_not_told_of_now():
    assert not unsettled_twice(mornings((6, 4), (6, 4)), SUNDAY + timedelta(days=14))
    assert unsettled_twice(mornings((6, 4), (6, 4)), SUNDAY + timedelta(days=13))
