"""Another address for an account: the old one lets nobody in any more, and is told."""

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.test import Client

from education.people import actions
from education.people.models import User
from tests.factories import PASSWORD
from tests.people.conftest import link_in

OLD, NEW = "lee@patient.example", "lee.new@patient.example"


def log_in(email: str) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": email, "password": PASSWORD})
    return client


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


@pytest.fixture
def moved(patient, clinician, sends) -> User:
    with sends():
        actions.change_email(user=patient.user, email=" Lee.New@Patient.example", by=clinician)
    return User.objects.get(pk=patient.user.pk)


def test_the_new_address_logs_in_and_the_old_does_not(moved):
    assert moved.email == NEW
    assert is_in(log_in(NEW))
    assert not is_in(log_in(OLD))
    assert list(EmailAddress.objects.filter(user=moved).values_list("email", flat=True)) == [NEW]


def test_every_log_in_ends(patient, clinician):
    phone, computer = log_in(OLD), log_in(OLD)
    assert is_in(phone)
    assert is_in(computer)
    actions.change_email(user=patient.user, email=NEW, by=clinician)
    assert not is_in(phone)
    assert not is_in(computer)


def test_the_old_address_resets_nothing(moved, visitor, sends, mailoutbox):
    mailoutbox.clear()
    with sends():
        visitor.post("/accounts/password/reset/", {"email": OLD})
    assert mailoutbox == []
    with sends():
        visitor.post("/accounts/password/reset/", {"email": NEW})
    assert [mail.to for mail in mailoutbox] == [[NEW]]


def test_a_reset_link_mailed_before_is_dead(patient, clinician, visitor, sends, mailoutbox):
    with sends():
        visitor.post("/accounts/password/reset/", {"email": OLD})
    actions.change_email(user=patient.user, email=NEW, by=clinician)
    response = visitor.get(link_in(mailoutbox[0]), follow=True)
    assert "This link does not work" in response.content.decode()


def test_the_old_address_is_told_without_details(moved, mailoutbox):
    [mail] = mailoutbox
    assert mail.to == [OLD]
    assert "no longer belongs to your log-in" in mail.body
    assert NEW not in mail.body
    assert "Lee" not in mail.body


def test_an_open_invitation_is_replaced(newcomer, clinician):
    invitation = actions.invite(user=newcomer.user, by=clinician)
    actions.change_email(user=newcomer.user, email=NEW, by=clinician)
    invitation.refresh_from_db()
    assert not invitation.is_open


def test_an_address_that_is_taken_changes_nothing(patient, other_patient, clinician):
    with pytest.raises(ValidationError, match="Another account"):
        actions.change_email(user=patient.user, email="PAT@patient.example", by=clinician)
    assert User.objects.get(pk=patient.user.pk).email == OLD


def test_the_same_address_changes_nothing(patient, clinician, sends, mailoutbox):
    phone = log_in(OLD)
    with sends():
        actions.change_email(user=patient.user, email=OLD, by=clinician)
    assert is_in(phone)
    assert mailoutbox == []


def test_allauths_page_for_addresses_leads_to_the_account(as_patient):
    response = as_patient.post("/accounts/email/", {"action_add": "", "email": "x@else.example"})
    assert response.url == "/account/"
    assert not EmailAddress.objects.filter(email="x@else.example").exists()
    assert as_patient.get("/accounts/email/").url == "/account/"
    assert as_patient.get("/accounts/confirm-email/").status_code == 404
    assert as_patient.get("/accounts/confirm-email/abc/").status_code == 404
