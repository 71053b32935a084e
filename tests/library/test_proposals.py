"""Changes of published content wait for a clinician; patients read the words before."""

from datetime import date

import pytest
from auditlog.models import LogEntry
from django.db import IntegrityError
from django.urls import reverse

from education.library.models import (
    ContentProposal,
    Exercise,
    ExerciseStep,
    LibraryRevision,
    Photo,
)
from education.library.publishing.actions import send_back
from education.library.publishing.proposals import (
    as_proposed,
    keep_proposal,
    publish_proposal,
    words_of,
)
from education.library.publishing.states import StateRefused
from tests.factories import make_plan
from tests.library.admin_page import assert_saved, change_url, save, typed_form
from tests.library.pictures import encoded, make_photo, upload
from tests.library.sound import make_sound_article, make_sound_exercise, make_term

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
NEW_WORDS = {"purpose_en": "Eases your sore hip."}


def page_of(client, content) -> str:
    return client.get(change_url(content)).content.decode()


def press(client, content, act: str, **typed: str):
    url = reverse(f"admin:library_{content._meta.model_name}_state", args=[content.pk, act])
    return client.post(url, typed, follow=True)


def publish_changes(client, content, **typed: str) -> str:
    """Open the page as a clinician does, and press the button."""
    seal = client.get(change_url(content)).context["waiting"].seal
    return press(client, content, "publish_changes", _seen=seal, **typed).content.decode()


# ------------------------------------------------------------------ what an editor saves


@pytest.mark.parametrize("state", ["published", "retired"])
@pytest.mark.parametrize(
    ("make", "column"),
    [
        (make_sound_exercise, "purpose_en"),
        (make_sound_article, "summary_en"),
        (make_term, "meaning_en"),
    ],
)
def test_what_patients_read_stays_as_it_is(as_editor, editor, state, make, column):
    content = make(state=state)
    revision = LibraryRevision.objects.current()
    before = words_of(content)
    assert_saved(save(as_editor, content, **{column: "It says something else."}))
    assert words_of(type(content).objects.get(pk=content.pk)) == before
    assert LibraryRevision.objects.current() == revision
    proposal = ContentProposal.objects.get()
    assert proposal.proposed_by == editor
    assert proposal.document[column.removesuffix("_en")]["en"] == "It says something else."


def test_an_administrator_writes_no_live_words_either(as_administrator):
    exercise = make_sound_exercise(demands=["kneels"])
    assert_saved(save(as_administrator, exercise, demands=["answered"]))
    exercise.refresh_from_db()
    assert exercise.demands == ["kneels"]
    assert ContentProposal.objects.get().document["demands"] == []


@pytest.mark.parametrize("state", ["draft", "in_review"])
def test_what_nobody_reads_yet_is_saved_at_once(as_editor, state):
    exercise = make_sound_exercise(state=state)
    assert_saved(save(as_editor, exercise, **NEW_WORDS))
    exercise.refresh_from_db()
    assert exercise.purpose_en == NEW_WORDS["purpose_en"]
    assert not ContentProposal.objects.exists()


def test_a_sign_to_stop_that_an_editor_takes_out_still_stops_patients(as_editor, visitor):
    exercise = make_sound_exercise()
    assert_saved(save(as_editor, exercise, **{"stop_ifs-0-DELETE": "on"}))
    assert exercise.stop_ifs.count() == 1
    body = visitor.get(reverse("exercise_detail", args=[exercise.key])).content.decode()
    assert "The chair slides." in body
    assert ContentProposal.objects.get().document["stop_ifs"] == []
    page = page_of(as_editor, exercise)
    assert "It has no sign of its own to stop." in page  # the check reads what was typed


def test_the_editor_finds_what_was_typed_and_goes_on_from_it(as_editor):
    exercise = make_sound_exercise()
    new_step = {
        "steps-TOTAL_FORMS": "2",
        "steps-1-order": "2",
        "steps-1-kind": "step",
        "steps-1-text_en": "Put it down.",
        "steps-1-exercise": str(exercise.pk),
    }
    assert_saved(save(as_editor, exercise, **new_step))
    page = page_of(as_editor, exercise)
    assert "These changes wait for a clinician. Patients read the words before." in page
    assert "Throw my changes away" in page
    assert typed_form(as_editor, change_url(exercise))["steps-1-text_en"] == "Put it down."
    assert_saved(save(as_editor, exercise, **{"steps-1-text_en": "Put it down slowly."}))
    steps = ContentProposal.objects.get().document["steps"]
    assert [step["text"]["en"] for step in steps][1:] == ["Put it down slowly."]
    assert ExerciseStep.objects.count() == 1


