"""Outlines: convex hulls of circles, with exact arcs, and smooth curves, as SVG path data."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from .camera import Circle

Point = tuple[float, float]
FULL_TURN = 2 * math.pi


def number(value: float) -> str:
    """A number for path data: one decimal, no trailing zero."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def pair(x: float, y: float) -> str:
    return f"{number(x)} {number(y)}"


class Arc(NamedTuple):
    """A piece of a hull: the circle it lies on, from angle to angle in radians."""

    circle: Circle
    start: float
    end: float

    def at(self, angle: float) -> str:
        c = self.circle
        return pair(c.x + c.radius * math.cos(angle), c.y + c.radius * math.sin(angle))


def _outer_circles(circles: Sequence[Circle]) -> list[Circle]:
    """Without the circles that lie inside another one."""
    kept: list[Circle] = []
    for c in sorted(circles, key=lambda c: -c.radius):
        if all(math.hypot(c.x - k.x, c.y - k.y) + c.radius > k.radius + 1e-3 for k in kept):
            kept.append(c)
    return kept


def _next_on_hull(
    circles: Sequence[Circle], current: Circle, angle: float
) -> tuple[float, Circle] | None:
    """The circle with the next external tangent, and the turn to it in radians."""
    best: tuple[float, float, Circle] | None = None
    for other in circles:
        dx, dy = other.x - current.x, other.y - current.y
        gap = math.hypot(dx, dy)
        if other is current or gap < 1e-6 or abs(current.radius - other.radius) >= gap:
            continue
        normal = math.atan2(dy, dx) - math.acos((current.radius - other.radius) / gap)
        turn = (normal - angle) % FULL_TURN
        if turn > FULL_TURN - 1e-7:
            turn = 0.0
        if best is None or turn < best[0] - 1e-9 or (abs(turn - best[0]) < 1e-9 and gap > best[1]):
            best = (turn, gap, other)
    return (best[0], best[2]) if best else None


def hull_arcs(circles: Sequence[Circle]) -> list[Arc]:
    """The arcs round the convex hull of circles, by gift wrapping on external tangents."""
    kept = _outer_circles(circles)
    if len(kept) == 1:
        return [Arc(kept[0], 0.0, FULL_TURN)]
    start = min(kept, key=lambda c: c.x - c.radius)
    current, angle, arcs = start, math.pi, []
    for _ in range(40):
        step = _next_on_hull(kept, current, angle)
        if step is None or angle + step[0] > 3 * math.pi + 1e-9:
            break
        arcs.append(Arc(current, angle, angle + step[0]))
        angle, current = angle + step[0], step[1]
    if not arcs:
        return [Arc(start, 0.0, FULL_TURN)]
    if current is start:
        arcs[0] = arcs[0]._replace(start=angle - FULL_TURN)
    else:
        arcs.append(Arc(current, angle, 3 * math.pi))
    return arcs


def circle_path(c: Circle) -> str:
    r, across = number(c.radius), number(2 * c.radius)
    return f"M{pair(c.x - c.radius, c.y)}a{r} {r} 0 1 1 {across} 0a{r} {r} 0 1 1 -{across} 0z"


def hull_path(circles: Sequence[Circle], open_at: Circle | None = None) -> str:
    """Path data round circles.

    The arc round `open_at` is left out, so that no ink line runs across a joint.
    """
    arcs = hull_arcs(circles)
    if len(arcs) == 1:
        return "" if arcs[0].circle == open_at else circle_path(arcs[0].circle)
    first = next((i for i, arc in enumerate(arcs) if arc.circle == open_at), None)
    opened = first is not None
    arcs = arcs[first or 0 :] + arcs[: first or 0]
    path = "M" + arcs[0].at(arcs[0].end)
    for arc in [*arcs[1:], arcs[0]]:
        path += "L" + arc.at(arc.start)
        if opened and arc is arcs[0]:
            return path
        sweep = (arc.end - arc.start) % FULL_TURN
        if sweep > 1e-3:
            r = number(arc.circle.radius)
            path += f"A{r} {r} 0 {int(sweep > math.pi)} 1 {arc.at(arc.end)}"
    return path + "z"


def chain_path(
    circles: Sequence[Circle], *, open_near: bool = False, open_far: bool = False
) -> str:
    """Hulls of neighbours along a limb, left open at its near or far joint."""
    path, last = "", len(circles) - 2
    for i, neighbours in enumerate(pairwise(circles)):
        if open_near and i == 0:
            path += hull_path(neighbours, open_at=circles[0])
        else:
            path += hull_path(neighbours, open_at=circles[-1] if open_far and i == last else None)
    return path


def mix_circles(a: Circle, b: Circle, share: float) -> Circle:
    return Circle(*(p + (q - p) * share for p, q in zip(a, b, strict=True)))


def dense(circles: Sequence[Circle], steps: int = 6) -> list[Circle]:
    """More circles along a chain, for the depth order."""
    between = [mix_circles(a, b, i / steps) for a, b in pairwise(circles) for i in range(steps)]
    return [*between, circles[-1]]


def smooth_path(points: Sequence[Point]) -> str:
    """A smooth curve that starts and ends at the first and last point."""
    path = "M" + pair(*points[0])
    if len(points) == 2:
        return path + "L" + pair(*points[1])
    for i in range(1, len(points) - 1):
        (x, y), (u, v) = points[i], points[i + 1]
        last = i == len(points) - 2
        path += f"Q{pair(x, y)} " + (pair(u, v) if last else pair((x + u) / 2, (y + v) / 2))
    return path
