"""The library in the admin: who may write it, and what saving does."""

import re
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from education.library.models import (
    Article,
    CareLevel,
    Exercise,
    ExerciseSource,
    LibraryRevision,
    RedFlag,
    StopIf,
)
from tests.factories import make_exercise
from tests.library.admin_page import assert_saved, change_url, save
from tests.library.content import make_article, make_family, make_pictured_exercise, make_red_flags
from tests.library.sound import make_sound_article, make_sound_exercise

pytestmark = pytest.mark.django_db

MODELS = [
    *("exercise", "exercisefamily", "article", "glossaryterm"),
]
DANGER = ["carelevel", "redflag", "stopif"]  # written by clinicians


# ------------------------------------------------------------------ who


@pytest.mark.parametrize("model", MODELS)
def test_an_editor_and_an_administrator_open_every_list_and_form(
    as_editor, as_administrator, model
):
    for client in (as_editor, as_administrator):
        assert client.get(reverse(f"admin:library_{model}_changelist")).status_code == 200
        assert client.get(reverse(f"admin:library_{model}_add")).status_code == 200


@pytest.mark.parametrize("model", MODELS)
def test_a_clinician_reads_the_library_and_changes_nothing(as_clinician, model):
    assert as_clinician.get(reverse(f"admin:library_{model}_changelist")).status_code == 200
    assert as_clinician.get(reverse(f"admin:library_{model}_add")).status_code == 403


@pytest.mark.parametrize("model", DANGER)
def test_signs_of_danger_are_written_by_clinicians_and_read_by_editors(
    as_clinician, as_editor, as_administrator, as_front_desk, model
):
    add = reverse(f"admin:library_{model}_add")
    page = as_clinician.get(add)
    assert page.status_code == 200
    assert "This is live at once" in page.content.decode()
    for client in (as_editor, as_administrator):
        assert client.get(reverse(f"admin:library_{model}_changelist")).status_code == 200
        assert client.get(add).status_code == 403
    assert as_front_desk.get(add).status_code == 403


def test_an_editor_cannot_post_a_sign_of_danger_even_with_the_old_permission(as_editor, editor):
    make_red_flags()
    editor.user_permissions.add(
        *Permission.objects.filter(codename__in=["change_redflag", "change_carelevel"])
    )
    shared = StopIf.objects.create(text_en="Your chest hurts.")
    flag, level = RedFlag.objects.first(), CareLevel.objects.first()
    for thing in (flag, level, shared):
        assert "Only clinicians change this." in as_editor.get(change_url(thing)).content.decode()
        assert as_editor.post(change_url(thing), {"text_en": "Fine."}).status_code == 403
    shared.refresh_from_db()
    assert shared.text_en == "Your chest hurts."


def test_a_clinician_changes_the_signs_that_stop_all_and_the_log_names_them(
    as_clinician, clinician
):
    make_red_flags()
    shared = StopIf.objects.create(text_en="Your chest hurts.")
    for thing in (shared, RedFlag.objects.first()):
        assert_saved(save(as_clinician, thing, text_en="Your chest feels tight."))
        thing.refresh_from_db()
        assert thing.text_en == "Your chest feels tight."
        assert LogEntry.objects.get_for_object(thing).first().actor == clinician


@pytest.mark.parametrize("model", [*MODELS, *DANGER])
def test_the_front_desk_sees_no_library(as_front_desk, model):
    assert as_front_desk.get(reverse(f"admin:library_{model}_changelist")).status_code == 403
    assert as_front_desk.get(reverse(f"admin:library_{model}_add")).status_code == 403


def test_a_clinician_reads_an_exercise_in_words(as_clinician):
    exercise = make_pictured_exercise(precautions=None)
    body = as_clinician.get(change_url(exercise)).content.decode()
    assert "sits, grips with the hands" in body
    assert "Nobody has answered this yet." in body
    assert "3 rounds of 17, on your sore side." in body
    assert 'name="_save"' not in body


def test_a_clinician_cannot_post_a_change(as_clinician):
    exercise = make_exercise(title_en="As it was")
    response = as_clinician.post(change_url(exercise), {"title_en": "Other"})
    assert response.status_code == 403
    exercise.refresh_from_db()
    assert exercise.title_en == "As it was"


