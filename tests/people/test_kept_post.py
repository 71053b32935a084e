"""A form that came after its log-in had timed out: kept, locked, and saved after the next one."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session as LogIn
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from education.diary.models import Session
from education.people import kept_posts
from tests import factories
from tests.conftest import logged_in

pytestmark = pytest.mark.django_db

SAID = {"pain_after": "3", "moved": "same", "comment": "A zebra in my knee"}


@pytest.fixture
def plan(patient, clinician):
    return factories.make_plan(patient, clinician, exercises=1)


@pytest.fixture
def session(plan, patient):
    return factories.make_session(patient, pain_before=2)


@pytest.fixture
def address(session) -> str:
    return reverse("session_finish", args=[session.submission_key])


@pytest.fixture
def browser(patient, plan) -> Client:
    """Lee's browser, in which the log-in has timed out."""
    return timed_out(logged_in(patient.user))


def timed_out(client: Client) -> Client:
    """Open a page while logged in, and lose the log-in: browsers drop its cookie with it."""
    assert client.get("/account/").status_code == 200
    del client.cookies["sessionid"]
    return client


def log_in(client: Client, person, **kwargs):
    return client.post(
        "/accounts/login/",
        {"login": person.email, "password": factories.PASSWORD},
        follow=True,
        **kwargs,
    )


def said_of(session: Session) -> tuple:
    session.refresh_from_db()
    return session.pain_after, session.moved, session.comment


NOTHING = (None, "", "")
ALL = (3, "same", "A zebra in my knee")


class TestKeeping:
    def test_it_asks_for_the_log_in_and_then_saves_what_was_typed(
        self, browser, address, session, patient
    ):
        response = browser.post(address, SAID, follow=True)
        body = response.content.decode()
        assert response.redirect_chain[-1][0] == "/accounts/login/?next=/account/kept/"
        assert "Log in, and what you typed is saved." in body
        assert said_of(session) == NOTHING
        response = log_in(browser, patient.user)
        assert said_of(session) == ALL
        assert response.redirect_chain[-1][0] == reverse(
            "session_saved", args=[session.submission_key]
        )
        assert "Your answers are saved" in response.content.decode()

    def test_it_is_saved_whichever_way_leads_through_the_log_in(
        self, browser, address, session, patient
    ):
        browser.post(address, SAID)
        browser.get("/plan/")  # looks elsewhere before logging in
        browser.post(
            "/accounts/login/?next=/learn/",
            {"login": patient.user.email, "password": factories.PASSWORD, "next": "/learn/"},
            follow=True,
        )
        assert said_of(session) == ALL

    def test_it_is_saved_once_and_the_copy_is_gone(self, browser, address, session, patient):
        browser.post(address, SAID)
        log_in(browser, patient.user)
        assert kept_posts.KEPT not in browser.session
        assert kept_posts.KEY_COOKIE not in {k for k, c in browser.cookies.items() if c.value}
        Session.objects.filter(pk=session.pk).update(pain_after=9)
        response = browser.get("/account/kept/")
        assert response.status_code == 302
        assert response.url == "/plan/"
        assert said_of(session)[0] == 9

    def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(
        self, browser, address, session, patient
    ):
        browser.post(address, SAID | {"moved": "sideways"})
        response = log_in(browser, patient.user)
        body = response.content.decode()
        assert "Choose where the pain is now." in body
        assert "A zebra in my knee" in body
        assert f'action="{address}"' in body
        assert said_of(session) == NOTHING

    def test_only_addresses_that_a_room_has_named_are_kept(self, browser, plan):
        response = browser.post(reverse("take_harder_day"))
        assert response.url == "/accounts/login/?next=/plan/harder-day/"
        assert kept_posts.KEPT not in browser.session

    def test_a_page_that_was_only_opened_is_not_kept(self, browser, address):
        assert browser.get(address).url == f"/accounts/login/?next={address}"
        assert not LogIn.objects.exclude(session_key="").filter(session_data="x").exists()
        assert kept_posts.KEPT not in browser.session

    @pytest.mark.parametrize(("letters", "is_kept"), [(60_000, True), (70_000, False)])
    def test_it_has_a_size(self, browser, address, letters, is_kept):
        browser.post(address, SAID | {"comment": "x" * letters})
        assert (kept_posts.KEPT in browser.session) == is_kept

    def test_of_two_the_last_is_kept(self, browser, address, session, patient):
        browser.post(address, SAID)
        browser.post(address, SAID | {"pain_after": "1"})
        log_in(browser, patient.user)
        assert said_of(session)[0] == 1


