"""The privacy notice."""

import re

import pytest
from django.urls import reverse

from tests.library.reading import grade

pytestmark = pytest.mark.django_db


def read(client) -> str:
    response = client.get(reverse("privacy"))
    assert response.status_code == 200
    return response.content.decode().partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize(
    "said",
    [
        "What we keep about our patients",
        "Why we keep it",
        "Who sees it",
        "Cookies on this site",
        "Nobody watches this site around the clock.",
        "get a copy",
        "lawyer must review it",
        "(619) 555-0142",
    ],
)
def test_it_says_what_is_kept_why_who_sees_it_and_whom_to_ask(visitor, said):
    assert said in read(visitor)


def test_it_names_every_cookie_the_site_sets(visitor):
    cookies = re.findall(r"<dt>(.*?)</dt>", read(visitor))
    assert cookies == ["Log-in", "Safe forms", "Kept forms", "Language", "Screen", "Sound"]


def test_it_reads_at_grade_6_or_below(visitor):
    lines = re.findall(r"<(?:p|li|dd)\b[^>]*>(.*?)</(?:p|li|dd)>", read(visitor), re.DOTALL)
    text = " ".join(re.sub(r"<[^>]*>", "", line) for line in lines)
    assert grade(text) <= 6
