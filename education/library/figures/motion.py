"""How an exercise moves: a path through its pictures, cut into the frames of a film.

The body rests at some pictures of the path and passes through the others. From rest to rest it
speeds up and slows down again; the way back shows the frames of the way there, so that each is
drawn once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from .between import Move
from .pose import Pose
from .scene import Exercise, Picture

Node = int | Pose  # a picture by its number from 1, or a pose that is only passed through
Run = tuple[Node, ...]


@dataclass(frozen=True, kw_only=True)
class Motion:
    """The film of one exercise.

    `path` is a round: it starts at a picture and ends at the same one. `rests` are the pictures
    where the body stays for a moment; without any, the movement runs on evenly, as walking does.
    """

    path: Run
    rests: tuple[int, ...]
    steps: int = 18  # frames from one rest to the next, without the rests themselves
    frame_ms: int = 80
    rest_ms: int = 1000
    rounds: int = 3  # how often it is shown before it stops by itself

    def runs(self) -> list[Run]:
        """The path cut at its rests, each piece with both its ends; one piece without rests."""
        cuts = [at for at, node in enumerate(self.path) if node in self.rests]
        if not cuts:
            return [self.path]
        return [self.path[a : b + 1] for a, b in pairwise(cuts)]


class Film(NamedTuple):
    """The frames of a film, and when each is shown.

    `order` holds frame numbers from 0, one for each moment of `frame_ms`; a rest repeats its own.
    """

    frames: tuple[Picture, ...]
    rests: frozenset[int]
    order: tuple[int, ...]
    runs: dict[Run, list[int]]  # the frames of each run, its ends included


def there_and_back(*path: Node, rests: tuple[int, ...] = (), **more: int) -> Motion:
    """To the last of the path and back; without `rests` the body rests at both ends."""
    ends = tuple(node for node in (path[0], path[-1]) if isinstance(node, int))
    return Motion(path=(*path, *path[-2::-1]), rests=rests or ends, **more)


def ease(share: float) -> float:
    """Slow at both ends."""
    return share * share * (3 - 2 * share)


@cache
def film_of(exercise: Exercise, motion: Motion) -> Film:
    """Every frame of the movement, without arrows; the zones are shown while the body rests."""
    frames: list[Picture] = []
    drawn: dict[Run, list[int]] = {}
    order: list[int] = []
    for run in motion.runs():
        if run not in drawn:
            numbers = _frame_numbers(exercise, motion, run, frames, drawn)
            drawn[run], drawn[run[::-1]] = numbers, numbers[::-1]
        order += drawn[run][:-1]
    rests = frozenset(drawn[run][0] for run in motion.runs() if motion.rests)
    return Film(tuple(frames), rests, _with_rests(order, rests, motion), drawn)


def _with_rests(order: list[int], rests: frozenset[int], motion: Motion) -> tuple[int, ...]:
    """The order of a round; whoever starts the film sees it move at once, and rests at its end."""
    moments = max(1, round(motion.rest_ms / motion.frame_ms))
    shown = [n for number in order for n in [number] * (moments if number in rests else 1)]
    wait = moments - 1 if order[0] in rests else 0
    return tuple(shown[wait:] + shown[:wait])


def _frame_numbers(
    exercise: Exercise,
    motion: Motion,
    run: Run,
    frames: list[Picture],
    drawn: dict[Run, list[int]],
) -> list[int]:
    """The numbers of a run's frames, its ends included; new frames are added to `frames`."""

    def end(node: Node) -> int:
        if (node,) not in drawn:
            frames.append(_still(exercise, node))
            drawn[node,] = [len(frames) - 1]
        return drawn[node,][0]

    first = end(run[0])
    between = in_betweens(exercise, run, motion.steps, eased=bool(motion.rests))
    numbers = list(range(len(frames), len(frames) + len(between)))
    frames += between
    return [first, *numbers, end(run[-1])]


def poses_along(exercise: Exercise, run: Run) -> list[Pose]:
    """The poses a run is written with, in the order of its path."""
    return [_still(exercise, node).pose for node in run]


def _still(exercise: Exercise, node: Node) -> Picture:
    if isinstance(node, int):
        return replace(exercise.pictures[node - 1], arrows=())
    return Picture(node)


def in_betweens(exercise: Exercise, run: Run, steps: int, *, eased: bool) -> list[Picture]:
    """`steps` pictures along a run, without its ends; the same distance takes the same time."""
    stills = [_still(exercise, node) for node in run]
    moves = [Move(a.pose, b.pose) for a, b in pairwise(stills)]
    lengths = [move.distance() for move in moves]
    pictures = []
    for step in range(1, steps + 1):
        share = step / (steps + 1)
        way, leg = sum(lengths) * (ease(share) if eased else share), 0
        while leg < len(moves) - 1 and way > lengths[leg]:
            way -= lengths[leg]
            leg += 1
        part = min(1.0, way / lengths[leg])
        nearer = stills[leg] if part < 0.5 else stills[leg + 1]
        pictures.append(replace(nearer, pose=moves[leg].pose(part), arrows=(), zones=()))
    return pictures
