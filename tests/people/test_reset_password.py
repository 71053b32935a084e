"""A forgotten password: one page for everybody, a mail only for who has one to forget."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from education.people import actions
from education.people.models import OutgoingMail
from tests.factories import PASSWORD
from tests.people.conftest import NEW_PASSWORD, link_in, type_password

ASK = "/accounts/password/reset/"


def ask(email: str):
    return Client().post(ASK, {"email": email}, follow=True)


@pytest.fixture
def reset_link(patient, sends, mailoutbox) -> str:
    with sends():
        ask(patient.user.email)
    return link_in(mailoutbox[-1])


def test_everybody_gets_the_same_page_and_one_gets_a_mail(
    patient, newcomer, other_patient, clinician, sends, mailoutbox
):
    actions.discharge_patient(patient=other_patient, by=clinician)
    pages = set()
    for email in (
        "lee@patient.example",
        "noor@patient.example",  # never invited: no password to forget
        "pat@patient.example",  # discharged
        "nobody@else.example",
    ):
        with sends():
            response = ask(email)
        pages.add(
            (
                response.status_code,
                response.request["PATH_INFO"],
                "is on its way" in response.content.decode(),
            )
        )
    assert pages == {(200, "/accounts/password/reset/done/", True)}
    assert [mail.to for mail in mailoutbox] == [["lee@patient.example"]]


def test_the_request_queues_and_the_worker_makes_the_link(patient, mailoutbox):
    ask(patient.user.email)  # nothing is let out
    assert mailoutbox == []
    row = OutgoingMail.objects.values("kind", "key", "user", "state").get()
    assert row == {
        "kind": "password_reset",
        "key": str(patient.user.pk),
        "user": patient.user.pk,
        "state": "queued",
    }


def test_the_link_sets_a_password_once(patient, reset_link, visitor):
    page = visitor.get(reset_link, follow=True)
    assert "Choose a new password" in page.content.decode()
    done = visitor.post(page.request["PATH_INFO"], type_password(), follow=True)
    assert "Your password is saved" in done.content.decode()
    patient.user.refresh_from_db()
    assert patient.user.check_password(NEW_PASSWORD)
    assert "This link does not work" in Client().get(reset_link, follow=True).content.decode()


def test_the_link_works_for_a_day(reset_link, visitor):
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        response = visitor.get(reset_link, follow=True)
    assert "This link does not work" in response.content.decode()
    assert "Send me a new link" in response.content.decode()


def test_a_weak_password_is_refused_and_the_link_stays(patient, reset_link, visitor):
    page = visitor.get(reset_link, follow=True)
    refused = visitor.post(page.request["PATH_INFO"], type_password("password12345"))
    assert "This password is too common" in refused.content.decode()
    patient.user.refresh_from_db()
    assert patient.user.check_password(PASSWORD)


def test_a_reset_logs_out_elsewhere_unlocks_and_tells(
    patient, as_patient, reset_link, visitor, sends, mailoutbox
):
    for _try in range(6):
        Client().post("/accounts/login/", {"login": patient.user.email, "password": "wrong"})
    page = visitor.get(reset_link, follow=True)
    with sends():
        visitor.post(page.request["PATH_INFO"], type_password())
    assert as_patient.get("/account/").status_code == 302
    assert "password was changed" in mailoutbox[-1].subject
    response = visitor.post(
        "/accounts/login/", {"login": patient.user.email, "password": NEW_PASSWORD}
    )
    assert response.url == "/plan/"


def test_six_requests_in_an_hour_are_too_many_for_known_and_unknown_alike(patient):
    for email in (patient.user.email, "nobody@else.example"):
        for _try in range(5):
            assert ask(email).status_code == 200
        response = ask(email)
        assert response.status_code == 429
        assert "Please wait a few minutes" in response.content.decode()


def test_changing_the_password_keeps_this_log_in_and_ends_the_others(patient, sends, mailoutbox):
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        client.post("/accounts/login/", {"login": patient.user.email, "password": PASSWORD})
    with sends():
        response = here.post(
            "/accounts/password/change/", {"oldpassword": PASSWORD, **type_password()}
        )
    assert response.url == "/account/"
    assert here.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302
    assert "password was changed" in mailoutbox[-1].subject
    assert mailoutbox[-1].to == [patient.user.email]


def test_a_wrong_old_password_changes_nothing(as_patient, patient):
    response = as_patient.post(
        "/accounts/password/change/", {"oldpassword": "wrong", **type_password()}
    )
    assert "This is not your password now" in response.content.decode()
    patient.user.refresh_from_db()
    assert patient.user.check_password(PASSWORD)
