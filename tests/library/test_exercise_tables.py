"""Exercises go out as a table and come in again: tried first, refused by row and column."""

import csv
import io
import json
import zipfile
from datetime import date
from typing import Any

import pytest
import tablib
from auditlog.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from education.library.models import ContentProposal, Exercise, LibraryRevision
from education.library.tables import ExerciseTable
from education.library.tables.formats import TableXLSX
from tests.factories import make_exercise
from tests.library.content import make_draft

pytestmark = pytest.mark.django_db

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


# ------------------------------------------------------------------ out


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


# ------------------------------------------------------------------ out and in again


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_taken_in_as_it_came_out_changes_nothing(as_editor, library, form):
    before = {e.key: (e.reviewed_on, words_of(e)) for e in Exercise.objects.all()}
    revision = LibraryRevision.objects.current()
    result = try_file(as_editor, export(as_editor, form), form).context["result"]
    assert not result.has_errors()
    assert not result.has_validation_errors()
    assert result.totals["skip"] == len(before)
    take_in(as_editor, export(as_editor, form), form)
    assert {e.key: (e.reviewed_on, words_of(e)) for e in Exercise.objects.all()} == before
    assert LibraryRevision.objects.current() == revision


def test_a_trial_shows_each_cell_that_would_change_and_saves_nothing(as_editor):
    exercise = make_draft("clam", title_en="Clam")
    (row,) = export(as_editor)
    tried = try_file(as_editor, [{**row, "title_en": "Clamshell", "step_1_text_en": "Open up."}])
    page = tried.content.decode()
    assert "Nothing has been saved yet." in page
    assert "<del>Clam</del>" in page
    assert "<ins>Clamshell</ins>" in page
    assert "<ins>Open up.</ins>" in page
    assert "style=" not in page
    exercise.refresh_from_db()
    assert exercise.title_en == "Clam"
    assert exercise.steps.get().text_en == "Lift {working:leg} slowly."


def test_taking_it_in_changes_the_exercise_and_its_steps(as_editor):
    exercise = make_draft("clam", title_en="Clam")
    step = exercise.steps.get()
    (row,) = export(as_editor)
    changed = {
        **row,
        "title_es": "Almeja",
        "demands": "floor, lies",
        "weekdays": "monday, friday",
        "step_1_text_en": "Lie down.",
        "step_1_text_es": "Acuéstese.",
        "step_2_kind": "breathing",
        "step_2_text_en": "Breathe out.",
        "stop_if_1_text_en": "Your hip hurts.",
    }
    assert "1 has changed." in take_in(as_editor, [changed])
    exercise.refresh_from_db()
    assert (exercise.title_es, exercise.demands) == ("Almeja", ["lies", "floor"])
    assert exercise.weekdays == 0b0010001
    assert exercise.steps.get(order=1).pk == step.pk
    assert words_of(exercise) == [
        (1, "step", "", "Lie down.", "Acuéstese.", None, None),
        (2, "breathing", "", "Breathe out.", None, None, None),
        (1, "Your hip hurts.", None),
    ]


def test_a_cleared_line_takes_the_step_out_and_the_rest_moves_up(as_editor):
    exercise = make_draft("clam")
    exercise.steps.create(order=2, text_en="Lower {working:leg}.")
    (row,) = export(as_editor)
    empty = {name: "" for name in row if name.startswith("step_1_")}
    take_in(as_editor, [{**row, **empty}])
    assert [line[3] for line in words_of(exercise)] == ["Lower {working:leg}."]


def test_columns_the_file_does_not_have_stay_as_they_are(as_editor):
    exercise = make_draft("clam", title_en="Clam", demands=["lies"], title_es="Almeja")
    take_in(as_editor, [{"key": "clam", "title_en": "Clamshell"}])
    exercise.refresh_from_db()
    assert (exercise.title_en, exercise.title_es) == ("Clamshell", "Almeja")
    assert exercise.demands == ["lies"]
    assert exercise.steps.count() == 1


