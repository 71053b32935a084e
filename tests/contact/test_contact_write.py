"""Second step: the message."""

import re
from uuid import uuid4

import pytest
from django.core import mail

from education.contact.models import ContactRequest
from education.people.models import OutgoingMail

from .conftest import MONDAY, SECRET, checked, from_patient, from_visitor

pytestmark = pytest.mark.django_db


def key_of(response) -> str:
    """The key of the form on the page."""
    return response.context["form"]["submission_key"].value()


def test_a_patient_writes_and_is_thanked(as_patient, patient, friday):
    response = checked(as_patient).post("/contact/write/", from_patient())
    kept = ContactRequest.objects.get()
    assert response.headers["Location"] == "/contact/thanks/"
    assert (kept.patient, kept.message, kept.reason) == (patient, SECRET, "exercise")
    assert (kept.status, kept.held, kept.answer_due_on) == ("new", False, MONDAY)


def test_a_visitor_writes_and_is_thanked(visitor, friday):
    response = checked(visitor).post("/contact/write/", from_visitor())
    kept = ContactRequest.objects.get()
    assert response.headers["Location"] == "/contact/thanks/"
    assert (kept.patient, kept.name, kept.email) == (None, "Jo Testvisitor", "jo@visitor.example")


def test_a_patient_is_not_asked_who_they_are(as_patient):
    body = checked(as_patient).get("/contact/write/").content.decode()
    for name in ("name", "email", "nothing_here"):
        assert f'name="{name}"' not in body
    assert 'value="site"' in body


def test_a_patient_cannot_send_as_somebody_else(as_patient, patient, other_patient):
    form = from_patient(
        name="Pat Otherperson", email=other_patient.user.email, patient=other_patient.pk
    )
    checked(as_patient).post("/contact/write/", form)
    kept = ContactRequest.objects.get()
    assert (kept.patient, kept.name, kept.email) == (patient, "", "")


def test_a_visitor_with_a_patients_address_stays_a_visitor(visitor, patient):
    checked(visitor).post("/contact/write/", from_visitor(email=patient.user.email))
    assert ContactRequest.objects.get().patient is None


def test_a_visitor_cannot_ask_for_an_answer_behind_the_log_in(visitor):
    response = checked(visitor).post("/contact/write/", from_visitor(answer_by="site"))
    assert 'href="#div_id_answer_by"' in response.content.decode()
    assert not ContactRequest.objects.exists()


class TestTheSignsAreAskedAgain:
    @pytest.mark.parametrize("reason", ["pain_worse", "new_symptom"])
    def test_for_worse_pain_and_new_symptoms(self, as_patient, reason):
        response = checked(as_patient).post("/contact/write/", from_patient(reason=reason))
        body = response.content.decode()
        assert 'href="#div_id_signs"' in body
        assert SECRET in body
        assert not ContactRequest.objects.exists()

    @pytest.mark.parametrize("reason", ["pain_worse", "new_symptom"])
    def test_and_with_no_sign_the_message_goes(self, as_patient, reason):
        form = from_patient(reason=reason, signs="no")
        checked(as_patient).post("/contact/write/", form)
        assert ContactRequest.objects.get().is_worrying

    @pytest.mark.parametrize("said", ["yes", "unsure"])
    def test_and_with_a_sign_nothing_is_sent_and_nothing_is_lost(self, as_patient, said):
        form = from_patient(reason="pain_worse", signs=said, best_time="in the morning")
        stop = checked(as_patient).post("/contact/write/", form).content.decode()
        assert "Do not wait for our answer" in stop
        assert "We did not send your message." in stop
        assert not ContactRequest.objects.exists()
        carried = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', stop))
        back = as_patient.post("/contact/again/", carried).content.decode()
        assert SECRET in back
        assert "in the morning" in back
        assert f'value="{form["submission_key"]}"' in back
        assert 'value="pain_worse" selected' in back
        assert not re.search(r'name="signs"[^>]*checked', back)

    def test_a_sign_stops_a_message_about_anything(self, visitor):
        form = from_visitor(reason="appointment", signs="yes")
        stop = checked(visitor).post("/contact/write/", form).content.decode()
        assert "Do not wait for our answer" in stop
        assert not ContactRequest.objects.exists()

    def test_a_sign_stops_a_form_with_errors_too(self, visitor):
        form = from_visitor(signs="yes", email="not an address")
        stop = checked(visitor).post("/contact/write/", form).content.decode()
        assert "Do not wait for our answer" in stop
        assert 'name="email" value="not an address"' in stop

    def test_and_of_everybody_whose_first_answer_is_not_known(self, visitor):
        body = visitor.post("/contact/write/", from_visitor()).content.decode()
        assert 'href="#div_id_signs"' in body
        assert SECRET in body
        visitor.post("/contact/write/", from_visitor(signs="no"))
        assert ContactRequest.objects.count() == 1


