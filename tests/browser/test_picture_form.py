"""An editor gives a step its picture and reads it for every side, in a real browser."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from education.library.actions import load_pack
from education.library.models import Exercise, Photo
from education.people import demo
from tests.browser.log_in import log_in
from tests.browser.looking import Look
from tests.library.admin_page import change_url
from tests.library.pictures import encoded

pytestmark = pytest.mark.browser


@pytest.fixture
def page(live_site, open_page) -> Page:
    """The form of an exercise, opened by somebody who may change it."""
    load_pack(by=None)
    demo.add_demo_people()
    page = open_page(size="desktop")
    log_in(page, "admin@clinic.example", demo.PASSWORD)
    exercise = the_exercise()
    exercise.state = Exercise.State.DRAFT  # saved at once, not kept for a clinician
    exercise.save()
    page.goto(change_url(exercise))
    return page


def the_exercise() -> Exercise:
    return Exercise.objects.get(key="knee-to-chest-chair")


def test_the_chosen_drawing_and_the_typed_words_are_seen_at_once(page):
    step = page.locator("#steps-1")
    seen, reads = step.locator(".cl-pose__seen"), step.locator("[data-readings]")
    expect(seen.locator("img:visible")).to_have_count(3)
    step.get_by_label("Drawing").select_option("hip-hinge/2")
    expect(seen.locator("img:visible")).to_have_count(1)
    expect(seen.get_by_text("every side")).to_be_visible()
    step.get_by_label("Drawing").select_option("knee-to-chest-chair/3")
    expect(seen.locator("img:visible")).to_have_count(3)
    left = seen.locator("[data-variant=left] img")
    expect(left).to_have_attribute("src", re.compile("knee-to-chest-chair-3-left"))
    step.get_by_label("Text [en]").fill("Raise {working:foot}. Turn left.")
    expect(reads.get_by_text("Raise your right foot. Turn left.")).to_be_visible()
    expect(reads.get_by_text("It says “left” outright")).to_be_visible()
    assert the_exercise().steps.all()[1].text_en != "Raise {working:foot}. Turn left."


def test_a_chosen_photo_is_seen_before_it_is_sent_and_survives_a_mistake(page, tmp_path: Path):
    file = tmp_path / "step.jpg"
    file.write_bytes(encoded())
    step = page.locator("#steps-1")
    step.get_by_label("Upload a photo").set_input_files(file)
    expect(step.locator(".cl-kept canvas")).to_be_visible()
    step.get_by_label("Picture in words [en]").fill("")
    page.get_by_role("button", name="Save and continue").first.click()
    expect(step.get_by_text("Say in words what the picture shows.")).to_be_visible()
    expect(step.locator(".cl-kept img")).to_be_visible()
    step.get_by_label("Picture in words [en]").fill("A person lifts one knee.")
    page.get_by_role("button", name="Save and continue").first.click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    assert the_exercise().steps.all()[1].photo == Photo.objects.get()


def test_a_step_that_is_added_has_all_of_it_too(page):
    page.get_by_text("Add another step").click()
    step = page.locator("[id^=steps-]:not(.empty-form).inline-related").last
    step.get_by_label("Drawing").select_option("knee-to-chest-chair/1")
    expect(step.locator(".cl-pose__seen img:visible")).to_have_count(3)
    step.get_by_label("Text [en]").fill("Rest {working:foot}.")
    expect(step.get_by_text("Rest the foot of your sore leg.")).to_be_visible()


def test_the_pages_of_pictures_and_readings_look_as_they_should(page):
    look = Look(page, "desktop", "phone")
    look.at(
        [
            change_url(the_exercise()),
            f"/admin/library/exercise/{the_exercise().pk}/readings/",
            "/admin/library/exercise/pictures/?exercise=knee-to-chest-chair",
        ]
    )
    look.assert_clean()
