"""Vectors in space as plain tuples (x, y, z). Angles are in degrees."""

from __future__ import annotations

import math

Vector = tuple[float, float, float]

ZERO: Vector = (0.0, 0.0, 0.0)


def add(a: Vector, b: Vector) -> Vector:
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def subtract(a: Vector, b: Vector) -> Vector:
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def scale(a: Vector, factor: float) -> Vector:
    return (a[0] * factor, a[1] * factor, a[2] * factor)


def dot(a: Vector, b: Vector) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vector, b: Vector) -> Vector:
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def length(a: Vector) -> float:
    return math.sqrt(dot(a, a))


def distance(a: Vector, b: Vector) -> float:
    return length(subtract(a, b))


def unit(a: Vector) -> Vector:
    """Length 1 in the direction of `a`; the zero vector stays zero."""
    size = length(a)
    return scale(a, 1 / size) if size > 1e-9 else ZERO


def mix(a: Vector, b: Vector, share: float) -> Vector:
    """The point `share` of the way from `a` to `b`."""
    return (
        a[0] + (b[0] - a[0]) * share,
        a[1] + (b[1] - a[1]) * share,
        a[2] + (b[2] - a[2]) * share,
    )


def across(a: Vector, direction: Vector) -> Vector:
    """The part of `a` at right angles to the unit vector `direction`, made a unit vector."""
    return unit(subtract(a, scale(direction, dot(a, direction))))


def lean(a: Vector, degrees: float) -> Vector:
    """Turn about +y: a positive angle leans what points up towards +x, forward."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return (a[0] * c + a[2] * s, a[1], -a[0] * s + a[2] * c)


def turn(a: Vector, degrees: float) -> Vector:
    """Turn about +z, anticlockwise seen from above."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return (a[0] * c - a[1] * s, a[0] * s + a[1] * c, a[2])


def clamp(value: float, low: float, high: float) -> float:
    return max(low, min(high, value))
