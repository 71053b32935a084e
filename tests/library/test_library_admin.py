"""The library in the admin: who may write it, and what saving does."""

import re
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from education.library.models import (
    Article,
    CareLevel,
    Exercise,
    ExerciseStep,
    LibraryRevision,
    RedFlag,
    StopIf,
)
from tests.factories import make_exercise
from tests.library.content import make_article, make_family, make_pictured_exercise, make_red_flags

pytestmark = pytest.mark.django_db

MODELS = ["exercise", "exercisefamily", "article", "carelevel", "redflag", "stopif"]


def change_url(thing: Any) -> str:
    return reverse(f"admin:library_{thing._meta.model_name}_change", args=[thing.pk])


def typed_form(client, url: str) -> dict[str, Any]:
    """What the browser would send back if nothing on the page were touched."""
    response = client.get(url)
    assert response.status_code == 200
    formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    forms = [response.context["adminform"].form]
    for formset in formsets:
        forms += [formset.management_form, *formset.forms]
    values = {field.html_name: field.value() for form in forms for field in form}
    return {
        name: "on" if value is True else value
        for name, value in values.items()
        if value is not None and value is not False
    }


def save(client, thing: Any, **typed: Any):
    """Open the thing's page, type these fields (None clears one) and press Save."""
    url = change_url(thing)
    data = {**typed_form(client, url), **typed}
    return client.post(url, {name: value for name, value in data.items() if value is not None})


def assert_saved(response) -> None:
    errors = response.context["errors"] if response.context else []
    assert response.status_code == 302, errors


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


@pytest.mark.parametrize("model", MODELS)
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


# ------------------------------------------------------------------ answered or not


def test_lists_nobody_has_answered_stay_unanswered(as_editor):
    exercise = make_exercise(demands=None, precautions=None)
    assert_saved(save(as_editor, exercise, title_en="New title"))
    exercise.refresh_from_db()
    assert exercise.title_en == "New title"
    assert exercise.demands is None
    assert exercise.precautions is None


def test_an_answer_may_be_that_there_is_nothing(as_editor):
    exercise = make_exercise(demands=None, precautions=None)
    assert_saved(save(as_editor, exercise, demands=["answered"], precautions=["answered"]))
    exercise.refresh_from_db()
    assert exercise.demands == []
    assert exercise.precautions == []


def test_answers_are_kept_and_shown_again(as_editor):
    exercise = make_exercise(demands=None)
    assert_saved(save(as_editor, exercise, demands=["answered", "grips", "sits"]))
    exercise.refresh_from_db()
    assert exercise.demands == ["sits", "grips"]
    assert typed_form(as_editor, change_url(exercise))["demands"] == ["answered", "sits", "grips"]


def test_a_list_left_half_way_is_refused_and_what_was_ticked_stays(as_editor):
    exercise = make_exercise(demands=None)
    response = save(as_editor, exercise, demands=["sits"], title_en="Typed title")
    assert response.status_code == 200
    form = response.context["adminform"].form
    assert form.errors["demands"] == [
        "Tick “We went through this list” too, or clear the other boxes."
    ]
    assert form["demands"].value() == ["sits"]
    assert form["title_en"].value() == "Typed title"
    exercise.refresh_from_db()
    assert exercise.demands is None


def test_the_list_finds_what_waits_for_answers_and_for_a_review(as_editor, clinician):
    make_exercise(title_en="Unanswered one", demands=None)
    make_exercise(title_en="Read one", reviewed_by=clinician, reviewed_on=timezone.localdate())
    url = reverse("admin:library_exercise_changelist")
    answers = as_editor.get(url, {"waits_for": "answers"}).content.decode()
    review = as_editor.get(url, {"waits_for": "review"}).content.decode()
    assert "Unanswered one" in answers
    assert "Read one" not in answers
    assert "Unanswered one" in review
    assert "Read one" not in review


# ------------------------------------------------------------------ what is refused


def step_error(response, field: str) -> list[str]:
    [steps] = [
        inline.formset
        for inline in response.context["inline_admin_formsets"]
        if inline.formset.model is ExerciseStep
    ]
    return steps.forms[0].errors[field]


