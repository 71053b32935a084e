"""What is wrong with a table is told by row and column, and nothing of it is saved."""

import io
import zipfile
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook

from education.library.models import Exercise
from education.library.tables import ExerciseTable
from education.library.tables.formats import TableXLSX
from tests.factories import make_exercise
from tests.library.tables import (
    FORMATS,
    IMPORT,
    ROW,
    as_file,
    refusals,
    try_file,
)

pytestmark = pytest.mark.django_db


WRONG = {
    "title_en": ("", "cannot be blank"),
    "purpose_en": ("", "cannot be blank"),
    "position": ("upside_down", "“upside_down” is not one of these"),
    "demands": ("lies, flies", "“flies” is not one of these"),
    "areas": ("wing", "“wing” is not one of these"),
    "weekdays": ("monday, someday", "“someday” is not one of these"),
    "sets": ("9", "less than or equal to 4"),
    "reps_min": ("many", "“many” is not a whole number."),
    "reps_max": ("2", "At most must not be below the repetitions."),
    "minutes": ("5", "Repetitions or minutes, not both."),
    "load": ("heavy", "“heavy” is not a number."),
    "supervised_first": ("perhaps", "Write yes or no"),
    "family": ("no-such", "There is no family “no-such”."),
    "film": ("no-such", "There is no moving picture “no-such”."),
    "step_2_text_en": ("Lift {working:wing}.", "is not a placeholder"),
    "step_2_pose": ("no-such/1", "There is no picture “no-such/1”."),
    "step_2_kind": ("dance", "“dance” is not one of these"),
    "stop_if_1_text_en": ("x" * 201, "at most 200 characters"),
}


@pytest.mark.parametrize("column", WRONG)
def test_each_wrong_cell_is_named_by_row_and_column(as_editor, column):
    cell, message = WRONG[column]
    good = {**ROW, "step_1_text_en": "Lie down.", "step_2_text_en": "Lift."}
    rows = [{**good, column: good.get(column, "")}, {**good, "key": "second", column: cell}]
    found = refusals(as_editor, rows)
    assert message in found[2, column]
    assert not [place for place in found if place[0] == 1]
    assert not Exercise.objects.exists()


def test_all_wrong_cells_are_told_at_once_and_nothing_is_saved(as_editor):
    rows = [
        {**ROW, "sets": 9, "step_1_text_en": "Lift {wing}.", "step_1_pose": "no/1"},
        {**ROW, "key": "good", "sets": 1, "step_1_text_en": "Lift.", "step_1_pose": ""},
    ]
    tried = try_file(as_editor, rows)
    page = tried.content.decode()
    assert "Mend these cells" in page
    for column in ("sets", "step_1_text_en", "step_1_pose"):
        assert f'<tr><td>2</td><td>clam</td><th scope="row">{column}</th>' in page
    assert "confirm_form" not in tried.context
    assert not Exercise.objects.exists()


def test_a_picture_without_words_is_refused_beside_its_words(as_editor):
    row = {**ROW, "step_1_text_en": "Lie.", "step_1_pose": "piriformis-lying/1"}
    assert "Say in words" in refusals(as_editor, [row])[1, "step_1_alt_en"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{**ROW, "titel_es": "x"}], "There is no column “titel_es”."),
        ([ROW, ROW], "“clam” is there in 2 rows."),
        ([{"title_en": "Clam"}], "The column “key” is missing"),
    ],
)
def test_a_table_that_is_wrong_as_a_whole_is_refused_in_words(as_editor, rows, said):
    tried = try_file(as_editor, rows)
    assert said in tried.content.decode()
    assert "Traceback" not in tried.content.decode()
    assert not Exercise.objects.exists()


@pytest.mark.parametrize("form", FORMATS)
def test_without_a_choice_the_name_of_the_file_says_its_format(as_editor, form):
    data = {"resource": "0", "format": "", "import_file": as_file([ROW], form)}
    result = as_editor.post(reverse(IMPORT), data).context["result"]
    assert result.totals["new"] == 1


def test_a_name_that_says_no_format_asks_for_one(as_editor):
    file = as_file([ROW])
    file.name = "exercises.numbers"
    data = {"resource": "0", "format": "", "import_file": file}
    assert (
        "Choose the format of the file." in as_editor.post(reverse(IMPORT), data).content.decode()
    )


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_that_is_not_what_it_says_gets_a_plain_message(as_editor, form):
    file = io.BytesIO(b"\xff\xfe\x00 not a table")
    file.name = f"exercises.{form}"
    data = {"resource": "0", "format": FORMATS[form], "import_file": file}
    page = as_editor.post(reverse(IMPORT), data).content.decode()
    assert "This file cannot be read." in page
    assert "Traceback" not in page


def try_text(client, text: str | bytes, form: str) -> str:
    """The page after such a file was tried."""
    file = io.BytesIO(text if isinstance(text, bytes) else text.encode())
    file.name = f"exercises.{form}"
    data = {"resource": "0", "format": FORMATS[form], "import_file": file}
    page = client.post(reverse(IMPORT), data).content.decode()
    assert "Traceback" not in page
    assert not Exercise.objects.exists()
    return page


