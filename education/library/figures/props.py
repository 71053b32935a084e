"""Things in the picture, in world cm.

Scenery (`Floor`, `Mat`, `Wall`, `Chair`, `Block`, `Pillow`) is painted behind the body, in the
order given. What is held (`Kettlebell`, `Band`, `Strap`) takes its place in the depth order.
"""

from __future__ import annotations

from dataclasses import dataclass

from .body import Body
from .camera import Camera, Circle
from .depth import Part
from .outline import dense, hull_path, pair
from .pose import OnBody, Side
from .svg import (
    INK,
    PALETTE,
    Box,
    Span,
    box_faces,
    corners,
    polygon,
    round_line,
    shape,
    tube,
)
from .vectors import Vector, add, mix, scale

MAT_TOP = 1.6


class Scenery:
    """Something that stands where it stands."""

    def draw(self, camera: Camera) -> str:
        raise NotImplementedError

    def extent(self) -> list[Vector]:
        """Points that the picture must show."""
        return [corner for box in self.solids() for corner in corners(box)]

    def solids(self) -> list[Box]:
        """Boxes that a body cannot pass into."""
        return []


class Held:
    """Something that moves with the body."""

    def parts(self, body: Body, camera: Camera) -> list[Part]:
        """What to paint; `camera` is the camera of body space."""
        raise NotImplementedError


Prop = Scenery | Held


# ---------------------------------------------------------------------- scenery
@dataclass(frozen=True)
class Floor(Scenery):
    """A pale strip of floor."""

    start: float
    end: float

    def extent(self) -> list[Vector]:
        x0, x1 = self.start, self.end
        return [(x0, -34, 0), (x1, -34, 0), (x1, 34, 0), (x0, 34, 0)]

    def draw(self, camera: Camera) -> str:
        path = polygon(camera, self.extent())
        return shape(path, PALETTE["floor"], ' stroke="none" fill-opacity=".28"')


@dataclass(frozen=True)
class Mat(Scenery):
    """An exercise mat; its top is the ground of the lying and kneeling poses."""

    start: float
    end: float

    def _box(self) -> Box:
        return (self.start, self.end), (-32, 32), (0, MAT_TOP)

    def extent(self) -> list[Vector]:
        return corners(self._box())

    def draw(self, camera: Camera) -> str:
        return box_faces(camera, self._box(), PALETTE["mat"], PALETTE["mat side"])


@dataclass(frozen=True)
class Wall(Scenery):
    start: float
    end: float
    height: float

    def solids(self) -> list[Box]:
        return [((self.start, self.end), (-30, 30), (0, self.height))]

    def draw(self, camera: Camera) -> str:
        return box_faces(camera, self.solids()[0], PALETTE["wall"], PALETTE["wall"])


@dataclass(frozen=True)
class Block(Scenery):
    """Something of wood: a counter, a step, a stool."""

    x: Span
    y: Span
    z: Span

    def solids(self) -> list[Box]:
        return [(self.x, self.y, self.z)]

    def draw(self, camera: Camera) -> str:
        return box_faces(camera, self.solids()[0], PALETTE["wood"], PALETTE["wood side"])


@dataclass(frozen=True)
class Pillow(Scenery):
    """A pillow on the mat."""

    x: Span
    y: Span
    height: float

    def solids(self) -> list[Box]:
        return [(self.x, self.y, (MAT_TOP, MAT_TOP + self.height))]

    def draw(self, camera: Camera) -> str:
        return box_faces(camera, self.solids()[0], PALETTE["pillow"], PALETTE["pillow side"])


