"""The index of exercises."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from education.library.models import LibraryRevision
from tests.factories import make_exercise
from tests.library.content import make_family, make_pictured_exercise

pytestmark = pytest.mark.django_db


def read(client) -> str:
    response = client.get(reverse("exercise_list"))
    assert response.status_code == 200
    return response.content.decode()


def test_exercises_stand_under_their_family(visitor):
    make_exercise("hinge", family=make_family("hinge", title_en="Hip hinge", order=2))
    make_pictured_exercise(family=make_family(order=1))
    body = read(visitor)
    assert body.index("Knee to chest") < body.index("/exercises/knee-to-chest-chair/")
    assert body.index("/exercises/knee-to-chest-chair/") < body.index("Hip hinge")
    assert body.index("Hip hinge") < body.index("/exercises/hinge/")


def test_a_family_is_pictured_without_a_coloured_side(visitor):
    make_pictured_exercise(family=make_family())
    assert "figures/knee-to-chest-chair-2-plain.svg" in read(visitor)


def test_an_exercise_of_no_family_is_listed_too(visitor):
    make_exercise("alone", title_en="Walk a little")
    body = read(visitor)
    assert "Walk a little" in body
    assert "/exercises/alone/" in body


def test_drafts_are_not_listed(visitor):
    make_exercise("draft", title_en="Not yet", state="draft", family=make_family())
    make_exercise("loose-draft", title_en="Not this one", state="in_review")
    body = read(visitor)
    assert "Not yet" not in body
    assert "Not this one" not in body


def test_an_empty_library_says_so(visitor):
    assert "The exercises are on their way." in read(visitor)


def test_no_numbers_are_given_to_strangers(visitor):
    make_pictured_exercise(family=make_family())
    main = read(visitor).partition("<main")[2].partition("</main>")[0]
    for number in ("17", "43", "13"):
        assert f" {number} " not in main
    assert "round" not in main


def test_the_index_costs_the_same_for_1_and_for_12_exercises(visitor, django_assert_num_queries):
    family = make_family()
    make_exercise(family=family)
    with CaptureQueriesContext(connection) as one:
        read(visitor)
    for _number in range(11):
        make_exercise(family=family)
    LibraryRevision.objects.bump()
    with django_assert_num_queries(len(one)):
        assert read(visitor).count("/exercises/exercise-") == 12
