"""Writing the pictures and their sizes, and telling which files are stale."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from .catalogue import SIZES_FILE, Variant, static_path
from .drawing import Drawing, draw_exercise, variants_of
from .poses import EXERCISES


def draw_all() -> Iterator[tuple[str, Variant, Drawing]]:
    """Every picture with its pose key and variant, in the order of the catalogue."""
    for exercise in EXERCISES.values():
        for variant in variants_of(exercise):
            for number, drawing in enumerate(draw_exercise(exercise, variant), start=1):
                yield f"{exercise.key}/{number}", variant, drawing


def expected_files(folder: Path) -> dict[Path, str]:
    """What must be on disk: the pictures below `folder` (the static files), and sizes.json."""
    files: dict[Path, str] = {}
    sizes: dict[str, dict[str, tuple[int, int]]] = {}
    for pose_key, variant, drawing in draw_all():
        files[folder / static_path(pose_key, variant)] = drawing.svg
        sizes.setdefault(pose_key, {})[variant.value] = (drawing.width, drawing.height)
    lines = (f" {json.dumps(pose_key)}: {json.dumps(size)}" for pose_key, size in sizes.items())
    files[SIZES_FILE] = "{\n" + ",\n".join(lines) + "\n}\n"
    return files


def left_over_files(folder: Path, expected: dict[Path, str]) -> list[Path]:
    """Pictures on disk that no pose draws any more."""
    return sorted(set((folder / "figures").glob("*.svg")) - expected.keys())


def write_figures(folder: Path) -> int:
    """Write every picture below `folder` and sizes.json; remove left-over pictures.

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