def test_a_mistake_keeps_what_waits_and_what_was_typed(as_editor):
    exercise = make_sound_exercise()
    save(as_editor, exercise, **NEW_WORDS)
    response = save(as_editor, exercise, purpose_en="", title_en="Typed")
    assert response.status_code == 200
    assert 'value="Typed"' in response.content.decode() or "Typed" in response.content.decode()
    assert ContentProposal.objects.get().document["purpose"]["en"] == NEW_WORDS["purpose_en"]


def test_words_put_back_as_they_were_leave_nothing_waiting(as_editor):
    exercise = make_sound_exercise()
    before = exercise.purpose_en
    save(as_editor, exercise, **NEW_WORDS)
    save(as_editor, exercise, purpose_en=before)
    assert not ContentProposal.objects.exists()


def test_an_editor_throws_the_changes_away(as_editor):
    exercise = make_sound_exercise()
    save(as_editor, exercise, **NEW_WORDS)
    assert "The changes are gone." in press(as_editor, exercise, "drop_changes").content.decode()
    assert not ContentProposal.objects.exists()
    assert NEW_WORDS["purpose_en"] not in page_of(as_editor, exercise)


def test_a_photo_uploaded_with_a_change_is_kept_and_published_with_it(as_editor, as_clinician):
    exercise = make_sound_exercise(laterality="two_sided")
    typed = {"steps-0-photo_file": upload(encoded()), "steps-0-text_en": "Lift both legs slowly."}
    assert_saved(save(as_editor, exercise, **typed))
    photo = Photo.objects.get()
    assert exercise.steps.get().photo is None
    assert ContentProposal.objects.get().document["steps"][0]["photo"] == photo.digest
    assert photo.digest in page_of(as_editor, exercise)
    assert ContentProposal.objects.photo_digests() == {photo.digest}
    publish_changes(as_clinician, exercise)
    assert exercise.steps.get().photo == photo


def test_a_change_of_words_leaves_the_photo(as_editor, as_clinician, editor):
    exercise = make_sound_exercise()
    photo = make_photo(editor)
    exercise.steps.update(pose="", photo=photo)
    save(as_editor, exercise, **NEW_WORDS)
    publish_changes(as_clinician, exercise)
    assert exercise.steps.get().photo == photo


def test_looking_at_a_proposal_leaves_no_trace(as_editor, as_clinician):
    exercise = make_sound_exercise()
    save(as_editor, exercise, **NEW_WORDS)
    before = (LibraryRevision.objects.current(), LogEntry.objects.count(), words_of(exercise))
    with as_proposed(exercise) as proposed:
        assert proposed.purpose_en == NEW_WORDS["purpose_en"]
    page_of(as_clinician, exercise)
    exercise = Exercise.objects.get()
    assert (LibraryRevision.objects.current(), words_of(exercise)) == (before[0], before[2])
    assert LogEntry.objects.count() == before[1]


# ------------------------------------------------------------------ what a clinician does


def test_a_clinician_reads_line_by_line_what_changes_and_publishes_it(
    as_editor, as_clinician, clinician, visitor
):
    exercise = make_sound_exercise()
    save(as_editor, exercise, **NEW_WORDS, **{"steps-0-text_en": "Raise {working:leg}."})
    page = page_of(as_clinician, exercise)
    assert f"<del>{exercise.purpose_en}</del>" in page
    assert "<ins>Eases your sore hip.</ins>" in page
    assert '<th scope="row">step 1 text</th>' in page
    assert "I have read it: review again" not in page
    revision = LibraryRevision.objects.current()
    assert "Patients read the new words now." in publish_changes(as_clinician, exercise)
    exercise.refresh_from_db()
    assert (exercise.purpose_en, exercise.state) == (NEW_WORDS["purpose_en"], "published")
    assert exercise.reviewed_by == clinician
    assert LibraryRevision.objects.current() == revision + 1
    assert not ContentProposal.objects.exists()
    url = reverse("exercise_detail", args=[exercise.key])
    assert "Raise your sore leg." in visitor.get(url).content.decode()


def test_a_proposal_that_has_to_be_mended_is_not_published(as_editor, as_clinician):
    exercise = make_sound_exercise()
    save(as_editor, exercise, **{"stop_ifs-0-DELETE": "on"})
    assert "Not done. 1 thing stands in the way" in publish_changes(as_clinician, exercise)
    assert exercise.stop_ifs.count() == 1
    assert ContentProposal.objects.exists()


def test_words_that_changed_under_the_reader_are_not_published(as_editor, as_clinician):
    exercise = make_sound_exercise()
    save(as_editor, exercise, **NEW_WORDS)
    seal = as_clinician.get(change_url(exercise)).context["waiting"].seal
    save(as_editor, exercise, purpose_en="Does something else.")
    body = press(as_clinician, exercise, "publish_changes", _seen=seal).content.decode()
    assert "The words have changed since you opened the page." in body
    exercise.refresh_from_db()
    assert exercise.purpose_en not in (NEW_WORDS["purpose_en"], "Does something else.")


