"""A person's own account: what it shows, the language, and logging out everywhere."""

import pytest
from django.test import Client

from education.people import actions
from education.people.models import Patient
from tests.factories import PASSWORD


def log_in(email: str) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": email, "password": PASSWORD})
    return client


def test_a_visitor_is_asked_to_log_in(visitor, db):
    for path in ("/account/", "/account/second-step/"):
        assert visitor.get(path).url == f"/accounts/login/?next={path}"
    assert visitor.post("/account/log-out-everywhere/").url.startswith("/accounts/login/")


def test_it_shows_the_own_name_address_and_therapist(as_patient, other_patient):
    html = as_patient.get("/account/").content.decode()
    assert "Lee Testperson" in html
    assert "lee@patient.example" in html
    assert "Dana Example, PT" in html
    assert "Pat" not in html
    assert "/contact/" in html


def test_staff_have_an_account_too(as_clinician):
    html = as_clinician.get("/account/").content.decode()
    assert "Dana Example, PT" in html
    assert "/admin/" in html
    assert "My messages" not in html


class TestLanguage:
    def test_is_saved_for_account_record_and_browser(self, as_patient, patient):
        response = as_patient.post("/account/", {"language": "es"})
        assert response.url == "/account/"
        assert response.cookies["django_language"].value == "es"
        patient.refresh_from_db()
        patient.user.refresh_from_db()
        assert (patient.language, patient.user.language) == ("es", "es")

    def test_follows_when_staff_change_the_record(self, patient, clinician):
        patient.language = "es"
        actions.change_patient(patient=patient, changed=["language"], by=clinician)
        patient.user.refresh_from_db()
        assert patient.user.language == "es"

    @pytest.mark.parametrize("language", ["", "xx", "es'; --"])
    def test_another_value_is_refused_on_the_page(self, as_patient, patient, language):
        response = as_patient.post("/account/", {"language": language})
        assert response.status_code == 200
        assert "invalid-feedback" in response.content.decode()
        assert Patient.objects.get(pk=patient.pk).language == "en"


class TestLogOutEverywhere:
    def test_ends_this_log_in_and_all_others(self, patient, other_patient):
        phone, computer = log_in(patient.user.email), log_in(patient.user.email)
        stranger = log_in(other_patient.user.email)
        response = phone.post("/account/log-out-everywhere/", follow=True)
        assert "You are logged out on all devices" in response.content.decode()
        assert phone.get("/account/").status_code == 302
        assert computer.get("/account/").status_code == 302
        assert stranger.get("/account/").status_code == 200

    def test_takes_a_post(self, as_patient):
        assert as_patient.get("/account/log-out-everywhere/").status_code == 405
        assert as_patient.get("/account/").status_code == 200

    def test_one_session_can_be_kept(self, patient):
        phone, computer = log_in(patient.user.email), log_in(patient.user.email)
        ended = actions.end_sessions(
            user=patient.user, by=patient.user, except_key=phone.session.session_key
        )
        assert ended == 1
        assert phone.get("/account/").status_code == 200
        assert computer.get("/account/").status_code == 302


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/accounts/password/change/", "Change my password"),
        ("/accounts/2fa/", "Second step at log-in"),
        ("/accounts/sessions/", "Where I am logged in"),
        ("/accounts/logout/", "Log out now"),
        ("/accounts/reauthenticate/", "Confirm it is you"),
    ],
)
def test_every_page_of_the_account_is_in_the_sites_words(patient, path, says):
    response = log_in(patient.user.email).get(path)
    assert response.status_code == 200
    html = response.content.decode()
    assert says in html
    assert "Sign" not in html  # allauth's own words
    assert "no-store" in response.headers["Cache-Control"]
