"""What stands around every page: the navigation says where somebody is."""

import pytest
from django.urls import reverse

from tests import factories

CURRENT = 'aria-current="'


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "marked"),
    [
        ("home", f'<a href="/" {CURRENT}page">Learn</a>'),
        ("exercise_list", f'<a href="/" {CURRENT}true">Learn</a>'),
        ("contact", f'<a href="/contact/" {CURRENT}page">Contact</a>'),
        ("account_login", f'<a href="/plan/" {CURRENT}true">My plan</a>'),
    ],
)
def test_one_place_of_the_navigation_is_marked(visitor, name, marked):
    body = visitor.get(reverse(name)).content.decode()
    assert body.count(CURRENT) == 1
    assert marked in body


@pytest.mark.django_db
def test_a_page_that_is_not_there_marks_no_place(visitor):
    response = visitor.get("/nowhere/")
    assert response.status_code == 404
    assert CURRENT not in response.content.decode()


@pytest.mark.parametrize("name", ["plan_today", "plan_print"])
def test_the_plan_and_its_paper_belong_to_today(as_patient, patient, clinician, name):
    factories.make_plan(patient, clinician)
    body = as_patient.get(reverse(name)).content.decode()
    assert body.count(CURRENT) == 1
    assert f'<a href="/plan/" {CURRENT}' in body
