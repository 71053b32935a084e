"""What holds for every request: private pages, time-outs, few queries, no secret in a log."""

import logging
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from clinic.logs import hide_secrets
from tests.factories import PASSWORD

MINUTE = timedelta(minutes=1)


@pytest.fixture
def at_noon():
    with time_machine.travel(timezone.now().replace(microsecond=0), tick=False) as clock:
        yield clock


@pytest.fixture
def client(at_noon, patient) -> Client:
    """Lee, logged in through the form at noon."""
    client = Client()
    client.post("/accounts/login/", {"login": patient.user.email, "password": PASSWORD})
    return client


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


class TestTimeOut:
    def test_a_log_in_ends_after_half_an_hour_without_a_click(self, client, at_noon):
        at_noon.shift(29 * MINUTE)
        assert is_in(client)
        at_noon.shift(31 * MINUTE)
        assert not is_in(client)

    def test_clicks_keep_it_alive(self, client, at_noon):
        for _click in range(10):
            at_noon.shift(20 * MINUTE)
            assert is_in(client)

    def test_it_ends_after_twelve_hours_however_busy(self, client, at_noon):
        for _click in range(36):
            at_noon.shift(20 * MINUTE)
            assert is_in(client)
        at_noon.shift(MINUTE)
        response = client.get("/account/")
        assert response.url == "/accounts/login/?next=/account/"
        assert "_auth_user_id" not in client.session

    def test_an_old_log_in_on_a_public_page_is_a_visitor(self, client, at_noon):
        for _click in range(36):
            at_noon.shift(20 * MINUTE)
            assert is_in(client)
        at_noon.shift(MINUTE)
        response = client.get("/accounts/signup/")
        assert response.status_code == 200
        assert not response.context["user"].is_authenticated

    def test_logging_in_again_starts_anew(self, client, at_noon, patient):
        at_noon.shift(40 * MINUTE)
        client.post("/accounts/login/", {"login": patient.user.email, "password": PASSWORD})
        assert client.session["started_at"] == int(timezone.now().timestamp())


class TestSessionWrites:
    def writes(self, client: Client, queries) -> list[str]:
        with queries as seen:
            assert is_in(client)
        return [
            query["sql"]
            for query in seen.captured_queries
            if query["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")
        ]

    def test_at_most_one_a_minute(self, client, at_noon, django_assert_max_num_queries):
        assert is_in(client)
        at_noon.shift(timedelta(seconds=50))
        assert self.writes(client, django_assert_max_num_queries(20)) == []
        at_noon.shift(timedelta(seconds=20))
        [write] = self.writes(client, django_assert_max_num_queries(20))
        assert "django_session" in write
        assert self.writes(client, django_assert_max_num_queries(20)) == []

    def test_a_visitor_without_a_cookie_causes_none_and_no_read(
        self, visitor, db, django_assert_max_num_queries
    ):
        with django_assert_max_num_queries(20) as seen:
            visitor.get("/accounts/signup/")
        assert not [q for q in seen.captured_queries if "session" in q["sql"]]
        assert not Session.objects.exists()


class TestPrivatePages:
    @pytest.mark.parametrize(
        "path",
        ["/account/", "/accounts/login/", "/accounts/password/change/", "/plan/", "/nowhere/", "/"],
    )
    def test_no_cache_keeps_any_answer_to_somebody_logged_in(self, as_patient, path):
        headers = as_patient.get(path).headers
        assert headers["Cache-Control"] == "no-store, private"
        assert headers["X-Robots-Tag"] == "noindex"

    @pytest.mark.parametrize("path", ["/admin/", "/admin/people/patient/", "/admin/jsi18n/"])
    def test_nor_any_page_of_the_staff_site(self, as_clinician, path):
        assert as_clinician.get(path).headers["Cache-Control"] == "no-store, private"

    def test_nor_a_refusal(self, as_patient):
        response = as_patient.get("/admin/people/patient/")
        assert response.status_code == 403
        assert response.headers["Cache-Control"] == "no-store, private"

    def test_nor_the_way_to_the_second_step(self, as_clinician, settings):
        settings.STAFF_SECOND_FACTOR_REQUIRED = True
        response = as_clinician.get("/admin/")
        assert response.status_code == 302
        assert response.headers["Cache-Control"] == "no-store, private"

    def test_nor_the_answers_to_logging_in_and_out(self, patient):
        client = Client()
        login = client.post("/accounts/login/", {"login": patient.user.email, "password": PASSWORD})
        assert login.headers["Cache-Control"] == "no-store, private"
        assert client.post("/accounts/logout/").headers["Cache-Control"] == "no-store, private"

    def test_public_pages_of_visitors_are_not_marked(self, visitor, db):
        headers = visitor.get("/accounts/password/reset/done/").headers
        assert "no-store" not in headers.get("Cache-Control", "")
        assert "X-Robots-Tag" not in headers


class TestLogs:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Not Found: /invitation/Zm9vYmFyYmF6cXV4cXV1eGNvcmdl/", "Not Found: /invitation/.../"),
            (
                '"GET /invitation/Zm9vYmFyYmF6cXV4cXV1eGNvcmdl HTTP/1.1"',
                '"GET /invitation/... HTTP/1.1"',
            ),
            (
                "Gone: /accounts/password/reset/key/2-dif7ta-9e717917c003d7f09ea9aad502f1baa2/",
                "Gone: /accounts/password/reset/key/.../",
            ),
            ("Not Found: /exercises/knee-to-chest/", "Not Found: /exercises/knee-to-chest/"),
            ("100 % of /account/", "100 % of /account/"),
        ],
    )
    def test_keys_in_addresses_are_hidden(self, text, expected):
        assert hide_secrets(text) == expected

    def test_the_sites_handlers_hide_them(self, visitor, db, settings, capsys):
        token = "Zm9vYmFyYmF6cXV4cXV1eGNvcmdlZ3JhdWx0"
        handler = next(
            handler
            for handler in logging.getLogger().handlers
            if any(type(each).__name__ == "HideSecrets" for each in handler.filters)
        )
        lines: list[str] = []
        handler.emit, emit = lambda record: lines.append(record.getMessage()), handler.emit
        try:
            visitor.get(f"/invitation/{token}/")
        finally:
            handler.emit = emit
        assert lines
        assert token not in "".join(lines)


@pytest.mark.django_db
def test_a_browsers_wish_for_spanish_does_not_mix_two_languages(visitor):
    response = visitor.get("/", headers={"accept-language": "es-MX,es;q=0.9"})
    assert response.headers["Content-Language"] == "en"
    assert '<html lang="en"' in response.content.decode()


@pytest.mark.django_db
def test_a_chosen_language_is_kept_in_a_cookie(visitor):
    visitor.cookies["django_language"] = "es"
    assert visitor.get("/").headers["Content-Language"] == "es"


@pytest.mark.django_db
def test_a_language_nobody_offers_is_english(visitor):
    visitor.cookies["django_language"] = "xx<script>"
    assert visitor.get("/").headers["Content-Language"] == "en"
