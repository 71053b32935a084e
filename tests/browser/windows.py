"""Browser windows that are watched: what a page complains about or fetches elsewhere is noted."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from tests.chromium import FLAGS, find_chromium

SIZES: dict[str, dict[str, Any]] = {
    "small phone": {"viewport": {"width": 320, "height": 640}, "has_touch": True},
    "phone": {"viewport": {"width": 360, "height": 800}, "has_touch": True},
    "desktop": {"viewport": {"width": 1280, "height": 900}},
}


def launch(playwright: Playwright, *flags: str) -> Browser:
    """The Chromium of this machine, headless. Raises LookupError when there is none."""
    path = find_chromium()
    if not path:
        raise LookupError("No Chromium or Chrome on this machine. Install one, or set CHROMIUM.")
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return playwright.chromium.launch(
        executable_path=path, args=[*FLAGS, *flags], chromium_sandbox=not root
    )


class Watch:
    """What went wrong in the pages of one test."""

    def __init__(self, address: str):
        self.address = address
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

    def assert_nothing_went_wrong(self) -> None:
        assert not self.problems, "\n".join(self.problems)

    def _request(self, request: Any) -> None:
        address = urlsplit(request.url)
        ours = urlsplit(self.address).netloc
        if address.scheme in ("http", "https", "ws", "wss") and address.netloc != ours:
            self.note(f"request to another host: {request.url}")

    def _console(self, message: Any) -> None:
        # Chromium reports violations of the Content-Security-Policy as console errors.
        if message.type in ("error", "warning"):
            self.note(f"console {message.type}: {message.text} ({message.location['url']})")


@contextmanager
def windows(browser: Browser, watch: Watch) -> Iterator[Callable[..., Page]]:
    """A function that opens pages of new browser windows, each sharing nothing with the others.

    ``open_page(size="phone", scheme="light", javascript=True, language="en-US")``
    """
    contexts = []

    def open_page(
        size: str = "phone",
        scheme: str = "light",
        javascript: bool = True,
        language: str = "en-US",
        **more: Any,
    ) -> Page:
        context = browser.new_context(
            base_url=watch.address,
            color_scheme=scheme,
            java_script_enabled=javascript,
            locale=language,
            reduced_motion="reduce",
            **SIZES[size],
            **more,
        )
        context.set_default_timeout(10_000)  # milliseconds
        watch.follow(context)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
