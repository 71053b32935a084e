"""Draft, in review, published, retired: how content moves on, and what publishing asks for."""

from datetime import date, timedelta

import pytest
from auditlog.models import LogEntry

from education.library.models import Exercise, LibraryRevision
from education.library.publishing import PublishRefused
from education.library.publishing.actions import (
    publish,
    reinstate,
    retire,
    review,
    send_back,
    submit_for_review,
)
from education.library.publishing.states import StateRefused
from tests.library.admin_page import save
from tests.library.sound import (
    make_bare_exercise,
    make_sound_article,
    make_sound_exercise,
    make_term,
)

pytestmark = pytest.mark.django_db


TODAY = date(2026, 11, 22)
STATES = ("draft", "in_review", "published", "retired")
# From, to: how.
ALLOWED = {
    ("draft", "in_review"): submit_for_review,
    ("in_review", "draft"): send_back,
    ("in_review", "published"): publish,
    ("published", "in_review"): send_back,
    ("published", "retired"): retire,
    ("retired", "in_review"): reinstate,
    ("retired", "published"): publish,
}
LEADS_TO = {
    submit_for_review: {"in_review"},
    publish: {"published"},
    send_back: {"draft", "in_review"},
    retire: {"retired"},
    reinstate: {"in_review"},
}


def run(act, content, by):
    given = {"on": TODAY} if act in (publish, submit_for_review) else {}
    return act(content=content, by=by, **given)


@pytest.mark.parametrize("before", STATES)
@pytest.mark.parametrize("after", STATES)
def test_the_table_of_states_is_this_one(before, after):
    assert Exercise(state=before).may_become(after) is ((before, after) in ALLOWED)


@pytest.mark.parametrize("before", STATES)
@pytest.mark.parametrize("act", LEADS_TO)
def test_an_act_does_what_the_table_allows_and_nothing_else(before, act, clinician):
    exercise = make_sound_exercise(state=before)
    to = {after for (frm, after), how in ALLOWED.items() if frm == before and how is act}
    if not to:
        with pytest.raises(StateRefused):
            run(act, exercise, clinician)
    else:
        run(act, exercise, clinician)
    exercise.refresh_from_db()
    assert {exercise.state} == (to or {before})


@pytest.mark.parametrize("make", [make_sound_exercise, make_sound_article, make_term])
def test_every_kind_of_content_goes_the_same_way(make, clinician, editor):
    content = make(state="draft")
    before = LibraryRevision.objects.current()
    submit_for_review(content=content, by=editor, on=TODAY)
    publish(content=content, by=clinician, on=TODAY)
    content.refresh_from_db()
    assert content.state == "published"
    assert (content.reviewed_by, content.reviewed_on) == (clinician, TODAY)
    assert content.next_review_on == date(2027, 11, 22)
    assert LibraryRevision.objects.current() == before + 2


def test_the_log_says_who_published(clinician):
    exercise = make_sound_exercise(state="in_review")
    publish(content=exercise, by=clinician, on=TODAY)
    entry = LogEntry.objects.get_for_object(exercise).first()
    assert entry.actor == clinician
    assert entry.changes_dict["state"] == ["in_review", "published"]


def test_what_the_check_finds_is_not_published(clinician):
    exercise = make_bare_exercise()
    with pytest.raises(PublishRefused) as refused:
        publish(content=exercise, by=clinician, on=TODAY)
    assert [f.code for f in refused.value.findings] == ["no_stop_if", "step_without_picture"]
    exercise.refresh_from_db()
    assert exercise.state == "in_review"
    assert not exercise.is_reviewed


def test_a_clinician_chooses_the_next_review(clinician):
    exercise = make_sound_exercise(state="in_review")
    publish(content=exercise, by=clinician, on=TODAY, next_review_on=date(2027, 1, 4))
    exercise.refresh_from_db()
    assert exercise.next_review_on == date(2027, 1, 4)


def test_a_new_review_ends_an_overdue_one(clinician):
    exercise = make_sound_exercise(next_review_on=TODAY - timedelta(days=1))
    review(content=exercise, by=clinician, on=TODAY)
    exercise.refresh_from_db()
    assert not exercise.is_review_overdue(TODAY)
    assert exercise.state == "published"


def test_new_words_in_review_end_the_next_review_with_the_last(as_editor, clinician):
    exercise = make_sound_exercise(
        state="in_review",
        reviewed_by=clinician,
        reviewed_on=TODAY,
        next_review_on=date(2027, 11, 22),
    )
    save(as_editor, exercise, title_en="Another name")
    exercise.refresh_from_db()
    assert (exercise.next_review_on, exercise.reviewed_by) == (None, None)


def test_words_that_are_published_stay_reviewed_while_a_change_waits(as_editor, clinician):
    exercise = make_sound_exercise(reviewed_by=clinician, reviewed_on=TODAY)
    save(as_editor, exercise, title_en="Another name")
    exercise.refresh_from_db()
    assert exercise.reviewed_by == clinician
    assert exercise.title_en != "Another name"


@pytest.mark.parametrize("state", ["draft", "in_review", "retired"])
def test_only_what_is_published_is_reviewed_again(clinician, state):
    exercise = make_sound_exercise(state=state)
    with pytest.raises(StateRefused, match="Only what is published"):
        review(content=exercise, by=clinician, on=TODAY)
    exercise.refresh_from_db()
    assert not exercise.is_reviewed


def test_the_next_review_is_within_three_years(clinician):
    exercise = make_sound_exercise()
    with pytest.raises(StateRefused, match="within three years"):
        review(content=exercise, by=clinician, on=TODAY, next_review_on=date(2029, 11, 24))
    review(content=exercise, by=clinician, on=TODAY, next_review_on=date(2029, 11, 22))
    exercise.refresh_from_db()
    assert exercise.next_review_on == date(2029, 11, 22)


def test_what_has_to_be_mended_is_not_sent_to_review(as_editor):
    exercise = make_sound_exercise(state="draft", position="")
    response = save(as_editor, exercise, title_en="New name", _submit_for_review="")
    body = as_editor.get(response.url).content.decode()
    assert "Not done. 1 thing stands in the way" in body
    assert "Nobody has said how the body starts." in body
    exercise.refresh_from_db()
    assert (exercise.title_en, exercise.state) == ("New name", "draft")
