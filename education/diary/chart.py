"""Charts of scores from 0 to 10 as the page draws them in SVG: where every line and word goes.

Lengths are the units of the drawing, WIDE by HIGH; on a narrow phone one is about a pixel. Colours
and widths of lines are the style sheet's: a chart follows the theme, and prints in black.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from math import ceil

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .averages import Bucket, Buckets
from .outcomes import Measures

WIDE, HIGH = 320, 256
LEFT, RIGHT, TOP, BOTTOM = 44, 306, 26, 204
MOST = 10  # points of the scale
LETTER = 9.2  # width of a letter of a label, about; labels are 18 high
LABEL = 18
TICK_ROOM = 44  # a date under the axis needs this much
MANY = 14  # points that are drawn smaller
FULL_MARKS = 8  # changes of a plan that still get a line each

#: The marks, in the order of the series: never told apart by colour alone.
SHAPES = ("dot", "square")


@dataclass(frozen=True)
class Tick:
    """Words of a place on an axis, in up to two lines."""

    at: float
    first: str
    second: str = ""


@dataclass(frozen=True)
class Label:
    """The name of a series, beside its line; ``x`` is its middle, ``y`` its foot."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Line:
    """A series: ``points`` are (x, y), ``runs`` of them are joined (as SVG points)."""

    name: str
    shape: str
    points: list[tuple[float, float]]
    runs: list[str]
    label: Label | None = None


@dataclass(frozen=True)
class Chart:
    """A drawing with its words for who does not see it. ``marks``: x of changes of the plan."""

    key: str
    title: str
    said: str
    lines: list[Line]
    ticks: list[Tick]
    marks: list[float] = field(default_factory=list)

    wide, high, left, right, top, bottom = WIDE, HIGH, LEFT, RIGHT, TOP, BOTTOM

    @property
    def scale(self) -> list[Tick]:
        """The lines across, 0 to 10."""
        return [Tick(_y(points), str(points)) for points in range(0, MOST + 1, 2)]

    @property
    def is_dense(self) -> bool:
        """Whether the marks are to be small."""
        return max(len(line.points) for line in self.lines) > MANY

    @property
    def marks_are_lines(self) -> bool:
        """Whether a change of the plan gets a line from top to bottom, or a mark at the top."""
        return len(self.marks) <= FULL_MARKS


def pain_chart(buckets: Buckets, changed_on: Mapping[date, bool]) -> Chart | None:
    """Average pain after exercise and on the next morning; None with fewer than two averages."""
    rows, n = buckets.rows, len(buckets.rows)
    if sum(bool(row.after.n or row.morning.n) for row in rows) < 2:
        return None
    series = {
        _("After exercise"): [row.after.mean for row in rows],
        _("Next morning"): [row.morning.mean for row in rows],
    }
    marks = {x for day in changed_on if (x := _mark(buckets, day)) is not None}
    return Chart(
        key="pain",
        title=_("Average pain each month") if buckets.by_month else _("Average pain each week"),
        said=" ".join(_said(name, values, buckets) for name, values in series.items()).strip(),
        lines=_lines(series, n),
        ticks=_ticks([_tick(row, by_month=buckets.by_month) for row in rows]),
        marks=sorted(marks),
    )


def function_chart(measures: Measures) -> Chart | None:
    """The mean of the activities at each measure; None with fewer than two."""
    found = [measure for measure in measures.all if measure.function is not None]
    if len(found) < 2:
        return None
    values: list[float | None] = [float(m.function) for m in found if m.function is not None]
    days = [measure.outcome.day for measure in found]
    first, last = date_format(days[0], "F j, Y"), date_format(days[-1], "F j, Y")
    said = _("What you can do was %(then)s on %(first)s and %(now)s on %(last)s.") % {
        **{"then": values[0], "first": first},
        **{"now": values[-1], "last": last},
    }
    return Chart(
        key="function",
        title=_("What you can do, average of your activities"),
        said=said,
        lines=_lines({_("What I can do"): values}, len(values)),
        ticks=_ticks([(date_format(day, "M"), date_format(day, "j")) for day in days]),
    )


