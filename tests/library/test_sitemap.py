"""The public pages, as search engines are told of them."""

import re
from datetime import date
from xml.etree import ElementTree

import pytest

from tests.factories import make_exercise
from tests.library.content import make_article

pytestmark = pytest.mark.django_db

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def read(client) -> dict[str, str | None]:
    """Path of each page -> the day it is said to have changed."""
    response = client.get("/sitemap.xml", headers={"host": "testserver"})
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    root = ElementTree.fromstring(response.content)  # noqa: S314 - our own answer
    return {
        url.findtext("s:loc", namespaces=NAMES): url.findtext("s:lastmod", namespaces=NAMES)
        for url in root.findall("s:url", NAMES)
    }


def test_published_pages_stand_in_it_once_under_the_sites_own_name(visitor, settings):
    make_article(is_home=True)
    make_article("other")
    make_exercise("lift")
    site = settings.SITE_URL
    assert set(read(visitor)) == {
        f"{site}{path}"
        for path in (
            *("/", "/learn/", "/learn/other/", "/exercises/", "/exercises/lift/"),
            *("/when-to-see-a-doctor/", "/contact/", "/privacy/"),
        )
    }


@pytest.mark.parametrize("state", ["draft", "in_review", "retired"])
def test_what_is_not_published_does_not(visitor, state):
    make_article("other", state=state)
    make_exercise("lift", state=state)
    assert not [address for address in read(visitor) if re.search("other|lift", address)]


def test_only_what_is_reviewed_carries_a_day(visitor, settings, clinician):
    make_article("read", reviewed_by=clinician, reviewed_on=date(2026, 11, 3))
    make_article("unread")
    found = read(visitor)
    assert found[f"{settings.SITE_URL}/learn/read/"] == "2026-11-03"
    assert [day for day in found.values() if day] == ["2026-11-03"]


def test_the_home_page_is_there_before_its_article_is(visitor, settings):
    assert f"{settings.SITE_URL}/" in read(visitor)


@pytest.mark.parametrize("count", [1, 12])
def test_it_costs_the_same_for_few_and_many(visitor, count, django_assert_num_queries):
    for number in range(count):
        make_article(f"article-{number}")
        make_exercise(f"exercise-{number}")
    with django_assert_num_queries(5):
        read(visitor)
