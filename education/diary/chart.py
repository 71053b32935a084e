"""Charts of scores from 0 to 10 as the page draws them in SVG: where every line and word goes.

Lengths are the units of the drawing, WIDE by HIGH; on a narrow phone one is about a pixel. Colours
and widths of lines are the style sheet's: a chart follows the theme, and prints in black.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from math import ceil

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .averages import ENOUGH, Bucket, Buckets
from .outcomes import Measures

WIDE, HIGH = 320, 256
LEFT, RIGHT, TOP, BOTTOM = 38, 300, 26, 204
MOST = 10  # points of the scale
LETTER = 9.2  # width of a letter of a label, about; labels are 18 high
LABEL = 18
CLEAR = 10  # between a line and its name
STEPS = 6  # places that are looked at between two points
TICK_ROOM = 44  # a date under the axis needs this much
MANY = 14  # points that are drawn smaller
FULL_MARKS = 8  # changes of a plan that still get a line each

Place = tuple[float, float]  # x, y

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
    points: list[Place]
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
    """Average pain after exercise and on the next morning; None while the answers are few."""
    rows, n = buckets.rows, len(buckets.rows)
    if sum(row.after.n >= ENOUGH for row in rows) < 2:
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
    below = "j" if days[0].year == days[-1].year else "Y"
    said = _("What you can do was %(then)s on %(first)s and %(now)s on %(last)s.") % {
        **{"then": values[0], "first": first},
        **{"now": values[-1], "last": last},
    }
    return Chart(
        key="function",
        title=_("What you can do, average of your activities"),
        said=said,
        lines=_lines({_("What I can do"): values}, len(values)),
        ticks=_ticks([(date_format(day, "M"), date_format(day, below)) for day in days]),
    )


def _lines(series: Mapping[str, Sequence[float | None]], n: int) -> list[Line]:
    shown = {name: values for name, values in series.items() if any(v is not None for v in values)}
    places = {
        name: [None if v is None else (_x(i, n), _y(v)) for i, v in enumerate(values)]
        for name, values in shown.items()
    }
    labels: list[Label] = []
    for name in places:
        labels.append(_label(name, places, labels))
    return [
        Line(name, shape, [p for p in places[name] if p], _runs(places[name]), label)
        for shape, name, label in zip(SHAPES, places, labels, strict=False)
    ]


def _runs(places: Sequence[Place | None]) -> list[str]:
    """Neighbours that are joined: a week without an answer leaves a gap."""
    return [
        " ".join(f"{place[0]},{place[1]}" for place in run if place)
        for there, run in groupby(places, key=bool)
        if there
    ]


def _label(
    name: str, places: Mapping[str, Sequence[Place | None]], taken: Sequence[Label]
) -> Label:
    """The name above or below one of the points of its line, where the least is in its way."""
    half = LETTER * len(name) / 2
    best: tuple[float, Label] | None = None
    for place in filter(None, places[name]):
        x = min(max(place[0], LEFT + half), RIGHT - half)
        for above in (True, False):
            edge = _edge(places[name], x - half, x + half, above=above)
            foot = edge - CLEAR if above else edge + CLEAR + LABEL * 0.75
            label = Label(round(x, 1), round(foot, 1), name)
            cost = _in_the_way(label, half, name, places, taken) + abs(foot - place[1]) / 40
            if best is None or cost < best[0]:
                best = cost, label
    assert best is not None  # a line has a point
    return best[1]


def _edge(line: Sequence[Place | None], left: float, right: float, *, above: bool) -> float:
    """The highest, or the lowest, that a line is between two x."""
    heights = [y for x, y in _along(line) if left - CLEAR <= x <= right + CLEAR]
    return min(heights) if above else max(heights)


def _in_the_way(
    label: Label,
    half: float,
    name: str,
    places: Mapping[str, Sequence[Place | None]],
    taken: Sequence[Label],
) -> float:
    """How bad a place is: outside of the drawing, over another name, or over another line."""
    top, foot = label.y - LABEL, label.y + 3
    cost = 50.0 if top < TOP - 2 or foot > BOTTOM else 0.0
    for other in taken:
        apart = half + LETTER * len(other.text) / 2 + 4
        if abs(other.x - label.x) < apart and abs(other.y - label.y) < LABEL + 2:
            cost += 100
    for key, line in places.items():
        if key != name:
            near = [y for x, y in _along(line) if abs(x - label.x) <= half + 4]
            cost += sum(top - 3 <= y <= foot + 3 for y in near)
    return cost


def _along(line: Sequence[Place | None]) -> Iterator[Place]:
    """Points of a line close to each other, those between its own among them."""
    for here, there in zip(line, [*line[1:], None], strict=True):
        if here and there:
            for step in range(STEPS):
                part = step / STEPS
                yield here[0] + part * (there[0] - here[0]), here[1] + part * (there[1] - here[1])
        elif here:
            yield here


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
