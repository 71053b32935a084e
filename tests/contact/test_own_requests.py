"""A patient's own messages and the clinic's answers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from education.contact.actions import answer_request
from education.contact.models import ContactRequest

from .conftest import SECRET, make_request

pytestmark = pytest.mark.django_db

ANSWER = "Bend the other knee a little. Then tell us on Monday."


def answer(request: ContactRequest, by) -> None:
    answer_request(request=request, text=ANSWER, replies_seen=request.replies.count(), by=by)


def test_the_newest_comes_first_each_with_its_state(as_patient, patient, clinician, friday):
    oldest = make_request(patient, reason="other", created_at=timezone.now() - timedelta(days=9))
    make_request(
        patient, reason="log_in", status="closed", created_at=timezone.now() - timedelta(days=5)
    )
    make_request(patient, reason="appointment")
    answer(oldest, clinician)
    body = as_patient.get("/contact/messages/").content.decode()
    order = [body.index(word) for word in ("An appointment", "I cannot log in", "Something else")]
    assert order == sorted(order)
    assert "We answer by the end of Monday, November 23" in body
    assert "Closed" in body
    assert "An answer waits for you" in body


def test_messages_of_others_are_not_listed(as_stranger, patient):
    make_request(patient, reason="pain_worse")
    body = as_stranger.get("/contact/messages/").content.decode()
    assert "My pain is worse" not in body
    assert "You have not written to us yet." in body


def test_a_long_list_has_pages(as_patient, patient):
    for _n in range(21):
        make_request(patient)
    assert as_patient.get("/contact/messages/").content.decode().count('pm-letter"') == 20
    assert as_patient.get("/contact/messages/?page=2").content.decode().count('pm-letter"') == 1
    assert as_patient.get("/contact/messages/?page=rubbish").status_code == 200


@pytest.mark.parametrize("count", [2, 12])
def test_the_list_costs_the_same_for_few_and_many(
    as_patient, patient, clinician, count, django_assert_num_queries
):
    for _n in range(count):
        answer(make_request(patient), clinician)
    as_patient.get("/contact/messages/")
    with django_assert_num_queries(7):
        as_patient.get("/contact/messages/")


def test_the_page_of_a_message_shows_it_and_its_answer(as_patient, patient, clinician):
    request = make_request(patient)
    answer(request, clinician)
    body = as_patient.get(f"/contact/messages/{request.submission_key}/").content.decode()
    assert SECRET in body
    assert ANSWER in body
    assert "Dana Example, PT" in body


def test_what_was_typed_is_shown_as_text(as_patient, patient):
    request = make_request(patient, message="<b>bold</b>\nsecond line")
    body = as_patient.get(f"/contact/messages/{request.submission_key}/").content.decode()
    assert "&lt;b&gt;bold&lt;/b&gt;\nsecond line" in body


def test_reading_writes_nothing(as_patient, patient, clinician):
    request = make_request(patient)
    answer(request, clinician)
    as_patient.get(f"/contact/messages/{request.submission_key}/")
    assert request.replies.get().read_at is None


def test_a_patient_says_that_the_answer_is_read(as_patient, patient, clinician, friday):
    request = make_request(patient)
    answer(request, clinician)
    url = f"/contact/messages/{request.submission_key}/read/"
    body = as_patient.post(url, follow=True).content.decode()
    assert request.replies.get().read_at == timezone.now()
    assert "An answer waits for you" not in body
    assert "Answered" in body


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("page", ["", "read/"])
def test_a_stranger_gets_404_with_nothing_of_it_in_the_page(
    as_stranger, patient, clinician, method, page
):
    request = make_request(patient)
    answer(request, clinician)
    response = getattr(as_stranger, method)(f"/contact/messages/{request.submission_key}/{page}")
    wrong_method = (method == "get") == bool(page)
    assert response.status_code == (405 if wrong_method else 404)
    for secret in (SECRET, ANSWER, "Lee", "Testperson"):
        assert secret not in response.content.decode()
    assert request.replies.get().read_at is None


def test_staff_read_messages_on_the_staff_site_only(as_clinician, patient):
    request = make_request(patient)
    assert as_clinician.get(f"/contact/messages/{request.submission_key}/").status_code == 404
    body = as_clinician.get("/contact/messages/").content.decode()
    assert "/admin/contact/contactrequest/" in body
    assert str(request.submission_key) not in body


@pytest.mark.parametrize("page", ["", "1b671a64-40d5-491e-99b0-da01ff1f3341/"])
def test_a_visitor_gets_the_log_in_page(visitor, page):
    response = visitor.get(f"/contact/messages/{page}")
    assert response.headers["Location"].startswith("/accounts/login/")
