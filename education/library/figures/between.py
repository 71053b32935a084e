"""In-betweens: the pose at some share of the way from one pose to another.

An in-between is a pose like any other. Solving it keeps every bone its length, and what the two
poses share (a pinned joint, a hand on its target, a foot on the floor) holds in between too.
"""

from __future__ import annotations

import math
from dataclasses import replace

from .body import BONE_JOINTS, LIMB_BONES, Body
from .pose import Arm, Grip, Leg, OnBody, Pose, Shrug, Side, Target
from .vectors import Vector, add, clamp, cross, distance, dot, length, mix, scale, subtract, unit

SAME_SPOT_CM = 1.0  # a hand or foot that is no farther from where it was has not moved
STRAIGHT_CM = 2.0  # a knee or elbow nearer to the line of its limb shows no way to bend


class Move:
    """The way from one pose to another.

    Raises ValueError when the body as a whole turns round: there is no simple way in between.
    """

    def __init__(self, start: Pose, end: Pose) -> None:
        self.start, self.end = Body(start), Body(end)
        if self.start.axes != self.end.axes:
            raise ValueError("The body as a whole turns round between these poses.")

    def distance(self) -> float:
        """How far the joint travels that travels most, cm; never 0."""
        joints = self.start.joints
        return max(0.1, *(distance(joints[name], self.end.joints[name]) for name in joints))

    def pose(self, share: float) -> Pose:
        """The pose at `share` of the way: 0 the start, 1 the end."""
        start, end = self.start.pose, self.end.pose
        if share <= 0 or share >= 1:
            return start if share <= 0 else end
        lumbar, thoracic = (
            _number(a, b, share) for a, b in zip(start.spine, end.spine, strict=True)
        )
        pose = self._placed(share).but(
            pelvis=_number(start.pelvis, end.pelvis, share),
            spine=(lumbar, thoracic),
            neck=_number(start.neck, end.neck, share),
            right_leg=self._leg(Side.RIGHT, share),
            left_leg=self._leg(Side.LEFT, share),
            right_arm=self._arm(Side.RIGHT, share),
            left_arm=self._arm(Side.LEFT, share),
            right_shrug=_shrug(start.right_shrug, end.right_shrug, share),
            left_shrug=_shrug(start.left_shrug, end.left_shrug, share),
            touches=tuple(part for part in start.touches if part in end.touches),
        )
        return self._within_reach(pose)

    def _within_reach(self, pose: Pose) -> Pose:
        """Straight arms swing in a bow: a hand that travels is where its arm can bring it."""
        body = Body(pose)
        for side in Side:
            line, hand = pose.arm(side), f"{side} hand"
            ends = [at.world(at.joints[hand]) for at in (self.start, self.end)]
            travels = line.grip is not Grip.FLAT and distance(*ends) > SAME_SPOT_CM
            if travels and line.hand_at and not isinstance(line.hand_at, OnBody):
                reached = replace(line, hand_at=body.world(body.joints[hand]))
                pose = pose.but(**{f"{side}_arm": reached})
        return pose

    # ------------------------------------------------------------------ where the body is
    def _pinned(self) -> str:
        """The joint that both poses pin."""
        pins = self.start.pose.pin, self.end.pose.pin
        return pins[0][0] if pins[0] and pins[1] and pins[0][0] == pins[1][0] else ""

    def _placed(self, share: float) -> Pose:
        """A pose of which only the place is set."""
        start, end = self.start.pose, self.end.pose
        root = mix(self.start.world(self.start.root), self.end.world(self.end.root), share)
        rest = None
        if start.rest is not None and end.rest is not None:
            rest = _number(start.rest, end.rest, share)
        pin = None
        if self._pinned() and start.pin and end.pin:
            pin = (start.pin[0], mix(start.pin[1], end.pin[1], share))
        return replace(start, root=root, rest=rest, pin=pin)

    # ------------------------------------------------------------------ limbs
    def _leg(self, side: Side, share: float) -> Leg:
        a, b = self.start.pose.leg(side), self.end.pose.leg(side)
        target = self._target(side, "leg", a.ankle_at, b.ankle_at, share)
        if target is None:
            (thigh, out), (shank, out_below) = self._angles(side, "leg", share)
            line = Leg(thigh=thigh, shank=shank, out=(out, out_below))
        else:
            bend = self._bend(side, "leg", a.ankle_at, b.ankle_at, share)
            line = Leg(ankle_at=target, knee_towards=bend)
        if a.flex is not None and b.flex is not None:
            return replace(line, flex=_number(a.flex, b.flex, share))
        foot = _foot_angle(self.start, side, a), _foot_angle(self.end, side, b)
        toes = [leg.toes_out if leg.flex is None else 0.0 for leg in (a, b)]
        return replace(
            line,
            foot=_degrees(foot[0], foot[1], share),
            toes_out=_number(toes[0], toes[1], share),
        )

    def _arm(self, side: Side, share: float) -> Arm:
        a, b = self.start.pose.arm(side), self.end.pose.arm(side)
        nearer = a if share < 0.5 else b
        target = self._target(side, "arm", a.hand_at, b.hand_at, share)
        if target is None:
            (upper, out), (fore, out_below) = self._angles(side, "arm", share)
            line = Arm(upper=upper, fore=fore, out=(out, out_below))
        else:
            bend = self._bend(side, "arm", a.hand_at, b.hand_at, share)
            line = Arm(hand_at=target, elbow_towards=bend)
        fingers = None
        if a.fingers or b.fingers:
            ways = [
                arm.fingers or body.world(body.bones[f"{side} forearm"].direction)
                for body, arm in ((self.start, a), (self.end, b))
            ]
            fingers = unit(mix(unit(ways[0]), unit(ways[1]), share))
        return replace(line, grip=nearer.grip, fingers=fingers, thumb=nearer.thumb)

    def _target(
        self, side: Side, limb: str, a: Target | None, b: Target | None, share: float
    ) -> Target | None:
        """Where the hand or ankle is, or None when the limb swings by its angles.

        It goes straight between two places in the room, and stays on a floor it presses on.
        """
        if isinstance(a, OnBody) and isinstance(b, OnBody) and a.part == b.part:
            return OnBody(
                a.part,
                _number(a.along, b.along, share),
                _number(a.front, b.front, share),
                _number(a.left, b.left, share),
            )
        on_world = a and b and not isinstance(a, OnBody) and not isinstance(b, OnBody)
        joint = f"{side} {'ankle' if limb == 'leg' else 'hand'}"
        places = [body.world(body.joints[joint]) for body in (self.start, self.end)]
        holds_the_body = self._pinned().startswith(side) and limb == "leg"
        stays = distance(*places) < SAME_SPOT_CM and not holds_the_body
        presses = limb == "arm" and all(
            body.pose.arm(side).grip is Grip.FLAT for body in (self.start, self.end)
        )
        return mix(places[0], places[1], share) if on_world or stays or presses else None

    def _bend(
        self, side: Side, limb: str, a: Target | None, b: Target | None, share: float
    ) -> Vector:
        """The way the knee or elbow points, in the world."""
        bodies = (self.start, self.end)
        written = [_written_bend(body.pose, side, limb) for body in bodies]
        if a and b and all(written):
            ways = [unit(way) for way in written if way]
        else:
            ways = [_shown_bend(body, side, limb) for body in bodies]
        return unit(mix(ways[0], ways[1], share))

    def _angles(self, side: Side, limb: str, share: float) -> list[tuple[float, float]]:
        """(angle on the side photo, swing outward) of both bones."""
        poses = self.start.pose, self.end.pose
        lines = [pose.leg(side) if limb == "leg" else pose.arm(side) for pose in poses]
        written = [_written_angles(line) for line in lines]
        found = []
        for place, kind in enumerate(LIMB_BONES[limb]):
            a, b = (angles and angles[place] for angles in written)
            if a and b:
                found.append((_degrees(a[0], b[0], share), _number(a[1], b[1], share)))
                continue
            ways = [body.bones[f"{side} {kind}"].direction for body in (self.start, self.end)]
            x, y, z = _turned(ways[0], ways[1], share)
            found.append((math.degrees(math.atan2(x, -z)), math.degrees(math.asin(side.sign * y))))
        return found


