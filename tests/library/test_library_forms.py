"""The library's forms in the admin: what is kept, and what is refused at its field."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from education.library.models import (
    CareLevel,
    Exercise,
    ExerciseStep,
    StopIf,
)
from tests.library.admin_page import assert_saved, change_url, save, typed_form
from tests.library.content import make_article, make_draft, make_pictured_exercise, make_red_flags

pytestmark = pytest.mark.django_db

MODELS = ["exercise", "exercisefamily", "article", "carelevel", "redflag", "stopif"]


# ------------------------------------------------------------------ answered or not


def test_lists_nobody_has_answered_stay_unanswered(as_editor):
    exercise = make_draft(demands=None, precautions=None)
    assert_saved(save(as_editor, exercise, title_en="New title"))
    exercise.refresh_from_db()
    assert exercise.title_en == "New title"
    assert exercise.demands is None
    assert exercise.precautions is None


def test_an_answer_may_be_that_there_is_nothing(as_editor):
    exercise = make_draft(demands=None, precautions=None)
    assert_saved(save(as_editor, exercise, demands=["answered"], precautions=["answered"]))
    exercise.refresh_from_db()
    assert exercise.demands == []
    assert exercise.precautions == []


def test_answers_are_kept_and_shown_again(as_editor):
    exercise = make_draft(demands=None)
    assert_saved(save(as_editor, exercise, demands=["answered", "grips", "sits"]))
    exercise.refresh_from_db()
    assert exercise.demands == ["sits", "grips"]
    assert typed_form(as_editor, change_url(exercise))["demands"] == ["answered", "sits", "grips"]


def test_a_list_left_half_way_is_refused_and_what_was_ticked_stays(as_editor):
    exercise = make_draft(demands=None)
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
    make_draft(title_en="Unanswered one", demands=None)
    make_draft(title_en="Read one", reviewed_by=clinician, reviewed_on=timezone.localdate())
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
    exercise = make_draft()
    response = save(as_editor, exercise, **{f"steps-0-{column}": "Lift {working:tail} slowly."})
    assert response.status_code == 200
    assert "{working:tail}" in step_error(response, column)[0]
    assert "Lift {working:tail} slowly." in response.content.decode()
    assert exercise.steps.get().text_en == "Lift {working:leg} slowly."


def test_a_picture_without_words_is_refused(as_editor):
    response = save(as_editor, make_draft(), **{"steps-0-pose": "hip-hinge/1"})
    assert response.status_code == 200
    assert step_error(response, "alt_en") == ["Say in words what the picture shows."]


def test_a_picture_that_is_not_drawn_cannot_be_chosen(as_editor):
    response = save(as_editor, make_draft(), **{"steps-0-pose": "gone/1", "steps-0-alt_en": "x"})
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
    lower, higher = make_draft(), make_draft()
    rows = {**ladder_link(0, higher), **ladder_link(1, higher), "ladder_links-TOTAL_FORMS": 2}
    response = save(as_editor, lower, **rows)
    assert response.status_code == 200
    assert "Please correct the duplicate" in response.content.decode()
    assert not lower.ladder_links.exists()


def test_a_rung_that_leads_to_the_exercise_itself_is_refused(as_editor):
    exercise = make_draft()
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
    exercise = make_draft()
    response = save(as_editor, exercise, **typed)
    assert response.status_code == 200
    form = response.context["adminform"].form
    assert form.errors == {field: [message]}


def test_weekdays_are_kept_as_ticked(as_editor):
    exercise = make_draft()
    assert_saved(save(as_editor, exercise, weekdays=["0", "2", "4"]))
    exercise.refresh_from_db()
    assert exercise.weekdays == 0b10101
    assert typed_form(as_editor, change_url(exercise))["weekdays"] == ["0", "2", "4"]


def test_a_key_never_changes(as_editor):
    exercise = make_draft("first")
    assert_saved(save(as_editor, exercise, key="second", title_en="New"))
    exercise.refresh_from_db()
    assert (exercise.key, exercise.title_en) == ("first", "New")


def test_only_the_phone_is_filled_into_an_instruction(as_clinician):
    make_red_flags()
    level = CareLevel.objects.get(level="urgent")
    response = save(as_clinician, level, instruction_en="Call {name} at {phone}.")
    assert response.status_code == 200
    assert "instruction_en" in response.context["adminform"].form.errors
    assert_saved(save(as_clinician, level, instruction_en="Call {phone} now."))


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
