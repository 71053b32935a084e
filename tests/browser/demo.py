"""Getting into the demo clinic."""

from playwright.sync_api import Page

from education.people.demo import PASSWORD


def log_in(page: Page, who: str) -> None:
    """Log in as a demo person, such as "patient-left", and wait for the page after it."""
    page.goto("/accounts/login/")
    page.get_by_label("E-mail").fill(f"{who}@clinic.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()
    page.wait_for_url(lambda url: "/accounts/login/" not in url)
