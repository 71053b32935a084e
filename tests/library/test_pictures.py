"""Photos and drawings in the pages: shown alike, but a photo follows no side."""

import pytest
from django.conf import settings
from django.urls import reverse

from education.library.figures.catalogue import POSE_KEYS, STRIPED, Variant, figure
from education.library.models import Exercise, Photo
from education.library.pictures import cover_picture, picture
from tests.factories import make_exercise, make_plan
from tests.library.content import make_pictured_exercise
from tests.library.pictures import make_photo

pytestmark = pytest.mark.django_db

OTHER_SIDE = "The photo may show the other side."
KEY = 'class="pm-figkey"'


@pytest.fixture
def photo(editor) -> Photo:
    return make_photo(editor)


def photographed(photo: Photo, **fields) -> Exercise:
    """A one-sided exercise of one step, with a photo and no drawing."""
    exercise = make_exercise("lift", title_en="Leg lift", **fields)
    step = exercise.steps.get()
    step.photo, step.alt_en = photo, "A person lifts one leg."
    step.save()
    return exercise


def img(photo: Photo, alt: str, lazy: str = "") -> str:
    url = photo.get_absolute_url()
    return f'<img class="pm-fig" src="{url}" width="900" height="600" alt="{alt}"{lazy}>'


def test_a_photo_stands_in_the_exercise_like_a_drawing(photo, visitor):
    photographed(photo)
    body = visitor.get(reverse("exercise_detail", args=["lift"])).content.decode()
    assert img(photo, "A person lifts one leg.") in body
    assert "Lift your sore leg slowly." in body
    assert OTHER_SIDE not in body  # no side is named here


def test_only_drawings_need_a_key(photo, visitor):
    photographed(photo)
    make_pictured_exercise()
    assert KEY not in visitor.get(reverse("exercise_detail", args=["lift"])).content.decode()
    drawn = visitor.get(reverse("exercise_detail", args=["knee-to-chest-chair"]))
    assert KEY in drawn.content.decode()


def test_an_exercise_without_a_drawing_is_known_by_its_last_photo(photo, visitor):
    exercise = photographed(photo)
    assert (
        img(photo, "", ' loading="lazy"') in visitor.get(reverse("exercise_list")).content.decode()
    )
    step = exercise.steps.create(order=0, text_en="Sit.", pose="hip-hinge/1", alt_en="Stand.")
    covered = Exercise.objects.with_cover().get()
    assert cover_picture(covered, "unknown").url == picture(step, "unknown").url


@pytest.mark.parametrize("page", ["planned_exercise", "plan_today", "plan_print"])
def test_the_patients_pages_show_the_photo(photo, patient, clinician, as_patient, page):
    plan = make_plan(patient, clinician, exercises=[photographed(photo)], working_side="left")
    keys = [plan.planned_exercises.get().key] if page == "planned_exercise" else []
    body = as_patient.get(reverse(page, args=keys)).content.decode()
    assert f'src="{photo.get_absolute_url()}"' in body


@pytest.mark.parametrize("page", ["planned_exercise", "plan_print"])
@pytest.mark.parametrize(
    ("side", "said"), [("left", True), ("right", True), ("each", False), ("unknown", False)]
)
def test_words_with_a_side_say_that_a_photo_may_show_the_other_one(
    photo, patient, clinician, as_patient, page, side, said
):
    plan = make_plan(patient, clinician, exercises=[photographed(photo)], working_side=side)
    keys = [plan.planned_exercises.get().key] if page == "planned_exercise" else []
    body = as_patient.get(reverse(page, args=keys)).content.decode()
    assert (OTHER_SIDE in body) is said


def test_words_that_name_no_side_say_nothing_of_it(photo):
    step = photographed(photo).steps.get()
    step.text_en = "Sit tall."
    assert not picture(step, "left").may_show_other_side


def test_many_photos_cost_no_more_queries(photo, visitor, django_assert_max_num_queries):
    exercise = photographed(photo)
    for number in range(8):
        exercise.steps.create(
            order=number, text_en="Lift {working:leg}.", photo=photo, alt_en="A leg."
        )
    with django_assert_max_num_queries(12):
        visitor.get(reverse("exercise_detail", args=["lift"]))


def test_the_key_explains_stripes_for_the_pictures_that_have_them():
    drawn = {
        pose
        for pose in POSE_KEYS
        for variant in Variant
        if "url(#zone)" in (settings.BASE_DIR / "static" / figure(pose, variant).path).read_text()
    }
    assert drawn == STRIPED


@pytest.mark.parametrize(("key", "striped"), [("cat-camel", False), ("piriformis-lying", True)])
def test_a_page_without_striped_pictures_explains_no_stripes(visitor, library, key, striped):
    body = visitor.get(reverse("exercise_detail", args=[key])).content.decode()
    assert ("Where you feel it" in body) == striped
