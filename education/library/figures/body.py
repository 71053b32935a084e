"""A solved pose: where every joint is and how every bone lies.

Everything is in the body's own space (see `Body.world`), in cm. Bones, joints and parts go by
plain names: "right thigh", "left ankle", "right forearm".
"""

from __future__ import annotations

import math
from typing import NamedTuple

from . import anatomy
from .pose import Arm, Grip, Leg, OnBody, Pose, Side, Target
from .vectors import (
    Vector,
    across,
    add,
    clamp,
    cross,
    dot,
    lean,
    length,
    mix,
    scale,
    subtract,
    turn,
    unit,
)

LEFT_SIDE_DOWN: tuple[Vector, Vector, Vector] = ((0, -1, 0), (0, 0, -1), (1, 0, 0))

Sphere = tuple[Vector, float]  # centre in body space, radius; cm

# bone: (its near joint, its far joint)
BONE_JOINTS = {
    "thigh": ("hip", "knee"),
    "shank": ("knee", "ankle"),
    "upper arm": ("shoulder", "elbow"),
    "forearm": ("elbow", "hand"),
}
LIMB_BONES = {"leg": ("thigh", "shank"), "arm": ("upper arm", "forearm")}


class Bone(NamedTuple):
    """A bone's unit direction, the unit vector to its left-hand side, and its length in cm."""

    direction: Vector
    left: Vector
    length: float

    @property
    def front(self) -> Vector:
        return cross(self.direction, self.left)


class Foot(NamedTuple):
    """Unit vectors of one foot: along the sole to the toes, up from the sole, to the left."""

    along: Vector
    up: Vector
    left: Vector


class Station(NamedTuple):
    """A point of the spine with its unit vectors and its lean in degrees."""

    point: Vector
    front: Vector
    up: Vector
    lean: float


def leaning_left(degrees: float) -> tuple[Vector, Vector, Vector]:
    """Forward, left and up of a body that leans onto its left side; 0 is upright."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return (1, 0, 0), (0, c, -s), (0, s, c)


def bent_right(up: Vector, radians: float) -> Vector:
    """A unit vector of the middle plane, turned towards the person's right."""
    return add(scale(up, math.cos(radians)), (0.0, -math.sin(radians), 0.0))


def limb_direction(degrees: float, out: float, side: Side) -> Vector:
    """Direction of a limb bone from its angle on the side photo and its swing outward."""
    a, o = math.radians(degrees), math.radians(out)
    return (
        math.sin(a) * math.cos(o),
        side.sign * math.sin(o),
        -math.cos(a) * math.cos(o),
    )


def two_bone_reach(
    start: Vector, target: Vector, first: float, second: float, bend: Vector
) -> tuple[Vector, Vector]:
    """Where the middle joint and the end of a limb go.

    `first` and `second` are bone lengths; the limb bends towards `bend`. A target that is too
    far (or too near) is approached as closely as the bones allow, so that lengths always hold.
    """
    way = subtract(target, start)
    gap = length(way)
    towards = unit(way) if gap > 1e-6 else (0.0, 0.0, -1.0)
    gap = clamp(gap, abs(first - second) + 0.5, first + second - 0.05)
    along = (first * first - second * second + gap * gap) / (2 * gap)
    aside = math.sqrt(max(0.0, first * first - along * along))
    middle = add(start, add(scale(towards, along), scale(across(bend, towards), aside)))
    return middle, add(start, scale(towards, gap))


