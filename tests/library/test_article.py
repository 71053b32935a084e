"""An article: danger first, then what to do, then the offer."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from education.library.models import ArticleSection, KeyPoint, LibraryRevision
from tests.factories import make_exercise
from tests.library.content import (
    PANELS,
    illustrate,
    link,
    make_article,
    make_family,
    make_pictured_exercise,
    make_red_flags,
)

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


# ------------------------------------------------------------------ to find one's way


def test_the_contents_lead_to_every_section_on_phones_and_on_wide_screens(visitor):
    make_article()
    body = read(visitor)
    for anchor in ("understand", "red-flags", "exercises"):
        assert body.count(f'<li><a href="#{anchor}">') == 2
    assert stands_before(body, "pm-only-phone", "What is it?</h2>", "pm-only-wide")


def test_related_pages_are_cards_and_a_draft_is_not_among_them(visitor):
    article = make_article()
    article.related.add(make_article("back", title_en="Low back pain", description_en="Short."))
    article.related.add(make_article("secret", title_en="Not yet", state="draft"))
    body = read(visitor)
    assert '<h3><a href="/learn/back/">Low back pain</a></h3><p>Short.</p>' in body
    assert "Not yet" not in body


def test_an_article_without_related_pages_has_no_empty_list_of_them(visitor):
    make_article()
    assert "Read on" not in read(visitor)


def test_a_question_about_the_page_names_it_in_the_address(visitor):
    make_article()
    assert '<a class="btn btn-outline-primary" href="/contact/?about=sciatica">' in read(visitor)


# ------------------------------------------------------------------ pictures and exercises


def test_a_section_shows_its_picture_with_words_below_and_instead(visitor):
    article = make_article()
    words = {"caption": "Hips back.", "alt": "A person bends at the hips."}
    illustrate(article, "understand", "hip-hinge/3", **words)
    body = read(visitor)
    assert 'alt="A person bends at the hips."' in body
    assert "<figcaption>Hips back.</figcaption></figure>" in body


def test_the_easiest_form_of_a_family_shows_how_it_looks(visitor):
    family = make_family()
    make_article().families.add(family)
    make_pictured_exercise(family=family, form_name_en="On a chair")
    body = read(visitor)
    assert '<h3 id="knee-to-chest">Knee to chest</h3>' in body
    assert "figures/knee-to-chest-chair-1-plain.svg" in body
    assert '<span class="pm-num">2</span><span>Lift the knee of your sore leg slowly.' in body
    assert "17" not in body  # a number of its dosage


def test_a_form_that_only_a_therapist_chooses_shows_no_pictures(visitor):
    family = make_family()
    make_article().families.add(family)
    make_pictured_exercise(family=family, form_name_en="On a chair", supervised_first=True)
    assert "knee-to-chest-chair-1" not in read(visitor)


def show_steps(article, exercise) -> None:
    article.sections.filter(key="understand").update(panel=PANELS.STEPS, exercise=exercise)


def test_the_steps_of_one_exercise_stand_whole_beside_their_pictures(visitor):
    show_steps(make_article(), make_pictured_exercise())
    body = read(visitor)
    assert stands_before(
        body,
        'id="red-flags"',
        "Put the chair against a wall.",
        "Sit tall.",
        "Hold behind the thigh of your sore leg.",
        "The chair slides.",
    )
    assert '<div class="pm-stopif"><h3 class="h2">' in body


def test_a_move_learnt_under_supervision_says_so_beside_its_steps(visitor):
    show_steps(make_article(), make_pictured_exercise(supervised_first=True))
    assert stands_before(read(visitor), "Learn this with your therapist.", "Sit tall.")


def test_steps_that_are_not_published_any_more_are_not_shown(visitor):
    show_steps(make_article(), make_pictured_exercise(state="retired"))
    body = read(visitor)
    assert "Text of understand." in body
    assert "Sit tall." not in body


def test_the_things_to_do_today_are_numbered_and_can_be_printed(visitor):
    article = make_article()
    article.sections.filter(key="understand").update(panel=PANELS.TODAY)
    assert "/today/" not in read(visitor)
    article.today_steps.create(text_en="Take a **short** walk.")
    LibraryRevision.objects.bump()
    body = read(visitor)
    assert "<li>Take a <strong>short</strong> walk.</li></ol>" in body
    assert 'href="/learn/sciatica/today/"' in body


def test_the_first_visitor_costs_the_same_for_1_and_for_12_of_everything(
    visitor, django_assert_num_queries
):
    make_red_flags()
    article = make_article()

    def add(number: int) -> None:
        family = make_family(f"family-{number}")
        article.families.add(family)
        exercise = make_pictured_exercise(key=f"knee-{number}", family=family)
        article.sections.create(
            key=f"steps-{number}", title_en="Steps", panel=PANELS.STEPS, exercise=exercise
        )
        article.today_steps.create(text_en="Walk.")
        article.related.add(make_article(f"other-{number}"))
        LibraryRevision.objects.bump()

    add(0)
    with CaptureQueriesContext(connection) as one:
        read(visitor)
    for number in range(1, 12):
        add(number)
    with django_assert_num_queries(len(one)):
        assert read(visitor).count('id="family-') == 12


# ------------------------------------------------------------------ who answers for it


def test_the_review_line_says_who_when_and_when_again(visitor, clinician):
    make_article(
        reviewed_by=clinician,
        reviewed_on=date(2026, 11, 3),
        next_review_on=date(2027, 11, 3),
    )
    body = read(visitor)
    said = f"Reviewed by {clinician.name_with_credentials} on November 3, 2026."
    assert f"{said} Next review by November 3, 2027." in body
    assert "No clinician has reviewed this page yet." not in body


def test_without_a_review_the_page_names_nobody(visitor):
    make_article()
    body = read(visitor)
    assert "No clinician has reviewed this page yet." in body
    assert "Reviewed by" not in body


def test_the_description_for_search_engines_is_the_articles_own(visitor):
    make_article(description_en="What it is & what helps.", summary_en="Long. " * 60)
    assert '<meta name="description" content="What it is &amp; what helps.">' in read(visitor)


def test_a_long_summary_is_cut_for_search_engines(visitor):
    article = make_article(summary_en="Long words here. " * 20)
    assert len(article.meta_description) == 160
    assert f'content="{article.meta_description}"' in read(visitor)
