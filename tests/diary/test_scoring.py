"""Outcome measures are scored by their published rules."""

from decimal import Decimal
from fractions import Fraction

import pytest

from education.diary.scoring import Change, change, function_score, one_decimal


def changed(then: dict[int, int], now: dict[int, int], pain=(None, None)) -> Change:
    return change(pain_then=pain[0], pain_now=pain[1], scores_then=then, scores_now=now)


@pytest.mark.parametrize(
    ("scores", "mean"),
    [
        ({1: 3, 2: 4, 3: 2}, "3.0"),
        ({1: 1, 2: 2, 3: 2}, "1.7"),
        ({1: 0, 2: 0, 3: 0}, "0.0"),
        ({1: 10, 2: 10, 3: 10, 4: 10, 5: 10}, "10.0"),
        ({1: 2, 2: 3, 3: 2, 4: 2}, "2.3"),  # 2.25: halves go up
        ({1: 1, 2: 2, 3: 3, 4: 4, 5: 6}, "3.2"),
        ({1: 5}, "5.0"),
    ],
)
def test_the_score_is_the_mean_of_the_activities_to_one_decimal(scores, mean):
    assert str(function_score(scores)) == mean


def test_without_activities_there_is_no_score():
    assert function_score({}) is None


def test_only_activities_scored_at_both_times_are_compared():
    """The second was ended and the fourth added between the two times."""
    found = changed({1: 2, 2: 9, 3: 2}, {1: 4, 3: 6, 4: 0})
    assert found.activities == {1: 2, 3: 4}
    assert found.function == Decimal("3.0")


def test_with_no_activity_in_common_nothing_is_compared():
    found = changed({1: 2}, {2: 9})
    assert found.function is None
    assert not found.function_is_real


@pytest.mark.parametrize(
    ("then", "now", "points", "is_real"),
    [
        ({1: 3, 2: 3, 3: 3}, {1: 5, 2: 5, 3: 5}, "2.0", True),
        ({1: 3, 2: 3, 3: 3}, {1: 5, 2: 5, 3: 4}, "1.7", False),
        ({1: 5, 2: 5, 3: 5}, {1: 3, 2: 3, 3: 3}, "-2.0", True),
        ({1: 5, 2: 5, 3: 5}, {1: 5, 2: 5, 3: 5}, "0.0", False),
        (dict.fromkeys(range(5), 0), {0: 2, 1: 2, 2: 2, 3: 2, 4: 2}, "2.0", True),
        (dict.fromkeys(range(5), 0), {0: 2, 1: 2, 2: 2, 3: 2, 4: 1}, "1.8", False),
        ({1: 3, 2: 4, 3: 3}, {1: 6, 2: 3, 3: 6}, "1.7", False),  # one of them got worse
    ],
)
def test_two_points_of_the_mean_are_a_real_change(then, now, points, is_real):
    found = changed(then, now)
    assert str(found.function) == points
    assert found.function_is_real is is_real


def test_one_point_nine_is_not_real_and_rounding_makes_nothing_real():
    ten = dict.fromkeys(range(10), 0)
    nineteen = dict.fromkeys(range(9), 2) | {9: 1}
    assert str(changed(ten, nineteen).function) == "1.9"
    assert not changed(ten, nineteen).function_is_real
    forty = dict.fromkeys(range(40), 0)
    almost = dict.fromkeys(range(38), 2) | {38: 1, 39: 1}  # 1.95 reads 2.0, and is less
    assert str(changed(forty, almost).function) == "2.0"
    assert not changed(forty, almost).function_is_real


@pytest.mark.parametrize(
    ("pain", "points", "is_real"),
    [
        ((6, 4), -2, True),
        ((6, 5), -1, False),
        ((4, 6), 2, True),
        ((4, 4), 0, False),
        ((0, 10), 10, True),
        ((None, 4), None, False),
        ((4, None), None, False),
        ((None, None), None, False),
    ],
)
def test_two_points_of_pain_are_a_real_change_and_missing_pain_is_none(pain, points, is_real):
    found = changed({}, {}, pain)
    assert found.pain == points
    assert found.pain_is_real is is_real


@pytest.mark.parametrize(("now", "is_real"), [(5, False), (6, True), (0, True), (1, False)])
def test_one_activity_alone_needs_three_points(now, is_real):
    assert changed({7: 3}, {7: now}).activity_is_real(7) is is_real


def test_an_activity_that_was_not_compared_has_not_changed():
    assert not changed({1: 0}, {2: 10}).activity_is_real(2)


def test_less_is_told_without_a_sign():
    found = changed({1: 5}, {1: 2}, (6, 3))
    assert (found.less_function, found.less_pain) == (Decimal("3.0"), 3)


@pytest.mark.parametrize(("value", "said"), [((9, 4), "2.3"), ((-9, 4), "-2.3"), ((1, 3), "0.3")])
def test_halves_are_rounded_away_from_zero(value, said):
    assert str(one_decimal(Fraction(*value))) == said
