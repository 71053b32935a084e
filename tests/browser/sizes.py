"""The screens a page is tried on."""

import pytest
from playwright.sync_api import Page

on_every_size = pytest.mark.parametrize("page", ["small phone", "phone", "desktop"], indirect=True)


def assert_no_sideways_scroll(page: Page) -> None:
    """The page is no wider than its window."""
    wide, window = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert wide <= window, f"{page.url} is {wide} px wide in a window of {window} px"
