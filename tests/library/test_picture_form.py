"""The picture of a step in the admin: a drawing with its preview, or the clinic's own photo."""

import re
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from education.library import picture_form
from education.library.models import Exercise, ExerciseStep, Photo
from education.library.photos import clean_photo
from education.library.picture_form import pose_choices
from tests.library.admin_page import assert_saved, change_url, save
from tests.library.content import make_draft, make_pictured_exercise
from tests.library.pictures import encoded, huge_png_header, make_photo, two_halves, upload

pytestmark = pytest.mark.django_db

FILE, OUT, ALT = "steps-0-photo_file", "steps-0-photo_out", "steps-0-alt_en"


def the_step(exercise: Exercise) -> ExerciseStep:
    return exercise.steps.get()


def step_form(response: Any) -> Any:
    """The form of the first step, as it is shown again."""
    assert response.status_code == 200
    formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    [steps] = [formset for formset in formsets if formset.model is ExerciseStep]
    return steps.forms[0]


def pictured(**picture: Any) -> Exercise:
    """An exercise of one step, with ``pose=`` or ``photo=``."""
    exercise = make_draft()
    exercise.steps.all().delete()
    exercise.steps.create(order=1, text_en="Lift {working:leg}.", alt_en="A leg.", **picture)
    return exercise


# ------------------------------------------------------------------ drawings


def test_drawings_are_named_in_words_and_the_exercises_own_come_first():
    choices = pose_choices({"hip-hinge": "Hip hinge, standing"}, first="hip-hinge")
    (empty, _words), (title, own), *others = choices
    assert empty == ""
    assert title == "Hip hinge, standing"
    assert own[0] == ("hip-hinge/1", f"Hip hinge, standing: picture 1 of {len(own)}")
    assert [name for name, _ in others] == sorted((name for name, _ in others), key=str.lower)


def test_the_chosen_drawing_is_seen_for_left_right_and_no_side(as_editor):
    body = as_editor.get(change_url(make_pictured_exercise())).content.decode()
    for variant in ("left", "right", "plain"):
        picture = rf'<figure data-variant="{variant}"[^>]*><img src="[^"]*-1-{variant}\.svg"'
        assert re.search(picture, body)


def test_a_drawing_without_sides_is_seen_once(as_editor):
    exercise = pictured(pose="hip-hinge/1")
    body = as_editor.get(change_url(exercise)).content.decode()
    row = body.partition('id="steps-0"')[2].partition('id="steps-empty"')[0]
    assert row.partition("cl-pose__all")[0].count("<img") == 1
    assert "<figcaption>every side</figcaption>" in row


def test_the_script_knows_every_drawing_by_one_piece_of_data(as_editor):
    body = as_editor.get(change_url(make_pictured_exercise())).content.decode()
    assert body.count('<script id="poses" type="application/json">') == 1
    assert "hip-hinge-1-plain.svg" in body


# ------------------------------------------------------------------ photos


def test_an_editor_uploads_a_photo(as_editor, editor):
    exercise = make_draft()
    assert_saved(save(as_editor, exercise, **{FILE: upload(encoded()), ALT: "A leg."}))
    photo = the_step(exercise).photo
    assert photo.uploaded_by == editor
    page = as_editor.get(change_url(exercise)).content.decode()
    assert f'<img src="{photo.get_absolute_url()}"' in page


def test_the_form_says_that_photos_of_people_need_their_consent(as_editor):
    body = as_editor.get(change_url(make_draft())).content.decode()
    assert "Only with the written consent of the person shown." in body
    assert 'enctype="multipart/form-data"' in body


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (upload(b"<html><script>alert(1)</script>", "me.jpg"), "This file is HTML."),
        (upload(b"%PDF-1.7", "me.jpg"), "This file is PDF."),
        (upload(encoded(kind="GIF"), "me.png", "image/png"), "This file is GIF."),
        (upload(encoded()[:900], "me.jpg"), "damaged or cut off"),
        (upload(huge_png_header(30_000, 30_000), "me.png"), "at most 40 megapixels"),
        (upload(encoded(two_halves(200, 200)), "me.jpg"), "Each side must have at least 320."),
        (upload(b"", "me.jpg"), "empty"),
    ],
)
def test_a_file_that_is_refused_says_why_beside_its_field(as_editor, file, words):
    exercise = make_draft()
    response = save(as_editor, exercise, **{FILE: file, ALT: "A leg.", "title_en": "Typed"})
    assert words in step_form(response).errors["photo_file"][0]
    assert response.context["adminform"].form["title_en"].value() == "Typed"
    assert not Photo.objects.exists()


def test_photos_are_decoded_before_the_transaction_that_others_wait_for(as_editor, monkeypatch):
    depth: list[int] = []

    def note(*args: Any) -> Any:
        depth.append(len(connection.savepoint_ids))
        return clean_photo(*args)

    monkeypatch.setattr(picture_form, "clean_photo", note)
    exercise = make_draft()
    assert_saved(save(as_editor, exercise, **{FILE: upload(encoded()), ALT: "A leg."}))
    assert depth == [len(connection.savepoint_ids)]
    assert the_step(exercise).photo


def test_the_fifth_photo_at_once_is_refused_and_four_are_kept(as_editor):
    exercise = make_draft()
    for number in range(4):
        exercise.steps.create(order=10 + number, text_en=f"Step {number}.")
    typed: dict[str, Any] = {}
    for number in range(5):
        photo = upload(encoded(two_halves(400 + number, 400)))
        typed |= {f"steps-{number}-photo_file": photo, f"steps-{number}-alt_en": "A leg."}
    body = save(as_editor, exercise, **typed).content.decode()
    assert body.count("At most 4 photos at a time. Save these, then choose this one again.") == 1
    assert Photo.objects.count() == 4


