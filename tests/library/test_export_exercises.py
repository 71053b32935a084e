"""The library goes out as a table: whole, in every format, and safe to open."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from education.library.models import Exercise
from tests.factories import make_exercise
from tests.library.tables import (
    EXPORT,
    FORMATS,
    export,
    try_file,
)

pytestmark = pytest.mark.django_db


def test_a_row_has_the_exercise_its_dosage_and_its_steps_in_both_languages(as_editor, library):
    rows = {row["key"]: row for row in export(as_editor)}
    assert set(rows) == set(Exercise.objects.values_list("key", flat=True))
    row, exercise = rows["piriformis-lying"], Exercise.objects.get(key="piriformis-lying")
    assert row["title_en"] == exercise.title_en
    assert {"title_es", "purpose_es", "step_1_text_es", "stop_if_1_text_es"} <= set(row)
    assert row["demands"] == "lies, grips"
    assert (row["sets"], row["reps_min"], row["hold_seconds"]) == ("1", "3", "20")
    assert row["weekdays"] == "every day"
    assert row["step_2_text_en"] == "Put {working:ankle} on {resting:thigh}, near the knee."
    assert row["step_2_pose"] == "piriformis-lying/2"
    assert row["stop_if_1_text_en"] == "Your groin or knee hurts."


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_says_the_same(as_editor, form):
    make_exercise("clam", title_en="Clam", title_es="Almeja", demands=None, precautions=[])
    (row,) = export(as_editor, form)
    assert (row["key"], row["title_en"], row["title_es"]) == ("clam", "Clam", "Almeja")
    assert (row["demands"], row["precautions"]) == ("not answered", "none")
    assert int(row["sets"]) == 2


WOULD_RUN = ["=HYPERLINK(A1)", "+1", "-1", "@SUM(A1)", "'=1", "''+"]


@pytest.mark.parametrize("title", WOULD_RUN)
def test_a_text_that_a_spreadsheet_would_run_is_disarmed_and_comes_back_as_it_was(as_editor, title):
    make_exercise("clam", title_en=title)
    rows = export(as_editor)
    assert rows[0]["title_en"] == f"'{title}"
    (row,) = try_file(as_editor, rows).context["result"].rows
    assert "title_en" not in [change.column for change in row.diff]


@pytest.mark.parametrize("title", WOULD_RUN)
def test_a_workbook_holds_texts_and_no_formula(as_editor, title):
    make_exercise("clam", title_en=title)
    response = as_editor.post(reverse(EXPORT), {"resource": "0", "format": FORMATS["xlsx"]})
    sheet = load_workbook(io.BytesIO(response.content)).active
    cells = {header.value: cell for header, cell in zip(sheet[1], sheet[2], strict=True)}
    assert (cells["title_en"].value, cells["title_en"].data_type) == (title, "s")


def test_an_export_asks_the_database_as_often_for_many_as_for_few(as_editor):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            export(as_editor)
        return len(captured)

    make_exercise()
    export(as_editor)  # what is looked up once in a process
    few = queries()
    for _number in range(20):
        make_exercise()
    assert queries() == few
