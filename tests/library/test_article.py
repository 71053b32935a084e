"""An article: danger first, then what to do, then the offer."""

import pytest
from django.urls import reverse
from django.utils import timezone

from education.library.models import ArticleSection, KeyPoint
from tests.factories import make_exercise
from tests.library.content import PANELS, link, make_article, make_family, make_red_flags

pytestmark = pytest.mark.django_db


def read(client, key: str = "sciatica") -> str:
    response = client.get(reverse("article", args=[key]))
    assert response.status_code == 200
    return response.content.decode()


def stands_before(body: str, *parts: str) -> bool:
    """Whether these parts stand in the page, in this order."""
    places = [body.index(part) for part in parts]
    return places == sorted(places)


@pytest.mark.parametrize("state", ["draft", "in_review", "retired"])
def test_what_is_not_published_is_not_there(visitor, state):
    make_article(state=state)
    response = visitor.get(reverse("article", args=["sciatica"]))
    assert response.status_code == 404
    assert "sciatica</h1>" not in response.content.decode()


def test_an_unknown_article_is_not_there(visitor):
    assert visitor.get(reverse("article", args=["nothing"])).status_code == 404


def test_the_red_line_the_red_flags_and_the_exercises_come_in_this_order(visitor):
    make_article()
    body = read(visitor)
    assert stands_before(
        body,
        "Sciatica often settles",
        'class="pm-redline"',
        "What is it?",
        'id="red-flags"',
        'id="exercises"',
        "Contact the clinic",
    )


def test_exercises_put_first_by_an_editor_still_come_after_the_red_flags(visitor):
    article = make_article()
    ArticleSection.objects.filter(article=article, panel=PANELS.EXERCISES).update(order=0)
    ArticleSection.objects.filter(article=article, key="understand").update(order=7)
    body = read(visitor)
    assert stands_before(body, 'id="red-flags"', 'id="exercises"')
    assert body.count('id="red-flags"') == 1


def test_an_article_without_a_place_for_them_shows_the_red_flags_too(visitor):
    article = make_article()
    ArticleSection.objects.filter(article=article).update(panel=PANELS.NONE)
    assert read(visitor).count('id="red-flags"') == 1


def test_the_red_flags_are_whole_with_the_phone_and_the_words_to_find(visitor):
    make_red_flags()
    make_article()
    body = read(visitor)
    assert "<li>You <strong>cannot pee</strong>.</li>" in body
    assert 'Call us at <span class="text-nowrap">(619) 555-0142</span>.' in body
    assert "<li>You are no better.</li>" in body


def test_forms_are_listed_from_easier_to_harder_and_the_top_one_is_only_named(visitor):
    family = make_family()
    make_article().families.add(family)
    chair = make_exercise("chair", family=family, form_name_en="On a chair", order=1)
    lying = make_exercise("lying", family=family, form_name_en="Lying", order=2)
    deeper = make_exercise("deeper", family=family, form_name_en="Deeper", order=3)
    link(chair, lying)
    link(lying, deeper)
    body = read(visitor)
    assert stands_before(body, "/exercises/chair/", "/exercises/lying/", "Deeper")
    assert "/exercises/deeper/" not in body
    assert "Your therapist decides" in body


def test_a_form_that_is_supervised_first_is_only_named(visitor):
    family = make_family()
    make_article().families.add(family)
    make_exercise("one-leg", family=family, form_name_en="On one leg", supervised_first=True)
    body = read(visitor)
    assert "On one leg" in body
    assert "/exercises/one-leg/" not in body


def test_a_draft_form_and_a_family_of_drafts_are_not_listed(visitor):
    family = make_family(title_en="Secret family")
    make_article().families.add(family)
    make_exercise("draft", family=family, form_name_en="Not yet", state="draft")
    body = read(visitor)
    assert "Not yet" not in body
    assert "Secret family" not in body


def test_key_points_are_listed(visitor):
    KeyPoint.objects.create(article=make_article(), text_en="**Stop** when it moves down.")
    assert "<li><strong>Stop</strong> when it moves down.</li>" in read(visitor)


def test_html_that_somebody_typed_is_shown_as_text(visitor):
    article = make_article(title_en="<b>Bold</b>", summary_en="<script>alert(1)</script>")
    article.sections.filter(key="understand").update(body_en="<img src=x onerror=alert(1)>")
    body = read(visitor)
    assert "&lt;b&gt;Bold&lt;/b&gt;" in body
    assert "<script>alert" not in body
    assert "&lt;img src=x onerror=alert(1)&gt;" in body


def test_unreviewed_content_says_so_and_reviewed_content_does_not(visitor, clinician):
    make_article()
    make_article("read", reviewed_by=clinician, reviewed_on=timezone.localdate())
    line = "Demonstration content, to be reviewed by the clinic."
    assert line in read(visitor)
    assert line not in read(visitor, "read")


def test_the_home_article_has_one_true_address(visitor, settings):
    make_article(is_home=True)
    make_article("other")
    assert f'rel="canonical" href="{settings.SITE_URL}/">' in read(visitor)
    assert f'rel="canonical" href="{settings.SITE_URL}/learn/other/">' in read(visitor, "other")


def test_spanish_readers_get_spanish_where_it_is_written_and_english_elsewhere(visitor):
    make_article(title_es="Ejercicios para la ciática")
    english = read(visitor)
    visitor.cookies["django_language"] = "es"
    spanish = read(visitor)
    assert "<h1>Ejercicios para la ciática</h1>" in spanish
    assert "Sciatica often settles" in spanish
    assert "<h1>Exercises for sciatica</h1>" in english
