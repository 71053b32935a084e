"""First step: the signs come before the message."""

import pytest

from education.contact.models import ContactRequest

pytestmark = pytest.mark.django_db


def test_the_signs_and_the_question_come_before_the_form(visitor):
    body = visitor.get("/contact/").content.decode()
    assert body.index('id="red-flags"') < body.index("Do you have any one of these signs?")
    assert "<textarea" not in body


def test_a_page_that_is_only_read_opens_no_session(visitor):
    visitor.get("/contact/")
    assert "sessionid" not in visitor.cookies


def test_no_sign_leads_to_the_form(visitor):
    response = visitor.post("/contact/", {"signs": "no"}, follow=True)
    assert response.redirect_chain == [("/contact/write/", 302)]
    assert "Your message" in response.content.decode()


@pytest.mark.parametrize("said", ["yes", "unsure"])
def test_a_sign_or_a_doubt_leads_to_the_stop_page(visitor, said):
    response = visitor.post("/contact/", {"signs": said}, follow=True)
    assert response.redirect_chain == [("/contact/stop/", 302)]
    body = response.content.decode()
    assert "Do not wait for our answer" in body
    assert "tel:911" in body
    assert "<textarea" not in body


def test_no_choice_is_asked_for_in_a_message_with_a_link(visitor):
    body = visitor.post("/contact/", {}).content.decode()
    assert 'href="#div_id_signs"' in body
    assert body.count("Choose one. If you are not sure, say so.") == 2


def test_the_form_is_not_shown_before_the_question_is_answered(visitor):
    assert visitor.get("/contact/write/").headers["Location"] == "/contact/"


def test_who_checked_again_and_found_no_sign_may_write(visitor):
    body = visitor.post("/contact/again/").content.decode()
    assert "Your message" in body
    assert visitor.get("/contact/write/").status_code == 200


def test_a_patient_finds_the_answers_before_the_signs(as_patient):
    body = as_patient.get("/contact/").content.decode()
    assert body.index("/contact/messages/") < body.index('id="red-flags"')


def test_staff_see_the_page_as_a_patient_does_and_the_way_to_the_messages(as_clinician):
    body = as_clinician.get("/contact/").content.decode()
    assert "You work here" in body
    assert "/admin/contact/contactrequest/" in body
    assert 'name="signs"' not in body


def test_staff_do_not_write_to_themselves(as_clinician):
    assert as_clinician.post("/contact/write/", {"message": "Hello"}).status_code == 403
    assert not ContactRequest.objects.exists()