class TestWhose:
    def test_another_person_saves_nothing_and_reads_nothing(
        self, browser, address, session, other_patient
    ):
        browser.post(address, SAID)
        response = log_in(browser, other_patient.user)
        assert response.status_code == 404
        body = response.content.decode()
        assert "This was not saved" in body
        assert "zebra" not in body
        assert said_of(session) == NOTHING
        assert kept_posts.KEPT not in browser.session

    def test_nor_into_a_diary_of_their_own(
        self, browser, session, patient, other_patient, colleague
    ):
        """The address of a day names nobody: it is of whoever is logged in."""
        factories.make_plan(other_patient, colleague, exercises=1)
        entry = reverse("session_entry", args=[session.day, 1])
        browser.post(entry, SAID)
        log_in(browser, other_patient.user)
        assert not Session.objects.filter(patient=other_patient).exists()
        assert said_of(session) == NOTHING

    def test_what_was_dropped_is_not_there_for_its_owner_either(
        self, browser, address, session, patient, other_patient
    ):
        browser.post(address, SAID)
        log_in(browser, other_patient.user)
        browser.post("/accounts/logout/")
        log_in(browser, patient.user)
        assert said_of(session) == NOTHING

    def test_staff_who_log_in_save_nothing(self, browser, address, session, clinician):
        browser.post(address, SAID)
        assert log_in(browser, clinician).status_code == 404
        assert said_of(session) == NOTHING

    def test_a_strangers_address_is_a_404_after_the_log_in(
        self, address, session, other_patient, plan
    ):
        browser = timed_out(logged_in(other_patient.user))
        browser.post(address, SAID)
        response = log_in(browser, other_patient.user)
        assert response.status_code == 404
        assert "This was not saved" in response.content.decode()
        assert said_of(session) == NOTHING

    def test_a_browser_where_nobody_was_logged_in_keeps_nothing(self, visitor, address):
        response = visitor.post(address, SAID)
        assert response.url == f"/accounts/login/?next={address}"
        assert not LogIn.objects.exists()

    def test_nor_one_where_somebody_has_logged_out(self, patient, address):
        browser = logged_in(patient.user)
        browser.get("/account/")
        browser.post("/accounts/logout/")
        browser.post(address, SAID)
        assert kept_posts.KEPT not in browser.session

    def test_nobody_can_make_themselves_another_person(self, browser, address):
        browser.cookies[kept_posts.PERSON_COOKIE] = "0" * 64
        browser.post(address, SAID)
        assert kept_posts.KEPT not in browser.session


class TestLocked:
    def test_the_database_cannot_be_read_for_it(self, browser, address, patient):
        browser.post(address, SAID)
        kept = browser.session[kept_posts.KEPT]
        assert "zebra" not in kept
        del browser.cookies[kept_posts.KEY_COOKIE]
        log_in(browser, patient.user)
        assert kept_posts.KEPT not in browser.session

    @pytest.mark.parametrize(("minutes", "is_saved"), [(29, True), (31, False)])
    def test_it_can_be_read_for_half_an_hour(self, minutes, is_saved, patient, session, address):
        start = timezone.now().replace(microsecond=0)
        with time_machine.travel(start, tick=False) as clock:
            browser = timed_out(logged_in(patient.user))
            browser.post(address, SAID)
            clock.shift(timedelta(minutes=minutes))
            log_in(browser, patient.user)
        assert (said_of(session) == ALL) == is_saved

    def test_the_cookies_are_for_the_server_alone(self, browser, address):
        browser.post(address, SAID)
        for name in (kept_posts.KEY_COOKIE, kept_posts.PERSON_COOKIE):
            cookie = browser.cookies[name]
            assert cookie["httponly"]
            assert cookie["samesite"] == "Lax"

    def test_nothing_of_it_is_logged(self, browser, address, patient, caplog):
        caplog.set_level("DEBUG")
        browser.post(address, SAID)
        log_in(browser, patient.user)
        assert "zebra" not in caplog.text


class TestForged:
    def test_a_form_without_its_token_is_refused_and_not_kept(self, patient, address):
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(patient.user)
        timed_out(browser)
        assert browser.post(address, SAID).status_code == 403
        assert kept_posts.KEPT not in browser.session

    def test_a_form_with_its_token_is_kept(self, patient, session, address):
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(patient.user)
        page = browser.get(address).content.decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
        timed_out(browser)
        response = browser.post(address, SAID | {"csrfmiddlewaretoken": token})
        assert response.url == "/accounts/login/?next=/account/kept/"
        assert kept_posts.KEPT in browser.session

    def test_the_log_in_gets_a_new_session(self, browser, address, patient):
        browser.post(address, SAID)
        before = browser.cookies["sessionid"].value
        log_in(browser, patient.user)
        assert browser.cookies["sessionid"].value != before
        assert not LogIn.objects.filter(session_key=before).exists()

    def test_only_reading_the_address_hands_it_over(self, browser, address, patient, session):
        browser.post(address, SAID)
        assert browser.post("/account/kept/").url == "/accounts/login/?next=/account/kept/"
        assert said_of(session) == NOTHING


def test_a_script_that_saves_is_told_where_to_go(browser, address):
    response = browser.post(address, SAID, headers={"X-Saving": "1"})
    assert response.status_code == 204
    assert response.headers["X-Go-To"] == "/accounts/login/?next=/account/kept/"
    assert "Location" not in response.headers
