"""A published collection comes in as drafts: mapped, credited, repeatable, all or nothing."""

import json
import subprocess
import sys
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.conf import settings
from django.core.management import CommandError

from education.library.actions import load_pack
from education.library.models import (
    Exercise,
    ExerciseSource,
    ExerciseStep,
    LibraryRevision,
    Reviewed,
)
from tests.library.collection import CURL, File

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path) -> File:
    return File(tmp_path / "exercises.json")


def imported(entry: str = "Seated_Curl") -> Exercise:
    return Exercise.objects.get(source__entry=entry)


# ------------------------------------------------------------------ what comes in


def test_an_entry_becomes_a_draft_in_our_words(file):
    said = file.write(CURL).load()
    exercise = imported()
    assert said.startswith("1 created, 0 updated, 0 unchanged, 0 left")
    assert (exercise.key, exercise.title_en, exercise.state) == (
        "free-seated-curl",
        "Seated Curl",
        Reviewed.State.DRAFT,
    )
    assert exercise.areas == ["low_back", "shoulder_arm"]
    assert (exercise.kind, exercise.equipment) == ("strength", ["weight"])
    assert [step.text_en for step in exercise.steps.all()] == [
        "Sit down.",
        "Bend your arm (slowly).",
    ]


def test_nobody_has_said_what_it_asks_of_a_body(file):
    file.write(CURL).load()
    exercise = imported()
    assert (exercise.demands, exercise.precautions) == (None, None)
    assert (exercise.position, exercise.laterality) == ("", "")
    assert not exercise.is_reviewed


def test_source_author_and_licence_are_kept(file):
    file.write(CURL).load()
    source = imported().source
    assert source.collection == "free-exercise-db"
    assert source.entry == "Seated_Curl"
    assert "free-exercise-db" in source.author
    assert "Public domain" in source.licence
    assert source.address == "https://github.com/yuhonas/free-exercise-db"


def test_what_has_no_place_in_our_words_is_said_and_kept(file):
    bench = {**CURL, "id": "Bench", "equipment": "barbell", "category": "plyometrics"}
    said = file.write(CURL, bench).load()
    assert "  muscle: chest (2)\n" in said
    assert "  equipment: barbell (1)\n" in said
    assert "Fields the library does not keep: force, images, level" in said
    assert imported("Bench").source.not_mapped == [
        "muscle: chest",
        "equipment: barbell",
        "category: plyometrics",
    ]


@pytest.mark.parametrize("nothing", [None, "missing", "empty"])
def test_every_field_but_id_and_name_may_be_missing_null_or_empty(file, nothing):
    entry = {"id": "Bare", "name": "Bare"}
    for name, value in CURL.items():
        if name in entry or nothing == "missing":
            continue
        entry[name] = None if nothing is None else type(value)()
    said = file.write(entry).load()
    assert said == "1 created, 0 updated, 0 unchanged, 0 left as staff edited them.\n"
    exercise = imported("Bare")
    assert (exercise.areas, exercise.equipment, exercise.kind) == ([], [], "")
    assert not exercise.steps.exists()


def test_a_long_instruction_is_cut_between_words_into_steps_that_fit(file):
    text = "Breathe in and out slowly. " * 30
    file.write({**CURL, "instructions": [text]}).load()
    steps = [step.text_en for step in imported().steps.all()]
    assert len(steps) == 3
    assert " ".join(steps) == text.strip()
    for step in ExerciseStep.objects.all():
        step.full_clean()


def test_every_draft_is_one_that_the_admin_could_save(file):
    odd = {
        "id": "¡¿!?" * 20,
        "name": "A name that goes on " * 9,
        "instructions": ["Half a \ud800 and a \x00 line\nend.", ""],
        "alternateNames": ["Curl", None, "x" * 200],
    }
    said = file.write(CURL, odd).load()
    assert "name: cut to 80 characters (1)" in said
    assert "alternateNames: too many to keep (1)" in said
    for exercise in Exercise.objects.all():
        exercise.full_clean(exclude=["purpose", "purpose_en"])  # which is for a person to write
    exercise = imported(odd["id"])
    assert exercise.key == "free-exercise"
    assert exercise.also_called_en == "Curl"
    assert exercise.steps.get().text_en == "Half a and a line end."


