"""Logging in: the same answer to strangers and to slips, a limit, and the right page after it."""

import re

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from education.people import actions
from education.people.models import User
from tests.factories import PASSWORD

LOG_IN = "/accounts/login/"


def log_in(client: Client, email: str, password: str = PASSWORD, **more: str):
    return client.post(LOG_IN, {"login": email, "password": password, **more})


def main_part(response, email: str) -> str:
    """The page without its token and without the address that was typed."""
    html = re.sub(r'value="[\w-]{60,}"', "", response.content.decode())
    return html.replace(email, "")


@pytest.fixture
def invited_only(newcomer) -> User:
    actions.invite(user=newcomer.user, by=None)
    return newcomer.user


def test_the_form_can_be_filled_by_a_password_manager(visitor, db):
    html = visitor.get(LOG_IN).content.decode()
    assert 'autocomplete="username"' in html
    assert 'autocomplete="current-password"' in html
    assert "placeholder" not in html
    assert "(619) 555-0142" in html


def test_a_patient_lands_on_the_plan(visitor, patient):
    assert log_in(visitor, patient.user.email).url == "/plan/"


def test_capitals_in_the_address_do_not_matter(visitor, patient):
    assert log_in(visitor, "LEE@Patient.Example ").url == "/plan/"


def test_staff_land_on_their_site(visitor, clinician):
    assert log_in(visitor, clinician.email).url == "/admin/"


def test_next_is_followed_on_this_site_only(patient):
    assert log_in(Client(), patient.user.email, next="/account/").url == "/account/"
    assert log_in(Client(), patient.user.email, next="https://evil.example/").url == "/plan/"
    assert log_in(Client(), patient.user.email, next="//evil.example/").url == "/plan/"


def test_a_wrong_password_an_unknown_address_and_one_never_used_answer_alike(patient, invited_only):
    answers = {
        email: log_in(Client(), email, "not-the-password-1")
        for email in (patient.user.email, "nobody@else.example", invited_only.email)
    }
    assert {response.status_code for response in answers.values()} == {200}
    pages = {main_part(response, email) for email, response in answers.items()}
    assert len(pages) == 1
    assert "The e-mail or the password is not right" in pages.pop()


def test_what_was_typed_is_kept_but_not_the_password(visitor, patient):
    html = log_in(visitor, patient.user.email, "not-the-password-1").content.decode()
    assert f'value="{patient.user.email}"' in html
    assert "not-the-password-1" not in html


class TestTooManyTries:
    @pytest.mark.parametrize("email", ["lee@patient.example", "nobody@else.example"])
    def test_after_five_the_page_says_what_to_do(self, patient, email):
        for _try in range(5):
            assert "not right" in log_in(Client(), email, "wrong").content.decode()
        response = log_in(Client(), email, PASSWORD)
        assert response.status_code == 200
        assert "Wait 5 minutes, then try again. Or call us" in response.content.decode()

    def test_another_account_still_gets_in(self, patient, other_patient):
        for _try in range(6):
            log_in(Client(), patient.user.email, "wrong")
        assert log_in(Client(), other_patient.user.email).url == "/plan/"

    def test_staff_unlock_the_account(self, patient, clinician):
        for _try in range(6):
            log_in(Client(), patient.user.email, "wrong")
        assert log_in(Client(), patient.user.email).status_code == 200
        actions.unlock_account(user=patient.user, by=clinician)
        assert log_in(Client(), patient.user.email).url == "/plan/"

    def test_a_second_host_gives_no_more_tries(self, patient, settings):
        settings.ALLOWED_HOSTS = ["one.example", "two.example"]
        for _try in range(5):
            log_in(Client(SERVER_NAME="one.example"), patient.user.email, "wrong")
        response = log_in(Client(SERVER_NAME="two.example"), patient.user.email)
        assert "Wait 5 minutes" in response.content.decode()

    def test_tries_on_many_other_addresses_do_not_push_the_count_out(self, patient):
        for _try in range(5):
            log_in(Client(), patient.user.email, "wrong")
        for number in range(1000):
            cache.set(f"count-of-nobody-{number}", [1.0], timeout=300)
        response = log_in(Client(), patient.user.email)
        assert "Wait 5 minutes" in response.content.decode()

    def test_staff_get_no_free_tries_at_the_admin_s_own_form(self, as_clinician, administrator):
        guess = {"username": administrator.email, "password": PASSWORD, "next": "/account/"}
        response = as_clinician.post("/admin/login/", guess)
        assert response.url == "/admin/"
        assert "Dana" in as_clinician.get("/admin/").content.decode()


def test_the_language_of_the_account_becomes_the_language_of_the_site(visitor, patient):
    actions.set_language(user=patient.user, language="es", by=None)
    response = log_in(visitor, patient.user.email)
    assert response.cookies["django_language"].value == "es"


def test_a_discharged_patient_is_told_so_after_the_right_password_only(patient, clinician):
    actions.discharge_patient(patient=patient, by=clinician)
    client = Client()
    assert "not right" in log_in(client, patient.user.email, "wrong").content.decode()
    assert log_in(client, patient.user.email).url == "/accounts/inactive/"
    assert "This log-in has ended" in client.get("/accounts/inactive/").content.decode()
    assert "_auth_user_id" not in client.session


def test_nobody_signs_up(visitor, db):
    for response in (
        visitor.get("/accounts/signup/"),
        visitor.post(
            "/accounts/signup/", {"email": "x@else.example", "password1": "lemon-boat-quiet-42"}
        ),
    ):
        assert "How to get a log-in" in response.content.decode()
    assert not User.objects.exists()


def test_logging_out_takes_a_post(as_patient):
    assert as_patient.get("/accounts/logout/").status_code == 200
    assert "_auth_user_id" in as_patient.session
    assert as_patient.post("/accounts/logout/").url == "/"
    assert "_auth_user_id" not in as_patient.session


def test_someone_the_operator_made_logs_in(visitor, db, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", "--noinput", email="Boss@Clinic.example", verbosity=0)
    assert log_in(visitor, "boss@clinic.example").url == "/admin/"
    assert visitor.get("/admin/").status_code == 200


def test_someone_the_operator_made_sets_up_a_second_step_in_production(
    visitor, db, monkeypatch, settings
):
    settings.STAFF_SECOND_FACTOR_REQUIRED = True
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", "--noinput", email="boss@clinic.example", verbosity=0)
    # Asking for a reset first leaves an address behind that allauth has not proven.
    visitor.post("/accounts/password/reset/", {"email": "boss@clinic.example"})
    log_in(visitor, "boss@clinic.example")
    response = visitor.get("/admin/", follow=True)
    assert "One more step for staff" in response.content.decode()
    assert visitor.get("/accounts/2fa/totp/activate/").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("answer", ["", "{}", "[]", '{"id": 1}', "[" * 100_000, '{"response": 7}'])
def test_a_broken_answer_of_a_passkey_is_a_wrong_one(visitor, answer):
    visitor.get("/accounts/2fa/webauthn/login/")
    response = visitor.post("/accounts/2fa/webauthn/login/", {"credential": answer})
    assert response.url == LOG_IN
    assert visitor.get("/account/").status_code == 302
