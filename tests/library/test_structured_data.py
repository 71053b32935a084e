"""What search engines read: nothing in it that is not so, and nothing that a browser runs."""

import json
import re
from datetime import date, time
from types import SimpleNamespace

import pytest

from education.library.structured_data import clinic_data, json_ld
from tests.factories import make_exercise
from tests.library.content import make_article

pytestmark = pytest.mark.django_db

SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def read(client, address: str) -> dict[str, dict]:
    """The things on the page by their type."""
    (text,) = SCRIPT.findall(client.get(address).content.decode())
    document = json.loads(text)
    assert document["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in document["@graph"]}


def test_an_article_says_what_it_is_and_where(visitor, settings):
    make_article(description_en="What helps.")
    page = read(visitor, "/learn/sciatica/")["MedicalWebPage"]
    assert page["name"] == "Exercises for sciatica"
    assert page["description"] == "What helps."
    assert page["url"] == f"{settings.SITE_URL}/learn/sciatica/"
    assert page["inLanguage"] == "en"


def test_a_review_is_named_only_where_there_was_one(visitor, clinician):
    make_article()
    make_article("read", reviewed_by=clinician, reviewed_on=date(2026, 11, 3))
    unread = read(visitor, "/learn/sciatica/")["MedicalWebPage"]
    assert not {"lastReviewed", "reviewedBy"} & set(unread)
    seen = read(visitor, "/learn/read/")["MedicalWebPage"]
    assert seen["lastReviewed"] == "2026-11-03"
    assert seen["reviewedBy"] == {"@type": "Person", "name": str(clinician)}


def test_the_way_to_a_page_is_told_step_by_step(visitor, settings):
    make_article()
    make_exercise("lift", title_en="Lift")
    trail = read(visitor, "/learn/sciatica/")["BreadcrumbList"]["itemListElement"]
    assert [(step["position"], step["name"]) for step in trail] == [
        (1, "Learn"),
        (2, "Articles"),
        (3, "Exercises for sciatica"),
    ]
    assert trail[1]["item"] == f"{settings.SITE_URL}/learn/"
    trail = read(visitor, "/exercises/lift/")["BreadcrumbList"]["itemListElement"]
    assert [step["name"] for step in trail] == ["Learn", "Exercises", "Lift"]


def test_the_home_page_has_no_way_to_itself(visitor):
    make_article(is_home=True)
    assert "BreadcrumbList" not in read(visitor, "/")


def test_the_clinic_is_told_on_its_contact_page(visitor):
    clinic = read(visitor, "/contact/")["MedicalClinic"]
    assert clinic["telephone"] == "+16195550142"
    assert clinic["openingHoursSpecification"]["dayOfWeek"][0] == "Monday"
    assert clinic["openingHoursSpecification"]["opens"] == "08:00"


def test_only_days_that_are_open_are_told():
    clinic = SimpleNamespace(
        name="C", phone="", address="A", open_weekdays=0b100, opens_at=time(9), closes_at=time(12)
    )
    data = clinic_data(clinic)
    assert data["openingHoursSpecification"]["dayOfWeek"] == ["Wednesday"]
    assert "telephone" not in data


def test_typed_html_cannot_end_the_script(visitor):
    make_article(title_en="</script><script>alert(1)</script> & <!-- more")
    body = visitor.get("/learn/sciatica/").content.decode()
    assert "<script>alert" not in body
    named = read(visitor, "/learn/sciatica/")["MedicalWebPage"]["name"]
    assert named == "</script><script>alert(1)</script> & <!-- more"
    assert not set("<>&") & set(json_ld({"name": "<b>&amp;</b>"}))
