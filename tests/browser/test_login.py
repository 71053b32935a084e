"""The log-in page, as the first thing a patient sees."""

from playwright.sync_api import expect

from tests.browser.sizes import assert_no_sideways_scroll, on_every_size


@on_every_size
def test_the_log_in_page_is_clean_and_usable(page, axe):
    page.goto("/accounts/login/")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("textbox", name="E-mail")).to_be_editable()
    expect(page.get_by_role("textbox", name="Password")).to_be_editable()
    assert_no_sideways_scroll(page)
    axe(page)
