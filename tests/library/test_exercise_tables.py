"""A table that went out comes in again: tried first, shown cell by cell, for those who may."""

from datetime import date

import pytest
from auditlog.models import LogEntry
from django.urls import reverse

from education.library.models import ContentProposal, Exercise, LibraryRevision
from tests.factories import make_exercise
from tests.library.content import make_draft
from tests.library.tables import EXPORT, FORMATS, IMPORT, export, take_in, try_file, words_of

pytestmark = pytest.mark.django_db


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
