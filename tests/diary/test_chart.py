"""Where a chart puts its lines, marks and names."""

from datetime import date, timedelta

import pytest

from education.diary.averages import MorningLine, SessionLine, buckets_of
from education.diary.chart import BOTTOM, LABEL, LEFT, LETTER, RIGHT, TOP, Chart, pain_chart
from education.people.models import Clinic

SUNDAY = date(2026, 10, 11)
CLINIC = Clinic()


def sessions(*weeks: int | None, a_week: int = 3) -> list[SessionLine]:
    """So many answers of the same pain in each week; None: a week without."""
    return [
        SessionLine(SUNDAY + timedelta(days=7 * n + day), pain, pain, "", True)
        for n, pain in enumerate(weeks)
        if pain is not None
        for day in range(a_week)
    ]


def mornings(*weeks: int) -> list[MorningLine]:
    return [MorningLine(SUNDAY + timedelta(days=7 * n + 1), p, p) for n, p in enumerate(weeks)]


def drawn(*weeks: int | None, after=(), changes=()) -> Chart:
    buckets = buckets_of(sessions(*weeks), mornings(*after), CLINIC)
    chart = pain_chart(buckets, dict.fromkeys(changes, False))
    assert chart is not None
    return chart


def test_ten_is_on_top_and_nought_at_the_bottom():
    first, last = drawn(10, 0).lines[0].points
    assert (first[1], last[1]) == (TOP, BOTTOM)
    assert LEFT < first[0] < last[0] < RIGHT


def test_a_line_and_its_morning_have_marks_of_their_own():
    lines = drawn(5, 5, after=(4, 4)).lines
    assert [line.shape for line in lines] == ["dot", "square"]
    assert [line.name for line in lines] == ["After exercise", "Next morning"]


def test_a_week_without_answers_leaves_a_gap_and_is_no_nought():
    line = drawn(5, 4, None, 3, 3).lines[0]
    assert len(line.runs) == 2
    assert len(line.points) == 4


def test_with_few_answers_there_is_no_chart():
    assert pain_chart(buckets_of([], [], CLINIC), {}) is None
    assert pain_chart(buckets_of(sessions(5), [], CLINIC), {}) is None
    assert pain_chart(buckets_of(sessions(5, 5, a_week=2), [], CLINIC), {}) is None


def test_half_a_year_is_shown_by_weeks_and_more_by_months():
    assert not buckets_of(sessions(*[5] * 26), [], CLINIC).by_month
    longer = buckets_of(sessions(*[5] * 27), [], CLINIC)
    assert longer.by_month
    assert [row.start for row in longer.rows][:2] == [date(2026, 10, 1), date(2026, 11, 1)]


@pytest.mark.parametrize("weeks", [2, 6, 7, 13, 26, 27, 52, 105, 260])
def test_dates_under_the_axis_never_run_into_each_other_and_name_the_last(weeks):
    chart = drawn(*[5] * weeks)
    xs = [tick.at for tick in chart.ticks]
    assert all(b - a >= 40 for a, b in zip(xs, xs[1:], strict=False))
    assert xs[-1] == chart.lines[0].points[-1][0]


@pytest.mark.parametrize(
    ("after", "morning"),
    [
        ((6, 5, 5, 4, 4, 3), (5, 5, 4, 4, 3, 3)),
        ((3, 5, 2, 7, 7, 3), (5, 3, 6, 2, 3, 6)),
        ((5, 5, 5, 5, 5, 5), (5, 5, 5, 5, 5, 5)),
        ((0, 0, 0), (0, 0, 0)),
        ((10, 10, 10), (10, 10, 10)),
        ((9, 1), (1, 9)),
    ],
)
def test_names_stay_in_the_drawing_and_off_each_other(after, morning):
    first, second = (line.label for line in drawn(*after, after=morning).lines)
    for label in (first, second):
        half = LETTER * len(label.text) / 2
        assert label.x - half >= LEFT - 1
        assert label.x + half <= RIGHT + 1
        assert label.y - LABEL >= TOP - 14
        assert label.y <= BOTTOM + 14
    apart = LETTER * (len(first.text) + len(second.text)) / 2
    assert abs(first.x - second.x) >= apart or abs(first.y - second.y) >= LABEL


def test_changes_of_the_plan_are_marked_at_their_day():
    middle = SUNDAY + timedelta(days=7)
    chart = drawn(5, 5, changes=(middle, date(2020, 1, 1)))
    assert chart.marks == [(LEFT + RIGHT) / 2]
    assert chart.marks_are_lines


def test_many_changes_are_marked_at_the_top_alone():
    days = [SUNDAY + timedelta(days=n) for n in range(0, 63, 7)]
    assert not drawn(*[5] * 10, changes=days).marks_are_lines


def test_the_chart_is_told_in_words():
    chart = drawn(6, 5, 4, after=(5, 3))
    assert chart.title == "Average pain each week"
    assert chart.said == (
        "After exercise: 6.0 in the week of October 11, 4.0 in the week of October 25. "
        "Next morning: 5.0 in the week of October 11, 3.0 in the week of October 18."
    )


def test_no_pain_is_told_too():
    assert "0.0 in the week of October 18" in drawn(2, 0).said
