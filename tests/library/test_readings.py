"""How a step reads for every side: side by side, in both languages, before it is saved too."""

import pytest
from django.urls import reverse

from education.library.models import ExerciseStep, StopIf
from education.library.readings import readings_of
from tests.library.admin_page import assert_saved, change_url, save
from tests.library.content import make_draft, make_pictured_exercise
from tests.library.pictures import make_photo

SIDED = ("left", "right", "each", "unknown")


def texts(step: ExerciseStep, laterality: str, language: str = "en") -> dict[str, str]:
    """What each side reads in one language."""
    return {
        reading.side: words.text
        for reading in readings_of(step, laterality).readings
        for words in reading.words
        if words.language == language
    }


# ------------------------------------------------------------------ what is read


@pytest.mark.parametrize("laterality", ["one_sided", "alternating", ""])
def test_a_step_that_names_a_side_has_four_readings(laterality):
    step = ExerciseStep(text_en="Lift {working:leg}.", text_es="Levanta {working:leg}.")
    assert texts(step, laterality) == {
        "left": "Lift your left leg.",
        "right": "Lift your right leg.",
        "each": "Lift one leg.",
        "unknown": "Lift your sore leg.",
    }
    assert texts(step, laterality, "es")["right"] == "Levanta tu pierna derecha."


def test_a_two_sided_step_reads_for_no_side_and_for_both():
    step = ExerciseStep(text_en="Lift {working:leg}.")
    assert texts(step, "two_sided") == {"none": "Lift your leg.", "both": "Lift both legs."}


def test_a_step_that_follows_no_side_reads_once():
    [reading] = readings_of(ExerciseStep(text_en="Sit tall."), "one_sided").readings
    assert str(reading.label) == "Every side"


def test_the_drawing_follows_the_side_even_where_the_words_do_not():
    step = ExerciseStep(text_en="Sit.", pose="knee-to-chest-chair/1", alt_en="Sitting.")
    urls = [reading.picture.url for reading in readings_of(step, "one_sided").readings]
    assert [url.rpartition("-")[2] for url in urls] == [
        "left.svg",
        "right.svg",
        "plain.svg",
        "plain.svg",
    ]


def test_a_language_without_words_is_left_out():
    readings = readings_of(ExerciseStep(text_en="Lift {working:leg}."), "one_sided").readings
    assert {words.language for reading in readings for words in reading.words} == {"en"}


def test_a_side_that_is_written_out_is_questioned_in_both_languages():
    step = ExerciseStep(text_en="Lift the left leg.", text_es="Levanta la pierna derecha.")
    first, second = readings_of(step, "one_sided").questions
    assert "“left”" in first
    assert "“derecha”" in second


def test_a_mistyped_placeholder_is_questioned_while_it_is_typed():
    [question] = readings_of(ExerciseStep(alt_en="{working:tail} up."), "one_sided").questions
    assert "“{working:tail}” is not a placeholder." in question


# ------------------------------------------------------------------ where it is read


@pytest.mark.django_db
class TestPages:
    def test_every_step_and_stop_if_stands_on_the_page(self, as_clinician):
        exercise = make_pictured_exercise()
        StopIf.objects.create(exercise=exercise, text_en="{Working:foot} goes numb.")
        url = reverse("admin:library_exercise_readings", args=[exercise.pk])
        body = as_clinician.get(url).content.decode()
        for words in ("Lift your left knee slowly.", "Hold behind one thigh.", "Breathe slowly."):
            assert words in body
        assert "The foot of your sore leg goes numb." in body
        assert "knee-to-chest-chair-2-right.svg" in body

    def test_an_exercise_that_does_not_exist_is_not_found(self, as_editor):
        url = reverse("admin:library_exercise_readings", args=[999])
        assert as_editor.get(url).status_code == 404

    def test_the_front_desk_reads_none_of_it(self, as_front_desk):
        url = reverse("admin:library_exercise_readings", args=[make_draft().pk])
        assert as_front_desk.get(url).status_code == 403
        assert as_front_desk.post(reverse("admin:library_exercise_read_step")).status_code == 403

    def test_the_form_shows_the_readings_under_each_step_and_links_to_all(self, as_editor):
        exercise = make_draft()
        body = as_editor.get(change_url(exercise)).content.decode()
        for words in ("your left leg", "your right leg", "one leg", "your sore leg"):
            assert f"Lift {words} slowly." in body
        assert reverse("admin:library_exercise_readings", args=[exercise.pk]) in body

    def test_the_empty_form_of_a_new_exercise_opens(self, as_editor):
        body = as_editor.get(reverse("admin:library_exercise_add")).content.decode()
        assert "Type the text first." in body

    def test_what_is_typed_is_read_and_nothing_is_saved(self, as_editor, editor):
        exercise = make_draft()
        photo = make_photo(editor)
        typed = {
            "laterality": "one_sided",
            "text_en": "Raise {working:arm} <b>.",
            "text_es": "Levanta {working:arm}.",
            "photo": photo.pk,
            "pose": "",
        }
        body = as_editor.post(reverse("admin:library_exercise_read_step"), typed).content.decode()
        assert "Raise your left arm &lt;b&gt;." in body
        assert "Levanta tu brazo derecho." in body
        assert f'src="{photo.get_absolute_url()}"' in body
        assert exercise.steps.get().text_en == "Lift {working:leg} slowly."

    @pytest.mark.parametrize(
        "typed",
        [
            {"photo": "x"},
            {"photo": "999"},
            {"photo": "9" * 19},
            {"photo": "9" * 5000},
            {"pose": "gone/1"},
            {},
        ],
    )
    def test_nonsense_is_read_as_nothing(self, as_editor, typed):
        url = reverse("admin:library_exercise_read_step")
        response = as_editor.post(url, typed)
        assert response.status_code == 200
        assert "<img" not in response.content.decode()


# ------------------------------------------------------------------ after saving


@pytest.mark.django_db
class TestAfterSaving:
    SAYS = "Step 1 says “left” outright."

    def test_a_step_that_names_a_side_outright_is_saved_and_questioned(self, as_editor):
        exercise = make_draft()
        response = save(as_editor, exercise, **{"steps-0-text_en": "Lift the left leg."})
        assert_saved(response)
        assert self.SAYS in as_editor.get(response.url).content.decode()
        assert exercise.steps.get().text_en == "Lift the left leg."

    def test_a_step_that_was_not_touched_is_not_asked_about_again(self, as_editor):
        exercise = make_draft()
        save(as_editor, exercise, **{"steps-0-text_en": "Lift the left leg."})
        as_editor.get(change_url(exercise))
        response = save(as_editor, exercise, title_en="New")
        assert self.SAYS not in as_editor.get(response.url).content.decode()