class Body:
    """A pose turned into joints, bones, feet and the stations of the spine."""

    def __init__(self, pose: Pose) -> None:
        self.pose = pose
        frame = LEFT_SIDE_DOWN if pose.lying_on_side else leaning_left(pose.lean_left)
        self.axes = tuple(turn(axis, pose.heading) for axis in frame)
        self.joints: dict[str, Vector] = {}
        self.bones: dict[str, Bone] = {}
        self.feet: dict[Side, Foot] = {}
        self.stations: list[Station] = []
        self.root = self.own(pose.root)
        self._solve()

    # ------------------------------------------------------------------ spaces and points
    def world(self, point: Vector) -> Vector:
        """Body space to world."""
        x, y, z = self.axes
        return add(add(scale(x, point[0]), scale(y, point[1])), scale(z, point[2]))

    def own(self, point: Vector) -> Vector:
        """World to body space."""
        x, y, z = self.axes
        return (dot(point, x), dot(point, y), dot(point, z))

    def ends(self, bone: str) -> tuple[Vector, Vector]:
        """Both joints of a bone such as "right thigh"."""
        side, _, kind = bone.partition(" ")
        near, far = BONE_JOINTS[kind]
        return self.joints[f"{side} {near}"], self.joints[f"{side} {far}"]

    def anchor(self, target: Target) -> Vector:
        """A target as a point in body space."""
        if not isinstance(target, OnBody):
            return self.own(target)
        side, _, kind = target.part.partition(" ")
        if kind == "foot":
            foot = self.feet[Side(side)]
            along = add(self.joints[f"{side} ankle"], scale(foot.along, target.along))
            return add(along, add(scale(foot.up, target.front), scale(foot.left, target.left)))
        bone = self.bones[target.part]
        near, far = self.ends(target.part)
        aside = add(scale(bone.front, target.front), scale(bone.left, target.left))
        return add(mix(near, far, target.along), aside)

    def on_spine(self, share: float, forward: float = 0.0, left: float = 0.0) -> Vector:
        """The point at `share` of the spine (0 hips, 1 C7), cm forward of it and to the left."""
        at = clamp(share, 0.0, 0.9999) * anatomy.SPINE_STEPS
        low, high = self.stations[int(at)], self.stations[int(at) + 1]
        front = unit(mix(low.front, high.front, at % 1))
        up = unit(mix(low.up, high.up, at % 1))
        point = add(mix(low.point, high.point, at % 1), scale(front, forward))
        beyond = max(0.0, share - 1) * anatomy.SPINE_LENGTH
        return add(add(point, scale(up, beyond)), (0.0, left, 0.0))

    def on_head(self, forward: float, up: float, left: float = 0.0) -> Vector:
        """The point of the head, cm forward, up and left of the top of the neck."""
        aside = add(scale(self.head_front, forward), scale(self.head_up, up))
        return add(add(self.joints["neck"], aside), scale(self.head_left, left))

    def trunk_spheres(self) -> list[Sphere]:
        """Pairs (right, left) for each line of TRUNK, then the buttocks."""
        return [
            (self.on_spine(share, forward, sign * half), radius)
            for share, forward, half, radius in (*anatomy.TRUNK, anatomy.BUTTOCK)
            for sign in (-1, 1)
        ]

    # ------------------------------------------------------------------ solving
    def _solve(self) -> None:
        self._place_trunk()
        if self.pose.pin:
            joint, point = self.pose.pin
            side, _, name = joint.partition(" ")
            self._place_limb(Side(side), "arm" if name in ("elbow", "hand") else "leg")
            self._shift(subtract(self.own(point), self.joints[joint]))
        if self.pose.rest is not None:
            self._shift(self.own((0.0, 0.0, self.pose.rest - self._lowest_of_trunk())))
        # A leg that rests on the other one comes second, the arms may hold either.
        for side in sorted(Side, key=lambda s: isinstance(self.pose.leg(s).ankle_at, OnBody)):
            self._place_limb(side, "leg")
        for side in Side:
            self._place_limb(side, "arm")

    def _shift(self, way: Vector) -> None:
        self.root = add(self.root, way)
        self._place_trunk()

    def _lowest_of_trunk(self) -> float:
        """World height of the lowest point of pelvis and trunk, cm."""
        hips = [(self.joints[f"{side} hip"], anatomy.HIP_RADIUS) for side in Side]
        return min(self.world(c)[2] - radius for c, radius in self.trunk_spheres() + hips)

    def _spine_stations(self) -> list[Station]:
        """Stations from the hip line to C7; the flexion is spread along the spine."""
        lumbar, thoracic = self.pose.spine
        bends = (
            0.0,
            lumbar * 0.3,
            lumbar * 0.4,
            lumbar * 0.3 + thoracic * 0.2,
            thoracic * 0.4,
            thoracic * 0.4,
        )
        point, angle, stations = self.root, self.pose.pelvis, []
        for bend in bends:
            angle += bend
            front, up = lean((1, 0, 0), angle), lean((0, 0, 1), angle)
            stations.append(Station(point, front, up, angle))
            point = add(point, scale(up, anatomy.SPINE_LENGTH / anatomy.SPINE_STEPS))
        return [*stations, Station(point, front, up, angle)]

    def _place_trunk(self) -> None:
        """Hips, shoulders, neck and head."""
        self.stations = self._spine_stations()
        hips, c7 = self.stations[0], self.stations[-1]
        self.joints["pelvis"], self.joints["c7"] = hips.point, c7.point
        for side in Side:
            shrug = self.pose.shrug(side)
            self.joints[f"{side} hip"] = add(hips.point, (0, side.sign * anatomy.HIP_OUT, 0))
            self.joints[f"{side} shoulder"] = self.on_spine(
                (anatomy.SHOULDER_UP + shrug.up) / anatomy.SPINE_LENGTH,
                shrug.forward,
                side.sign * (anatomy.SHOULDER_OUT - shrug.inward),
            )
        angle = c7.lean + self.pose.neck
        tilt = math.radians(self.pose.neck_side)
        self.head_front = lean((1, 0, 0), angle)
        self.head_up = bent_right(lean((0, 0, 1), angle), tilt)
        self.head_left = cross(self.head_up, self.head_front)
        neck = bent_right(lean((0, 0, 1), c7.lean + self.pose.neck * 0.5 + 12), tilt * 0.5)
        self.joints["neck"] = add(c7.point, scale(neck, anatomy.NECK_LENGTH))
        self.joints["head"] = self.on_head(0, 8)

    def _place_limb(self, side: Side, limb: str) -> None:
        """Bones and joints of one limb from its line of the pose; of a leg, its foot too."""
        line = self.pose.leg(side) if limb == "leg" else self.pose.arm(side)
        target = line.ankle_at if isinstance(line, Leg) else line.hand_at
        if target is None:
            self._limb_by_angles(side, limb, line)
        else:
            self._limb_by_target(side, limb, line, self.anchor(target))
        if isinstance(line, Leg):
            self.feet[side] = self._foot(side, line)

    def _bone_length(self, side: Side, kind: str) -> float:
        if kind == "forearm" and self.pose.arm(side).grip is Grip.FLAT:
            return anatomy.FOREARM_TO_HEEL_OF_HAND
        return anatomy.BONE_LENGTHS[kind]

    def _limb_by_angles(self, side: Side, limb: str, line: Leg | Arm) -> None:
        if isinstance(line, Leg):
            angles = (line.thigh, line.shank)
        else:
            angles = (line.upper, line.fore)
        for kind, angle, out in zip(LIMB_BONES[limb], angles, line.out, strict=True):
            way = limb_direction(angle, out, side)
            name, size = f"{side} {kind}", self._bone_length(side, kind)
            self.bones[name] = Bone(way, across((0, 1, 0), way), size)
            near, far = BONE_JOINTS[kind]
            start = self.joints[f"{side} {near}"]
            self.joints[f"{side} {far}"] = add(start, scale(way, size))

    def _limb_by_target(self, side: Side, limb: str, line: Leg | Arm, target: Vector) -> None:
        if isinstance(line, Leg):
            bend = line.knee_towards
        else:
            bend = line.elbow_towards or (-0.5, 0.8 * side.sign, -0.6)
        first, second = LIMB_BONES[limb]
        start_name, middle_name = BONE_JOINTS[first]
        end_name = BONE_JOINTS[second][1]
        start = self.joints[f"{side} {start_name}"]
        sizes = self._bone_length(side, first), self._bone_length(side, second)
        middle, end = two_bone_reach(start, target, *sizes, self.own(bend))
        towards = unit(subtract(end, start))
        aside = across(self.own(bend), towards)
        left = unit(cross(aside, towards) if limb == "leg" else cross(towards, aside))
        self.joints[f"{side} {middle_name}"] = middle
        self.joints[f"{side} {end_name}"] = end
        self.bones[f"{side} {first}"] = Bone(unit(subtract(middle, start)), left, sizes[0])
        self.bones[f"{side} {second}"] = Bone(unit(subtract(end, middle)), left, sizes[1])

    def _foot(self, side: Side, line: Leg) -> Foot:
        if line.flex is not None:
            shank, angle = self.bones[f"{side} shank"], math.radians(line.flex)
            ahead, upward = shank.front, scale(shank.direction, -1)
            along = add(scale(ahead, math.cos(angle)), scale(upward, math.sin(angle)))
            up = add(scale(upward, math.cos(angle)), scale(ahead, -math.sin(angle)))
        else:
            along = turn(lean((1, 0, 0), -line.foot), line.toes_out * side.sign)
            up = across(lean((0, 0, 1), -line.foot), along)
        return Foot(unit(along), unit(up), unit(cross(up, along)))
