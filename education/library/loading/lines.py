"""The lines of exercises that are new, written many at a time."""

from collections.abc import Iterable

from education.library.models import Exercise

from .documents import PackObject
from .rows import fill
from .shapes import Part

BATCH = 500  # rows of one statement


def add_lines(exercises: Iterable[tuple[Exercise, PackObject]], part: Part) -> None:
    """Write a part of exercises that have no line of it yet.

    What is written must be right: the database holds its rules without being asked before each
    row. The audit log names the exercise, not its first lines.
    """
    rows = []
    for exercise, item in exercises:
        for number, document in enumerate(item.document[part.name], start=1):
            row = part.model(**{part.owner: exercise, "order": number})
            fill(item, row, part, document)
            rows.append(row)
    part.model._default_manager.bulk_create(rows, batch_size=BATCH)
