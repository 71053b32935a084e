"""Saved is saved, in a real browser: no connection, a cut in mid-save, a log-in that timed out."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Route, expect

from education.diary.models import Correction, Session
from education.people.models import Clinic
from tests import factories
from tests.browser.log_in import log_in
from tests.browser.looking import Look

LOST = "net::ERR_"  # what Chromium notes about a request that did not arrive


@pytest.fixture
def session(live_site, patient, clinician) -> Session:
    factories.make_plan(patient, clinician, exercises=2)
    return factories.make_session(patient, pain_before=2, logs=False)


@pytest.fixture
def address(session) -> str:
    return reverse("session_finish", args=[session.submission_key])


@pytest.fixture
def lee(page, session, patient, address) -> Page:
    """Lee's phone, at the two questions."""
    log_in(page, patient.user.email, factories.PASSWORD)
    page.goto(address)
    return page


def answer(page: Page, pain: int = 3, moved: str = "Same place") -> None:
    page.get_by_role("radio", name=str(pain), exact=True).first.check()
    page.get_by_text(moved).first.click()


def save(page: Page) -> None:
    page.get_by_role("button", name="Save and finish").first.click()


def is_saved(page: Page) -> None:
    expect(page.get_by_role("heading", name="Your answers are saved")).to_be_visible()
    assert Session.objects.get().pain_after == 3
    assert not Correction.objects.exists()


def test_two_taps_and_it_is_saved(lee):
    answer(lee)
    save(lee)
    is_saved(lee)


def test_without_scripts_it_is_saved_too(open_page, session, patient, address):
    page = open_page(javascript=False)
    log_in(page, patient.user.email, factories.PASSWORD)
    page.goto(address)
    answer(page)
    save(page)
    is_saved(page)


def test_a_double_tap_saves_once(lee):
    answer(lee)
    lee.get_by_role("button", name="Save and finish").first.dblclick()
    is_saved(lee)


@pytest.mark.parametrize("javascript", [True, False])
def test_what_to_do_shows_before_anything_is_sent(
    open_page, session, patient, address, javascript, axe
):
    page = open_page(javascript=javascript)
    log_in(page, patient.user.email, factories.PASSWORD)
    page.goto(address)
    stop = page.get_by_role("heading", name="That is a lot of pain")
    down = page.get_by_role("heading", name="Stop: the pain went further down")
    numb = page.get_by_role("heading", name="New numbness or weakness")
    for heading in (stop, down, numb):
        expect(heading).to_be_hidden()
    page.get_by_role("radio", name="5", exact=True).first.check()
    expect(stop).to_be_hidden()
    page.get_by_role("radio", name="6", exact=True).first.check()
    expect(stop).to_be_visible()
    page.get_by_text("Further down my leg").click()
    expect(down).to_be_visible()
    page.get_by_text("My leg or foot is newly numb or weak").click()
    expect(numb).to_be_visible()
    expect(page.get_by_role("link", name="Call 911").first).to_be_visible()
    if javascript:
        axe(page)
    session.refresh_from_db()
    assert session.told == ""


def test_without_a_connection_the_page_says_so_and_keeps_what_was_typed(lee, watch, session):
    watch.expect(LOST)
    answer(lee)
    lee.get_by_text("Tell Dana more").click()
    lee.get_by_label("A note for Dana").fill("It was warm.")
    lee.context.set_offline(True)
    save(lee)
    said = "No connection. What you typed is still on this page. We try again."
    expect(lee.get_by_role("alert").filter(has_text=said)).to_be_visible()
    expect(lee.get_by_label("A note for Dana")).to_have_value("It was warm.")
    expect(lee.get_by_role("radio", name="3", exact=True).first).to_be_checked()
    stored = "[localStorage.length, sessionStorage.length, indexedDB.databases()]"
    assert lee.evaluate(f"Promise.all({stored}).then((kept) => kept.flat())") == [0, 0]
    lee.context.set_offline(False)  # the browser says that it is online again
    is_saved(lee)
    assert Session.objects.get().comment == "It was warm."


def test_it_tries_again_by_itself_and_when_asked(lee, watch):
    watch.expect(LOST)
    tries = []

    def lose(route: Route) -> None:
        tries.append(route.request.method)
        route.abort()

    lee.route("**/finish/", lose)
    answer(lee)
    save(lee)
    expect(lee.get_by_role("button", name="Try now")).to_be_visible()
    lee.wait_for_timeout(2500)
    assert len(tries) == 2
    lee.get_by_role("button", name="Try now").click()
    expect(lee.get_by_role("button", name="Try now")).to_be_visible()
    assert len(tries) == 3
    lee.unroute("**/finish/")
    lee.get_by_role("button", name="Try now").click()
    is_saved(lee)


def test_a_connection_cut_in_mid_save_saves_once(lee, watch):
    """The server has it, the phone does not know: the next try finds it saved."""
    watch.expect(LOST)

    def cut(route: Route) -> None:
        route.fetch(max_redirects=0)  # it arrives, and its answer is lost
        route.abort("connectionreset")

    lee.route("**/finish/", cut, times=1)
    answer(lee)
    save(lee)
    expect(lee.get_by_text("No connection.")).to_be_visible()
    assert Session.objects.get().pain_after == 3
    before = Session.objects.values().get()
    lee.get_by_role("button", name="Try now").click()
    is_saved(lee)
    assert Session.objects.values().get() == before


