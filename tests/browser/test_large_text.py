"""Letters twice as large on a phone: every word can still be read, none is pushed sideways."""

import pytest
from playwright.sync_api import Page

from education.library.actions import load_pack
from education.people import demo
from education.plans.demo import add_demo_plans
from tests.browser.log_in import log_in
from tests.browser.sizes import assert_no_sideways_scroll

# Words that stand outside the window are cut off, or need a push.
OUTSIDE = """
() => [...document.querySelectorAll("main *")].filter((element) => {
    const own = [...element.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    const box = element.getBoundingClientRect();
    const hidden = element.closest(".visually-hidden, .pm-honey");
    return own && !hidden && box.width && box.right > innerWidth + 1;
}).map((element) => element.textContent.trim())
"""


@pytest.fixture(autouse=True)
def clinic(live_site) -> None:
    """The demo clinic."""
    load_pack(by=None)
    demo.add_demo_people()
    add_demo_plans()


def enlarge(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate("document.documentElement.style.fontSize = '200%'")


def assert_readable(page: Page) -> None:
    assert page.evaluate(OUTSIDE) == []
    assert_no_sideways_scroll(page)


def test_of_a_patient(page):
    log_in(page, "patient-left@clinic.example", demo.PASSWORD)
    exercises = page.locator(".pm-task h3 a").all()
    addresses = [exercise.get_attribute("href") for exercise in exercises]
    assert addresses
    for address in ("/plan/", "/plan/print/", "/account/", "/contact/messages/", *addresses):
        enlarge(page, address)
        assert_readable(page)


def test_of_a_session(page):
    log_in(page, "patient-left@clinic.example", demo.PASSWORD)
    enlarge(page, "/session/")
    assert_readable(page)
    page.get_by_role("button", name="Next").click()
    page.wait_for_url("**/1/")
    for address in (
        page.url,
        page.url.replace("/1/", "/wrong/"),
        page.url.replace("/1/", "/finish/"),
    ):
        enlarge(page, address)
        assert_readable(page)


@pytest.mark.parametrize("page", ["small phone"], indirect=True)
def test_of_a_visitor_with_a_small_phone(page):
    for address in ("/", "/exercises/", "/exercises/hip-hinge-band/", "/contact/", "/privacy/"):
        enlarge(page, address)
        assert_readable(page)