@pytest.mark.parametrize(
    ("text", "form", "said"),
    [
        ("key,sets,sets\nclam,1,2", "csv", "The column “sets” is there twice."),
        ('[{"key": "a", "sets": 1, "sets": 2}]', "json", "The column “sets” is there twice."),
        ('[{"key": {"a": 1}}]', "json", "Row 1, key: A text or a number belongs here."),
        ('[{"key": "a", "areas": ["hip"]}]', "json", "Row 1, areas: A text or a number belongs"),
        (
            '[{"key": "a", "title_en": "\\ud800"}]',
            "json",
            "title_en: It has characters that cannot",
        ),
        (
            '[{"key": "a", "title_en": "\\u0000"}]',
            "json",
            "title_en: It has characters that cannot",
        ),
        ('[{"key": "a"}, {"key": "b", "sets": 1}]', "json", "Entry 2 has other columns"),
        ('{"key": "a"}', "json", "The file is not a list of exercises."),
        ("key,sets\nclam,1,2", "csv", "Row 2 has more cells than there are columns."),
        ("key\n" + "\n".join(f"k{n}" for n in range(1501)), "csv", "more than 1500 rows"),
    ],
)
def test_a_file_that_cannot_be_a_table_says_why(as_editor, text, form, said):
    assert said in try_text(as_editor, text, form)


@pytest.mark.parametrize("load", ["1e999999999", "NaN", "Infinity", "9" * 30])
def test_a_load_that_no_scale_shows_is_no_number(as_editor, load):
    found = refusals(as_editor, [{**ROW, "load": load}])
    assert "is not a number." in found[1, "load"]


@pytest.mark.parametrize("order", ["32768", "9" * 4000, "9" * 5000])
def test_a_number_that_one_of_the_databases_cannot_keep_is_refused(as_editor, order):
    assert refusals(as_editor, [{**ROW, "order": order}])[1, "order"]


def workbook(sheet: str) -> bytes:
    """A workbook whose one sheet has this as its data."""
    book = io.BytesIO()
    Workbook().save(book)
    out = io.BytesIO()
    with zipfile.ZipFile(book) as plain, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in plain.namelist():
            data = plain.read(name)
            if name == "xl/worksheets/sheet1.xml":
                space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
                data = f'<worksheet xmlns="{space}">{sheet}</worksheet>'.encode()
            packed.writestr(name, data)
    return out.getvalue()


def inline(cell: str, text: str) -> str:
    return f'<c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c>'


def test_a_workbook_that_unpacks_to_far_more_is_not_unpacked(as_editor):
    page = try_text(as_editor, workbook("<sheetData/>" + " " * 51 * 1024 * 1024), "xlsx")
    assert "This file is too large unpacked." in page


@pytest.mark.parametrize("last", ["1502", "1048576"])
def test_a_workbook_of_too_many_rows_is_refused_before_any_is_looked_at(
    as_editor, monkeypatch, last
):
    monkeypatch.setattr(ExerciseTable, "import_row", None)
    rows = "".join(f'<row r="{n}">{inline(f"A{n}", f"k{n}")}</row>' for n in range(2, 1502))
    rows += f'<row r="{last}">{inline(f"A{last}", "last")}</row>'
    head = f'<row r="1">{inline("A1", "key")}</row>'
    page = try_text(as_editor, workbook(f"<sheetData>{head}{rows}</sheetData>"), "xlsx")
    assert "There are more than 1500 rows." in page


def test_a_workbook_that_says_it_is_vast_is_read_for_what_it_has(as_editor):
    rows = "".join(f'<row r="{n}">{inline(f"XFD{n}", "x")}</row>' for n in range(2, 1002))
    head = f'<row r="1">{inline("A1", "key")}{inline("XFD1", "key")}</row>'
    data = workbook(f'<dimension ref="A1:XFD1048576"/><sheetData>{head}{rows}</sheetData>')
    dataset = TableXLSX().create_dataset(data)
    assert (dataset.headers, len(dataset)) == (["key"], 0)


def test_rows_are_numbered_as_the_sheet_numbers_them(as_editor):
    text = 'key,title_en,sets\n\nclam,"Clam\nshell",9\n,,\nbridge,Bridge,9\n'
    file = io.BytesIO(text.encode())
    file.name = "exercises.csv"
    data = {"resource": "0", "format": FORMATS["csv"], "import_file": file}
    page = as_editor.post(reverse(IMPORT), data).content.decode()
    assert '<td>3</td><td>clam</td><th scope="row">sets</th>' in page
    assert '<td>5</td><td>bridge</td><th scope="row">sets</th>' in page


def test_a_trial_begins_no_transaction_and_asks_little_for_each_row(as_editor):
    def queries(number: int) -> list[str]:
        rows = [{**ROW, "key": f"new-{n}", "step_1_text_en": "Lie down."} for n in range(number)]
        with CaptureQueriesContext(connection) as captured:
            try_file(as_editor, rows)
        return [query["sql"] for query in captured]

    queries(1)  # what is looked up once in a process
    few, many = queries(2), queries(22)
    assert len(many) - len(few) <= 20 * 2
    assert not [sql for sql in many if "library_exercise" in sql and not sql.startswith("SELECT")]
    saved = [sql for sql in many if sql.startswith("SAVEPOINT")]
    assert len(saved) == len([sql for sql in few if sql.startswith("SAVEPOINT")])


def test_when_the_library_changed_since_the_trial_nothing_is_half_taken_in(as_editor, monkeypatch):
    make_exercise("clam", title_en="Clam")
    rows = [{"key": "clam", "title_en": "Shell"}, {**ROW, "key": "x", "title_en": "X"}]
    rows = [{**ROW, **row} for row in rows]
    tried = try_file(as_editor, rows)
    monkeypatch.setattr("education.library.models.Exercise.full_clean", refuse_x)
    typed = tried.context["confirm_form"].initial
    done = as_editor.post(reverse("admin:library_exercise_process_import"), typed, follow=True)
    assert "Nothing was imported" in done.content.decode()
    assert Exercise.objects.get().title_en == "Clam"


def refuse_x(exercise: Exercise, **kwargs: Any) -> None:
    from django.core.exceptions import ValidationError

    if exercise.key == "x":
        raise ValidationError({"key": "Taken meanwhile."})
