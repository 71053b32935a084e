"""A collection of 900 entries comes in within half a minute, and asks the database for little."""

import time
from itertools import cycle
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.library.collection import CURL, File

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path) -> File:
    return File(tmp_path / "exercises.json")


def many(number: int) -> list[dict[str, Any]]:
    """Entries as long as those of the real collection: five instructions of two sentences."""
    muscles = cycle(["biceps", "glutes", "chest", "lower back"])
    step = "Lower the weight slowly as you breathe in and keep your back still. Then come up. "
    return [
        {
            **CURL,
            "id": f"Exercise_{n}",
            "primaryMuscles": [next(muscles)],
            "instructions": [step * 2] * 5,
        }
        for n in range(number)
    ]


def test_nine_hundred_entries_come_in_within_half_a_minute(file):
    file.write(*many(900))
    began = time.monotonic()
    assert file.load().startswith("900 created")
    assert time.monotonic() - began < 30
    began = time.monotonic()
    assert file.load().startswith("0 created, 0 updated, 900 unchanged")
    assert time.monotonic() - began < 30


def test_a_new_entry_costs_four_queries_however_many_steps_it_has(file):
    def queries(start: int, number: int) -> int:
        entries = [{**entry, "id": f"{start}-{n}"} for n, entry in enumerate(many(number))]
        with CaptureQueriesContext(connection) as captured:
            file.write(*entries).load()
        return len(captured)

    queries(0, 1)  # what is looked up once in a process
    assert queries(2, 40) - queries(1, 20) <= 20 * 4 + 4  # and a batch or two


def test_importing_again_asks_the_database_as_often_for_many_as_for_few(file):
    def queries(number: int) -> int:
        file.write(*many(number)).load()
        with CaptureQueriesContext(
            connection,
        ) as captured:
            file.load()
        return len(captured)

    assert queries(2) == queries(30)