@pytest.mark.parametrize("column", ["text_en", "text_es", "caption_en", "alt_en"])
def test_an_unknown_placeholder_in_a_step_is_refused_by_name(as_editor, column):
    exercise = make_exercise()
    response = save(as_editor, exercise, **{f"steps-0-{column}": "Lift {working:tail} slowly."})
    assert response.status_code == 200
    assert "{working:tail}" in step_error(response, column)[0]
    assert "Lift {working:tail} slowly." in response.content.decode()
    assert exercise.steps.get().text_en == "Lift {working:leg} slowly."


def test_a_picture_without_words_is_refused(as_editor):
    response = save(as_editor, make_exercise(), **{"steps-0-pose": "hip-hinge/1"})
    assert response.status_code == 200
    assert step_error(response, "alt_en") == ["Say in words what the picture shows."]


def test_a_picture_that_is_not_drawn_cannot_be_chosen(as_editor):
    response = save(as_editor, make_exercise(), **{"steps-0-pose": "gone/1", "steps-0-alt_en": "x"})
    assert response.status_code == 200
    assert "gone/1" in step_error(response, "pose")[0]


def ladder_link(number: int, to_exercise: Exercise) -> dict[str, Any]:
    """A row of the ladder as an editor adds it."""
    return {
        f"ladder_links-{number}-to_exercise": to_exercise.pk,
        f"ladder_links-{number}-direction": "harder",
        f"ladder_links-{number}-rule_en": "All went well.",
        f"ladder_links-{number}-order": "0",
    }


def test_the_same_rung_twice_is_refused(as_editor):
    lower, higher = make_exercise(), make_exercise()
    rows = {**ladder_link(0, higher), **ladder_link(1, higher), "ladder_links-TOTAL_FORMS": 2}
    response = save(as_editor, lower, **rows)
    assert response.status_code == 200
    assert "Please correct the duplicate" in response.content.decode()
    assert not lower.ladder_links.exists()


def test_a_rung_that_leads_to_the_exercise_itself_is_refused(as_editor):
    exercise = make_exercise()
    rows = {**ladder_link(0, exercise), "ladder_links-TOTAL_FORMS": 1}
    response = save(as_editor, exercise, **rows)
    assert response.status_code == 200
    assert "Choose another exercise." in response.content.decode()


def test_the_same_anchor_twice_is_refused(as_editor):
    article = make_article()
    response = save(as_editor, article, **{"sections-1-key": "understand"})
    assert response.status_code == 200
    assert "Please correct the duplicate" in response.content.decode()


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"reps_min": ""}, "reps_min", "Say how many repetitions, or how many minutes."),
        ({"minutes": "5"}, "minutes", "Repetitions or minutes, not both. Clear one of them."),
        ({"reps_max": "2"}, "reps_max", "At most must not be below the repetitions."),
        ({"load": "2"}, "load_unit", "Choose the unit of the load."),
        (
            {"weekdays": ["0", "2"], "every_n_days": "3"},
            "every_n_days",
            "Tick all weekdays to plan every so many days.",
        ),
        ({"hold_seconds": "61"}, "hold_seconds", "Ensure this value is less than or equal to 60."),
        ({"weekdays": []}, "weekdays", "This field is required."),
    ],
)
def test_a_dosage_that_makes_no_sense_is_refused_at_its_field(as_editor, typed, field, message):
    exercise = make_exercise()
    response = save(as_editor, exercise, **typed)
    assert response.status_code == 200
    form = response.context["adminform"].form
    assert form.errors == {field: [message]}


def test_weekdays_are_kept_as_ticked(as_editor):
    exercise = make_exercise()
    assert_saved(save(as_editor, exercise, weekdays=["0", "2", "4"]))
    exercise.refresh_from_db()
    assert exercise.weekdays == 0b10101
    assert typed_form(as_editor, change_url(exercise))["weekdays"] == ["0", "2", "4"]


def test_a_key_never_changes(as_editor):
    exercise = make_exercise("first")
    assert_saved(save(as_editor, exercise, key="second", title_en="New"))
    exercise.refresh_from_db()
    assert (exercise.key, exercise.title_en) == ("first", "New")


