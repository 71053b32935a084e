"""The guided session on a phone, with a clock that stands still until the test moves it."""

import pytest
from playwright.sync_api import expect

from education.diary.models import ExerciseLog, Session
from tests.browser.session.phone import SECOND, at, count, did, press, run, seen, step, told

# ------------------------------------------------------------------ holds and rests


def test_before_the_press_all_is_still(phone):
    run(phone, 60)
    assert seen(phone) == ("15", "seconds")
    assert count(phone) == "Hold 1 of 2"
    assert phone.get_by_text("Your left side", exact=True).is_visible()
    assert did(phone) == []
    assert told(phone) == ""


def test_one_press_leads_through_holds_and_rests_to_the_end(phone):
    press(phone, "Start")
    assert seen(phone) == ("5", "get ready")
    run(phone, 4)
    assert seen(phone) == ("1", "get ready")
    assert "Pull your left knee in." in step(phone)
    run(phone, 1)
    assert seen(phone) == ("15", "hold")
    assert told(phone) == "Hold 1 of 2. 15 seconds."
    run(phone, 14)
    assert seen(phone) == ("1", "hold")
    run(phone, 1)
    assert seen(phone) == ("20", "rest")
    assert count(phone) == "Next: 2 of 2"
    assert "Lower your left leg." in step(phone)
    run(phone, 20)
    assert seen(phone) == ("5", "get ready")
    assert count(phone) == "Hold 2 of 2"
    run(phone, 5 + 14)
    assert seen(phone) == ("1", "hold")
    run(phone, 1)
    assert seen(phone) == ("", "done")
    assert told(phone).startswith("That was all.")
    expect(phone.get_by_role("button", name="Once more")).to_be_visible()


def test_it_is_heard_and_felt_and_said_sparingly(phone):
    press(phone, "Start")
    assert did(phone)[0] == "audio"
    run(phone, 5)
    assert did(phone, "tone") == ["tone 440"] * 3 + ["tone 880"]
    words = {told(phone)}
    for _ in range(14):
        run(phone, 1)
        words.add(told(phone))
    assert len(words) == 1  # not each second
    run(phone, 1)
    assert did(phone, "tone")[4:] == ["tone 660", "tone 440"]
    assert did(phone, "buzz")


def test_without_sound_it_is_felt_and_the_next_page_is_silent_too(phone):
    press(phone, "Start")
    phone.get_by_role("button", name="Sound").click()
    before = did(phone, "tone")
    run(phone, 30)
    assert did(phone, "tone") == before
    assert did(phone, "buzz")
    at(phone, 2)
    expect(phone.get_by_role("button", name="Sound")).to_have_attribute("aria-pressed", "false")
    press(phone, "Start")
    run(phone, 10)
    assert did(phone, "tone") == []


def test_a_pause_holds_everything_and_goes_on_where_it_was(phone):
    press(phone, "Start")
    run(phone, 5 + 6)
    assert seen(phone) == ("9", "hold")
    press(phone, "Pause")
    assert told(phone) == "Paused."
    run(phone, 600)
    assert seen(phone) == ("9", "hold")
    press(phone, "Go on")
    run(phone, 8)
    assert seen(phone) == ("1", "hold")


def test_a_page_that_slept_is_right_when_it_wakes(phone):
    press(phone, "Start")
    run(phone, 1)
    phone.clock.fast_forward(4 * SECOND + 15 * SECOND + 7 * SECOND)  # one tick for all of it
    run(phone, 0.3)
    assert seen(phone) == ("13", "rest")
    phone.clock.fast_forward(3600 * SECOND)
    run(phone, 0.3)
    assert seen(phone) == ("", "done")


def test_the_screen_stays_on_while_it_runs_and_only_then(phone):
    press(phone, "Start")
    assert did(phone, "a") == ["audio", "awake"]
    press(phone, "Pause")
    assert did(phone, "as") == ["asleep"]
    press(phone, "Go on")
    phone.evaluate("window.lock.released = true")  # as when the page was out of sight
    phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert did(phone, "aw") == ["awake"] * 3
    run(phone, 200)
    assert seen(phone) == ("", "done")
    assert did(phone, "as") == ["asleep"] * 2
    phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert did(phone, "aw") == ["awake"] * 3


def test_the_steps_can_be_looked_through_before_and_in_a_pause(phone):
    assert "Lift your left leg slowly." in step(phone)
    phone.get_by_role("button", name="The next step").click()
    phone.get_by_role("button", name="The next step").click()
    assert "Lower your left leg." in step(phone)
    expect(phone.get_by_role("button", name="The next step")).to_be_disabled()
    press(phone, "Start")
    expect(phone.get_by_role("button", name="The next step")).to_be_hidden()
    press(phone, "Pause")
    phone.get_by_role("button", name="The step before").click()
    assert "Lift your left leg slowly." in step(phone)


# ------------------------------------------------------------------ repetitions, sides, minutes


