"""A real browser that looks on: any console error, broken rule or foreign request fails the test.

``page`` is a phone unless the test asks for more:

    @on_every_size
    def test_something(page, live_site): ...

``open_page`` gives further pages, each a browser of its own (another person, another size, dark
colours, no scripts). Tests in this folder are marked ``browser`` by themselves.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from education.people import demo
from tests.browser.accessibility import accessibility_findings
from tests.browser.demo_clinic import open_clinic
from tests.browser.log_in import log_in
from tests.browser.looking import Look
from tests.browser.windows import Watch, launch, windows

PHONE_AND_DESKTOP = ("small phone", "desktop")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Drives browsers. There can be one in a process."""
    # It runs an event loop in this thread; Django would refuse to touch the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright) -> Iterator[Browser]:
    """One headless Chromium for all tests. Fails, never skips, when the machine has none."""
    chromium = launch(playwright)
    yield chromium
    chromium.close()


@pytest.fixture
def live_site(live_server, settings) -> str:
    """Address of the running site, with its real style sheets, fonts and pictures."""
    # A host name, not a number: passkeys work for names only.
    address = live_server.url.replace("127.0.0.1", "localhost")
    settings.SITE_URL = address
    settings.CSRF_TRUSTED_ORIGINS = [address]
    return address


@pytest.fixture
def watch(live_site) -> Iterator[Watch]:
    """Collects what goes wrong in any page of the test, and fails it at the end."""
    watching = Watch(live_site)
    yield watching
    watching.assert_nothing_went_wrong()


@pytest.fixture
def open_page(browser, watch) -> Iterator[Callable[..., Page]]:
    """Opens a page of a new browser window (see windows.py)."""
    with windows(browser, watch) as open_:
        yield open_


@pytest.fixture
def page(request, open_page) -> Page:
    """One page: a phone, or the sizes the test was marked with (``on_every_size``)."""
    return open_page(size=getattr(request, "param", "phone"))


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """Asserts that the accessibility rules find nothing on a page."""

    def check(page: Page) -> None:
        found = accessibility_findings(page)
        assert not found, "\n".join([page.url, *found])

    return check


@pytest.fixture
def look_as(open_page) -> Iterator[Callable[..., Look]]:
    """Opens a window of a person of the demo clinic, or of a visitor.

    At the end all that was seen is told.
    """
    open_clinic()
    looks = []

    def look(who: str = "", sizes: tuple[str, ...] = PHONE_AND_DESKTOP) -> Look:
        page = open_page(size=sizes[0])
        if who:
            log_in(page, f"{who}@clinic.example", demo.PASSWORD)
        looks.append(Look(page, *sizes))
        return looks[-1]

    yield look
    for seen in looks:
        seen.assert_clean()
