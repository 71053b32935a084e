"""The list for today is what it says: one sheet of paper."""

import io

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from education.library.actions import load_pack
from education.library.models import Article
from education.people import demo

# As browsers print: with address and page number in margins of theirs, or without.
WAYS = {
    "plain": {},
    "with the browser's own lines": {"display_header_footer": True},
    "on A4": {"format": "A4"},
}


@pytest.mark.parametrize("way", WAYS)
def test_each_list_for_today_is_one_sheet(page: Page, live_site, way):
    demo.add_demo_people()
    load_pack(by=None)
    keys = Article.objects.exclude(today_steps=None).distinct().values_list("key", flat=True)
    assert keys
    pages = {}
    for key in keys:
        page.goto(f"/learn/{key}/today/")
        sheet = page.pdf(**{"format": "Letter", **WAYS[way]})
        pages[key] = len(PdfReader(io.BytesIO(sheet)).pages)
    assert set(pages.values()) == {1}, pages