def test_repetitions_are_paced_and_sides_swapped(phone):
    at(phone, 2)
    assert seen(phone) == ("5", "times")
    assert count(phone) == "Round 1 of 2"
    expect(phone.get_by_text("One side", exact=True)).to_be_visible()
    press(phone, "Start")
    run(phone, 5)
    assert seen(phone) == ("1", "of 3-5")
    run(phone, 4)
    assert seen(phone) == ("2", "of 3-5")
    run(phone, 8)
    assert seen(phone) == ("4", "of 3-5")
    assert told(phone) == "You may stop here."
    run(phone, 8)
    assert seen(phone) == ("10", "swap sides")
    assert told(phone) == "Now swap sides."
    expect(phone.get_by_text("The other side", exact=True)).to_be_visible()
    run(phone, 10)
    assert seen(phone) == ("5", "get ready")
    run(phone, 5 + 20)
    assert seen(phone) == ("15", "rest")
    assert count(phone) == "Round 2 of 2"
    expect(phone.get_by_text("One side", exact=True)).to_be_visible()
    run(phone, 15 + 5 + 20 + 10 + 5 + 20)
    assert seen(phone) == ("", "done")


def test_minutes_count_down(phone):
    at(phone, 3)
    assert seen(phone) == ("2:00", "left")
    press(phone, "Start")
    run(phone, 5)
    assert seen(phone) == ("2:00", "left")
    run(phone, 15)
    assert seen(phone) == ("1:45", "left")
    run(phone, 60)
    assert seen(phone) == ("45", "left")
    run(phone, 45)
    assert seen(phone) == ("", "done")


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_the_picture_moves_with_the_repetition_unless_less_motion_is_asked_for(phone, motion):
    at(phone, 1)  # its page has three steps; as repetitions they would come and go
    phone.emulate_media(reduced_motion=motion)
    phone.evaluate("document.querySelector('[data-stage]').dataset.hold = '0'")
    phone.evaluate("document.querySelector('[data-stage]').dataset.move = '1'")
    phone.evaluate("document.querySelector('[data-session]').dataset.session = ''")
    phone.add_script_tag(url="/static/js/session.js")
    press(phone, "Start")
    run(phone, 6)
    there = step(phone)
    run(phone, 2)
    assert (step(phone) != there) == (motion == "no-preference")


# ------------------------------------------------------------------ the way through


def test_the_whole_session_to_the_question_how_it_went(phone, plan):
    expect(phone.get_by_text("Exercise 1 of 3")).to_be_visible()
    press(phone, "Done with this exercise")
    expect(phone.get_by_text("Exercise 2 of 3")).to_be_visible()
    phone.get_by_role("link", name="Skip", exact=True).click()
    phone.get_by_text("No time").click()
    press(phone, "Skip this exercise")
    expect(phone.get_by_text("Exercise 3 of 3")).to_be_in_viewport()  # not at the foot again
    phone.get_by_role("link", name="To the exercise before: Back").click()
    expect(phone.get_by_text("Exercise 2 of 3")).to_be_visible()
    at(phone, 3)
    press(phone, "Done with this exercise")
    phone.wait_for_url("**/finish/")
    said = [(log.outcome, log.why_not) for log in ExerciseLog.objects.order_by("pk")]
    assert said == [("done", ""), ("not_done", "no_time"), ("done", "")]


def test_who_goes_on_after_all_sees_the_timer_again(phone):
    press(phone, "Start")
    phone.get_by_role("link", name="Skip", exact=True).click()
    expect(phone.locator("[data-timer]")).not_to_be_in_viewport()
    press(phone, "Go on")
    expect(phone.locator("[data-timer]")).to_be_in_viewport()


def test_skipping_pauses_and_something_wrong_comes_back_to_the_same_place(phone):
    at(phone, 2)
    press(phone, "Start")
    phone.get_by_role("link", name="Skip", exact=True).click()
    expect(phone.get_by_role("button", name="Go on")).to_be_visible()
    phone.get_by_role("link", name="Something feels wrong").click()
    expect(phone.get_by_role("heading", name="Stop. What feels wrong?")).to_be_in_viewport()
    phone.get_by_role("link", name="Too much pain").click()
    expect(phone.get_by_role("heading", name="Too much pain")).to_be_in_viewport()
    phone.get_by_role("link", name="I have rested. Back to my exercise").click()
    expect(phone.get_by_text("Exercise 2 of 3")).to_be_visible()


def test_without_a_connection_a_press_waits_and_is_written_once(phone, watch):
    watch.expect("ERR_INTERNET_DISCONNECTED")
    phone.context.set_offline(True)
    press(phone, "Done with this exercise")
    expect(phone.get_by_text("No connection. We try again.")).to_be_in_viewport()
    press(phone, "Done with this exercise")
    phone.context.set_offline(False)
    expect(phone.get_by_text("Exercise 2 of 3")).to_be_visible()
    assert ExerciseLog.objects.get().outcome == "done"


def test_stopping_for_a_sign_tells_the_clinic(phone):
    phone.get_by_role("link", name="Something feels wrong").click()
    phone.get_by_role("link", name="New numbness or weakness").click()
    phone.locator("#numb").get_by_role("button", name="Stop for today and tell Dana").click()
    phone.wait_for_url("**/saved/")
    assert Session.objects.get().told == Session.Told.RED_FLAG


def test_nothing_is_stored_in_the_browser_but_whether_there_is_sound(phone):
    press(phone, "Start")
    phone.get_by_role("button", name="Sound").click()
    run(phone, 20)
    assert phone.evaluate("localStorage.length + sessionStorage.length") == 0
    cookies = {cookie["name"]: cookie["value"] for cookie in phone.context.cookies()}
    assert cookies["tones"] == "off"