class TestBadInput:
    @pytest.mark.parametrize(
        ("changes", "field", "message"),
        [
            ({"message": "  "}, "id_message", "Tell us a little, even one line."),
            ({"message": "x" * 4001}, "id_message", "4000 letters at most"),
            ({"message": "a\x00b"}, "id_message", "Null characters"),
            ({"reason": ""}, "id_reason", "Choose what this is about."),
            ({"reason": "gossip"}, "id_reason", "Choose what this is about."),
            ({"name": ""}, "id_name", "Tell us your name."),
            ({"email": ""}, "id_email", "Add your e-mail"),
            ({"email": "jo@"}, "id_email", "not a whole e-mail address"),
            ({"answer_by": "phone"}, "id_phone", "Add your phone number"),
            ({"answer_by": "phone", "phone": "12"}, "id_phone", "not a whole phone number"),
            ({"answer_by": ""}, "div_id_answer_by", "Choose how we should answer."),
        ],
    )
    def test_is_named_beside_its_field_and_in_a_list_with_links(
        self, visitor, changes, field, message
    ):
        form = from_visitor(best_time="after lunch", **changes)
        body = checked(visitor).post("/contact/write/", form).content.decode()
        assert f'href="#{field}"' in body
        assert message in body
        assert "after lunch" in body
        assert "Please change one thing" in body
        assert not ContactRequest.objects.exists()

    def test_what_was_typed_is_kept_as_text(self, visitor):
        form = from_visitor(message="<script>alert(1)</script>", name="")
        body = checked(visitor).post("/contact/write/", form).content.decode()
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in body
        assert "<script>alert" not in body

    def test_a_broken_key_is_nobodys_fault_and_costs_no_message(self, visitor):
        checked(visitor).post("/contact/write/", from_visitor(submission_key="broken"))
        assert ContactRequest.objects.count() == 1

    def test_who_was_logged_out_while_writing_keeps_every_word(self, visitor):
        body = visitor.post("/contact/write/", from_patient()).content.decode()
        assert "You were logged out" in body
        assert SECRET in body
        assert "Choose how we should answer." in body
        assert "not one of the available choices" not in body


class TestTheSameMessageTwice:
    def test_is_kept_once_and_thanked_twice(self, as_patient, patient):
        form = from_patient()
        checked(as_patient)
        answers = [as_patient.post("/contact/write/", form) for _tap in range(2)]
        assert [answer.headers["Location"] for answer in answers] == ["/contact/thanks/"] * 2
        assert ContactRequest.objects.count() == 1

    def test_changed_after_going_back_is_a_new_message(self, as_patient):
        form = from_patient()
        checked(as_patient).post("/contact/write/", form)
        as_patient.post("/contact/write/", {**form, "message": "One more thing."})
        assert set(ContactRequest.objects.values_list("message", flat=True)) == {
            SECRET,
            "One more thing.",
        }

    def test_sent_again_from_a_page_loaded_anew_is_kept_once(self, as_patient):
        checked(as_patient)
        for _time in range(2):  # "back" loads the page once more
            key = key_of(as_patient.get("/contact/write/"))
            as_patient.post("/contact/write/", from_patient(submission_key=key))
        assert ContactRequest.objects.count() == 1

    def test_written_after_another_look_at_the_signs_is_a_new_message(self, as_patient):
        for _time in range(2):
            key = key_of(checked(as_patient).get("/contact/write/"))
            as_patient.post("/contact/write/", from_patient(submission_key=key))
        assert ContactRequest.objects.count() == 2

    def test_of_two_people_is_two_messages(self, as_patient, as_stranger):
        form = from_patient()
        checked(as_patient).post("/contact/write/", form)
        checked(as_stranger).post("/contact/write/", form)
        assert ContactRequest.objects.count() == 2


class TestTheTrap:
    def test_filled_in_is_thanked_the_same_and_nothing_is_kept(self, visitor, friday):
        form = from_visitor(nothing_here="https://buy.example")
        response = checked(visitor).post("/contact/write/", form, follow=True)
        assert response.redirect_chain == [("/contact/thanks/", 302)]
        assert "Monday, November 23" in response.content.decode()
        assert not ContactRequest.objects.exists()
        assert not OutgoingMail.objects.exists()

    def test_cannot_be_reached_by_people(self, visitor):
        body = checked(visitor).get("/contact/write/").content.decode()
        field = re.search(r'<input[^>]*name="nothing_here"[^>]*>', body)[0]
        assert 'tabindex="-1"' in field
        assert 'autocomplete="off"' in field
        assert re.search(r'<div[^>]*class="pm-honey"[^>]*>', body)

    def test_does_not_lose_the_message_of_a_patient(self, as_patient):
        checked(as_patient).post("/contact/write/", from_patient(nothing_here="filled"))
        assert ContactRequest.objects.count() == 1


def test_the_thank_you_page_names_the_day_and_what_to_do_until_then(as_patient, friday):
    form = from_patient(submission_key=str(uuid4()))
    body = checked(as_patient).post("/contact/write/", form, follow=True).content.decode()
    assert "by the end of <strong>Monday, November 23</strong>" in body
    assert "Until we answer" in body
    assert "(619) 555-0142" in body
    assert "tel:911" in body
    assert "tel:988" in body
    assert SECRET not in body


def test_who_asked_for_a_call_is_told_that_we_call(as_patient, friday):
    form = from_patient(answer_by="phone", phone="619-555-0123")
    body = checked(as_patient).post("/contact/write/", form, follow=True).content.decode()
    assert "will call you by the end of" in body
    assert ContactRequest.objects.get().phone.as_e164 == "+16195550123"


def test_nobody_is_thanked_for_nothing(visitor):
    assert visitor.get("/contact/thanks/").headers["Location"] == "/contact/"


def test_the_clinic_is_told_that_a_message_waits_and_nothing_else(
    as_patient, clinician, django_capture_on_commit_callbacks
):
    checked(as_patient)
    with django_capture_on_commit_callbacks(execute=True):
        as_patient.post("/contact/write/", from_patient())
    (message,) = mail.outbox
    told = f"{message.subject}\n{message.body}"
    assert message.to == [clinician.email]
    assert "/admin/contact/contactrequest/" in told
    for secret in (SECRET, "Lee", "Testperson", "exercise"):
        assert secret not in told