def _number(a: float, b: float, share: float) -> float:
    return a + (b - a) * share


def _degrees(a: float, b: float, share: float) -> float:
    """Between two angles, the shorter way round."""
    return a + ((b - a + 180) % 360 - 180) * share


def _shrug(a: Shrug, b: Shrug, share: float) -> Shrug:
    return Shrug(
        _number(a.forward, b.forward, share),
        _number(a.up, b.up, share),
        _number(a.inward, b.inward, share),
    )


def _foot_angle(body: Body, side: Side, leg: Leg) -> float:
    """The `foot` of a solved leg, written with `flex` or not."""
    if leg.flex is None:
        return leg.foot
    foot = body.feet[side]
    return math.degrees(math.atan2(foot.along[2], foot.up[2]))


def _written_angles(line: Leg | Arm) -> list[tuple[float, float]] | None:
    """(angle, swing outward) of both bones, of a limb that is written by its angles."""
    if isinstance(line, Leg):
        by_angles, angles = line.ankle_at is None, (line.thigh, line.shank)
    else:
        by_angles, angles = line.hand_at is None, (line.upper, line.fore)
    return list(zip(angles, line.out, strict=True)) if by_angles else None


def _turned(a: Vector, b: Vector, share: float) -> Vector:
    """Between two unit vectors, at an even turn."""
    angle = math.acos(clamp(dot(a, b), -1, 1))
    if angle < 1e-3:
        return b
    parts = scale(a, math.sin((1 - share) * angle)), scale(b, math.sin(share * angle))
    return unit(add(*parts))


def _written_bend(pose: Pose, side: Side, limb: str) -> Vector | None:
    return pose.leg(side).knee_towards if limb == "leg" else pose.arm(side).elbow_towards


def _shown_bend(body: Body, side: Side, limb: str) -> Vector:
    """The way a knee or elbow points on the solved body, in the world."""
    first, second = LIMB_BONES[limb]
    near, middle = BONE_JOINTS[first]
    start, joint = body.joints[f"{side} {near}"], body.joints[f"{side} {middle}"]
    end = body.joints[f"{side} {BONE_JOINTS[second][1]}"]
    along, to_joint = unit(subtract(end, start)), subtract(joint, start)
    aside = subtract(to_joint, scale(along, dot(to_joint, along)))
    if length(aside) < STRAIGHT_CM:
        bone = body.bones[f"{side} {first}"]
        aside = bone.front if limb == "leg" else cross(bone.left, bone.direction)
    return body.world(unit(aside))
