"""The front page of the staff site says what waits."""

from datetime import timedelta

import pytest
from django.utils import timezone

from education.people.models import OutgoingMail

from .conftest import SECRET, make_request

pytestmark = pytest.mark.django_db


def front(client) -> str:
    return client.get("/admin/").content.decode()


def test_messages_wait_worse_first(as_clinician, patient, friday):
    make_request(reason="appointment", created_at=timezone.now() - timedelta(days=2))
    make_request(patient, reason="pain_worse")
    make_request(patient, reason="other", status="answered")
    body = front(as_clinician)
    assert "Messages waiting (2)" in body
    assert body.index("Lee Testperson") < body.index("Jo Testvisitor")
    assert "Something else" not in body
    assert SECRET not in body
    assert 'href="#messages" class="cl-tile--flag"' in body


def test_nothing_waits(as_front_desk):
    body = front(as_front_desk)
    assert "No message waits." in body
    assert "cl-tile--flag" not in body


def test_a_late_answer_is_marked(as_front_desk, patient, friday):
    make_request(patient, answer_due_on=timezone.now().date() - timedelta(days=1))
    assert "was due Thu, Nov 19" in front(as_front_desk)


def test_content_editors_see_no_messages_and_no_mail(as_editor, patient):
    make_request(patient)
    OutgoingMail.objects.create(kind="plan_ready", key="1", state="failed")
    body = front(as_editor)
    assert "Messages waiting" not in body
    assert "Lee Testperson" not in body
    assert "Mail not sent" not in body


def test_mail_that_does_not_go_is_shown(as_front_desk, patient, friday):
    long_ago = timezone.now() - timedelta(minutes=30)
    OutgoingMail.objects.create(
        kind="plan_ready", key="1", user=patient.user, state="failed", problem="SMTPException"
    )
    OutgoingMail.objects.create(kind="answer_ready", key="2", queued_at=long_ago)
    OutgoingMail.objects.create(kind="invitation", key="3")
    OutgoingMail.objects.create(kind="recent", key="4", state="sent", queued_at=long_ago)
    body = front(as_front_desk)
    assert "Mail not sent (2)" in body
    assert "SMTPException" in body
    assert "does the mail worker run?" in body
    assert "<td>Recent</td>" not in body


def test_all_records_stay_below(as_administrator):
    body = front(as_administrator)
    assert body.index("Messages waiting") < body.index("All records")
    assert "/admin/contact/contactrequest/" in body


@pytest.mark.parametrize("count", [2, 8])
def test_costs_the_same_for_few_and_many(
    as_front_desk, patient, count, django_assert_max_num_queries
):
    for _n in range(count):
        make_request(patient)
    with django_assert_max_num_queries(12):
        as_front_desk.get("/admin/")
