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


def test_what_to_change_is_in_view_and_next_for_the_keyboard(page):
    page.goto("/accounts/login/")
    page.locator("main").get_by_role("button", name="Log in", exact=True).click()

    expect(page.get_by_role("alert").filter(has_text="Please change 2 things")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="E-mail")).to_be_focused()
