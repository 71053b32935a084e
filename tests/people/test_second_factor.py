"""The step between a password and the staff site."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from auditlog.models import LogEntry
from cryptography.fernet import InvalidToken
from django.test import Client

from education.people import actions
from education.people.adapters import SecondFactorAdapter
from tests.factories import PASSWORD

ADD_APP = "/accounts/2fa/totp/activate/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_of(secret: str) -> str:
    """What an app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def log_in(user) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    return client


def enrol(client: Client) -> str:
    """Add an app as its owner does, and return its secret."""
    secret = re.search(r'id="authenticator_secret">(\w+)<', client.get(ADD_APP).content.decode())
    response = client.post(ADD_APP, {"code": code_of(secret[1])})
    assert response.status_code == 302, response.content.decode()
    return secret[1]


@pytest.fixture
def in_production(settings) -> None:
    settings.STAFF_SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def app(clinician) -> str:
    """Dana has set up an app. Its secret."""
    TOTP.activate(clinician, SECRET)
    return SECRET


class TestTheStaffSite:
    @pytest.mark.parametrize("path", ["/admin/", "/admin/people/patient/", "/admin/jsi18n/"])
    def test_a_password_alone_does_not_open_it(self, in_production, clinician, path):
        response = log_in(clinician).get(path)
        assert response.status_code == 302
        assert response.url.startswith("/account/second-step/?next=%2Fadmin%2F")

    def test_a_post_with_a_password_alone_changes_nothing(self, in_production, clinician, patient):
        response = log_in(clinician).post(
            f"/admin/people/patient/{patient.pk}/discharge/", {"confirm": "yes"}
        )
        assert response.url.startswith("/account/second-step/")
        patient.refresh_from_db()
        assert patient.status == "current"

    def test_it_opens_after_setting_up_an_app_and_using_it(self, in_production, clinician):
        client = log_in(clinician)
        assert "One more step for staff" in client.get("/admin/", follow=True).content.decode()
        secret = enrol(client)
        codes = client.get("/accounts/2fa/recovery-codes/").content.decode()
        assert "They are shown this once" in codes
        asked = client.get("/admin/", follow=True)
        assert asked.request["PATH_INFO"] == "/accounts/2fa/reauthenticate/"
        answer = client.post(
            "/accounts/2fa/reauthenticate/", {"code": code_of(secret), "next": "/admin/"}
        )
        assert answer.url == "/admin/"
        assert client.get("/admin/").status_code == 200

    def test_it_opens_when_the_log_in_asked_for_the_code(self, in_production, clinician, app):
        client = Client()
        asked = client.post("/accounts/login/", {"login": clinician.email, "password": PASSWORD})
        assert asked.url == "/accounts/2fa/authenticate/"
        assert client.get("/admin/").status_code == 302  # not in yet
        assert "Second step" in client.get(asked.url).content.decode()
        assert client.post(asked.url, {"code": code_of(app)}).url == "/admin/"
        assert client.get("/admin/").status_code == 200

    def test_a_wrong_code_lets_nobody_in(self, in_production, clinician, app):
        client = log_in(clinician)
        response = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
        assert "This code is not right" in response.content.decode()
        assert "_auth_user_id" not in client.session

    def test_a_code_works_once(self, in_production, clinician, app):
        code = code_of(app)
        assert (
            log_in(clinician).post("/accounts/2fa/authenticate/", {"code": code}).url == "/admin/"
        )
        again = log_in(clinician).post("/accounts/2fa/authenticate/", {"code": code})
        assert "This code is not right" in again.content.decode()

    def test_in_development_a_password_opens_it(self, clinician):
        assert log_in(clinician).get("/admin/").status_code == 200

    @pytest.mark.parametrize("required", [True, False])
    def test_it_is_forbidden_to_patients(self, as_patient, settings, required):
        settings.STAFF_SECOND_FACTOR_REQUIRED = required
        for path in ("/admin/", "/admin/people/patient/", "/admin/login/"):
            response = as_patient.get(path)
            assert response.status_code == 403
            assert "patient.example" not in response.content.decode()

    def test_a_visitor_logs_in_with_the_sites_own_form(self, visitor, db):
        response = visitor.get("/admin/", follow=True)
        assert response.request["PATH_INFO"] == "/accounts/login/"
        assert "next=%2Fadmin%2F" in response.request["QUERY_STRING"].replace("/", "%2F")

    def test_its_own_form_checks_no_password(self, visitor, clinician):
        visitor.post("/admin/login/", {"username": clinician.email, "password": PASSWORD})
        assert "_auth_user_id" not in visitor.session

    def test_it_leads_to_the_sites_own_page_for_a_new_password(self, as_clinician):
        assert as_clinician.get("/admin/password_change/").url == "/accounts/password/change/"


