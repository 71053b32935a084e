"""A published collection of exercises, as a test writes and imports it."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command

CURL = {
    "id": "Seated_Curl",
    "name": "Seated Curl",
    "force": "pull",
    "level": "beginner",
    "mechanic": None,
    "equipment": "dumbbell",
    "primaryMuscles": ["biceps"],
    "secondaryMuscles": ["lower back", "chest"],
    "instructions": ["Sit down.", "Bend your arm {slowly}."],
    "category": "strength",
    "images": ["Seated_Curl/0.jpg"],
}


class File:
    """A file of the collection that a test writes and imports."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, *entries: Any) -> "File":
        self.path.write_text(json.dumps(entries), encoding="utf-8")
        return self

    def load(self) -> str:
        """What the command says."""
        said = StringIO()
        call_command("import_exercises", self.path, format="free-exercise-db", stdout=said)
        return said.getvalue()
