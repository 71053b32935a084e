"""Takes the pictures of the documents from the running demo clinic (``make screenshots``)."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.log_in import log_in
from tests.browser.windows import Watch, launch, windows
from tests.environments import ROOT
from tests.servers import demo_clinic

FOLDER = ROOT / "docs" / "screenshots"
MOST_BYTES = 200 * 1024
PASSWORD = "move-gently-2026"  # of the demo people; their own module needs Django
SHARP = 2  # dots per pixel of a phone's picture, as on a phone


def plan(page: Page) -> None:
    log_in(page, "patient-left@clinic.example", PASSWORD)


def exercise(page: Page) -> None:
    plan(page)
    page.get_by_role("link", name="Piriformis stretch").first.click()


def session(page: Page) -> None:
    """The first exercise while it is held."""
    plan(page)
    page.goto("/session/")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Start", exact=True).click()
    page.wait_for_timeout(8000)  # ready for 5 seconds, then some of the hold


def progress(page: Page) -> None:
    plan(page)
    page.goto("/progress/")


def article(page: Page) -> None:
    page.goto("/learn/sciatica/")


def get_help(page: Page) -> None:
    page.goto("/when-to-see-a-doctor/")


def plan_in_admin(page: Page) -> None:
    log_in(page, "clinician@clinic.example", PASSWORD)
    page.set_viewport_size({"width": 1280, "height": 1280})  # down to the exercises
    page.goto("/admin/plans/plan/")
    page.get_by_role("link", name="Lefty").first.click()


# name of the file -> the window, and how to get to what it shows
PICTURES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "plan-phone.png": ("phone", plan),
    "exercise-phone.png": ("phone", exercise),
    "session-phone.png": ("phone", session),
    "progress-phone.png": ("phone", progress),
    "help-phone.png": ("phone", get_help),
    "article-desktop.png": ("desktop", article),
    "plan-admin.png": ("desktop", plan_in_admin),
}


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="clinic-screenshots-") as folder,
        demo_clinic(Path(folder)) as site,
        sync_playwright() as playwright,
        launch(playwright) as browser,
    ):
        watch = Watch(site.address)
        with windows(browser, watch) as open_page:
            for name, (size, go_to) in PICTURES.items():
                page = open_page(size=size, device_scale_factor=SHARP if size == "phone" else 1)
                go_to(page)
                page.wait_for_load_state("networkidle")
                picture = FOLDER / name
                picture.write_bytes(page.screenshot())
                print(f"{picture.relative_to(ROOT)}  {picture.stat().st_size // 1024} KiB")
                assert picture.stat().st_size <= MOST_BYTES, f"{name} is too heavy"
        watch.assert_nothing_went_wrong()


if __name__ == "__main__":
    main()