def test_a_new_row_is_a_draft_that_no_patient_sees(as_editor, client):
    row = {
        "key": "heel-raise",
        "title_en": "Heel raise",
        "purpose_en": "Makes your calf strong.",
        "reps_min": "5",
        "state": "published",
        "step_1_text_en": "Rise on your toes.",
    }
    assert "1 exercise is new." in take_in(as_editor, [row])
    exercise = Exercise.objects.get(key="heel-raise")
    assert (exercise.state, exercise.demands) == ("draft", None)
    assert exercise.steps.get().kind == "step"
    assert client.get(reverse("exercise_detail", args=["heel-raise"])).status_code == 404


def test_a_changed_exercise_that_patients_read_waits_for_a_clinician(as_editor, clinician, editor):
    reviewed = {"reviewed_by": clinician, "reviewed_on": date(2026, 11, 1)}
    exercise = make_exercise("clam", title_en="Clam", **reviewed)
    exercise.stop_ifs.create(text_en="Your hip hurts.")
    taken_out = {"key": "clam", "title_en": "Clamshell", "stop_if_1_text_en": ""}
    assert "1 of these waits for a clinician" in take_in(as_editor, [taken_out])
    exercise.refresh_from_db()
    assert (exercise.title_en, exercise.reviewed_by) == ("Clam", clinician)
    assert exercise.stop_ifs.get().text_en == "Your hip hurts."
    proposal = ContentProposal.objects.get(exercise=exercise)
    assert (proposal.document["title"]["en"], proposal.proposed_by) == ("Clamshell", editor)
    assert proposal.document["stop_ifs"] == []


def test_a_file_goes_on_from_the_changes_that_wait(as_editor):
    make_exercise("clam", title_en="Clam")
    take_in(as_editor, [{"key": "clam", "title_en": "Clamshell"}])
    take_in(as_editor, [{"key": "clam", "purpose_en": "Makes your hip strong."}])
    document = ContentProposal.objects.get().document
    assert document["title"]["en"] == "Clamshell"
    assert document["purpose"]["en"] == "Makes your hip strong."


def test_a_changed_draft_loses_its_review(as_editor, clinician):
    reviewed = {"reviewed_by": clinician, "reviewed_on": date(2026, 11, 1)}
    exercise = make_draft("clam", title_en="Clam", **reviewed)
    take_in(as_editor, [{"key": "clam", "title_en": "Clamshell"}])
    exercise.refresh_from_db()
    assert exercise.title_en == "Clamshell"
    assert not exercise.is_reviewed


def test_the_audit_log_names_who_took_it_in(as_editor, editor):
    exercise = make_draft("clam", title_en="Clam")
    take_in(as_editor, [{"key": "clam", "title_en": "Clamshell"}])
    entry = LogEntry.objects.get_for_object(exercise).first()
    assert entry.actor == editor
    assert entry.changes["title_en"] == ["Clam", "Clamshell"]


# ------------------------------------------------------------------ what is refused

ROW = {"key": "clam", "title_en": "Clam", "purpose_en": "Makes your hip strong.", "reps_min": 5}
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


# ------------------------------------------------------------------ who may


def test_clinicians_take_the_library_out_and_not_in(as_clinician):
    make_exercise("clam")
    assert len(export(as_clinician)) == 1
    assert as_clinician.get(reverse(IMPORT)).status_code == 403
    process = reverse("admin:library_exercise_process_import")
    assert as_clinician.post(process, {}).status_code == 403


def test_the_front_desk_and_patients_do_neither(as_front_desk, as_patient):
    for client in (as_front_desk, as_patient):
        assert client.get(reverse(IMPORT)).status_code == 403
        assert client.get(reverse(EXPORT)).status_code == 403


def test_a_visitor_is_asked_to_log_in(client):
    for name in (IMPORT, EXPORT):
        response = client.get(reverse(name))
        assert response.status_code == 302
        assert "login" in response.headers["Location"]