def test_nothing_is_deleted_by_anybody(as_editor, as_administrator):
    make_red_flags()
    things = [make_pictured_exercise(), make_article(), make_family(), RedFlag.objects.first()]
    for thing in things:
        url = reverse(f"admin:library_{thing._meta.model_name}_delete", args=[thing.pk])
        for client in (as_editor, as_administrator):
            assert client.post(url, {"post": "yes"}).status_code == 403
            assert (
                "Delete"
                not in client.get(change_url(thing))
                .content.decode()
                .partition('class="submit-row"')[2]
                .partition("</form>")[0]
            )
        assert type(thing).objects.filter(pk=thing.pk).exists()


def test_an_exercise_is_found_by_its_title_while_a_plan_is_built(as_clinician, as_front_desk):
    make_exercise(title_en="Hip hinge", title_es="Bisagra de cadera")
    make_exercise(title_en="Toe touch")
    query = {"app_label": "library", "model_name": "ladderlink", "field_name": "to_exercise"}
    url = reverse("admin:autocomplete")
    found = as_clinician.get(url, {**query, "term": "hinge"}).json()["results"]
    assert [row["text"] for row in found] == ["Hip hinge"]
    found = as_clinician.get(url, {**query, "term": "bisagra"}).json()["results"]
    assert [row["text"] for row in found] == ["Hip hinge"]
    assert as_front_desk.get(url, {**query, "term": "hinge"}).status_code == 403


# ------------------------------------------------------------------ what saving does


def test_a_save_that_changes_something_counts_once(as_editor):
    exercise = make_pictured_exercise(family=make_family(), state="draft")
    before = LibraryRevision.objects.current()
    assert_saved(save(as_editor, exercise, title_en="New", **{"steps-1-text_en": "Sit very tall."}))
    assert LibraryRevision.objects.current() == before + 1


def test_a_save_that_changes_nothing_counts_nothing(as_editor):
    exercise = make_pictured_exercise(weekdays=0b10101)
    before = LibraryRevision.objects.current()
    assert_saved(save(as_editor, exercise))
    assert LibraryRevision.objects.current() == before


def test_a_corrected_step_waits_for_a_clinician(as_editor, visitor):
    exercise = make_exercise("hinge")
    page = reverse("exercise_detail", args=["hinge"])
    assert "Lift your sore leg slowly." in visitor.get(page).content.decode()
    assert_saved(save(as_editor, exercise, **{"steps-0-text_en": "Raise {working:leg}."}))
    assert "Lift your sore leg slowly." in visitor.get(page).content.decode()


def test_a_corrected_red_flag_reaches_the_public_page_at_once(as_clinician, visitor):
    make_red_flags()
    page = reverse("when_to_see_a_doctor")
    visitor.get(page)
    flag = RedFlag.objects.get(key="sign-urgent")
    assert_saved(save(as_clinician, flag, text_en="You shake with fever."))
    assert "You shake with fever." in visitor.get(page).content.decode()


def test_an_editor_may_take_out_one_step(as_editor):
    exercise = make_pictured_exercise(state="draft")
    assert_saved(save(as_editor, exercise, **{"steps-4-DELETE": "on"}))
    assert [step.text_en for step in exercise.steps.all()][-1] == "Lift {working:knee} slowly."


def test_the_log_says_who_changed_which_words(as_editor, editor):
    exercise = make_exercise(state="draft")
    assert_saved(save(as_editor, exercise, **{"steps-0-text_en": "Raise {working:leg}."}))
    entry = LogEntry.objects.get_for_object(exercise.steps.get()).first()
    assert entry.actor == editor
    assert entry.changes_dict["text_en"] == ["Lift {working:leg} slowly.", "Raise {working:leg}."]
    assert "text" not in entry.changes_dict


# ------------------------------------------------------------------ reviews


def mark_as_reviewed(client, thing: Any):
    return client.post(
        reverse(f"admin:library_{thing._meta.model_name}_changelist"),
        {"action": "mark_as_reviewed", "_selected_action": [thing.pk]},
        follow=True,
    )


def test_a_clinician_answers_for_an_exercise_and_an_article(as_clinician, clinician):
    before = LibraryRevision.objects.current()
    for thing in (make_sound_exercise(), make_sound_article()):
        assert "1 is now reviewed by you." in mark_as_reviewed(as_clinician, thing).content.decode()
        thing.refresh_from_db()
        assert thing.reviewed_by == clinician
        assert thing.is_reviewed
    assert LibraryRevision.objects.current() > before


def test_an_editor_cannot_answer_for_an_exercise(as_editor):
    exercise = make_exercise()
    body = mark_as_reviewed(as_editor, exercise).content.decode()
    assert "is now reviewed" not in body
    exercise.refresh_from_db()
    assert not exercise.is_reviewed