def _lines(series: Mapping[str, Sequence[float | None]], n: int) -> list[Line]:
    shown = {name: values for name, values in series.items() if any(v is not None for v in values)}
    lines = []
    for shape, (name, values) in zip(SHAPES, shown.items(), strict=False):
        others = [other for key, other in shown.items() if key != name]
        places = [None if v is None else (_x(i, n), _y(v)) for i, v in enumerate(values)]
        runs = [
            " ".join(f"{p[0]},{p[1]}" for p in run if p)
            for has_points, run in groupby(places, key=bool)
            if has_points
        ]
        label = _label(name, values, others[0] if others else [None] * n)
        lines.append(Line(name, shape, [p for p in places if p], runs, label))
    return lines


def _label(name: str, values: Sequence[float | None], other: Sequence[float | None]) -> Label:
    """The name above or below its line, where both lines leave it the most room.

    Each place is judged by how far the name's own line is on that side of the other one.
    """
    n, half = len(values), LETTER * len(name) / 2
    best: tuple[float, Label] | None = None
    for index in range(n):
        x = min(max(_x(index, n), LEFT + half + 4), RIGHT - half)
        near = [i for i in range(n) if abs(_x(i, n) - x) <= half + 8]
        own = [values[i] for i in near if values[i] is not None]
        both = own + [other[i] for i in near if other[i] is not None]
        if not own:
            continue
        for side in (1, -1):
            edge = max(both) if side > 0 else min(both)  # type: ignore[type-var]
            foot = _y(edge) - 11 if side > 0 else _y(edge) + 11 + LABEL - 4  # type: ignore[arg-type]
            fits = foot - LABEL > TOP - 4 and foot < BOTTOM - 3
            gaps = [
                side * (values[i] - other[i])  # type: ignore[operator]
                for i in near
                if values[i] is not None and other[i] is not None
            ]
            room = min(gaps, default=2.0) + (0 if fits else -20)
            spread = max(own) - min(own)  # type: ignore[type-var,operator]
            score = room - spread / 4 + (0.1 if side > 0 else 0)
            if best is None or score > best[0]:
                best = (score, Label(round(x, 1), round(foot, 1), name))
    assert best is not None  # a line has a point
    return best[1]


def _x(index: float, n: int) -> float:
    """The middle of the ``index``-th of ``n`` columns."""
    return round(LEFT + (RIGHT - LEFT) * (index + 0.5) / n, 1)


def _y(points: float) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * points / MOST, 1)


def _mark(buckets: Buckets, day: date) -> float | None:
    """Where a change of the plan stands: at its day, between the columns of the averages."""
    index = buckets.index_of(day)
    if index is None:
        return None
    return _x(index - 0.5, len(buckets.rows))


def _tick(row: Bucket, *, by_month: bool) -> tuple[str, str]:
    if by_month:
        return date_format(row.start, "M"), date_format(row.start, "Y")
    return date_format(row.start, "M"), date_format(row.start, "j")


def _ticks(words: Sequence[tuple[str, str]]) -> list[Tick]:
    """So many of the dates that they do not run into each other, the last always among them."""
    n = len(words)
    step = ceil(n * TICK_ROOM / (RIGHT - LEFT))
    return [Tick(_x(i, n), *words[i]) for i in range((n - 1) % step, n, step)]


def _said(name: str, values: Sequence[float | None], buckets: Buckets) -> str:
    """A series in one sentence: where it began and where it is."""
    told = [
        (row, value) for row, value in zip(buckets.rows, values, strict=True) if value is not None
    ]
    if not told:
        return ""
    (first, then), (last, now) = told[0], told[-1]
    form = _("%(name)s: %(then)s in the week of %(first)s, %(now)s in the week of %(last)s.")
    if buckets.by_month:
        form = _("%(name)s: %(then)s in %(first)s, %(now)s in %(last)s.")
    day = "F Y" if buckets.by_month else "F j"
    return form % {
        "name": name,
        **{"then": then, "first": date_format(first.start, day)},
        **{"now": now, "last": date_format(last.start, day)},
    }
