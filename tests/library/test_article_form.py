"""An editor writes an article: its sections with their pictures, its list for today."""

import pytest

from education.library.models import Article
from tests.library.admin_page import assert_saved, save
from tests.library.content import make_article, make_pictured_exercise

pytestmark = pytest.mark.django_db


def test_a_section_gets_a_drawing_with_its_words(as_editor):
    article = make_article(state="draft")
    typed = {"pose": "hip-hinge/3", "caption_en": "Hips back.", "alt_en": "Bent at the hips."}
    response = save(as_editor, article, **{f"sections-0-{n}": v for n, v in typed.items()})
    assert_saved(response)
    section = article.sections.get(key="understand")
    assert (section.pose, section.caption_en) == ("hip-hinge/3", "Hips back.")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"pose": "hip-hinge/3"}, "Say in words what the picture shows."),
        ({"panel": "steps"}, "Choose the exercise whose steps it shows."),
        ({"exercise": "EXERCISE"}, "Choose “the steps of one exercise” too, or no exercise."),
    ],
)
def test_a_section_that_is_half_filled_in_says_what_is_missing(as_editor, typed, message):
    article, exercise = make_article(state="draft"), make_pictured_exercise()
    values = {
        f"sections-0-{name}": exercise.pk if value == "EXERCISE" else value
        for name, value in typed.items()
    }
    response = save(as_editor, article, **values)
    assert response.status_code == 200
    assert message in response.content.decode()
    section = article.sections.get(key="understand")
    assert (section.pose, section.panel, section.exercise) == ("", "none", None)


def test_a_section_shows_the_steps_of_an_exercise(as_editor):
    article, exercise = make_article(state="draft"), make_pictured_exercise()
    typed = {"sections-0-panel": "steps", "sections-0-exercise": exercise.pk}
    assert_saved(save(as_editor, article, **typed))
    assert article.sections.get(key="understand").exercise == exercise


def test_the_list_for_today_is_written_line_by_line(as_editor, client):
    article = make_article(state="draft")
    article.today_steps.create(text_en="Walk.")
    assert_saved(save(as_editor, article, **{"today_steps-0-text_en": "Take a short walk."}))
    assert [step.text_en for step in article.today_steps.all()] == ["Take a short walk."]
    Article.objects.update(state="published")
    assert "Take a short walk." in client.get("/learn/sciatica/today/").content.decode()


def test_kind_description_place_and_related_pages_are_the_editors(as_editor):
    article, other = make_article(state="draft"), make_article("other")
    typed = {
        "kind": "self_care", "description_en": "What helps.", "order": 3, "related": [other.pk],
    }  # fmt: skip
    assert_saved(save(as_editor, article, **typed))
    article = Article.objects.get(key="sciatica")
    assert (article.kind, article.description_en, article.order) == ("self_care", "What helps.", 3)
    assert list(article.related.all()) == [other]


def test_a_description_that_search_engines_would_cut_is_refused(as_editor):
    response = save(as_editor, make_article(), description_en="x" * 161)
    assert "at most 160 characters" in response.content.decode()


@pytest.mark.parametrize("field", ["body_en", "body_es"])
def test_a_section_that_is_too_long_is_refused_at_its_text(as_editor, field):
    article = make_article(state="draft")
    response = save(as_editor, article, **{f"sections-0-{field}": "a " * 10_001})
    assert response.status_code == 200
    assert "Keep a section below 20000 letters. Make two of it." in response.content.decode()
    assert_saved(save(as_editor, article, **{f"sections-0-{field}": "a " * 9_999}))
