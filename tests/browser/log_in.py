"""Getting in, as everybody does."""

from playwright.sync_api import Page


def log_in(page: Page, email: str, password: str) -> None:
    """Log in with the site's own form, and wait for the page after it."""
    page.goto("/accounts/login/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in", exact=True).click()
    page.wait_for_url(lambda url: "/accounts/login/" not in url)