@dataclass(frozen=True)
class Chair(Scenery):
    """A plain wooden chair without arms.

    The front edge of the seat is at x = `front`; `way` +1: the sitter faces +x, -1: it faces
    the standing person. Its middle is at `y`: other than 0 it stands beside the person.
    """

    front: float
    seat_height: float
    way: int = 1
    y: float = 0.0

    def _span(self, a: float, b: float) -> Span:
        low, high = sorted((self.front + self.way * a, self.front + self.way * b))
        return low, high

    def _across(self) -> Span:
        return self.y - 21, self.y + 21

    def seat(self) -> Box:
        return self._span(-43, 0), self._across(), (self.seat_height - 4, self.seat_height)

    def backrest(self) -> Box:
        top = self.seat_height + 42
        return self._span(-46, -42.5), self._across(), (self.seat_height - 4, top)

    def solids(self) -> list[Box]:
        return [self.seat(), self.backrest()]

    def extent(self) -> list[Vector]:
        return corners((self._span(-46, 0), self._across(), (0, self.seat_height + 42)))

    def draw(self, camera: Camera) -> str:
        wood, edge = PALETTE["wood"], PALETTE["wood side"]
        far_to_near = [(-41, 17), (-4, 17), (-41, -20), (-4, -20)]
        if self.way < 0:
            far_to_near = [far_to_near[i] for i in (1, 0, 3, 2)]
        legs = ""
        for x, y in far_to_near:
            leg = self._span(x, x + 3), (self.y + y, self.y + y + 3), (0, self.seat_height - 3)
            legs += box_faces(camera, leg, edge, edge)
        seat = box_faces(camera, self.seat(), wood, edge)
        back = box_faces(camera, self.backrest(), wood, edge)
        seat_is_nearer = (camera.away[0] < 0) == (self.way > 0)
        return legs + (back + seat if seat_is_nearer else seat + back)


# ---------------------------------------------------------------------- held
def _string(camera: Camera, name: str, points: list[Vector], width: float) -> Part:
    """A band or strap of `width` px through points."""
    beads = [camera.circle((p, 1.0)) for p in points]
    return Part(name, dense(beads), lambda *_: tube(camera, points, PALETTE["band"], width))


@dataclass(frozen=True)
class Kettlebell(Held):
    """A small weight of 19 cm that hangs from both hands."""

    def parts(self, body: Body, camera: Camera) -> list[Part]:
        grip = mix(body.joints["right hand"], body.joints["left hand"], 0.5)

        def below(y: float, z: float, x: float = 0.0) -> Vector:
            return add(grip, body.own((x, y, z)))

        ball = camera.circle((below(0, -12), 6.6))
        base = [camera.circle((below(0, -17.6, x), 1.4)) for x in (-3, 3)]
        handle = [below(y, z) for y, z in ((-4.5, -7), (-6, 2), (6, 2), (4.5, -7))]
        start, *curve = (pair(*camera.point(p)) for p in handle)
        path = f"M{start}C{' '.join(curve)}"
        svg = (
            round_line(path, INK, 7.4)
            + round_line(path, PALETTE["iron"], 4.6)
            + shape(hull_path([ball, *base]), PALETTE["iron"])
        )
        top = Circle(*camera.point(below(0, -3)), camera.depth(below(0, -3)), 6)
        return [Part("weight", [ball, top], lambda *_: svg)]


@dataclass(frozen=True)
class Band(Held):
    """A resistance band from each hand to under the arch of the foot on the same side."""

    def parts(self, body: Body, camera: Camera) -> list[Part]:
        return [
            _string(
                camera,
                f"{side} band",
                [
                    body.joints[f"{side} hand"],
                    body.anchor(OnBody(f"{side} foot", 4, -7.4, -3.8 * side.sign)),
                ],
                4,
            )
            for side in Side
        ]


@dataclass(frozen=True)
class Strap(Held):
    """A towel or strap from the right hand round the points to the left hand; loose ends hang."""

    round_points: tuple[OnBody, ...]
    width: float = 7  # px
    loose: float = 13  # cm that hang from each hand

    def parts(self, body: Body, camera: Camera) -> list[Part]:
        points = [body.anchor(p) for p in self.round_points]
        half = len(points) // 2
        middle = mix(points[half - 1], points[half], 0.5)
        halves = {Side.RIGHT: points[:half], Side.LEFT: points[::-1][:half]}
        found = []
        for side, chain in halves.items():
            hand, down = body.joints[f"{side} hand"], body.own((0, 0, -self.loose))
            tail = [
                hand,
                add(hand, add(scale(down, 0.45), body.own((5, 0, 0)))),
                add(hand, add(down, body.own((6, 0, 0)))),
            ]
            found.append(_string(camera, f"{side} strap end", tail, self.width))
            found.append(_string(camera, f"{side} strap", [hand, *chain, middle], self.width))
        return found
