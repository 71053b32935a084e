"""The page of today on a phone: what to do first, one tap for what is done, one question."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from education.diary.models import ExerciseLog
from education.people import demo
from education.people.models import Clinic
from education.plans.models import PlanVersion
from tests import factories
from tests.browser.demo_clinic import lefty, open_clinic
from tests.browser.log_in import log_in

SMALL = {"width": 360, "height": 640}


def days_ago(number: int, **fields):
    """A session of the demo patient on a day before today."""
    day = Clinic.objects.current().today() - timedelta(days=number)
    return factories.make_session(lefty(), day=day, **fields)


@pytest.fixture
def today(page) -> Page:
    """The demo patient's page of today."""
    open_clinic()
    log_in(page, "patient-left@clinic.example", demo.PASSWORD)
    return page


def bottom_of(page: Page, words: str) -> float:
    box = page.get_by_role("link", name=words).first.bounding_box()
    assert box
    return box["y"] + box["height"]


def test_the_red_line_and_the_way_in_are_on_the_first_screen(today):
    today.set_viewport_size(SMALL)
    bar = today.locator(".pm-tabbar").bounding_box()
    assert bottom_of(today, "Get help now") < bottom_of(today, "Start my session") <= bar["y"]


def test_one_tap_does_one_undoes_and_the_page_stays_where_it_was(today):
    last = today.locator(".pm-task", has=today.locator(".pm-tick")).last
    tick = last.locator(".pm-tick").first
    tick.click()
    expect(tick).to_have_attribute("aria-pressed", "true")
    expect(last.get_by_role("heading")).to_be_in_viewport()
    assert ExerciseLog.objects.get().outcome == "done"
    tick.click()
    expect(tick).to_have_attribute("aria-pressed", "false")


def test_without_scripts_and_by_keyboard_the_morning_is_told_and_an_exercise_is_done(open_page):
    open_clinic()
    days_ago(1, pain_before=3)
    page = open_page(javascript=False)
    log_in(page, "patient-left@clinic.example", demo.PASSWORD)
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_text("Choose a number from 0 to 10.").last).to_be_visible()
    page.get_by_role("radio", name="3", exact=True).press("Space")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_text("Go on with your plan as it is.")).to_be_visible()
    page.locator(".pm-tick").first.press("Enter")
    expect(page.locator(".pm-tick").first).to_have_attribute("aria-pressed", "true")


def test_five_places_fit_the_smallest_phone(today):
    today.set_viewport_size({"width": 320, "height": 640})
    links = today.locator(".pm-tabbar a")
    assert links.count() == 5
    widest = links.evaluate_all("(all) => all.map((a) => [a.scrollWidth, a.clientWidth])")
    assert all(needs <= has for needs, has in widest)
    assert links.last.evaluate("(a) => a.getBoundingClientRect().right") <= 320


def test_the_page_in_every_state_of_the_day(look_as):
    version = PlanVersion.objects.get(plan__patient=lefty())
    days_ago(1, pain_before=2, logs=dict.fromkeys(list(version.planned)[:1], "partly"))
    factories.make_morning(days_ago(2, pain_before=2), pain=6)
    look = look_as("patient-left")
    page = look.page
    look.here()  # the question of the morning on top
    page.get_by_role("button", name="Save").click()
    look.here()  # nothing was chosen
    page.get_by_role("radio", name="9").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Ease off, and call us")).to_be_visible()
    look.here()
    page.get_by_role("button", name="Do my harder-day plan").click()
    look.here()
    while (left := page.locator(".pm-tick[aria-pressed=false]")).count():
        left.first.click()
        page.wait_for_load_state()
    expect(page.get_by_role("link", name="Say how it went (two questions)")).to_be_visible()
    look.here()
    lefty().sessions.filter(day=Clinic.objects.current().today()).update(told="stop")
    page.goto(reverse("plan_today"))
    expect(page.get_by_text("You stopped for today. Rest is right.")).to_be_visible()
    look.here()