def test_only_the_phone_is_filled_into_an_instruction(as_editor):
    make_red_flags()
    level = CareLevel.objects.get(level="urgent")
    response = save(as_editor, level, instruction_en="Call {name} at {phone}.")
    assert response.status_code == 200
    assert "instruction_en" in response.context["adminform"].form.errors
    assert_saved(save(as_editor, level, instruction_en="Call {phone} now."))


def test_there_is_one_home_page(as_editor):
    make_article(is_home=True)
    other = make_article("other")
    response = save(as_editor, other, is_home="on")
    assert response.status_code == 200
    assert "Exercises for sciatica" in response.context["adminform"].form.errors["is_home"][0]
    other.refresh_from_db()
    assert not other.is_home


def test_shared_signs_are_listed_without_those_of_one_exercise(as_editor):
    make_pictured_exercise()
    StopIf.objects.create(text_en="You feel dizzy.")
    body = as_editor.get(reverse("admin:library_stopif_changelist")).content.decode()
    assert "You feel dizzy." in body
    assert "The chair slides." not in body


# ------------------------------------------------------------------ what saving does


def test_a_save_that_changes_something_counts_once(as_editor):
    exercise = make_pictured_exercise(family=make_family())
    before = LibraryRevision.objects.current()
    assert_saved(save(as_editor, exercise, title_en="New", **{"steps-1-text_en": "Sit very tall."}))
    assert LibraryRevision.objects.current() == before + 1


def test_a_save_that_changes_nothing_counts_nothing(as_editor):
    exercise = make_pictured_exercise(weekdays=0b10101)
    before = LibraryRevision.objects.current()
    assert_saved(save(as_editor, exercise))
    assert LibraryRevision.objects.current() == before


def test_a_corrected_step_reaches_the_public_page_at_once(as_editor, visitor):
    exercise = make_exercise("hinge")
    page = reverse("exercise_detail", args=["hinge"])
    assert "Lift your sore leg slowly." in visitor.get(page).content.decode()
    assert_saved(save(as_editor, exercise, **{"steps-0-text_en": "Raise {working:leg}."}))
    assert "Raise your sore leg." in visitor.get(page).content.decode()


def test_a_corrected_red_flag_reaches_the_public_page_at_once(as_editor, visitor):
    make_red_flags()
    page = reverse("when_to_see_a_doctor")
    visitor.get(page)
    flag = RedFlag.objects.get(key="sign-urgent")
    assert_saved(save(as_editor, flag, text_en="You shake with fever."))
    assert "You shake with fever." in visitor.get(page).content.decode()


def test_an_editor_may_take_out_one_step(as_editor):
    exercise = make_pictured_exercise()
    assert_saved(save(as_editor, exercise, **{"steps-4-DELETE": "on"}))
    assert [step.text_en for step in exercise.steps.all()][-1] == "Lift {working:knee} slowly."


def test_the_log_says_who_changed_which_words(as_editor, editor):
    exercise = make_exercise()
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
    for thing in (make_exercise(), make_article()):
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
    return make(reviewed_by=clinician, reviewed_on=timezone.localdate())


def test_new_words_end_a_review_and_say_so(as_editor, clinician):
    exercise = reviewed(make_exercise, clinician)
    response = save(as_editor, exercise, **{"steps-0-text_en": "Raise {working:leg}."})
    assert_saved(response)
    exercise.refresh_from_db()
    assert not exercise.is_reviewed
    page = as_editor.get(response.url).content.decode()
    assert "a clinician must review them again" in page


def test_showing_an_article_or_not_keeps_its_review(as_editor, clinician):
    article = reviewed(make_article, clinician)
    assert_saved(save(as_editor, article, state="retired"))
    article.refresh_from_db()
    assert article.state == "retired"
    assert article.is_reviewed


def test_an_editor_cannot_type_a_review(as_editor, clinician):
    exercise = make_exercise()
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
    with django_assert_max_num_queries(25):
        as_editor.get(change_url(exercise))
