"""An exercise is shown in motion when somebody asks for it: on a press, and on no other page."""

import re

import pytest
from playwright.sync_api import Page, expect

from education.library.actions import load_pack
from education.library.models import Exercise
from tests.browser.sizes import assert_no_sideways_scroll

HINGE = "/exercises/hip-hinge/"
STEPPED = "/exercises/floor-down/"
STRIP = "hip-hinge-plain"
# The film alone: a button that fades under the pointer is in motion, too.
MOVING = """document.getAnimations().filter(
  (a) => a.playState === 'running' && a.effect.target.closest('.pm-film__window')).length"""
PLACE = "getComputedStyle(document.querySelector('.pm-film__window img + img')).transform"


@pytest.fixture(autouse=True)
def library(live_site):
    """The content pack, as `load_content` leaves it."""
    load_pack(by=None)
    # The way to the floor is done at the clinic first: its steps are on no public page.
    floor = Exercise.objects.get(key="floor-down")
    floor.supervised_first = False
    floor.save()


def moving(page: Page) -> Page:
    """The browser of somebody who did not ask for less motion."""
    page.emulate_media(reduced_motion="no-preference")
    return page


def until(page: Page, expression: str) -> None:
    """Wait for something to be true in the page (whose rules forbid the driver's own way)."""
    for _ in range(400):  # at most 20 s, on a busy machine
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never true: {expression}")


def strips_of(page: Page) -> list[str]:
    """Addresses of films that the page fetches from now on."""
    fetched: list[str] = []
    page.on("request", lambda r: fetched.append(r.url) if "/films/" in r.url else None)
    return fetched


def play_button(page: Page):
    return page.get_by_role("button", name="Show how it moves")


def pause_button(page: Page):
    return page.get_by_role("button", name="Pause")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_press_plays_the_film_and_a_press_pauses_it(open_page, axe, scheme):
    page = moving(open_page(size="small phone", scheme=scheme))
    fetched = strips_of(page)
    page.goto(HINGE, wait_until="networkidle")
    assert fetched == []
    assert page.evaluate(MOVING) == 0
    axe(page)

    play_button(page).click()
    expect(pause_button(page)).to_be_visible()
    until(page, f"{MOVING} === 1")
    assert len(fetched) == 1
    assert STRIP in fetched[0]
    before = page.evaluate(PLACE)
    until(page, f"{PLACE} !== {before!r}")
    assert_no_sideways_scroll(page)
    axe(page)

    pause_button(page).click()
    expect(play_button(page)).to_be_visible()
    held = page.evaluate(PLACE)
    page.wait_for_timeout(400)
    assert page.evaluate(PLACE) == held
    play_button(page).click()
    until(page, f"{PLACE} !== {held!r}")
    assert len(fetched) == 1


def test_the_keyboard_keeps_its_place_between_play_and_pause(open_page):
    page = moving(open_page())
    page.goto(HINGE)
    play_button(page).focus()
    page.keyboard.press("Enter")
    expect(pause_button(page)).to_be_focused()
    page.keyboard.press("Space")
    expect(play_button(page)).to_be_focused()


def test_every_frame_fills_the_window(open_page):
    page = moving(open_page(size="desktop"))
    page.goto(HINGE)
    play_button(page).click()
    until(page, f"{MOVING} === 1")
    window, strip = page.locator(".pm-film__window"), page.locator(".pm-film__window img + img")
    frames = int(page.locator("[data-film]").get_attribute("data-frames"))
    assert strip.bounding_box()["width"] / frames == pytest.approx(
        window.bounding_box()["width"], rel=0.01
    )


def test_a_film_stops_by_itself_and_can_be_seen_again(open_page):
    page = moving(open_page())
    page.goto(HINGE)
    page.evaluate("document.querySelector('[data-film]').dataset.frameMs = 4")
    play_button(page).click()
    expect(pause_button(page)).to_be_visible()
    expect(play_button(page)).to_be_visible()
    assert page.evaluate(MOVING) == 0
    play_button(page).click()
    expect(pause_button(page)).to_be_visible()


def test_who_asked_for_less_motion_gets_the_pictures_alone(open_page):
    page = open_page()  # the browsers of these tests ask for it
    fetched = strips_of(page)
    page.goto(HINGE, wait_until="networkidle")
    expect(play_button(page)).to_be_hidden()
    expect(page.locator(".pm-strip img").first).to_be_visible()
    assert fetched == []
    moving(page)
    expect(play_button(page)).to_be_visible()
    page.emulate_media(reduced_motion="reduce")
    expect(play_button(page)).to_be_hidden()


@pytest.mark.parametrize("path", [HINGE, STEPPED])
def test_without_scripts_there_are_all_pictures_and_no_button(open_page, path):
    page = moving(open_page(javascript=False))
    fetched = strips_of(page)
    page.goto(path, wait_until="networkidle")
    expect(page.locator(".pm-film, .pm-stepper").first).to_be_hidden()
    pictures = page.locator(".pm-strip img")
    assert pictures.count() > 1
    for picture in pictures.all():
        expect(picture).to_be_visible()
    assert fetched == []


def test_a_film_that_does_not_come_says_so_and_can_be_tried_again(open_page, watch):
    watch.expect("Failed to load resource")
    page = moving(open_page())
    page.route(re.compile("/films/"), lambda route: route.abort())
    page.goto(HINGE)
    play_button(page).click()
    expect(page.get_by_text("The moving picture did not load.")).to_be_visible()
    page.unroute(re.compile("/films/"))
    play_button(page).click()
    until(page, f"{MOVING} === 1")
    expect(page.get_by_text("The moving picture did not load.")).to_be_hidden()


def test_the_way_to_the_floor_can_be_seen_one_picture_at_a_time(open_page, axe):
    page = open_page(size="small phone")  # stepping is no motion: less motion does not take it away
    page.goto(STEPPED)
    pictures = page.locator(".pm-strip > li")
    total = pictures.count()
    assert total > 3
    page.get_by_role("button", name="Show one picture at a time").click()
    count = page.locator("[data-walk] p")
    expect(count).to_have_text(f"1 of {total}")
    expect(pictures.nth(0)).to_be_visible()
    expect(pictures.nth(1)).to_be_hidden()
    axe(page)
    for at in range(2, total + 1):
        page.keyboard.press("Enter")  # the focus waits on Next
        expect(count).to_have_text(f"{at} of {total}")
        expect(pictures.nth(at - 1)).to_be_visible()
        expect(pictures.nth(at - 2)).to_be_hidden()
    expect(page.get_by_role("button", name="Next")).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Enter")
    expect(count).to_have_text(f"{total} of {total}")
    page.locator("[data-back]").click()
    expect(count).to_have_text(f"{total - 1} of {total}")
    assert_no_sideways_scroll(page)
    page.get_by_role("button", name="Show all pictures").click()
    for picture in pictures.all():
        expect(picture).to_be_visible()
