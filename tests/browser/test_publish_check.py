"""An editor mends and hands in, a clinician reads and publishes, a reader opens a word."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from education.people import demo
from tests.browser.log_in import log_in
from tests.browser.looking import Look
from tests.factories import make_exercise
from tests.library.admin_page import change_url
from tests.library.content import make_article
from tests.library.sound import make_sound_article, make_sound_exercise, make_term

HARD_WORDS = "Physiotherapeutic rehabilitation necessitates considerable individualization."


@pytest.fixture(autouse=True)
def people(live_site) -> None:
    demo.add_demo_people()


def test_from_the_draft_to_the_public_page(open_page):
    exercise = make_sound_exercise("bridge", state="draft", title_en="Bridge")
    exercise.steps.create(order=2, text_en="Put it down.")
    editor = open_page(size="desktop")
    log_in(editor, "editor@clinic.example", demo.PASSWORD)
    editor.goto(change_url(exercise))
    expect(editor.get_by_text("It has no picture.")).to_be_visible()
    editor.get_by_label("Why it may stay").fill("It shows itself.")
    editor.get_by_role("button", name="Send to review").click()
    expect(editor.get_by_text("Sent to review. A clinician reads it next.")).to_be_visible()
    expect(editor.get_by_text("Nothing stands in the way.")).to_be_visible()

    clinician = open_page(size="phone", javascript=False)
    log_in(clinician, "clinician@clinic.example", demo.PASSWORD)
    clinician.goto("/admin/")
    clinician.get_by_role("link", name="Read it Bridge").click()
    clinician.get_by_role("button", name="I have read it: publish").click()
    expect(clinician.get_by_text("Published and reviewed by you.")).to_be_visible()

    reader = open_page(size="phone")
    reader.goto(reverse("exercise_detail", args=["bridge"]))
    expect(reader.get_by_role("heading", name="Bridge", level=1)).to_be_visible()


def with_findings() -> list[Any]:
    """One of each kind, with hard and soft findings, and one that somebody overruled."""
    exercise = make_exercise("draft", state="in_review", position="", demands=None)
    article = make_article("draft", state="in_review", summary_en=HARD_WORDS)
    term = make_term("draft", state="in_review", meaning_en=HARD_WORDS)
    clinician = demo.User.objects.get(email="clinician@clinic.example")
    term.overruled.create(
        code="reading_grade", subject=HARD_WORDS, reason="No other word.", overruled_by=clinician
    )
    make_sound_exercise("late", next_review_on="2020-01-01")
    return [exercise, article, term]


@pytest.mark.parametrize("who", ["editor", "clinician"])
def test_nothing_is_wrong_with_the_pages_of_the_check(open_page, who):
    things = with_findings()
    page = open_page(size="small phone")
    log_in(page, f"{who}@clinic.example", demo.PASSWORD)
    look = Look(page, "small phone", "desktop")
    look.at(["/admin/", *map(change_url, things)])
    look.assert_clean()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_word_is_explained_by_touch_and_by_keyboard_without_a_script(open_page, scripts):
    make_term("text", term_en="text", meaning_en="What you read now.")
    make_sound_article("back")
    page = open_page(size="phone", javascript=scripts)
    page.goto(reverse("article", args=["back"]))
    word, meaning = page.get_by_role("button", name="Text", exact=True), page.locator("#g-text")
    expect(meaning).to_be_hidden()
    word.tap()
    expect(meaning).to_be_visible()
    expect(meaning).to_contain_text("What you read now.")
    page.keyboard.press("Escape")
    expect(meaning).to_be_hidden()
    word.focus()
    page.keyboard.press("Enter")
    expect(meaning).to_be_visible()


def test_nothing_is_wrong_with_a_word_that_is_open(open_page):
    make_term("text", term_en="text", meaning_en="What you read now.")
    make_sound_article("back")
    page = open_page(size="phone")
    page.goto(reverse("article", args=["back"]))
    page.get_by_role("button", name="Text", exact=True).tap()
    look = Look(page, "small phone", "desktop")
    look.here()
    look.assert_clean()


def test_paper_says_what_the_word_means(open_page):
    make_term("text", term_en="text", meaning_en="What you read now.")
    make_sound_article("back")
    page = open_page(size="desktop")
    page.goto(reverse("article", args=["back"]))
    page.emulate_media(media="print")
    expect(page.locator("#g-text")).to_be_visible()
