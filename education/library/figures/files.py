"""Writing the pictures, the films and their sizes, and telling which files are stale."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from .catalogue import FILMS_FILE, SIZES_FILE, Variant, film_path, static_path
from .drawing import Drawing, Frame, draw_exercise, variants_of
from .filming import Filmstrip, film_bounds, filmstrip
from .motion import film_of
from .poses import EXERCISES
from .poses.motions import MOTIONS
from .scene import Exercise


def draw_all() -> Iterator[tuple[str, Variant, Drawing]]:
    """Every picture with its pose key and variant, in the order of the catalogue."""
    for exercise in EXERCISES.values():
        for variant in variants_of(exercise):
            room = _room(exercise, variant)
            for number, drawing in enumerate(draw_exercise(exercise, variant, room), start=1):
                yield f"{exercise.key}/{number}", variant, drawing


def _room(exercise: Exercise, variant: Variant) -> list[Frame]:
    """What the film needs: a still has its frame, so that nothing jumps when the film starts."""
    motion = MOTIONS.get(exercise.key)
    return [film_bounds(exercise, motion, variant)] if motion else []


def draw_films() -> Iterator[tuple[str, Variant, Filmstrip]]:
    """Every film with its exercise key and variant, in the order of the catalogue."""
    for exercise in EXERCISES.values():
        if motion := MOTIONS.get(exercise.key):
            for variant in variants_of(exercise):
                yield exercise.key, variant, filmstrip(exercise, motion, variant)


def expected_files(folder: Path) -> dict[Path, str]:
    """What must be on disk: pictures and films below `folder` (the static files), both lists."""
    files: dict[Path, str] = {}
    sizes: dict[str, dict[str, tuple[int, int]]] = {}
    for pose_key, variant, drawing in draw_all():
        files[folder / static_path(pose_key, variant)] = drawing.svg
        sizes.setdefault(pose_key, {})[variant.value] = (drawing.width, drawing.height)
    films: dict[str, dict[str, Any]] = {}
    for key, variant, strip in draw_films():
        files[folder / film_path(key, variant)] = strip.svg
        film = films.setdefault(key, _timing(key) | {"frames": strip.frames, "sizes": {}})
        film["sizes"][variant.value] = (strip.width, strip.height)
    return files | {SIZES_FILE: _as_json(sizes), FILMS_FILE: _as_json(films)}


def _timing(key: str) -> dict[str, Any]:
    """How a film runs, as `catalogue.Film` says it."""
    motion = MOTIONS[key]
    start = motion.path[0]
    return {
        "still": f"{key}/{start}",
        "order": film_of(EXERCISES[key], motion).order,
        "frame_ms": motion.frame_ms,
        "rounds": motion.rounds,
    }


def _as_json(table: Mapping[str, object]) -> str:
    """One line for each row, so that a change shows which."""
    lines = (f" {json.dumps(key)}: {json.dumps(row)}" for key, row in table.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def left_over_files(folder: Path, expected: dict[Path, str]) -> list[Path]:
    """Pictures and films on disk that no pose draws any more."""
    return sorted(set((folder / "figures").rglob("*.svg")) - expected.keys())


def write_figures(folder: Path) -> int:
    """Write every picture and film below `folder`, and both lists; remove left-over files.

    Returns the number of files that changed.
    """
    expected, changed = expected_files(folder), 0
    for path, text in expected.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            changed += 1
    for path in left_over_files(folder, expected):
        path.unlink()
        changed += 1
    return changed


def stale_figures(folder: Path) -> list[Path]:
    """Files that are missing, differ from what the poses draw, or are left over."""
    expected = expected_files(folder)
    stale = [
        path
        for path, text in expected.items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    return stale + left_over_files(folder, expected)