def test_a_server_that_fails_is_asked_again(lee, watch):
    watch.expect("status of 503")

    lee.route("**/finish/", lambda route: route.fulfill(status=503, body="busy"), times=1)
    answer(lee)
    save(lee)
    expect(lee.get_by_text("We could not save this yet.")).to_be_visible()
    is_saved(lee)  # two seconds later, by itself


def test_a_slow_connection_is_told(lee):
    def wait(route: Route) -> None:
        expect(lee.get_by_text("We are saving this. Please wait.")).to_be_visible()
        route.continue_()

    lee.route("**/finish/", wait, times=1)
    answer(lee)
    save(lee)
    is_saved(lee)


def test_leaving_with_something_unsaved_is_asked_about(lee, watch):
    watch.expect(LOST)
    asked = []
    lee.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    lee.context.set_offline(True)
    answer(lee)
    save(lee)
    expect(lee.get_by_text("No connection.")).to_be_visible()
    lee.get_by_role("link", name="Leave").click(no_wait_after=True)
    lee.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    lee.context.set_offline(False)
    is_saved(lee)


def test_what_is_missing_is_shown_on_the_same_page(lee):
    lee.get_by_role("radio", name="3", exact=True).first.check()
    save(lee)
    expect(lee.get_by_role("alert").filter(has_text="Please change one thing")).to_be_focused()
    expect(lee.get_by_role("radio", name="3", exact=True).first).to_be_checked()
    lee.get_by_text("Same place").click()
    save(lee)
    is_saved(lee)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_log_in_that_timed_out_asks_for_it_and_then_saves(
    open_page, session, patient, address, javascript
):
    page = open_page(javascript=javascript)
    log_in(page, patient.user.email, factories.PASSWORD)
    page.goto(address)
    answer(page)
    page.context.clear_cookies(name="sessionid")  # as a browser does after half an hour
    save(page)
    expect(page).to_have_url(re.compile(r"/accounts/login/\?next=/account/kept/$"))
    expect(page.get_by_text("Log in, and what you typed is saved.")).to_be_visible()
    assert Session.objects.get().pain_after is None
    page.get_by_label("E-mail").fill(patient.user.email)
    page.get_by_label("Password").fill(factories.PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()
    expect(page).to_have_url(re.compile(rf"/session/{session.submission_key}/saved/$"))
    is_saved(page)


def log_in_anew(page: Page, email: str) -> None:
    """In another tab, after the log-in had timed out: the token of this page is of no use then."""
    page.context.clear_cookies(name="sessionid")
    tab = page.context.new_page()
    log_in(tab, email, factories.PASSWORD)
    tab.close()


def test_who_logged_in_anew_in_another_tab_saves_from_this_one(lee, watch, patient):
    watch.expect("status of 403")
    answer(lee)
    log_in_anew(lee, patient.user.email)
    save(lee)
    is_saved(lee)


def test_a_page_of_one_person_never_saves_into_the_diary_of_another(
    lee, watch, session, other_patient, colleague
):
    watch.expect("status of 403")
    factories.make_plan(other_patient, colleague, exercises=1)
    lee.goto(reverse("session_entry", args=[session.day, 1]))  # Pat has this address as well
    answer(lee)
    log_in_anew(lee, other_patient.user.email)
    lee.get_by_role("button", name="Save", exact=True).click()
    expect(lee.get_by_text("Write it down, then load the page again.")).to_be_visible()
    expect(lee.get_by_role("radio", name="3", exact=True).first).to_be_checked()
    assert Session.objects.get().pain_after is None
    lee.on("dialog", lambda dialog: dialog.accept())


def test_a_form_without_its_token_is_refused_and_what_was_typed_stays(lee, watch):
    watch.expect("status of 403")
    answer(lee)
    lee.context.clear_cookies(name="csrftoken")
    lee.route("**/finish/", lambda route: route.fulfill(status=403, body="no"))
    save(lee)
    expect(lee.get_by_text("Write it down, then load the page again.")).to_be_visible()
    expect(lee.get_by_role("radio", name="3", exact=True).first).to_be_checked()
    assert Session.objects.get().pain_after is None
    lee.on("dialog", lambda dialog: dialog.accept())


def test_the_pages_are_clean_at_every_size(lee, session, patient):
    look = Look(lee, "small phone", "phone", "desktop")
    look.here()
    save(lee)
    expect(lee.get_by_text("Please change 2 things")).to_be_visible()
    look.here()
    yesterday = Clinic.objects.current().today() - timedelta(days=1)
    factories.make_session(patient, day=yesterday, pain_after=7, moved="down", told="stop")
    look.at([reverse("diary_days"), reverse("session_entry", args=[yesterday, 1])])
    for told in Session.Told.values:
        Session.objects.filter(pk=session.pk).update(
            told=told, pain_after=3, finished_at=session.started_at, wrong="numb_or_weak"
        )
        look.at([reverse("session_saved", args=[session.submission_key])])
    look.assert_clean()
