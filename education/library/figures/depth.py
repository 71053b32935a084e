"""What hides what: the order in which the parts of a picture are painted."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from .camera import Circle

CERTAIN = 1e9  # outvotes any number of circles
LARGEST_VOTE_PX = 12


class Part(NamedTuple):
    """Something to paint.

    `circles` decide the depth order. `draw(open_near, open_far)` returns SVG; its outline stays
    open where the part joins one that is already painted (`near_part`, `far_part`).
    """

    name: str
    circles: list[Circle]
    draw: Callable[[bool, bool], str]
    near_part: str = ""
    far_part: str = ""

    @property
    def depth(self) -> float:
        return sum(c.depth for c in self.circles) / len(self.circles)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        return bounds(self.circles)


def bounds(circles: Iterable[Circle]) -> tuple[float, float, float, float]:
    """(left, top, right, bottom) of circles, px."""
    circles = list(circles)
    return (
        min(c.x - c.radius for c in circles),
        min(c.y - c.radius for c in circles),
        max(c.x + c.radius for c in circles),
        max(c.y + c.radius for c in circles),
    )


def votes(a: Part, b: Part) -> float:
    """Above 0: `a` is nearer where the two overlap. Each pair of overlapping circles votes."""
    left, top, right, bottom = a.bounds
    other_left, other_top, other_right, other_bottom = b.bounds
    if left > other_right or other_left > right or top > other_bottom or other_top > bottom:
        return 0.0
    total = 0.0
    for p in a.circles:
        for q in b.circles:
            overlap = p.radius + q.radius - math.hypot(p.x - q.x, p.y - q.y)
            if overlap > 0:
                nearer = q.depth - p.depth
                total += overlap * max(-LARGEST_VOTE_PX, min(LARGEST_VOTE_PX, nearer))
    return total


def _hidden_by(parts: Sequence[Part], forced: Iterable[tuple[str, str]]) -> list[dict[int, float]]:
    """For each part: the parts that lie behind it, with the strength of the vote."""
    ruled = set(forced)
    behind: list[dict[int, float]] = [{} for _ in parts]
    for i, a in enumerate(parts):
        for k, b in enumerate(parts[:i]):
            if (a.name, b.name) in ruled:
                vote = CERTAIN
            elif (b.name, a.name) in ruled:
                vote = -CERTAIN
            else:
                vote = votes(a, b)
            if abs(vote) >= 1:
                front, back = (i, k) if vote > 0 else (k, i)
                behind[front][back] = abs(vote)
    return behind


def back_to_front(parts: Sequence[Part], forced: Iterable[tuple[str, str]] = ()) -> list[Part]:
    """The parts in painting order.

    `forced` holds pairs (name in front, name behind) that overrule the votes. A cycle is broken
    where its votes are weakest.
    """
    behind = _hidden_by(parts, forced)
    left, ordered = set(range(len(parts))), []
    while left:
        free = [i for i in left if not left & behind[i].keys()]
        if free:
            chosen = max(free, key=lambda i: (parts[i].depth, -i))
        else:
            chosen = min(left, key=lambda i: sum(behind[i][k] for k in left & behind[i].keys()))
        left.discard(chosen)
        ordered.append(parts[chosen])
    return ordered
