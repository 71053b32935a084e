"""What to do today, on one sheet of paper."""

import pytest
from django.urls import reverse

from tests.library.content import make_article, make_red_flags

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    make_red_flags()
    article = make_article()
    article.today_steps.create(text_en="Take a **short** walk.", order=1)
    article.today_steps.create(text_en="Rest early.", order=2)
    return article


def read(client, key: str = "sciatica") -> str:
    response = client.get(reverse("article_today", args=[key]))
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_is_numbered_and_in_order(visitor, article):
    listed = "<li>Take a <strong>short</strong> walk.</li><li>Rest early.</li>"
    assert f'<ol class="pm-steps">{listed}</ol>' in read(visitor)


def test_the_phone_the_emergency_line_and_the_signs_come_along(visitor, article):
    body = read(visitor)
    assert 'Call us at <a class="text-nowrap" href="tel:+1-619-555-0142">(619) 555-0142</a>' in body
    assert "In an emergency, call 911." in body
    assert body.count('id="red-flags"') == 1
    assert "<li>You <strong>cannot pee</strong>.</li>" in body


def test_it_prints_without_javascript_and_with_it_by_a_button(visitor, article):
    body = read(visitor)
    assert "Use the print button of your browser." in body
    assert "data-print hidden>Print</button>" in body
    assert 'js/print.js" defer></script>' in body


def test_it_leads_back_to_its_article(visitor, article):
    assert '<a href="/learn/sciatica/">' in read(visitor)


def test_unreviewed_content_says_so_on_paper_too(visitor, article):
    assert "Demonstration content" in read(visitor)


def test_an_article_with_nothing_to_do_today_has_no_such_page(visitor):
    make_article()
    assert visitor.get("/learn/sciatica/today/").status_code == 404


def test_a_draft_has_no_such_page(visitor, article):
    article.state = "draft"
    article.save()
    response = visitor.get("/learn/sciatica/today/")
    assert response.status_code == 404
    assert "Rest early" not in response.content.decode()
