"""The content pack of these tests."""

import shutil
from pathlib import Path

import pytest

from education.library.actions import load_pack
from education.library.loading import PACK_FOLDER


class Pack:
    """A copy of the built-in pack that a test may edit."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace a text that must stand in the file exactly once."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def add(self, file: str, text: str) -> None:
        """Append to a file, which is made when there is none."""
        path = self.folder / file
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        path.write_text(before + text, encoding="utf-8")

    def load(self, *take: str):
        return load_pack(folder=self.folder, take=take, by=None)


@pytest.fixture
def pack(tmp_path) -> Pack:
    return Pack(Path(shutil.copytree(PACK_FOLDER, tmp_path / "pack")))


@pytest.fixture
def library(db) -> None:
    """The library as the built-in pack makes it."""
    load_pack(by=None)
