"""Mail that cannot go out now: nobody's page suffers, nothing is lost, staff see it."""

import re
from datetime import timedelta
from pathlib import Path

import allauth
import pytest
from django.core import mail as django_mail
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client
from django.utils import timezone
from django_tasks import default_task_backend

from education.people import actions, letters
from education.people.mail import BUILDERS, RETRY_AFTER, deliver_mail, write_mail
from education.people.models import Clinic, OutgoingMail


class DeadServer(BaseEmailBackend):
    """A mail server that is not there."""

    def send_messages(self, messages):
        raise ConnectionRefusedError("lee@patient.example could not be reached")


@pytest.fixture
def queue(settings):
    """The queue of tasks, which only collects."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    default_task_backend.clear()
    return default_task_backend


@pytest.fixture
def dead_server(settings, queue) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.DeadServer"


def ask_for_reset(sends) -> None:
    with sends():
        response = Client().post("/accounts/password/reset/", {"email": "lee@patient.example"})
    assert (response.status_code, response.url) == (302, "/accounts/password/reset/done/")


def test_a_dead_server_leaves_the_mail_waiting_with_the_kind_of_problem(
    patient, dead_server, sends
):
    ask_for_reset(sends)
    waiting = OutgoingMail.objects.get()
    deliver_mail.call(waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.tries) == (OutgoingMail.State.QUEUED, 1)
    assert waiting.problem == "ConnectionRefusedError"


def test_nothing_of_the_reader_reaches_the_log(patient, dead_server, sends, caplog):
    ask_for_reset(sends)
    deliver_mail.call(OutgoingMail.objects.get().pk)
    assert "ConnectionRefusedError" in caplog.text
    assert "patient.example" not in caplog.text


def test_it_is_tried_again_later_and_given_up_after_the_last_try(
    patient, dead_server, queue, sends
):
    ask_for_reset(sends)
    waiting = OutgoingMail.objects.get()
    before = timezone.now()
    for _try in RETRY_AFTER:
        deliver_mail.call(waiting.pk)
    waits = [result.task.run_after - before for result in queue.results if result.task.run_after]
    assert [round(wait / timedelta(minutes=1)) for wait in waits] == [1, 5, 30, 120, 720]
    waiting.refresh_from_db()
    assert waiting.state == OutgoingMail.State.QUEUED
    deliver_mail.call(waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.tries) == (OutgoingMail.State.FAILED, len(RETRY_AFTER) + 1)


def test_a_retry_after_the_server_is_back_sends_a_link_that_works(
    patient, dead_server, sends, settings, mailoutbox
):
    ask_for_reset(sends)
    waiting = OutgoingMail.objects.get()
    deliver_mail.call(waiting.pk)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    deliver_mail.call(waiting.pk)
    deliver_mail.call(waiting.pk)  # a task that runs twice sends once
    assert len(django_mail.outbox) == 1
    [path] = re.findall(r"https?://[^/]+(/accounts/\S+)", django_mail.outbox[0].body)[:1]
    page = Client().get(path, follow=True)
    assert "Choose a new password" in page.content.decode()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.problem) == (OutgoingMail.State.SENT, "")


def test_the_admin_saves_a_patient_and_the_invitation_though_the_server_is_dead(
    as_clinician, newcomer, dead_server, sends
):
    with sends():
        response = as_clinician.post(
            f"/admin/people/patient/{newcomer.pk}/email/",
            {"email": "noor2@patient.example", "invite": "on"},
        )
    assert response.status_code == 302
    assert sorted(OutgoingMail.objects.values_list("kind", "state")) == [
        ("email_changed", "queued"),
        ("invitation", "queued"),
    ]


class TestInTheAdmin:
    @pytest.fixture
    def failed(self, patient) -> OutgoingMail:
        return OutgoingMail.objects.create(
            kind="password_reset",
            key=patient.user.pk,
            user=patient.user,
            state=OutgoingMail.State.FAILED,
            tries=6,
            problem="ConnectionRefusedError",
        )

    def test_staff_see_what_waits(self, as_front_desk, failed):
        html = as_front_desk.get("/admin/people/outgoingmail/").content.decode()
        assert "Password reset" in html
        assert "not sent" in html
        assert "ConnectionRefusedError" in html

    def test_staff_narrow_it_to_one_kind_in_plain_words(self, as_front_desk, patient, failed):
        OutgoingMail.objects.create(kind="plan_ready", key="1", user=patient.user)
        response = as_front_desk.get("/admin/people/outgoingmail/?kind=password_reset")
        assert list(response.context["cl"].result_list) == [failed]
        html = response.content.decode()
        assert "Plan ready</a>" in html
        assert ">plan_ready<" not in html

    def test_staff_send_it_again(self, as_front_desk, failed, sends, mailoutbox):
        with sends():
            as_front_desk.post(
                "/admin/people/outgoingmail/",
                {"action": "send_again", "_selected_action": [failed.pk]},
            )
        failed.refresh_from_db()
        assert failed.state == OutgoingMail.State.SENT
        assert [mail.to for mail in mailoutbox] == [["lee@patient.example"]]

    def test_what_was_sent_is_not_sent_again(self, as_front_desk, failed, sends, mailoutbox):
        OutgoingMail.objects.update(state=OutgoingMail.State.SENT)
        with sends():
            as_front_desk.post(
                "/admin/people/outgoingmail/",
                {"action": "send_again", "_selected_action": [failed.pk]},
            )
        assert mailoutbox == []

    def test_nobody_writes_or_deletes_one(self, as_administrator, failed):
        assert as_administrator.get("/admin/people/outgoingmail/add/").status_code == 403
        page = f"/admin/people/outgoingmail/{failed.pk}"
        assert as_administrator.post(f"{page}/delete/", {"post": "yes"}).status_code == 403
        assert as_administrator.post(f"{page}/change/", {"state": "sent"}).status_code == 403
        assert OutgoingMail.objects.filter(pk=failed.pk, state="failed").exists()

    def test_content_editors_and_patients_do_not_see_it(self, as_editor, as_patient, failed):
        for client in (as_editor, as_patient):
            response = client.get("/admin/people/outgoingmail/")
            assert response.status_code == 403
            assert "patient.example" not in response.content.decode()


def test_every_mail_allauth_can_send_here_has_a_kind_of_ours():
    """Its other mails belong to what this site switched off."""
    off = ("email_confirm", "login_code", "unknown_account", "account_already_exists")
    off += ("password_reset_code", "email_deleted", "email_changed", "base_")
    folder = Path(allauth.__file__).parent / "templates"
    prefixes = {
        str(path.relative_to(folder)).removesuffix("_subject.txt")
        for room in ("account", "mfa")
        for path in (folder / room / "email").glob("*_subject.txt")
    }
    expected = {p for p in prefixes if not p.split("/")[-1].startswith(off)}
    assert expected == set(letters.ALLAUTH_KINDS)


@pytest.mark.parametrize(
    "kind",
    ["password_changed", "second_factor_added", "second_factor_removed", "recovery_codes_made"],
)
@pytest.mark.parametrize("language", ["en", "es"])
def test_notices_have_a_subject_and_say_nothing_of_the_person(
    patient, kind, language, sends, mailoutbox
):
    actions.set_language(user=patient.user, language=language, by=None)
    with sends():
        actions.notify_account(user=patient.user, kind=kind, by=None)
    [mail] = mailoutbox
    assert mail.subject.startswith("Pain Management & Injury Relief: ")
    for word in ("Lee", "Testperson", "Dana", "&amp;", "exercise"):
        assert word not in mail.subject + mail.body


def test_a_mail_to_an_account_that_ended_is_dropped(patient, clinician, sends, mailoutbox):
    actions.discharge_patient(patient=patient, by=clinician)
    with sends():
        actions.notify_account(user=patient.user, kind="password_changed", by=None)
    assert mailoutbox == []
    assert OutgoingMail.objects.get().state == OutgoingMail.State.DROPPED


def test_every_kind_of_this_room_is_registered():
    assert {*letters.ALLAUTH_KINDS.values(), "invitation", "email_changed"} <= set(BUILDERS)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "kind", ["plan_ready", "plan_changed", "answer_ready", "answer_ready_visitor"]
)
def test_a_mail_says_from_whom_it_is_and_how_to_call(kind):
    written = write_mail(kind, to="lee@patient.example", language="en", context={"days": 14})
    clinic = Clinic.objects.current()
    assert f"{clinic.name}\n{clinic.phone.as_national}" in written.body
    assert "In an emergency, call 911." in written.body
