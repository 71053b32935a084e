"""The home page: the clinic's article for everybody."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from education.library.models import Article, LibraryRevision
from education.people.models import Clinic
from tests.factories import make_exercise
from tests.library.content import make_article, make_family, make_red_flags

pytestmark = pytest.mark.django_db


def read(client) -> str:
    response = client.get(reverse("home"))
    assert response.status_code == 200
    return response.content.decode()


def test_home_shows_the_article_chosen_for_it(visitor):
    make_article("other", title_en="Something else")
    make_article(is_home=True)
    body = read(visitor)
    assert "<h1>Exercises for sciatica</h1>" in body
    assert "Something else" not in body


def test_a_draft_is_not_the_home_page(visitor):
    make_article(is_home=True, state="draft")
    assert "Exercises for sciatica" not in read(visitor)


def test_before_there_is_an_article_home_still_says_what_to_do_in_danger(visitor):
    body = read(visitor)
    assert 'href="tel:911"' in body
    assert "Call 911 or go to the emergency room now." in body
    assert reverse("contact") in body


def test_get_help_leads_to_the_red_flags_of_this_page(visitor):
    make_article(is_home=True)
    body = read(visitor)
    assert '<a class="pm-sos" href="#red-flags">' in body
    assert body.count('id="red-flags"') == 1


def test_search_engines_may_read_it_and_know_its_address(visitor, settings):
    make_article(is_home=True)
    body = read(visitor)
    assert f'<link rel="canonical" href="{settings.SITE_URL}/">' in body
    assert 'content="Sciatica often settles in days or weeks."' in body
    assert "noindex" not in body


def test_a_visit_leaves_no_session_behind(visitor):
    read(visitor)
    assert "sessionid" not in visitor.cookies


def test_a_changed_article_shows_at_once(visitor):
    article = make_article(is_home=True)
    read(visitor)
    Article.objects.filter(pk=article.pk).update(title_en="A better title")
    LibraryRevision.objects.bump()
    assert "A better title" in read(visitor)


def test_a_changed_phone_number_shows_at_once(visitor):
    make_red_flags()
    make_article(is_home=True)
    assert "(619) 555-0142" in read(visitor)
    Clinic.objects.create(phone="+16195550199")
    body = read(visitor)
    assert "(619) 555-0199" in body
    assert "(619) 555-0142" not in body


def test_a_second_visitor_costs_two_queries_and_none_about_people(
    visitor, django_assert_max_num_queries
):
    make_article(is_home=True)
    read(visitor)
    with django_assert_max_num_queries(2) as queries:
        read(visitor)
    assert not [q for q in queries if "session" in q["sql"] or "people_user" in q["sql"]]


def test_the_first_visitor_costs_the_same_for_1_and_for_12_exercises(
    visitor, django_assert_num_queries
):
    make_red_flags()
    family = make_family()
    make_article(is_home=True).families.add(family)
    make_exercise(family=family)
    LibraryRevision.objects.bump()
    with CaptureQueriesContext(
        connection,
    ) as one:
        read(visitor)
    for _number in range(11):
        make_exercise(family=family)
    LibraryRevision.objects.bump()
    with django_assert_num_queries(len(one)):
        assert read(visitor).count("/exercises/exercise-") == 12


def test_nothing_is_posted_to_it(visitor):
    assert visitor.post(reverse("home")).status_code == 405
