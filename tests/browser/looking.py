"""A close look at page after page: every size and both schemes without loading it again."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.browser.accessibility import COLOUR_RULES, accessibility_findings
from tests.browser.sizes import too_wide
from tests.browser.windows import SIZES


class Look:
    """Looks at the pages of one person and keeps what is wrong, to be told all together."""

    def __init__(self, page: Page, *sizes: str):
        self.page = page
        self.sizes = sizes
        self.findings: list[str] = []

    def at(self, paths: Iterable[str], status: int = 200) -> None:
        """Go to each address, which answers itself and with ``status``, and look."""
        for path in paths:
            answer = self.page.goto(path)
            if answer.status != status or not answer.url.endswith(path):
                self.findings.append(f"{path} leads to {answer.url} with status {answer.status}")
            self.here()

    def here(self) -> None:
        """Look at the page as it is now, with all that it folds away unfolded."""
        self.page.wait_for_load_state()
        self.page.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
        for size in self.sizes:
            self.page.set_viewport_size(SIZES[size]["viewport"])
            self._note(size, too_wide(self.page))
            self._note(size, accessibility_findings(self.page))
            self._turn("dark")
            self._note(f"{size}, dark", accessibility_findings(self.page, COLOUR_RULES))
            self._turn("light")

    def _turn(self, scheme: str) -> None:
        """Change the colours, and wait until all have faded into the new ones."""
        self.page.emulate_media(color_scheme=scheme)
        self.page.evaluate("Promise.all(document.getAnimations().map((fade) => fade.finished))")

    def _note(self, circumstances: str, found: list[str]) -> None:
        path = urlsplit(self.page.url).path
        self.findings += [f"{path} ({circumstances}): {finding}" for finding in found]

    def assert_clean(self) -> None:
        """Fail with everything that was found."""
        assert not self.findings, "\n".join(self.findings)
