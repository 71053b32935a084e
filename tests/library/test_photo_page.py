"""The address of a photo: who gets it, and how long it is kept."""

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from education.library.models import Photo
from tests.factories import make_exercise
from tests.library.content import make_article
from tests.library.pictures import make_photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def photo(editor) -> Photo:
    """A photo that no page shows yet."""
    return make_photo(editor)


def put_into_exercise(photo: Photo, state: str) -> None:
    exercise = make_exercise(state=state)
    step = exercise.steps.get()
    step.photo, step.alt_en = photo, "Sit tall."
    step.save()


def put_into_article(photo: Photo, state: str) -> None:
    article = make_article(state=state)
    section = article.sections.get(key="understand")
    section.photo, section.alt_en = photo, "A back."
    section.save()


@pytest.mark.parametrize("state", ["published", "retired"])
def test_a_photo_of_a_step_that_is_read_is_there_for_everybody(photo, visitor, as_patient, state):
    put_into_exercise(photo, state)
    for client in (visitor, as_patient):
        response = client.get(photo.get_absolute_url())
        assert response.status_code == 200
        assert response.content.startswith(b"RIFF")
        assert len(response.content) == photo.image.size
        assert response.headers["Content-Type"] == "image/webp"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Content-Length"] == str(photo.image.size)


@pytest.mark.parametrize("state", ["draft", "in_review"])
def test_a_photo_of_a_draft_is_there_for_staff_of_the_library_only(
    photo, visitor, as_patient, as_front_desk, as_editor, as_clinician, as_administrator, state
):
    put_into_exercise(photo, state)
    for client in (visitor, as_patient, as_front_desk):
        assert client.get(photo.get_absolute_url()).status_code == 404
    for client in (as_editor, as_clinician, as_administrator):
        response = client.get(photo.get_absolute_url())
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "no-store, private"


def test_a_photo_that_nothing_shows_is_there_for_staff_of_the_library_only(
    photo, visitor, as_editor
):
    assert visitor.get(photo.get_absolute_url()).status_code == 404
    assert as_editor.get(photo.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("state", "status"), [("published", 200), ("draft", 404), ("in_review", 404), ("retired", 404)]
)
def test_a_photo_of_an_article_is_there_while_the_article_is(photo, visitor, state, status):
    put_into_article(photo, state)
    assert visitor.get(photo.get_absolute_url()).status_code == status


def test_a_photo_of_two_steps_is_one_photo(photo, visitor):
    put_into_exercise(photo, "published")
    put_into_exercise(photo, "published")
    put_into_article(photo, "published")
    assert visitor.get(photo.get_absolute_url()).status_code == 200


def test_a_visitors_answer_may_be_kept_by_every_cache_and_carries_no_cookie(photo, visitor):
    put_into_exercise(photo, "published")
    response = visitor.get(photo.get_absolute_url())
    assert response.headers["Cache-Control"] == "public, max-age=86400"
    assert not response.cookies


def test_the_answer_to_somebody_logged_in_is_kept_by_their_own_browser_only(photo, as_patient):
    put_into_exercise(photo, "published")
    response = as_patient.get(photo.get_absolute_url())
    assert response.headers["Cache-Control"] == "private, max-age=86400"


@pytest.mark.parametrize("digest", ["0" * 64, "x", "photos"])
def test_an_address_without_a_photo_is_not_found(visitor, as_editor, digest):
    for client in (visitor, as_editor):
        assert client.get(reverse("photo", args=[digest])).status_code == 404


def test_a_photo_whose_file_was_not_restored_is_not_found(photo, visitor):
    put_into_exercise(photo, "published")
    default_storage.delete(photo.image.name)
    assert visitor.get(photo.get_absolute_url()).status_code == 404


def test_nobody_writes_to_the_address(photo, as_editor):
    assert as_editor.post(photo.get_absolute_url()).status_code == 405