def reviewed(make, clinician) -> Exercise | Article:
    return make(state="in_review", reviewed_by=clinician, reviewed_on=timezone.localdate())


def test_new_words_end_a_review_and_say_so(as_editor, clinician):
    exercise = reviewed(make_exercise, clinician)
    response = save(as_editor, exercise, **{"steps-0-text_en": "Raise {working:leg}."})
    assert_saved(response)
    exercise.refresh_from_db()
    assert not exercise.is_reviewed
    page = as_editor.get(response.url).content.decode()
    assert "a clinician must review them again" in page


def test_a_review_is_refused_while_something_has_to_be_mended(as_clinician):
    exercise = make_exercise(title_en="Toe touch")
    body = mark_as_reviewed(as_clinician, exercise).content.decode()
    assert "Toe touch: It has no sign of its own to stop." in body
    exercise.refresh_from_db()
    assert not exercise.is_reviewed


def test_where_an_article_stands_keeps_its_review(as_editor, clinician):
    article = reviewed(make_article, clinician)
    assert_saved(save(as_editor, article, is_home="on"))
    article.refresh_from_db()
    assert article.is_home
    assert article.is_reviewed


def test_an_editor_cannot_type_a_state(as_editor):
    exercise = make_exercise(state="draft")
    assert_saved(save(as_editor, exercise, title_en="New", state="published"))
    exercise.refresh_from_db()
    assert (exercise.title_en, exercise.state) == ("New", "draft")


def test_an_editor_cannot_type_a_review(as_editor, clinician):
    exercise = make_exercise(state="draft")
    assert_saved(
        save(
            as_editor, exercise, title_en="New", reviewed_by=clinician.pk, reviewed_on="2026-11-02"
        )
    )
    exercise.refresh_from_db()
    assert exercise.reviewed_by is None


# ------------------------------------------------------------------ the page


def test_the_forms_carry_nothing_the_content_policy_forbids(as_editor):
    for thing in (make_pictured_exercise(), make_article()):
        body = as_editor.get(change_url(thing)).content.decode()
        assert not re.search(r"<script(?![^>]*\b(src|type=\"application/json\"))", body)
        assert not re.search(r"<[^>]*\s(style|on\w+)=", body)


def test_twelve_steps_cost_no_more_queries_than_two(as_editor, django_assert_max_num_queries):
    exercise = make_pictured_exercise()
    for number in range(10):
        exercise.steps.create(order=10 + number, text_en=f"Step {number}.")
    with django_assert_max_num_queries(36):
        as_editor.get(change_url(exercise))


def test_the_list_asks_the_database_as_often_for_many_exercises_as_for_few(as_editor):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page = as_editor.get(reverse("admin:library_exercise_changelist"))
        assert page.context["cl"].result_count == Exercise.objects.count()
        return len(captured)

    for number in range(3):
        make_exercise(family=make_family(f"few-{number}"))
    queries()  # what is looked up once in a process
    few = queries()
    for number in range(20):
        make_exercise(family=make_family(f"many-{number}"))
    assert queries() == few


@pytest.mark.parametrize("field", ["order", "steps-0-order"])
def test_a_number_that_one_of_the_databases_cannot_keep_is_refused_on_both(as_editor, field):
    exercise = make_exercise()
    response = save(as_editor, exercise, **{field: 32768})
    assert response.status_code == 200
    assert "less than or equal to 32767" in response.content.decode()
    assert_saved(save(as_editor, exercise, **{field: 32767}))


def test_the_page_of_an_imported_exercise_says_where_it_came_from(as_editor, as_clinician):
    exercise = make_exercise("curl")
    ExerciseSource.objects.create(
        exercise=exercise,
        collection="free-exercise-db",
        entry="Seated_Curl",
        author="The contributors",
        licence="Public domain",
        not_mapped=["muscle: chest"],
        digest="0" * 64,
    )
    for client in (as_editor, as_clinician):
        page = client.get(change_url(exercise)).content.decode()
        assert "free-exercise-db, entry Seated_Curl. By: The contributors." in page
        assert "Not placed: muscle: chest." in page


def test_the_moving_picture_is_chosen_by_the_title_of_its_exercise(as_editor, library):
    exercise = Exercise.objects.get(key="cat-camel")
    page = as_editor.get(change_url(exercise)).content.decode()
    assert '<option value="cat-camel" selected>Cat and camel</option>' in page
