"""The link in the first mail: it opens often, works once, and says what to do when it does not."""

import threading
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client
from django.utils import timezone

from education.people import actions, views
from education.people.models import Invitation, Patient, User
from tests.factories import PASSWORD
from tests.people.conftest import NEW_PASSWORD, type_password


def text(response) -> str:
    return response.content.decode()


def test_opening_the_link_uses_nothing_up(visitor, link, newcomer):
    for _time in range(3):  # scanners of mail open links before their reader does
        response = visitor.get(link)
        assert response.status_code == 200
    assert "Choose your password" in text(response)
    assert "noor@patient.example" in text(response)
    assert Invitation.objects.get(user=newcomer.user).is_open
    assert not User.objects.get(pk=newcomer.user.pk).has_usable_password()


def test_a_head_request_uses_nothing_up(visitor, link, newcomer):
    assert visitor.head(link).status_code == 200
    assert Invitation.objects.get(user=newcomer.user).is_open


def test_a_patient_sets_a_password_and_lands_on_the_plan(visitor, link, newcomer):
    response = visitor.post(link, type_password())
    assert (response.status_code, response.url) == (302, "/plan/")
    assert visitor.session["_auth_user_id"] == str(newcomer.user.pk)
    user = User.objects.get(pk=newcomer.user.pk)
    assert user.check_password(NEW_PASSWORD)
    assert EmailAddress.objects.get(user=user).verified
    assert Invitation.objects.get(user=user).used_at is not None


def test_staff_set_a_password_and_land_on_their_site(visitor, invite, administrator):
    user = actions.add_staff(
        user=User(email="new@clinic.example", given_name="Noel", family_name="Sample"),
        groups=[],
        by=administrator,
    )
    response = visitor.post(invite(user), type_password())
    assert (response.status_code, response.url) == (302, "/admin/")


def test_the_invited_person_takes_the_place_of_whoever_used_the_browser(
    as_stranger, link, newcomer
):
    before = as_stranger.session.session_key
    as_stranger.post(link, type_password())
    assert as_stranger.session["_auth_user_id"] == str(newcomer.user.pk)
    assert as_stranger.session.session_key != before


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (type_password("short-1"), "This password is too short. Use at least 12 characters."),
        (type_password("password12345"), "too common. Try three or four words in a row."),
        (type_password("painmanagement2026"), "This password is too common"),
        (type_password("noor-sampleperson"), "too close to the family name. Try other words."),
        (type_password("noor@patient.example"), "too close to the e-mail"),
        (type_password(NEW_PASSWORD, again="another-one-12"), "the same password each time"),
        (type_password("", again=""), "Please fill this in."),
    ],
)
def test_a_weak_password_is_refused_beside_its_field_and_the_link_stays(
    visitor, link, newcomer, typed, says
):
    response = visitor.post(link, typed)
    assert response.status_code == 200
    assert says in text(response)
    assert "invalid-feedback" in text(response)
    assert Invitation.objects.get(user=newcomer.user).is_open
    assert "_auth_user_id" not in visitor.session


class TestALinkThatLetsNobodyIn:
    def test_used(self, visitor, link):
        Client().post(link, type_password())
        for response in (visitor.get(link), visitor.post(link, type_password("another-way-in-9"))):
            assert response.status_code == 410
            assert "This link was used" in text(response)
            assert "/accounts/login/" in text(response)
        assert "_auth_user_id" not in visitor.session

    def test_used_by_a_second_tap_at_the_same_moment(self, visitor, link, newcomer, monkeypatch):
        """Both requests saw an open link; the one that comes second to the lock changes nothing."""
        accept = actions.accept_invitation

        def after_the_other_tap(**kwargs):
            accept(**{**kwargs, "password": NEW_PASSWORD})
            return accept(**kwargs)

        monkeypatch.setattr(views.actions, "accept_invitation", after_the_other_tap)
        response = visitor.post(link, type_password("the-second-tap-1"))
        assert response.status_code == 410
        assert "This link was used" in text(response)
        assert "_auth_user_id" not in visitor.session
        assert User.objects.get(pk=newcomer.user.pk).check_password(NEW_PASSWORD)

    def test_expired(self, visitor, link):
        with time_machine.travel(timezone.now() + timedelta(days=14, minutes=1)):
            for response in (visitor.get(link), visitor.post(link, type_password())):
                assert response.status_code == 410
                assert "This link is too old" in text(response)
                assert "(619) 555-0142" in text(response)

    def test_valid_to_its_last_hour(self, visitor, link):
        with time_machine.travel(timezone.now() + timedelta(days=13, hours=23)):
            assert visitor.post(link, type_password()).status_code == 302

    def test_replaced_by_a_newer_one(self, visitor, link, newcomer, invite):
        newer = invite(newcomer.user)
        response = visitor.post(link, type_password())
        assert response.status_code == 410
        assert "Use the link in the newest e-mail" in text(response)
        assert visitor.post(newer, type_password()).status_code == 302

    def test_of_a_discharged_patient(self, visitor, link, newcomer, clinician):
        actions.discharge_patient(patient=newcomer, by=clinician)
        response = visitor.post(link, type_password())
        assert response.status_code == 410
        assert "This log-in has ended" in text(response)

    def test_unknown(self, visitor, db):
        response = visitor.get("/invitation/abcdefghijklmnopqrstuvwxyz0123456789/")
        assert response.status_code == 404
        assert "This link does not work" in text(response)
        assert "(619) 555-0142" in text(response)


def test_no_page_tells_another_where_it_was(visitor, link):
    for response in (
        visitor.get(link),
        visitor.get("/invitation/unknown/"),
        visitor.post(link, type_password("short")),
        visitor.post(link, type_password()),
        visitor.get(link),
    ):
        assert response.headers["Referrer-Policy"] == "strict-origin"
        assert "no-store" in response.headers["Cache-Control"]


def test_the_database_keeps_only_a_hash(link, newcomer):
    token = link.strip("/").split("/")[-1]
    invitation = Invitation.objects.get(user=newcomer.user)
    assert invitation.token_hash
    assert token not in invitation.token_hash
    assert len(token) >= 43  # 256 bits


def test_accepting_ends_other_log_ins_of_the_account(patient, invite, visitor):
    elsewhere = Client()
    elsewhere.post("/accounts/login/", {"login": patient.user.email, "password": PASSWORD})
    assert elsewhere.get("/account/").status_code == 200
    visitor.post(invite(patient.user), type_password())
    assert elsewhere.get("/account/").status_code == 302
    assert visitor.get("/account/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_two_taps_at_once_let_one_in(clinician):
    """Two real requests on two connections; the lock on the invitation lets one pass."""
    patient = actions.add_patient(
        patient=Patient(given_name="Noor", family_name="Sampleperson"),
        email="noor@patient.example",
        by=clinician,
    )
    invitation = actions.invite(user=patient.user, by=clinician)
    token = invitation.renew_token()
    invitation.save()
    start, answers = threading.Barrier(2), []

    def tap(password: str) -> None:
        start.wait(timeout=10)
        response = Client().post(f"/invitation/{token}/", type_password(password))
        answers.append((response.status_code, password))
        connection.close()

    taps = [
        threading.Thread(target=tap, args=[p]) for p in ("first-quiet-boat", "second-quiet-boat")
    ]
    for each in taps:
        each.start()
    for each in taps:
        each.join()
    assert sorted(status for status, _password in answers) == [302, 410]
    password = next(password for status, password in answers if status == 302)
    assert User.objects.get(pk=patient.user.pk).check_password(password)
