"""The screens a page is tried on."""

import pytest
from playwright.sync_api import Page

on_every_size = pytest.mark.parametrize("page", ["small phone", "phone", "desktop"], indirect=True)


def too_wide(page: Page) -> list[str]:
    """What to say of a page that must be pushed sideways; nothing when it fits its window."""
    wide, window = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    return [f"{wide} px wide in a window of {window} px"] if wide > window else []


def assert_no_sideways_scroll(page: Page) -> None:
    """The page is no wider than its window."""
    assert not too_wide(page), f"{page.url}: {too_wide(page)}"
