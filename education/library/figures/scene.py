"""What an exercise is made of: its key pictures, and the marks on them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .camera import View
from .pose import Pose, Side
from .props import Prop

Offset = tuple[float, float]


@dataclass(frozen=True)
class Arrow:
    """Which way to move: from one offset to another, px right and down from a joint.

    `bulge` bends the shaft, as a fraction of its length.
    """

    joint: str
    start: Offset
    end: Offset
    bulge: float = 0.0


@dataclass(frozen=True)
class BoneZone:
    """Where one feels it, along a bone: fractions of its length, cm to its front, cm radius."""

    bone: str
    start: float
    end: float
    front: float
    radius: float

    @property
    def host(self) -> str:
        return self.bone

    def on_other_leg(self) -> BoneZone:
        return replace(self, bone=self.bone.replace("right", "left"))


@dataclass(frozen=True)
class ButtockZone:
    """Where one feels it, in a buttock; radius in cm."""

    side: Side
    radius: float

    @property
    def host(self) -> str:
        return f"{self.side} thigh"

    def on_other_leg(self) -> ButtockZone:
        return replace(self, side=Side.LEFT)


@dataclass(frozen=True)
class BackZone:
    """Where one feels it, along the back: fractions of the spine, cm radius."""

    start: float
    end: float
    radius: float

    @property
    def host(self) -> str:
        return "torso"

    def on_other_leg(self) -> BackZone:
        return self


Zone = BoneZone | ButtockZone | BackZone


@dataclass(frozen=True)
class Picture:
    """One numbered picture: a pose with its marks.

    `in_front` holds pairs (part in front, part behind) for the few places where the depth order
    cannot be found from the distances alone: threaded arms, a band under a shoe.
    """

    pose: Pose
    arrows: tuple[Arrow, ...] = ()
    zones: tuple[Zone, ...] = ()
    props: tuple[Prop, ...] = ()
    in_front: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """The pictures of one exercise of the library, in the order of doing.

    `one_sided`: one leg works and is coloured; otherwise the picture colours no leg and both
    legs carry the zones. `key` is the key of the exercise in the library.
    """

    key: str
    one_sided: bool
    view: View
    props: tuple[Prop, ...]
    pictures: tuple[Picture, ...]

    def props_of(self, picture: Picture) -> tuple[Prop, ...]:
        return self.props + picture.props
