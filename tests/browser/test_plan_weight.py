"""What the demo clinic sends to a phone, as ``make run`` serves it; and to one without scripts."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from education.people.demo import PASSWORD
from tests.browser.log_in import log_in
from tests.browser.sizes import assert_no_sideways_scroll
from tests.browser.windows import Watch, windows
from tests.servers import Site, demo_clinic

PATIENT = "patient-left@clinic.example"
KIB = 1024
MOST_BYTES = 64 * KIB
MOST_REQUESTS = 12
MOST_FONT_BYTES = 24 * KIB


# The demo keeps its fourth exercise for the clinic, without a picture: here it is signed off.
SIGN_OFF = """
import django
django.setup()
from education.plans.actions import publish_changes, sign_off
from education.plans.models import Plan
plan = Plan.objects.get(patient__user__email="patient-left@clinic.example")
for row in plan.planned_exercises.filter(supervised_first=True):
    sign_off(row, by=plan.clinician)
    row.save()
publish_changes(plan=plan, by=plan.clinician)
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Iterator[Site]:
    """A demo clinic, served, whose first patient may do all four exercises alone."""
    with demo_clinic(tmp_path_factory.mktemp("demo")) as clinic:
        clinic.command("-c", SIGN_OFF)
        yield clinic


@pytest.fixture
def open_page(browser, site) -> Iterator[Callable[..., Page]]:
    """Windows on the demo clinic."""
    watch = Watch(site.address)
    with windows(browser, watch) as open_:
        yield open_
    watch.assert_nothing_went_wrong()  # a request to another host, for one


class Weight:
    """What the network brings to one page, headers included."""

    def __init__(self, page: Page):
        self._paths: dict[str, str] = {}  # request -> path
        self._bytes: dict[str, int] = {}  # request -> bytes
        self._network = page.context.new_cdp_session(page)
        self._network.send("Network.enable")
        self._network.on("Network.responseReceived", self._received)
        self._network.on("Network.loadingFinished", self._finished)

    def _received(self, event: dict[str, Any]) -> None:
        self._paths[event["requestId"]] = urlsplit(event["response"]["url"]).path

    def _finished(self, event: dict[str, Any]) -> None:
        # The second use of a picture within the page comes from memory and weighs nothing.
        if size := int(event["encodedDataLength"]):
            self._bytes[event["requestId"]] = size

    @property
    def requests(self) -> list[tuple[int, str]]:
        """Bytes and path of each, the heaviest first."""
        return sorted(((n, self._paths[key]) for key, n in self._bytes.items()), reverse=True)

    @property
    def total(self) -> int:
        return sum(self._bytes.values())

    def of(self, kind: str) -> int:
        """Bytes of the files with this ending."""
        return sum(size for size, path in self.requests if path.endswith(kind))

    def __str__(self) -> str:
        lines = [f"{size:>7}  {path}" for size, path in self.requests]
        return "\n".join([*lines, f"{self.total:>7}  bytes in {len(lines)} requests"])


def read_to_the_end(page: Page) -> None:
    """Scroll down, so that the pictures further down arrive too."""
    for picture in page.locator("main img").all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)
    page.wait_for_load_state("networkidle")


def test_a_cold_plan_of_four_exercises_is_light(open_page):
    known = open_page()
    log_in(known, PATIENT, PASSWORD)
    # Another browser with the same log-in, and nothing kept from earlier pages.
    page = open_page()
    page.context.add_cookies(known.context.cookies())
    weight = Weight(page)
    page.goto("/plan/")
    expect(page.locator(".pm-task img")).to_have_count(4)
    read_to_the_end(page)

    print(weight)
    assert len([path for _size, path in weight.requests if "/figures/" in path]) == 4
    assert weight.total <= MOST_BYTES, str(weight)
    assert len(weight.requests) <= MOST_REQUESTS, str(weight)
    assert 0 < weight.of(".woff2") <= MOST_FONT_BYTES, str(weight)


def test_plan_exercise_and_message_work_without_javascript(open_page):
    page = open_page(javascript=False)
    log_in(page, PATIENT, PASSWORD)
    expect(page).to_have_url(re.compile(r"/plan/$"))
    expect(page.get_by_text("Sit through a whole movie with my sister")).to_be_visible()

    page.locator(".pm-task a").first.click()
    expect(page).to_have_url(re.compile(r"/plan/exercises/"))
    expect(page.locator(".pm-strip li").first).to_be_visible()
    assert_no_sideways_scroll(page)

    page.goto("/contact/")
    page.get_by_text("No, none of them").first.click()
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("What is this about?").select_option("exercise")
    page.get_by_label("Your message").fill("Is a low chair fine?")
    page.get_by_text("On this site").first.click()
    page.get_by_role("button", name="Send").click()
    expect(page).to_have_url(re.compile(r"/contact/thanks/$"))

    page.goto("/contact/messages/")
    page.locator("main a[href*='/contact/messages/']").first.click()
    expect(page.get_by_text("Is a low chair fine?")).to_be_visible()
