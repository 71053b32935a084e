"""Exercises as tables: taken out, tried, and taken in, as a person does in the admin."""

import csv
import io
import json
from typing import Any

import tablib
from django.urls import reverse
from openpyxl import load_workbook

from education.library.models import Exercise

IMPORT, EXPORT = "admin:library_exercise_import", "admin:library_exercise_export"
FORMATS = {"csv": "0", "xlsx": "1", "json": "2"}


def read_table(response: Any, form: str = "csv") -> list[dict[str, Any]]:
    """The rows of an exported file, each by column."""
    content = response.content
    if form == "csv":
        return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    if form == "json":
        return json.loads(content)
    header, *rows = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def export(client, form: str = "csv") -> list[dict[str, Any]]:
    response = client.post(reverse(EXPORT), {"resource": "0", "format": FORMATS[form]})
    assert response.status_code == 200
    return read_table(response, form)


def as_file(rows: list[dict[str, Any]], form: str = "csv") -> io.BytesIO:
    table = tablib.Dataset(*(list(row.values()) for row in rows), headers=list(rows[0]))
    content = table.export(form)
    file = io.BytesIO(content if isinstance(content, bytes) else content.encode())
    file.name = f"exercises.{form}"
    return file


def try_file(client, rows: list[dict[str, Any]], form: str = "csv"):
    """Press “Try it”."""
    data = {"resource": "0", "format": FORMATS[form], "import_file": as_file(rows, form)}
    response = client.post(reverse(IMPORT), data)
    assert response.status_code == 200
    return response


def take_in(client, rows: list[dict[str, Any]], form: str = "csv") -> str:
    """Try the file and press “Save these changes”; what the next page says."""
    tried = try_file(client, rows, form)
    assert "confirm_form" in tried.context, tried.content.decode()
    typed = tried.context["confirm_form"].initial
    done = client.post(reverse("admin:library_exercise_process_import"), typed, follow=True)
    return done.content.decode()


def refusals(client, rows: list[dict[str, Any]]) -> dict[tuple[int, str], str]:
    """(row without the header, column) -> what the trial finds wrong."""
    result = try_file(client, rows).context["result"]
    return {
        (row.number - 1, column): " ".join(messages)
        for row in result.invalid_rows
        for column, messages in row.field_specific_errors.items()
    }


def words_of(exercise: Exercise) -> list[tuple[str, ...]]:
    """Everything its steps and stop-ifs say, in both languages."""
    steps = exercise.steps.values_list(
        "order", "kind", "pose", "text_en", "text_es", "caption_en", "alt_en"
    )
    return [*steps, *exercise.stop_ifs.values_list("order", "text_en", "text_es")]


ROW = {"key": "clam", "title_en": "Clam", "purpose_en": "Makes your hip strong.", "reps_min": 5}
