"""The guided session by keyboard, on small screens, from two metres, and without scripts."""

import pytest
from playwright.sync_api import expect

from education.diary.models import ExerciseLog
from tests import factories
from tests.browser.log_in import log_in
from tests.browser.session.phone import SMALL, at, press, run, seen
from tests.browser.sizes import assert_no_sideways_scroll


def test_it_is_done_by_keyboard_alone(phone):
    def tab_to(name: str) -> None:
        for _ in range(40):
            phone.keyboard.press("Tab")
            if name in (phone.evaluate("document.activeElement.textContent") or ""):
                return
        pytest.fail(f"never reached: {name}")

    tab_to("Start")
    phone.keyboard.press("Enter")
    run(phone, 6)
    assert seen(phone) == ("14", "hold")
    phone.keyboard.press("Space")
    expect(phone.get_by_role("button", name="Go on")).to_be_focused()
    phone.keyboard.press("Space")
    run(phone, 100)
    expect(phone.get_by_role("button", name="Once more")).to_be_focused()
    tab_to("Done with this exercise")
    phone.keyboard.press("Enter")
    expect(phone.get_by_text("Exercise 2 of 3")).to_be_visible()


# ------------------------------------------------------------------ how it stands there


@pytest.mark.parametrize(("width", "height"), [(320, 640), (360, 640), (360, 800), (740, 360)])
def test_it_fits_a_small_phone_without_a_scroll(phone, width, height):
    phone.set_viewport_size({"width": width, "height": height})
    for place in (1, 2, 3):
        at(phone, place)
        press(phone, "Start")
        run(phone, 6)
        bar = phone.locator(".pm-session__act").bounding_box()
        assert bar["y"] + bar["height"] <= height + 1
        for part in ("h1", "[data-step]:visible", "[data-timer]", "[data-sound]"):
            box = phone.locator(f".pm-session__first {part}").bounding_box()
            assert box["y"] + box["height"] <= bar["y"] + 1, part
        for name in ("Get help", "Something feels wrong", "Save and leave"):
            expect(phone.get_by_role("link", name=name)).to_be_in_viewport(ratio=1)
        assert_no_sideways_scroll(phone)


def test_it_is_read_from_two_metres(phone):
    phone.set_viewport_size({"width": 360, "height": 800})
    words = phone.locator(".pm-stage__say")
    assert float(words.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")) >= 24
    number = phone.locator("[data-left]")
    high = "e => parseFloat(getComputedStyle(e).fontSize) * e.ownerSVGElement.clientWidth / 140"
    assert number.evaluate(high) >= 64


def test_axe_finds_nothing_in_any_phase(phone, axe):
    axe(phone)
    press(phone, "Start")
    axe(phone)
    run(phone, 7)
    axe(phone)
    run(phone, 100)
    axe(phone)


def test_without_scripts_all_steps_stand_there_and_every_press_works(open_page, plan, patient):
    page = open_page(javascript=False)
    page.set_viewport_size(SMALL)
    log_in(page, patient.user.email, factories.PASSWORD)
    page.goto("/session/")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("1 round of 2, on your left side.")).to_be_visible()
    for words in ("Lift your left leg slowly.", "Pull your left knee in.", "Lower your left leg."):
        expect(page.locator(".pm-steps").get_by_text(words)).to_be_visible()
    expect(page.locator("[data-stage]")).to_be_hidden()
    expect(page.get_by_role("button", name="Start")).to_be_hidden()
    press(page, "Done with this exercise")
    page.get_by_role("link", name="Something feels wrong").click()
    page.get_by_role("link", name="I fell or cannot get up").click()
    expect(page.locator("#fell").get_by_role("link", name="Call 911")).to_be_in_viewport()
    page.get_by_role("link", name="Nothing. Back to my exercise").click()
    page.get_by_role("link", name="Skip", exact=True).click()
    press(page, "I did some of it")
    expect(page.get_by_role("heading", name="Walk")).to_be_visible()
    press(page, "Done with this exercise")
    page.wait_for_url("**/finish/")
    assert [log.outcome for log in ExerciseLog.objects.order_by("pk")] == ["done", "partly", "done"]


def test_much_pain_leads_with_the_lighter_form(open_page, plan, patient):
    page = open_page()
    page.set_viewport_size(SMALL)
    log_in(page, patient.user.email, factories.PASSWORD)
    page.goto("/session/")
    page.get_by_role("radio", name="8", exact=True).check()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", name="Take it easier today")).to_be_visible()
    page.get_by_role("button", name="Do my harder-day plan").click()
    expect(page.locator("[data-left]")).to_have_text("5")
    expect(page.locator("[data-count]")).to_have_text("Hold 1 of 1")