def test_names_of_fields_that_cannot_be_printed_are_cleaned_before_they_are_said(file):
    said = file.write({**CURL, "half \ud800": 1, "bell\x07": 2, "\x00": 3, "x" * 500: 4}).load()
    assert said.encode()
    assert "bell, force, half, images, level, xxx" in said
    assert "x" * 60 not in said


def test_a_long_list_of_instructions_is_cut_and_that_is_said(file):
    said = file.write({**CURL, "instructions": [f"Step {n}." for n in range(51)]}).load()
    assert "  instructions: cut to 50 steps (1)\n" in said
    assert imported().steps.count() == 50
    assert "instructions: cut to 50 steps" in imported().source.not_mapped


@pytest.mark.parametrize("name", ["x" * 100, "A " + "x" * 100])
def test_a_long_name_without_a_space_is_cut_not_lost(file, name):
    file.write({**CURL, "name": name}).load()
    assert imported().title_en == name[:79] + "…"


def test_entries_whose_ids_look_alike_get_an_address_each(file):
    file.write({**CURL, "id": "a_b"}, {**CURL, "id": "a-b"}, {**CURL, "id": "A B"}).load()
    assert set(Exercise.objects.values_list("key", flat=True)) == {
        "free-a-b",
        "free-a-b-2",
        "free-a-b-3",
    }


def test_no_visitor_sees_a_draft(file, client):
    file.write(CURL).load()
    assert client.get("/exercises/free-seated-curl/").status_code == 404
    assert "Seated Curl" not in client.get("/exercises/").content.decode()


def test_the_audit_log_names_every_exercise_that_came(file):
    file.write(CURL).load()
    entry = LogEntry.objects.get_for_object(imported()).get()
    assert entry.action == LogEntry.Action.CREATE


# ------------------------------------------------------------------ again, and again


def test_importing_again_changes_nothing(file):
    file.write(CURL, {**CURL, "id": "Other"}).load()
    revision = LibraryRevision.objects.current()
    before = list(Exercise.objects.order_by("pk").values())
    assert file.load().startswith("0 created, 0 updated, 2 unchanged, 0 left")
    assert list(Exercise.objects.order_by("pk").values()) == before
    assert LibraryRevision.objects.current() == revision


def test_a_newer_file_brings_a_draft_nobody_touched_up_to_date(file):
    file.write(CURL).load()
    file.write({**CURL, "name": "Curl, seated", "instructions": ["Sit tall."]}).load()
    exercise = imported()
    assert exercise.title_en == "Curl, seated"
    assert [step.text_en for step in exercise.steps.all()] == ["Sit tall."]
    assert Exercise.objects.count() == 1
    assert file.load().startswith("0 created, 0 updated, 1 unchanged")


def staff_answer_demands(exercise: Exercise) -> None:
    exercise.demands = []


def staff_reword(exercise: Exercise) -> None:
    exercise.steps.filter(order=1).update(text_en="Sit down with care.")


def staff_add_a_stop_if(exercise: Exercise) -> None:
    exercise.stop_ifs.create(text_en="Your elbow hurts.", order=1)


def staff_send_it_on(exercise: Exercise) -> None:
    exercise.state = Reviewed.State.IN_REVIEW


@pytest.mark.parametrize(
    "edit", [staff_answer_demands, staff_reword, staff_add_a_stop_if, staff_send_it_on]
)
def test_what_staff_have_edited_is_never_touched(file, edit):
    file.write(CURL).load()
    exercise = imported()
    edit(exercise)
    exercise.save()
    before = Exercise.objects.filter(pk=exercise.pk).values().get()
    steps = list(exercise.steps.values())
    said = file.write({**CURL, "name": "Another name", "instructions": ["Other."]}).load()
    assert said.startswith("0 created, 0 updated, 0 unchanged, 1 left as staff edited them.")
    assert "Edited here, left as it is: Seated_Curl" in said
    assert Exercise.objects.filter(pk=exercise.pk).values().get() == before
    assert list(exercise.steps.values()) == steps


def test_the_clinics_own_exercises_stay_as_they_are(file):
    load_pack(by=None)
    own = list(Exercise.objects.order_by("pk").values())
    file.write({**CURL, "id": "hip-hinge", "name": "Hip hinge"}).load()
    assert imported("hip-hinge").key == "free-hip-hinge"
    assert list(Exercise.objects.filter(source=None).order_by("pk").values()) == own


