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
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.chromium import FLAGS, find_chromium

SIZES: dict[str, dict[str, Any]] = {
    "small phone": {"viewport": {"width": 320, "height": 640}, "has_touch": True},
    "phone": {"viewport": {"width": 360, "height": 800}, "has_touch": True},
    "desktop": {"viewport": {"width": 1280, "height": 900}},
}
ACCESSIBILITY_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


class Watch:
    """What went wrong in the pages of one test."""

    def __init__(self, address: str):
        self.host = urlsplit(address).netloc
        self.problems: list[str] = []
        self.expected: list[str] = []

    def expect(self, part: str) -> None:
        """A problem whose words hold ``part`` is meant to happen, such as "status of 404"."""
        self.expected.append(part)

    def note(self, problem: str) -> None:
        if not any(part in problem for part in self.expected):
            self.problems.append(problem)

    def follow(self, context: BrowserContext) -> None:
        """Listen to everything the pages of ``context`` say and fetch."""
        context.on("request", self._request)
        context.on("weberror", lambda error: self.note(f"script: {error.error}"))
        context.on("console", self._console)

    def _request(self, request: Any) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.netloc != self.host:
            self.note(f"request to another host: {request.url}")

    def _console(self, message: Any) -> None:
        # Chromium reports violations of the Content-Security-Policy as console errors.
        if message.type in ("error", "warning"):
            self.note(f"console {message.type}: {message.text} ({message.location['url']})")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for all tests. Fails, never skips, when the machine has none."""
    path = find_chromium()
    if not path:
        pytest.fail("No Chromium or Chrome on this machine. Install one, or set CHROMIUM.")
    # Playwright runs an event loop in this thread; Django would refuse to touch the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        chromium = playwright.chromium.launch(
            executable_path=path, args=FLAGS, chromium_sandbox=not root
        )
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
    assert not watching.problems, "\n".join(watching.problems)


@pytest.fixture
def open_page(browser, live_site, watch) -> Iterator[Callable[..., Page]]:
    """Opens a page of a new browser window that shares nothing with the others.

    ``open_page(size="phone", scheme="light", javascript=True, language="en-US")``
    """
    contexts = []

    def open_(
        size: str = "phone",
        scheme: str = "light",
        javascript: bool = True,
        language: str = "en-US",
    ) -> Page:
        context = browser.new_context(
            base_url=live_site,
            color_scheme=scheme,
            java_script_enabled=javascript,
            locale=language,
            reduced_motion="reduce",
            **SIZES[size],
        )
        context.set_default_timeout(10_000)  # milliseconds
        watch.follow(context)
        contexts.append(context)
        return context.new_page()

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture
def page(request, open_page) -> Page:
    """One page: a phone, or the sizes the test was marked with (``on_every_size``)."""
    return open_page(size=getattr(request, "param", "phone"))


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """Asserts that the accessibility rules find nothing on a page."""
    rules = Axe()

    def check(page: Page) -> None:
        page.wait_for_load_state()  # a page half arrived has no names yet
        found = rules.run(
            page,
            # Its preload would fetch style sheets in ways that the page itself does not.
            options={
                "runOnly": ACCESSIBILITY_RULES,
                "resultTypes": ["violations"],
                "preload": False,
            },
        )
        assert found.violations_count == 0, found.generate_report()

    return check
