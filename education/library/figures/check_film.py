"""The pose check of films: every in-between is held to what its pictures are held to.

And to what only movement shows: hands, knees and feet that stay where they are do not slide, no
limb leaps from one frame to the next, none passes through another.
"""

from __future__ import annotations

from itertools import pairwise

from . import anatomy
from .body import Body, Sphere
from .check import Fault, body_faults, not_accepted, outside
from .motion import Film, Motion, Run, film_of, poses_along
from .pose import Side
from .scene import Exercise
from .vectors import distance, mix
from .volumes import bone_spheres

SLIDE_CM = 2.0  # a hand, knee or foot that stays may wander by this much
LEAP_CM = 18.0  # the farthest a joint goes from one frame to the next
OVERLAP_CM = 6.0  # limbs press into each other: cloth, soft tissue, a hand that holds

LIMB_PAIRS = (
    ("right thigh", "left shank"),
    ("right shank", "left thigh"),
    ("right shank", "left shank"),
    *((f"{a} forearm", f"{b} {bone}") for a in Side for b in Side for bone in ("thigh", "shank")),
)


def check_film(exercise: Exercise, motion: Motion) -> list[str]:
    """Every fault of the film with the number of its frame (from 0); none in a sound film."""
    film = film_of(exercise, motion)
    bodies = [Body(frame.pose) for frame in film.frames]
    found = []
    for number, body in enumerate(bodies):
        picture = film.frames[number]
        faults = [*body_faults(exercise, picture, body), *overlap_faults(body)]
        found += [f"frame {number}: {fault}" for fault in not_accepted(exercise, faults)]
    found += [f"frame {a} to {b}: {fault}" for a, b, fault in _leaps(film, bodies)]
    for run in motion.runs():
        numbers = film.runs[run]
        found += [str(f) for f in slide_faults(exercise, run, [bodies[n] for n in numbers])]
    return list(dict.fromkeys(found))


def _leaps(film: Film, bodies: list[Body]) -> list[tuple[int, int, Fault]]:
    steps = {tuple(sorted(step)) for step in pairwise((*film.order, film.order[0]))}
    return [
        (a, b, fault)
        for a, b in sorted(steps)
        for name, place in bodies[a].joints.items()
        for fault in outside(
            f"leap of the {name}",
            distance(bodies[a].world(place), bodies[b].world(bodies[b].joints[name])),
            0,
            LEAP_CM,
        )
    ]


def slide_faults(exercise: Exercise, run: Run, bodies: list[Body]) -> list[Fault]:
    """Parts that touch the ground all along the run, at one spot, and slide on the way."""
    poses = poses_along(exercise, run)
    faults = []
    for part in poses[0].touches:
        side, _, name = part.partition(" ")
        joint = f"{side} {'ankle' if name == 'foot' else name}"
        if joint not in bodies[0].joints or not all(part in pose.touches for pose in poses):
            continue
        places = [body.world(body.joints[joint]) for body in bodies]
        stops = [Body(pose) for pose in poses]
        stays = [distance(places[0], stop.world(stop.joints[joint])) for stop in stops]
        if max(stays) > SLIDE_CM / 2:
            continue  # it is meant to move: a heel that slides out, a step forward
        wandered = max(distance(places[0], place) for place in places)
        faults += outside(f"{part} slides", wandered, 0, SLIDE_CM)
    return faults


def overlap_faults(body: Body) -> list[Fault]:
    """Limbs that pass through each other."""
    beads = {
        name: _beads(bone_spheres(body, name, anatomy.LIMB_PROFILES[name.partition(" ")[2]]))
        for name in {name for pair in LIMB_PAIRS for name in pair}
    }
    faults = []
    for a, b in LIMB_PAIRS:
        deepest = max(r + s - distance(p, q) for p, r in beads[a] for q, s in beads[b])
        faults += outside(f"{a} passes through the {b}", deepest, -1e9, OVERLAP_CM)
    return faults


def _beads(spheres: list[Sphere]) -> list[Sphere]:
    """More spheres along a limb, so that nothing slips through between two of them."""
    halves = [
        (mix(p, q, share), r + (s - r) * share)
        for (p, r), (q, s) in pairwise(spheres)
        for share in (0, 1 / 3, 2 / 3)
    ]
    return [*halves, spheres[-1]]
