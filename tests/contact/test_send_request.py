"""A message is kept first; then the clinic is told, unless there are too many."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from education.contact import limits
from education.contact.actions import alert_about_held, send_request
from education.contact.models import ContactRequest
from education.people.models import Clinic, OutgoingMail

from .conftest import FRIDAY_3_PM, SECRET, checked, from_patient, from_visitor, make_request

pytestmark = pytest.mark.django_db


def write(client: Client, form: dict[str, str]) -> str:
    """Post one message; the words of the page it leads to."""
    return client.post("/contact/write/", form, follow=True).content.decode()


def alerts() -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(kind="request_waiting"))


class TestTheAlert:
    def test_goes_to_everybody_who_may_answer(
        self, visitor, clinician, front_desk, editor, administrator
    ):
        write(checked(visitor), from_visitor())
        assert {alert.user for alert in alerts()} == {clinician, front_desk, administrator}

    def test_goes_to_the_clinics_address_when_it_has_one(
        self, visitor, clinician, django_capture_on_commit_callbacks
    ):
        Clinic.objects.create(pk=1, alert_email="desk@clinic.example")
        checked(visitor)
        with django_capture_on_commit_callbacks(execute=True):
            write(visitor, from_visitor())
        assert [message.to for message in mail.outbox] == [["desk@clinic.example"]]

    def test_skips_staff_who_left(self, visitor, clinician, colleague):
        colleague.is_active = False
        colleague.save()
        write(checked(visitor), from_visitor())
        assert [alert.user for alert in alerts()] == [clinician]

    def test_is_dropped_when_somebody_was_faster(
        self, visitor, clinician, django_capture_on_commit_callbacks
    ):
        checked(visitor)
        with django_capture_on_commit_callbacks() as later:
            write(visitor, from_visitor())
        ContactRequest.objects.update(status="answered")
        for callback in later:
            callback()
        assert mail.outbox == []
        assert alerts()[0].state == "dropped"

    def test_is_queued_without_a_word_of_the_message(self, visitor, clinician):
        write(checked(visitor), from_visitor())
        (alert,) = alerts()
        assert alert.key == str(ContactRequest.objects.get().pk)


class TestADeadMailServer:
    def test_costs_no_message_and_no_alert(
        self, visitor, clinician, settings, django_capture_on_commit_callbacks
    ):
        settings.EMAIL_BACKEND = "tests.contact.test_send_request.DeadServer"
        checked(visitor)
        with django_capture_on_commit_callbacks(execute=True):
            body = write(visitor, from_visitor())
        assert "We got your message" in body
        assert ContactRequest.objects.get().message == SECRET
        (alert,) = alerts()
        assert (alert.state, alert.tries, alert.problem) == ("queued", 1, "ConnectionRefusedError")


class DeadServer:
    """An e-mail backend whose server does not answer."""

    def __init__(self, *args, **kwargs):
        pass

    def send_messages(self, messages):
        raise ConnectionRefusedError("no route to jo@visitor.example")


class TestAboveTheLimit:
    def test_a_patients_message_is_held_and_thanked_the_same(self, as_patient, clinician, friday):
        checked(as_patient)
        bodies = [write(as_patient, from_patient()) for _n in range(limits.PER_SENDER + 1)]
        assert all("Monday, November 23" in body for body in bodies)
        assert ContactRequest.objects.count() == limits.PER_SENDER + 1
        assert ContactRequest.objects.held().count() == 1
        assert len(alerts()) == limits.PER_SENDER

    def test_one_patient_does_not_use_up_the_limit_of_another(self, as_patient, as_stranger):
        checked(as_patient)
        for _n in range(limits.PER_SENDER + 1):
            write(as_patient, from_patient())
        write(checked(as_stranger), from_patient())
        assert not ContactRequest.objects.latest("pk").held

    def test_visitors_are_counted_by_address(self, visitor):
        checked(visitor)
        for _n in range(limits.PER_SENDER + 1):
            write(visitor, from_visitor())
        elsewhere = checked(Client(REMOTE_ADDR="203.0.113.9"))
        write(elsewhere, from_visitor())
        held = ContactRequest.objects.order_by("pk").values_list("held", flat=True)
        assert list(held) == [False] * limits.PER_SENDER + [True, False]

    def test_a_header_anybody_can_write_is_not_believed(self, visitor):
        checked(visitor)
        for n in range(limits.PER_SENDER + 1):
            form = from_visitor()
            visitor.post("/contact/write/", form, headers={"X-Forwarded-For": f"203.0.113.{n}"})
        assert ContactRequest.objects.held().count() == 1

    def test_a_trusted_proxy_tells_visitors_apart(self, visitor, settings):
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
        checked(visitor)
        for n in range(limits.PER_SENDER + 1):
            form = from_visitor()
            visitor.post("/contact/write/", form, headers={"X-Forwarded-For": f"203.0.113.{n}"})
        assert not ContactRequest.objects.held().exists()

    def test_one_network_of_the_new_kind_is_one_sender(self):
        assert limits._network("2001:db8:1:2:aaaa::1") == limits._network("2001:db8:1:2:bbbb::2")
        assert limits._network("2001:db8:1:2::1") != limits._network("2001:db8:1:3::1")

    def test_a_flood_from_many_addresses_is_held_but_no_patient_is(self, as_patient, monkeypatch):
        monkeypatch.setattr(limits, "ALL_VISITORS", 2)
        for n in range(3):
            write(checked(Client(REMOTE_ADDR=f"203.0.113.{n}")), from_visitor())
        write(checked(as_patient), from_patient())
        held = ContactRequest.objects.order_by("pk").values_list("held", flat=True)
        assert list(held) == [False, False, True, False]

    def test_the_count_starts_afresh_after_the_hour(self, as_patient, patient, friday):
        checked(as_patient)
        for _n in range(limits.PER_SENDER):
            write(as_patient, from_patient())
        friday.shift(timedelta(seconds=limits.WINDOW + 1))
        as_patient.force_login(patient.user)
        write(checked(as_patient), from_patient(message="Later."))
        assert not ContactRequest.objects.get(message="Later.").held

    def test_a_dead_cache_holds_nothing_and_loses_nothing(self, as_patient, monkeypatch):
        def dead(*args, **kwargs):
            raise ConnectionError

        checked(as_patient)
        monkeypatch.setattr(cache, "add", dead)
        for _n in range(limits.PER_SENDER + 1):
            write(as_patient, from_patient())
        assert ContactRequest.objects.count() == limits.PER_SENDER + 1
        assert not ContactRequest.objects.held().exists()

    def test_the_cache_keeps_no_address(self, visitor):
        write(checked(visitor), from_visitor())
        assert not any("127.0.0.1" in key for key in cache._cache)


class TestTheLaterAlert:
    def hold(self) -> ContactRequest:
        return send_request(
            submission_key=uuid4(),
            entries={
                "reason": "other",
                "message": "Buy now",
                "answer_by": "email",
                "name": "Jo",
                "email": "jo@visitor.example",
                "phone": "",
                "best_time": "",
            },
            patient=None,
            language="en",
            held=True,
            by=None,
        )

    def test_is_planned_once_an_hour_for_its_end(
        self, friday, settings, django_capture_on_commit_callbacks
    ):
        settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
        friday.shift(timedelta(minutes=20))
        with django_capture_on_commit_callbacks(execute=True):
            self.hold()
            self.hold()
        (planned,) = alert_about_held.get_backend().results
        assert planned.task.run_after == FRIDAY_3_PM + timedelta(hours=1)
        friday.shift(timedelta(hours=1))
        with django_capture_on_commit_callbacks(execute=True):
            self.hold()
        assert len(alert_about_held.get_backend().results) == 2

    def test_tells_the_clinic_once_about_all_that_wait(self, clinician, friday):
        self.hold()
        self.hold()
        alert_about_held.call(FRIDAY_3_PM.isoformat())
        assert [alert.user for alert in alerts()] == [clinician]

    def test_is_left_out_when_all_are_settled(self, clinician, friday):
        self.hold()
        ContactRequest.objects.update(status="closed")
        alert_about_held.call(FRIDAY_3_PM.isoformat())
        assert alerts() == []


def test_a_message_nobody_could_answer_is_refused_by_the_database(db):
    from django.db import IntegrityError

    with pytest.raises(IntegrityError):
        make_request(email="")


def test_a_patients_message_bears_no_other_name(patient):
    from django.db import IntegrityError

    with pytest.raises(IntegrityError):
        make_request(patient, name="Somebody else")


def test_the_audit_log_names_the_writer_and_keeps_no_word(as_patient, patient):
    from auditlog.models import LogEntry

    write(checked(as_patient), from_patient())
    entry = LogEntry.objects.get_for_model(ContactRequest).get()
    assert entry.actor == patient.user
    assert SECRET not in str(entry.changes)


def test_the_moment_is_kept_in_utc(as_patient, friday):
    write(checked(as_patient), from_patient())
    assert ContactRequest.objects.get().created_at == datetime(2026, 11, 20, 23, tzinfo=UTC)