def test_a_clinician_sends_changes_back_and_says_why(as_editor, as_clinician):
    exercise = make_sound_exercise()
    save(as_editor, exercise, **NEW_WORDS)
    assert "Write what has to be changed" in (
        press(as_clinician, exercise, "return_changes", _because=" ").content.decode()
    )
    press(as_clinician, exercise, "return_changes", _because="Name the hip.")
    page = page_of(as_editor, exercise)
    assert "These changes were sent back to the editor." in page
    assert "“Name the hip.”" in page
    assert not Exercise.objects.waiting_for_review().exists()
    with pytest.raises(StateRefused):
        publish_proposal(content=exercise, by=None, on=TODAY, seen="")
    save(as_editor, exercise, purpose_en="Eases your hip.")
    assert Exercise.objects.waiting_for_review().exists()


@pytest.mark.parametrize("act", ["publish_changes", "return_changes"])
def test_an_editor_neither_publishes_nor_sends_back(as_editor, act):
    exercise = make_sound_exercise()
    save(as_editor, exercise, **NEW_WORDS)
    assert press(as_editor, exercise, act).status_code == 403
    exercise.refresh_from_db()
    assert exercise.purpose_en != NEW_WORDS["purpose_en"]


def test_the_front_page_lists_what_waits(as_editor, as_clinician):
    exercise = make_sound_exercise(title_en="Hip opener")
    save(as_editor, exercise, **NEW_WORDS)
    body = as_clinician.get(reverse("admin:index")).content.decode()
    assert "Library: waiting for review" in body
    assert "Hip opener" in body


def test_changed_demands_reach_the_plans_when_they_are_published(
    as_editor, as_clinician, patient, clinician
):
    exercise = make_sound_exercise(demands=[], precautions=[])
    make_plan(patient, clinician, exercises=[exercise])
    save(as_editor, exercise, demands=["answered", "kneels"])
    exercise.refresh_from_db()
    assert exercise.demands == []
    assert "1 plan in use now needs a look." in publish_changes(as_clinician, exercise)
    exercise.refresh_from_db()
    assert exercise.demands == ["kneels"]


def test_content_taken_back_to_review_takes_its_changes_along(as_editor, editor):
    exercise = make_sound_exercise()
    save(as_editor, exercise, **NEW_WORDS)
    send_back(content=exercise, by=editor)
    exercise.refresh_from_db()
    assert (exercise.state, exercise.purpose_en) == ("in_review", NEW_WORDS["purpose_en"])
    assert not exercise.is_reviewed
    assert not ContentProposal.objects.exists()


def test_a_retired_exercise_gets_new_words_and_stays_retired(as_editor, as_clinician):
    exercise = make_sound_exercise(state="retired")
    save(as_editor, exercise, **NEW_WORDS)
    publish_changes(as_clinician, exercise)
    exercise.refresh_from_db()
    assert (exercise.state, exercise.purpose_en) == ("retired", NEW_WORDS["purpose_en"])


def test_an_article_keeps_its_sections_families_and_related_pages(as_editor, as_clinician):
    article = make_sound_article()
    other = make_sound_article("other")
    sections = [section.pk for section in article.sections.all()]
    assert_saved(
        save(as_editor, article, related=[other.pk], **{"sections-0-body_en": "Other text."})
    )
    assert not article.related.exists()
    publish_changes(as_clinician, article)
    assert [related.key for related in article.related.all()] == ["other"]
    assert [section.pk for section in article.sections.all()] == sections
    assert article.sections.first().body_en == "Other text."


def test_the_log_says_who_proposed_and_who_published(as_editor, as_clinician, editor, clinician):
    exercise = make_sound_exercise()
    save(as_editor, exercise, **NEW_WORDS)
    entry = LogEntry.objects.get_for_object(ContentProposal.objects.get()).first()
    assert entry.actor == editor
    publish_changes(as_clinician, exercise)
    entries = LogEntry.objects.get_for_object(exercise)
    changed = [entry for entry in entries if "purpose_en" in (entry.changes_dict or {})]
    assert [entry.actor for entry in changed][:1] == [clinician]


def test_a_proposal_belongs_to_one_piece_of_content(editor):
    exercise = make_sound_exercise()
    keep_proposal(content=exercise, document={**words_of(exercise), "order": 7}, by=editor)
    proposal = ContentProposal.objects.get()
    assert str(proposal) == exercise.title
    proposal.term = make_term()
    with pytest.raises(IntegrityError):
        proposal.save()


def test_nobody_is_told_that_words_that_wait_are_live(as_editor):
    exercise = make_sound_exercise()
    url = save(as_editor, exercise, **NEW_WORDS).url
    body = as_editor.get(url).content.decode()
    assert "Your changes wait for a clinician." in body
    assert "changed successfully" not in body
