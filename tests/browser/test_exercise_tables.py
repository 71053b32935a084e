"""An editor takes the exercises out and in again, with nothing for the policy or axe to find."""

import csv
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from education.library.models import Exercise
from education.people import demo
from tests.browser.log_in import log_in
from tests.factories import make_exercise


@pytest.fixture(autouse=True)
def people(live_site) -> None:
    demo.add_demo_people()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_editor_exports_changes_one_cell_and_imports(open_page, axe, tmp_path, scheme):
    make_exercise("clam", title_en="Clam", state="draft")  # saved at once
    page = open_page(size="desktop", scheme=scheme)
    log_in(page, "editor@clinic.example", demo.PASSWORD)
    page.goto(reverse("admin:library_exercise_changelist"))
    page.get_by_role("link", name="Export").click()
    axe(page)
    page.get_by_label("Format").select_option("csv")
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()
    file = tmp_path / "exercises.csv"
    download.value.save_as(file)
    change(file, "title_en", "Clamshell")

    page.goto(reverse("admin:library_exercise_import"))
    axe(page)
    page.get_by_label("File to import").set_input_files(file)
    expect(page.get_by_label("Format")).to_have_value("0")  # guessed from the name
    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_role("heading", name="Nothing has been saved yet")).to_be_visible()
    expect(page.get_by_role("row", name="title_en Clam Clamshell")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Save these changes").click()
    expect(page.get_by_text("1 has changed.")).to_be_visible()
    assert Exercise.objects.get().title_en == "Clamshell"


def test_wrong_cells_are_listed_by_row_and_column(open_page, axe, tmp_path):
    page = open_page(size="small phone")
    log_in(page, "editor@clinic.example", demo.PASSWORD)
    file = tmp_path / "exercises.csv"
    file.write_text("key,title_en,sets\nclam,Clam,99\n", encoding="utf-8")
    page.goto(reverse("admin:library_exercise_import"))
    page.get_by_label("File to import").set_input_files(file)
    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_role("heading", name="Mend these cells")).to_be_visible()
    expect(page.get_by_text("less than or equal to 4")).to_be_visible()
    axe(page)
    assert not Exercise.objects.exists()


def change(file: Path, column: str, text: str) -> None:
    """Write ``text`` into a column of the first row."""
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    rows[0][column] = text
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
