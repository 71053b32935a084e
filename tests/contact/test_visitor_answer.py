"""A visitor reads the answer through a link that works once."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from education.contact.actions import answer_request
from education.contact.models import ContactRequest

from .conftest import SECRET, make_request

pytestmark = pytest.mark.django_db

ANSWER = "Yes, Tuesday at ten is free."


@pytest.fixture
def answered(clinician, django_capture_on_commit_callbacks):
    """Answer a visitor's message; the path of the mailed link."""

    def answer(request: ContactRequest) -> str:
        with django_capture_on_commit_callbacks(execute=True):
            answer_request(
                request=request, text=ANSWER, replies_seen=request.replies.count(), by=clinician
            )
        return re.search(r"https?://[^/]+(/contact/answer/\S+)", mail.outbox[-1].body)[1]

    return answer


def test_the_mail_says_only_that_an_answer_waits(answered):
    link = answered(make_request())
    (message,) = mail.outbox
    assert message.to == ["jo@visitor.example"]
    assert link in message.body
    assert "14 days" in message.body
    for secret in (SECRET, ANSWER, "Jo", "exercise", "&amp;"):
        assert secret not in f"{message.subject}\n{message.body}"


def test_the_link_itself_is_not_kept(answered):
    token = answered(make_request()).split("/")[-2]
    kept = ContactRequest.objects.get()
    assert token not in str(vars(kept))
    assert len(kept.answer_token_hash) == 64


def test_opening_the_link_shows_a_button_and_not_the_answer(answered, visitor):
    link = answered(make_request())
    for _scanner in range(2):
        body = visitor.get(link).content.decode()
        assert "Show the answer" in body
        assert ANSWER not in body


def test_the_button_shows_message_and_answer_in_this_browser(answered, visitor):
    link = answered(make_request())
    body = visitor.post(link, follow=True).content.decode()
    assert ANSWER in body
    assert SECRET in body
    assert ANSWER in visitor.get(link).content.decode()
    assert ContactRequest.objects.get().replies.get().read_at is not None


def test_another_browser_finds_the_link_used(answered, visitor):
    link = answered(make_request())
    visitor.post(link)
    for response in (Client().get(link), Client().post(link, follow=True)):
        assert response.status_code == 404
        body = response.content.decode()
        assert "This link no longer works" in body
        assert "(619) 555-0142" in body
        assert ANSWER not in body


def test_the_answer_closes_with_the_session(answered, visitor):
    link = answered(make_request())
    visitor.post(link)
    visitor.cookies.clear()
    assert visitor.get(link).status_code == 404


@pytest.mark.parametrize(("days", "status"), [(13, 200), (14, 404)])
def test_the_link_ends_after_14_days(answered, visitor, friday, days, status):
    link = answered(make_request())
    friday.shift(timedelta(days=days))
    assert visitor.get(link).status_code == status
    visitor.post(link)
    assert (ANSWER in visitor.get(link).content.decode()) == (status == 200)


def test_a_second_answer_comes_with_a_link_of_its_own(answered, visitor):
    request = make_request()
    first = answered(request)
    second = answered(request)
    assert visitor.get(first).status_code == 404
    assert visitor.post(second, follow=True).content.decode().count(ANSWER) == 2


def test_a_made_up_link_opens_nothing(visitor):
    assert visitor.get("/contact/answer/made-up/").status_code == 404
    assert visitor.post("/contact/answer/made-up/", follow=True).status_code == 404


def test_the_pages_stay_out_of_caches_and_search_engines(answered, visitor):
    link = answered(make_request())
    for response in (visitor.get(link), visitor.post(link, follow=True)):
        assert "no-store" in response.headers["Cache-Control"]
        assert 'name="robots" content="noindex"' in response.content.decode()


def test_no_page_or_file_learns_the_address_with_its_key(answered, visitor):
    link = answered(make_request())
    for _before_and_after in range(2):
        assert visitor.get(link).headers["Referrer-Policy"] == "strict-origin"
        visitor.post(link)


def test_the_mail_comes_in_the_language_of_the_message(answered, monkeypatch):
    used = []
    from education.contact import mail as contact_mail

    write = contact_mail.write_mail
    monkeypatch.setattr(
        contact_mail,
        "write_mail",
        lambda kind, **kwargs: used.append(kwargs["language"]) or write(kind, **kwargs),
    )
    answered(make_request(language="es"))
    assert used == ["es"]
