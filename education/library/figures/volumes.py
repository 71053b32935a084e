"""The flesh on the bones: spheres (centre in body space, radius) in cm, for drawing and checks."""

from __future__ import annotations

from collections.abc import Iterable

from . import anatomy
from .body import Body, Sphere
from .pose import Grip, Side
from .vectors import add, mix, scale, subtract, unit


def bone_spheres(
    body: Body, bone: str, profile: Iterable[tuple[float, float, float]]
) -> list[Sphere]:
    """Spheres along one bone, from its near joint to its far one."""
    near, far = body.ends(bone)
    front = body.bones[bone].front
    return [
        (add(mix(near, far, share), scale(front, forward)), radius)
        for share, forward, radius in profile
    ]


def foot_spheres(body: Body, side: Side) -> list[Sphere]:
    """Ankle, heel, ball, toes, instep."""
    ankle, foot = body.joints[f"{side} ankle"], body.feet[side]
    return [
        (add(ankle, add(scale(foot.along, along), scale(foot.up, up))), radius)
        for along, up, radius in anatomy.FOOT
    ]


def wrist_spheres(body: Body, side: Side) -> list[Sphere]:
    """The thin end of the forearm."""
    elbow, hand = body.joints[f"{side} elbow"], body.joints[f"{side} hand"]
    return [(mix(elbow, hand, 0.66), 2.8), (mix(elbow, hand, 0.80), 2.6)]


def palm_and_finger_spheres(body: Body, side: Side) -> list[Sphere]:
    """The hand without the wrist, from the palm to the finger tips."""
    arm, hand = body.pose.arm(side), body.joints[f"{side} hand"]
    way = body.bones[f"{side} forearm"].direction
    fingers = unit(body.own(arm.fingers)) if arm.fingers else way
    if arm.grip is Grip.FIST:
        return [(hand, 3.9)]
    if arm.grip is Grip.FLAT:
        return [
            (hand, 2.5),
            (add(hand, scale(fingers, 4.5)), 2.1),
            (add(hand, scale(fingers, 9)), 1.5),
        ]
    if arm.grip is Grip.WRAP:
        knuckles = add(hand, scale(fingers, 4.0))
        curl = unit(add(fingers, scale(way, 0.6)))
        return [(hand, 3.5), (knuckles, 2.4), (add(knuckles, scale(curl, 2.6)), 2.0)]
    palm = subtract(hand, scale(way, 1.55))
    return [(palm, 3.5), (add(palm, scale(fingers, 5)), 2.7), (add(palm, scale(fingers, 9.5)), 1.7)]


def thumb_spheres(body: Body, side: Side) -> list[Sphere]:
    """The thumb, if the pose says on which side it shows."""
    arm = body.pose.arm(side)
    if arm.thumb is None:
        return []
    palm, knuckles, *_ = (c for c, _ in palm_and_finger_spheres(body, side))
    aside, ahead = unit(body.own(arm.thumb)), unit(subtract(knuckles, palm))
    root = add(palm, scale(aside, 1.4))
    tip = add(palm, add(scale(aside, 4.2), scale(ahead, 3.6)))
    return [(root, 1.9), (tip, 1.25)]


def hand_spheres(body: Body, side: Side) -> list[Sphere]:
    """Wrist to finger tips."""
    return wrist_spheres(body, side) + palm_and_finger_spheres(body, side)


def head_spheres(body: Body) -> list[Sphere]:
    """Hair and face. Nose and bun are soft: drawn, but not tested against the floor."""
    return [
        (body.on_head(forward, up), radius) for forward, up, radius in anatomy.HAIR + anatomy.FACE
    ]


def part_spheres(body: Body) -> dict[str, list[Sphere]]:
    """Every part of the body by name."""
    parts = {"trunk": body.trunk_spheres(), "head": head_spheres(body)}
    for side in Side:
        for bone, profile in anatomy.LIMB_PROFILES.items():
            parts[f"{side} {bone}"] = bone_spheres(body, f"{side} {bone}", profile)
        parts[f"{side} foot"] = foot_spheres(body, side)
        parts[f"{side} hand"] = hand_spheres(body, side)
    return parts