class TestTheStep:
    def test_leads_on_when_it_is_done(self, clinician, app):
        client = log_in(clinician)
        client.post("/accounts/2fa/authenticate/", {"code": code_of(app)})
        assert client.get("/account/second-step/?next=/admin/people/").url == "/admin/people/"
        assert client.get("/account/second-step/?next=https://evil.example").url == "/admin/"

    def test_setting_up_needs_no_second_password_right_after_log_in(self, clinician):
        assert log_in(clinician).get(ADD_APP).status_code == 200

    def test_setting_up_later_asks_for_the_password_again(self, as_clinician):
        assert as_clinician.get(ADD_APP).url.startswith("/accounts/reauthenticate/")

    def test_the_qr_code_is_part_of_the_page(self, clinician):
        html = log_in(clinician).get(ADD_APP).content.decode()
        assert "<svg" in html
        assert "data:" not in html.split("<main")[1]
        assert "<?xml" not in html

    def test_pages_with_keys_carry_no_script_of_their_own(self, clinician):
        client = log_in(clinician)
        for path in ("/accounts/2fa/webauthn/add/", "/accounts/login/"):
            html = (client if "webauthn" in path else Client()).get(path).content.decode()
            scripts = re.findall(r"<script([^>]*)>", html)
            assert scripts
            for attributes in scripts:
                assert "src=" in attributes or 'type="application/json"' in attributes

    def test_a_mail_tells_that_it_was_added(self, clinician, sends, mailoutbox):
        with sends():
            enrol(log_in(clinician))
        assert [mail.to for mail in mailoutbox] == [[clinician.email]]
        assert "second step was added" in mailoutbox[0].subject


class TestWhoLostThePhone:
    def test_a_recovery_code_opens_the_staff_site(self, in_production, clinician):
        client = log_in(clinician)
        enrol(client)
        html = client.get("/accounts/2fa/recovery-codes/").content.decode()
        code = re.search(r"<code>(\w+)</code>", html)[1]
        late = log_in(clinician)
        assert late.post("/accounts/2fa/authenticate/", {"code": code}).url == "/admin/"
        assert late.get("/admin/").status_code == 200
        again = log_in(clinician).post("/accounts/2fa/authenticate/", {"code": code})
        assert "This code is not right" in again.content.decode()

    def test_recovery_codes_are_shown_once(self, clinician):
        client = log_in(clinician)
        enrol(client)
        assert "<code>" in client.get("/accounts/2fa/recovery-codes/").content.decode()
        assert "<code>" not in client.get("/accounts/2fa/recovery-codes/").content.decode()

    def test_a_colleague_takes_the_step_away_and_everything_ends(
        self, in_production, clinician, administrator, app, sends, mailoutbox
    ):
        client = log_in(clinician)
        client.post("/accounts/2fa/authenticate/", {"code": code_of(app)})
        with sends():
            actions.reset_second_factor(user=clinician, by=administrator)
        assert client.get("/account/").status_code == 302
        assert "second step was removed" in mailoutbox[0].subject
        response = log_in(clinician).get("/admin/", follow=True)
        assert "One more step for staff" in response.content.decode()

    def test_the_audit_log_names_who_took_it_away_and_keeps_no_secret(
        self, clinician, administrator, app
    ):
        of_steps = LogEntry.objects.filter(content_type__model="authenticator").order_by("pk")
        written = of_steps.latest("pk").pk
        actions.reset_second_factor(user=clinician, by=administrator)
        gone = of_steps.filter(pk__gt=written, action=LogEntry.Action.DELETE).first()
        assert gone.actor == administrator
        assert gone.changes_dict["user"][0] == str(clinician.pk)
        assert gone.changes_dict["type"][0] == "totp"
        for entry in of_steps:
            assert not {"data", "last_used_at"} & set(entry.changes_dict)


class TestSecrets:
    def test_are_encrypted_in_the_database(self, clinician, app):
        data = Authenticator.objects.get(user=clinician).data
        assert SECRET not in str(data)
        assert SecondFactorAdapter().decrypt(data["secret"]) == SECRET

    def test_recovery_codes_are_encrypted_too(self, clinician):
        client = log_in(clinician)
        enrol(client)
        data = Authenticator.objects.get(user=clinician, type="recovery_codes").data
        seed = SecondFactorAdapter().decrypt(data["seed"])
        assert seed
        assert seed not in str(data)

    def test_an_older_key_of_the_site_still_opens_them(self, settings):
        settings.SECRET_KEY = "an-older-key-of-the-site-0123456789-0123456789-01234"
        text = SecondFactorAdapter().encrypt(SECRET)
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "the-newer-key-of-the-site-0123456789-0123456789-012"
        assert SecondFactorAdapter().decrypt(text) == SECRET

    def test_another_key_does_not(self, settings):
        text = SecondFactorAdapter().encrypt(SECRET)
        settings.SECRET_KEY = "some-other-site-0123456789-0123456789-0123456789-0123"
        with pytest.raises(InvalidToken):
            SecondFactorAdapter().decrypt(text)


def test_every_form_carries_its_token(clinician, visitor, monkeypatch):
    """A part of a page that is included alone loses the token unless it is handed on."""
    client = log_in(clinician)
    secret = enrol(client)
    half_way = log_in(clinician)
    client.post("/accounts/2fa/reauthenticate/", {"code": code_of(secret)})
    Authenticator.objects.create(user=clinician, type="webauthn", data={"name": "Key 1"})
    monkeypatch.setattr("allauth.mfa.webauthn.internal.auth.get_credentials", lambda user: [])
    pages = [
        (visitor, "/accounts/login/"),
        (half_way, "/accounts/2fa/authenticate/"),
        (client, "/accounts/2fa/reauthenticate/"),
        (client, "/accounts/2fa/webauthn/reauthenticate/"),
        (client, "/accounts/2fa/totp/deactivate/"),
        (client, "/accounts/2fa/recovery-codes/generate/"),
        (client, "/accounts/sessions/"),
        (client, "/account/"),
    ]
    for client, path in pages:
        html = client.get(path).content.decode()
        forms = re.findall(r'<form[^>]*method="post".*?</form>', html, re.DOTALL)
        assert len(forms) >= 2, path
        assert all("csrfmiddlewaretoken" in form for form in forms), path
