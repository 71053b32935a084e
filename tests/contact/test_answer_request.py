"""Staff answer; the sender is told that an answer waits."""

import pytest
from django.core import mail

from education.contact.actions import AnsweredMeanwhile, answer_request, close_request
from education.people.models import OutgoingMail

from .conftest import SECRET, make_request

pytestmark = pytest.mark.django_db

ANSWER = "Bend the other knee a little."


def answer(request, by, replies_seen=0):
    return answer_request(request=request, text=ANSWER, replies_seen=replies_seen, by=by)


def test_the_answer_is_kept_with_its_author(patient, clinician):
    request = make_request(patient)
    reply = answer(request, clinician)
    request.refresh_from_db()
    assert (reply.text, reply.by, request.status) == (ANSWER, clinician, "answered")


def test_the_patient_is_told_to_log_in_and_nothing_else(
    patient, clinician, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer(make_request(patient), clinician)
    (message,) = mail.outbox
    told = f"{message.subject}\n{message.body}"
    assert message.to == [patient.user.email]
    assert "/contact/messages/" in told
    for secret in (ANSWER, SECRET, "Lee", "Dana", "exercise"):
        assert secret not in told


def test_no_mail_goes_to_a_patient_who_may_no_longer_log_in(
    patient, clinician, django_capture_on_commit_callbacks
):
    patient.user.is_active = False
    patient.user.save()
    with django_capture_on_commit_callbacks(execute=True):
        answer(make_request(patient), clinician)
    assert mail.outbox == []


@pytest.mark.parametrize("by_patient", [True, False])
def test_no_mail_follows_a_call(patient, front_desk, by_patient):
    request = make_request(patient if by_patient else None, answer_by="phone", phone="6195550123")
    answer(request, front_desk)
    assert not OutgoingMail.objects.exists()


def test_the_second_of_two_at_once_is_told_and_saves_nothing(patient, clinician, colleague):
    request = make_request(patient)
    answer(request, clinician)
    with pytest.raises(AnsweredMeanwhile, match="Dana Example, PT answered in the meantime"):
        answer(request, colleague)
    assert request.replies.count() == 1


def test_who_has_seen_the_first_answer_may_add_another(patient, clinician, colleague):
    request = make_request(patient)
    answer(request, clinician)
    answer(request, colleague, replies_seen=1)
    assert [reply.by for reply in request.replies.all()] == [clinician, colleague]


def test_a_message_may_be_closed_and_answered_later(clinician):
    request = make_request()
    close_request(request=request, replies_seen=0, by=clinician)
    request.refresh_from_db()
    assert request.status == "closed"
    answer(request, clinician)
    request.refresh_from_db()
    assert request.status == "answered"


def test_an_answered_message_cannot_be_closed_as_unanswered(patient, clinician):
    request = make_request(patient)
    answer(request, clinician)
    close_request(request=request, replies_seen=1, by=clinician)
    request.refresh_from_db()
    assert request.status == "answered"


def test_closing_tells_nobody(patient, clinician):
    close_request(request=make_request(patient), replies_seen=0, by=clinician)
    assert not OutgoingMail.objects.exists()


def test_the_audit_log_names_who_answered_and_keeps_no_word(patient, clinician):
    from auditlog.models import LogEntry

    reply = answer(make_request(patient), clinician)
    entry = LogEntry.objects.get_for_object(reply).get()
    assert entry.actor == clinician
    assert ANSWER not in str(entry.changes)
