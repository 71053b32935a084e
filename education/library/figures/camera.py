"""Looking at the body: an orthographic camera, under which a sphere is always a circle."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from .vectors import Vector, dot

if TYPE_CHECKING:
    from .body import Body, Sphere

PIXELS_PER_CM = 2.0


class Circle(NamedTuple):
    """A sphere as seen: px on the screen (y down), depth (larger is farther), radius in px."""

    x: float
    y: float
    depth: float
    radius: float


class View(NamedTuple):
    """Where the viewer stands, in degrees.

    `yaw` 0 looks at the person's right side, + walks round to the front, - to the back;
    `pitch` + looks down.
    """

    yaw: float
    pitch: float


class Camera:
    """Turns points in space into points on the screen; `mirrored` swaps left and right."""

    def __init__(self, view: View, *, mirrored: bool = False) -> None:
        yaw, pitch = math.radians(view.yaw), math.radians(view.pitch)
        self.away: Vector = (
            -math.sin(yaw) * math.cos(pitch),
            math.cos(yaw) * math.cos(pitch),
            -math.sin(pitch),
        )
        self.right: Vector = (math.cos(yaw), math.sin(yaw), 0.0)
        self.up: Vector = (
            -math.sin(yaw) * math.sin(pitch),
            math.cos(yaw) * math.sin(pitch),
            math.cos(pitch),
        )
        self.flip = -1 if mirrored else 1
        self.view = view

    def inside(self, body: Body) -> Camera:
        """The same camera for points in the space of `body`."""
        camera = Camera(self.view, mirrored=self.flip < 0)
        camera.away, camera.right = body.own(self.away), body.own(self.right)
        camera.up = body.own(self.up)
        return camera

    def point(self, p: Vector) -> tuple[float, float]:
        """Screen position, px."""
        return (
            self.flip * dot(p, self.right) * PIXELS_PER_CM,
            -dot(p, self.up) * PIXELS_PER_CM,
        )

    def depth(self, p: Vector) -> float:
        """Distance from the viewer, px; larger is farther."""
        return dot(p, self.away) * PIXELS_PER_CM

    def circle(self, sphere: Sphere) -> Circle:
        centre, radius = sphere
        return Circle(*self.point(centre), self.depth(centre), radius * PIXELS_PER_CM)

    def circles(self, spheres: list[Sphere]) -> list[Circle]:
        return [self.circle(sphere) for sphere in spheres]
