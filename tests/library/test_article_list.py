"""All articles, to choose from."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from education.library.models import LibraryRevision
from tests.library.content import illustrate, make_article

pytestmark = pytest.mark.django_db

ADDRESS = "/learn/"


def read(client) -> str:
    response = client.get(ADDRESS)
    assert response.status_code == 200
    return response.content.decode()


def test_published_articles_are_listed_in_their_order(visitor):
    make_article("second", title_en="Second", order=2)
    make_article("home", title_en="First", order=1, is_home=True, description_en="About it.")
    make_article("secret", title_en="Not yet", state="draft")
    body = read(visitor)
    first = body.index('<h2><a href="/">First</a></h2><p>About it.</p>')
    assert first < body.index('<h2><a href="/learn/second/">Second</a></h2>')
    assert "Not yet" not in body


def test_a_card_shows_the_first_drawing_of_its_article(visitor):
    article = make_article()
    illustrate(article, "exercises", "hip-hinge/1")
    illustrate(article, "understand", "hip-hinge/3")
    body = read(visitor)
    assert "figures/hip-hinge-3-plain.svg" in body
    assert "hip-hinge-1-" not in body


def test_an_empty_library_says_so(visitor):
    assert "The first article is on its way." in read(visitor)


def test_the_way_to_help_stands_on_it(visitor):
    assert 'class="pm-redline"' in read(visitor)


def test_it_costs_the_same_for_1_and_for_12_articles(visitor, django_assert_num_queries):
    make_article()
    with CaptureQueriesContext(connection) as one:
        read(visitor)
    for number in range(11):
        make_article(f"article-{number}")
    LibraryRevision.objects.bump()
    with django_assert_num_queries(len(one)):
        assert read(visitor).count("<h2><a") == 12


def test_every_page_leads_to_it(visitor):
    assert f'<a href="{ADDRESS}">All articles</a>' in visitor.get("/privacy/").content.decode()
