"""Words of one meaning, as editors keep them; and the list of exercises by part of the body."""

import pytest

from education.library.finding import Wanted, exercise_index
from education.library.models import LibraryRevision, SearchSynonym
from tests.factories import make_exercise

pytestmark = pytest.mark.django_db

ADD = "/admin/library/searchsynonym/add/"


def test_an_editors_words_are_tidied_and_found_at_once(as_editor):
    bridge = make_exercise(title_en="Glute bridge")
    assert exercise_index().find(Wanted(words="behind")) == []
    response = as_editor.post(
        ADD, {"key": "behind", "words_en": " Glute,behind ,, GLUTE,  back   side", "words_es": ""}
    )
    assert response.status_code == 302
    assert SearchSynonym.objects.get(key="behind").words_en == "glute, behind, back side"
    assert exercise_index().find(Wanted(words="behind")) == [bridge.pk]


@pytest.mark.parametrize("words", ["glute", "glute, glute", " , glute"])
def test_one_word_alone_is_refused_and_kept(as_editor, words):
    body = as_editor.post(ADD, {"key": "one", "words_en": words}).content.decode()
    assert "Write two words or more, with commas between them." in body
    assert words.strip() in body
    assert not SearchSynonym.objects.filter(key="one").exists()


def test_every_change_makes_the_index_anew(as_editor):
    words = SearchSynonym.objects.create(key="butt", words_en="butt, bottom")
    before = LibraryRevision.objects.current()
    address = f"/admin/library/searchsynonym/{words.pk}/change/"
    as_editor.post(address, {"words_en": "butt, bottom, rear", "words_es": ""})
    assert LibraryRevision.objects.current() > before


def test_a_clinician_reads_the_words_and_changes_none(as_clinician):
    words = SearchSynonym.objects.create(key="butt", words_en="butt, bottom")
    address = f"/admin/library/searchsynonym/{words.pk}/change/"
    assert "butt, bottom" in as_clinician.get(address).content.decode()
    assert as_clinician.post(address, {"words_en": "x, y"}).status_code == 403


def test_exercises_are_listed_by_part_of_the_body_kind_and_low_back(as_editor):
    make_exercise(title_en="Hip move", areas=["hip", "thigh"], kind="stretch", low_back="bends")
    make_exercise(title_en="Belly move", areas=["belly"], kind="strength", low_back="neutral")
    make_exercise(title_en="Some move")
    for query, seen in {
        "area=thigh": {"Hip move"},
        "area=none": {"Some move"},
        "kind__exact=strength": {"Belly move"},
        "low_back__exact=bends": {"Hip move"},
    }.items():
        body = as_editor.get(f"/admin/library/exercise/?{query}").content.decode()
        titles = {
            title for title in ("Hip move", "Belly move", "Some move") if f">{title}</a>" in body
        }
        assert titles == seen, query
