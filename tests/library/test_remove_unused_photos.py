"""Photos that nothing shows are removed, with their files."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from education.library.models import ArticleSection, ContentProposal, Photo
from tests.factories import make_exercise
from tests.library.content import make_article
from tests.library.pictures import make_photo, two_halves

pytestmark = pytest.mark.django_db


@pytest.fixture
def photo(editor) -> Photo:
    """Uploaded two days ago."""
    photo = make_photo(editor)
    Photo.objects.update(uploaded_at=timezone.now() - timedelta(days=2))
    return photo


def remove(run_on_commit, **options) -> str:
    said = StringIO()
    with run_on_commit(execute=True):
        call_command("remove_unused_photos", stdout=said, **options)
    return said.getvalue()


def is_there(photo: Photo) -> bool:
    on_disk = photo.image.storage.exists(photo.image.name)
    assert on_disk == Photo.objects.filter(pk=photo.pk).exists()
    return on_disk


def test_a_photo_that_nothing_shows_goes_with_its_file(photo, django_capture_on_commit_callbacks):
    assert remove(django_capture_on_commit_callbacks) == "Photos removed: 1.\n"
    assert not is_there(photo)


@pytest.mark.parametrize("state", ["draft", "in_review", "published", "retired"])
def test_a_photo_of_a_step_or_a_section_stays(photo, state, django_capture_on_commit_callbacks):
    step = make_exercise(state=state).steps.get()
    step.photo, step.alt_en = photo, "A leg."
    step.save()
    assert remove(django_capture_on_commit_callbacks, now=True) == "Photos removed: 0.\n"
    step.delete()
    make_article(state=state)
    section = ArticleSection.objects.get(key="understand")
    section.photo, section.alt_en = photo, "A leg."
    section.save()
    assert remove(django_capture_on_commit_callbacks, now=True) == "Photos removed: 0.\n"
    assert is_there(photo)


def test_a_photo_that_waits_for_a_clinician_stays(
    photo, editor, django_capture_on_commit_callbacks
):
    ContentProposal.objects.create(
        exercise=make_exercise(),
        document={"title": {"en": "Clam"}, "steps": [{"photo": photo.digest}, {"photo": None}]},
        proposed_by=editor,
    )
    assert remove(django_capture_on_commit_callbacks, now=True) == "Photos removed: 0.\n"
    assert is_there(photo)


def test_one_uploaded_today_goes_only_when_it_is_asked_for(
    editor, photo, django_capture_on_commit_callbacks
):
    fresh = make_photo(editor, two_halves(500, 400))
    assert remove(django_capture_on_commit_callbacks) == "Photos removed: 1.\n"
    assert is_there(fresh)
    assert remove(django_capture_on_commit_callbacks, now=True) == "Photos removed: 1.\n"
    assert not is_there(fresh)


def test_the_file_stays_while_the_row_may_still_come_back(
    photo, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks():
        call_command("remove_unused_photos", stdout=StringIO())
    assert photo.image.storage.exists(photo.image.name)