# ------------------------------------------------------------------ files that are broken

GOOD = json.dumps(CURL)
BROKEN = {
    "not JSON": ("[{", "is not JSON"),
    "empty": ("", "is not JSON"),
    "an object": (GOOD, "not a JSON list"),
    "a list of lists": ("[[]]", "Entry 1 is not an object"),
    "no id": (f'[{GOOD}, {{"name": "B"}}]', "Entry 2: id: it is missing"),
    "id is null": (f'[{GOOD}, {{"id": null, "name": "B"}}]', "Entry 2: id: it is missing"),
    "id is a number": (f'[{GOOD}, {{"id": 7, "name": "B"}}]', "Entry 2: id: a text"),
    "no name": (f'[{GOOD}, {{"id": "B"}}]', "Entry 2 (“B”): name: it is missing"),
    "blank name": (f'[{GOOD}, {{"id": "B", "name": " "}}]', "Entry 2 (“B”): name: it is missing"),
    "twice": (f"[{GOOD}, {GOOD}]", "Entry 2: the id “Seated_Curl” is there twice"),
    "steps are a text": (
        f'[{GOOD}, {{"id": "B", "name": "B", "instructions": "Sit."}}]',
        "Entry 2 (“B”): instructions: a list of texts",
    ),
    "a step is a number": (
        f'[{GOOD}, {{"id": "B", "name": "B", "instructions": [1]}}]',
        "Entry 2 (“B”): instructions: a list of texts",
    ),
    "muscles are an object": (
        f'[{GOOD}, {{"id": "B", "name": "B", "primaryMuscles": {{"a": 1}}}}]',
        "Entry 2 (“B”): primaryMuscles: a list of texts",
    ),
    "equipment is a list": (
        f'[{GOOD}, {{"id": "B", "name": "B", "equipment": ["bands"]}}]',
        "Entry 2 (“B”): equipment: a text",
    ),
    "nested without end": ("[" * 100_000, "nested too deep"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_ends_with_one_line_and_nothing_imported(file, name):
    text, said = BROKEN[name]
    file.path.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError) as error:
        file.load()
    message = str(error.value)
    assert message.startswith("Nothing was imported. ")
    assert said in message
    assert "\n" not in message
    assert error.value.returncode == 1
    assert not Exercise.objects.exists()
    assert not ExerciseSource.objects.exists()


def test_a_file_that_is_not_there_or_not_text_says_so(file, tmp_path):
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        file.load()
    file.path.write_bytes(b'[{"id": "\xff"}]')
    with pytest.raises(CommandError, match="is not text in UTF-8"):
        file.load()


def test_a_failure_in_the_middle_leaves_nothing_half_imported(file, monkeypatch):
    made: list[int] = []

    def fail(sources: list[ExerciseSource], **_options: Any) -> None:
        made.append(ExerciseStep.objects.count())
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(ExerciseSource.objects, "bulk_create", fail)
    file.write(*({**CURL, "id": f"e{number}"} for number in range(5)))
    with pytest.raises(RuntimeError):
        file.load()
    assert made == [10]
    assert not Exercise.objects.exists()


def test_from_the_command_line_a_broken_file_is_one_line_and_exit_code_1(file):
    file.path.write_text("[1]", encoding="utf-8")
    command = [sys.executable, "manage.py", "import_exercises", file.path]
    ended = subprocess.run(
        [*command, "--format", "free-exercise-db"],
        cwd=settings.BASE_DIR,
        env={"CLINIC_DEVELOPMENT": "1", "CLINIC_VAR_DIR": str(file.path.parent)},
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 1
    assert ended.stderr.splitlines() == [
        "CommandError: Nothing was imported. Entry 1 is not an object with id and name."
    ]


def test_the_public_page_of_a_published_one_shows_source_and_licence(file, client):
    file.write(CURL).load()
    Exercise.objects.update(state=Reviewed.State.PUBLISHED, laterality="two_sided")
    page = client.get("/exercises/free-seated-curl/").content.decode()
    assert "The contributors of free-exercise-db" in page
    assert "Licence: Public domain (Unlicense)." in page
    assert 'href="https://github.com/yuhonas/free-exercise-db"' in page
