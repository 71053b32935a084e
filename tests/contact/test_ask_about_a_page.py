"""“Ask about this page”: the article comes along through every step, and staff see it."""

import re

import pytest

from education.contact.models import ContactRequest
from tests.library.content import make_article

from .conftest import SECRET, checked, from_patient, from_visitor, make_request

pytestmark = pytest.mark.django_db

SAID = 'You ask about: <a href="/learn/sciatica/">Exercises for sciatica</a>'


@pytest.fixture(autouse=True)
def article():
    return make_article()


def test_the_page_is_named_in_words_before_the_signs(visitor):
    body = visitor.get("/contact/?about=sciatica").content.decode()
    assert body.index(SAID) < body.index('id="red-flags"')
    assert 'name="about" value="sciatica"' in body
    assert "sessionid" not in visitor.cookies


@pytest.mark.parametrize("about", ["", "no-such-page", "draft", "%00", "<b>", "a" * 900])
def test_what_is_no_published_page_is_not_named(visitor, about):
    make_article("draft", title_en="Not yet", state="draft")
    body = visitor.get("/contact/", {"about": about}).content.decode()
    assert "You ask about" not in body
    assert "Not yet" not in body
    assert "<b>" not in body.replace("&lt;b&gt;", "")


def test_it_comes_along_to_the_form(visitor):
    form = {"signs": "no", "about": "sciatica"}
    response = visitor.post("/contact/", form, follow=True)
    assert response.redirect_chain == [("/contact/write/?about=sciatica", 302)]
    body = response.content.decode()
    assert SAID in body
    assert 'name="about" value="sciatica"' in body


def test_a_visitors_message_keeps_it(visitor, article):
    checked(visitor).post("/contact/write/", from_visitor(about="sciatica"))
    assert ContactRequest.objects.get().about == article


def test_a_patients_message_keeps_it_and_shows_it_to_them(as_patient, article):
    checked(as_patient).post("/contact/write/", from_patient(about="sciatica"))
    kept = ContactRequest.objects.get()
    assert kept.about == article
    body = as_patient.get(f"/contact/messages/{kept.submission_key}/").content.decode()
    assert "About the page: Exercises for sciatica" in body


@pytest.mark.parametrize("about", ["", "no-such-page", "<b>"])
def test_a_message_about_no_page_is_sent_all_the_same(visitor, about):
    checked(visitor).post("/contact/write/", from_visitor(about=about))
    assert ContactRequest.objects.get().about is None


def test_it_stays_beside_a_message_that_has_to_be_mended(visitor):
    form = from_visitor(about="sciatica", name="")
    body = checked(visitor).post("/contact/write/", form).content.decode()
    assert SAID in body
    assert SECRET in body


def test_it_comes_along_through_the_stop_page(visitor, article):
    response = visitor.post("/contact/", {"signs": "unsure", "about": "sciatica"}, follow=True)
    assert response.redirect_chain == [("/contact/stop/?about=sciatica", 302)]
    stop = response.content.decode()
    carried = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', stop))
    assert carried["about"] == "sciatica"
    assert SAID in visitor.post("/contact/again/", {"about": "sciatica"}).content.decode()


def test_it_comes_along_with_a_message_that_was_stopped(visitor):
    form = from_visitor(about="sciatica", reason="pain_worse", signs="yes")
    stop = checked(visitor).post("/contact/write/", form).content.decode()
    assert '<input type="hidden" name="about" value="sciatica">' in stop


def test_staff_read_what_a_message_is_about(as_front_desk, article):
    letter = make_request(about=article)
    page = f"/admin/contact/contactrequest/{letter.pk}/change/"
    body = as_front_desk.get(page).content.decode()
    assert 'About the page</dt><dd><a href="/learn/sciatica/">Exercises for sciatica</a>' in body


def test_a_message_about_no_page_says_nothing_of_one(as_front_desk):
    page = f"/admin/contact/contactrequest/{make_request().pk}/change/"
    assert "About the page" not in as_front_desk.get(page).content.decode()