def test_a_photo_without_words_is_refused_at_the_words_and_kept(as_editor):
    exercise = make_draft()
    response = save(as_editor, exercise, **{FILE: upload(encoded())})
    form = step_form(response)
    assert form.errors == {"alt_en": ["Say in words what the picture shows."]}
    photo = Photo.objects.get()
    assert form["photo"].value() == str(photo.pk)
    assert f'<img src="{photo.get_absolute_url()}"' in response.content.decode()
    # The browser sends no file again: the id in the form is enough.
    again = {"steps-0-photo": form["photo"].value(), ALT: "A leg."}
    assert_saved(save(as_editor, exercise, **again))
    assert the_step(exercise).photo == photo


def test_a_mistake_elsewhere_does_not_lose_the_photo(as_editor):
    exercise = make_draft()
    typed = {FILE: upload(encoded()), ALT: "A leg.", "reps_min": ""}
    form = step_form(save(as_editor, exercise, **typed))
    assert not form.errors
    assert form["photo"].value() == str(Photo.objects.get().pk)
    assert form["alt_en"].value() == "A leg."


def test_a_photo_takes_the_place_of_the_drawing_that_was_there(as_editor):
    exercise = pictured(pose="hip-hinge/1")
    assert_saved(save(as_editor, exercise, **{FILE: upload(encoded()), ALT: "A leg."}))
    step = the_step(exercise)
    assert (step.pose, step.photo) == ("", Photo.objects.get())


def test_a_drawing_takes_the_place_of_the_photo_that_was_there(as_editor, editor):
    exercise = pictured(photo=make_photo(editor))
    assert_saved(save(as_editor, exercise, **{"steps-0-pose": "hip-hinge/1"}))
    step = the_step(exercise)
    assert (step.pose, step.photo) == ("hip-hinge/1", None)


def test_a_new_drawing_and_a_new_photo_at_once_are_a_question_and_both_are_kept(as_editor):
    exercise = make_draft()
    typed = {"steps-0-pose": "hip-hinge/1", FILE: upload(encoded()), ALT: "A leg."}
    form = step_form(save(as_editor, exercise, **typed))
    assert "A drawing or a photo, not both." in form.errors["pose"][0]
    assert form["pose"].value() == "hip-hinge/1"
    assert form["photo"].value() == str(Photo.objects.get().pk)


def test_a_photo_is_taken_out_and_stays_in_the_library(as_editor, editor):
    exercise = pictured(photo=make_photo(editor))
    assert_saved(save(as_editor, exercise, **{OUT: "on"}))
    assert the_step(exercise).photo is None
    assert Photo.objects.exists()


def test_a_save_that_changes_nothing_keeps_the_photo(as_editor, editor):
    photo = make_photo(editor)
    exercise = pictured(photo=photo)
    assert_saved(save(as_editor, exercise, title_en="New"))
    assert the_step(exercise).photo == photo


def test_a_photo_that_does_not_exist_cannot_be_named(as_editor):
    response = save(as_editor, make_draft(), **{"steps-0-photo": "999", ALT: "A leg."})
    assert "photo" in step_form(response).errors


def test_a_new_photo_ends_a_review(as_editor, clinician):
    exercise = make_draft(reviewed_by=clinician, reviewed_on="2026-11-02")
    assert_saved(save(as_editor, exercise, **{FILE: upload(encoded()), ALT: "A leg."}))
    exercise.refresh_from_db()
    assert not exercise.is_reviewed


def test_whoever_only_reads_sees_the_picture_and_no_field_for_a_file(as_clinician, editor):
    photo = make_photo(editor)
    body = as_clinician.get(change_url(pictured(photo=photo))).content.decode()
    assert f'<img src="{photo.get_absolute_url()}"' in body
    assert 'type="file"' not in body


def test_a_reader_cannot_upload(as_clinician):
    exercise = make_draft()
    data = {FILE: upload(encoded()), ALT: "A leg."}
    assert as_clinician.post(change_url(exercise), data).status_code == 403
    assert not Photo.objects.exists()


# ------------------------------------------------------------------ all of them


def test_the_page_of_all_pictures_shows_every_variant_and_where_it_is_used(as_editor, editor):
    exercise = make_pictured_exercise()
    photo = make_photo(editor)
    pictured(photo=photo)
    body = as_editor.get(reverse("admin:library_exercise_pictures")).content.decode()
    for variant in ("left", "right", "plain"):
        assert f"knee-to-chest-chair-2-{variant}.svg" in body
    assert "Knee to chest on a chair: picture 2 of" in body
    assert f'<a href="{change_url(exercise)}">' in body
    assert f'<img src="{photo.get_absolute_url()}"' in body


def test_the_page_of_all_pictures_shows_those_of_one_exercise(as_editor):
    make_pictured_exercise()
    url = reverse("admin:library_exercise_pictures")
    body = as_editor.get(url, {"exercise": "hip-hinge"}).content.decode()
    assert "hip-hinge-1-plain.svg" in body
    assert "knee-to-chest-chair-1-plain.svg" not in body
    assert '<option value="hip-hinge" selected>' in body
    assert "No drawing is of this" in as_editor.get(url, {"exercise": "none"}).content.decode()
