"""The page on which a clinician makes a plan, as the browser runs it."""

import re

import pytest
from playwright.sync_api import Page, expect

from clinic import roles
from education.library.actions import load_pack
from education.library.models import Exercise
from education.plans.models import Plan
from tests import factories
from tests.browser.sizes import assert_no_sideways_scroll, on_every_size
from tests.browser.test_street import log_in


@pytest.fixture
def plan(live_site) -> Plan:
    """A draft of two exercises of the content pack, for a patient who may fall."""
    load_pack(by=None)
    dana = factories.make_staff("dana@clinic.example", "Dana", "Example", roles.CLINICIANS, "PT")
    patient = factories.make_patient("lee@patient.example", "Lee", "Testperson", dana)
    factories.answer(patient, "fall_risk", "yes", "Fell in August")
    for topic in ("sits", "stands", "grips"):
        factories.answer(patient, topic, "yes")
    for topic in ("hip_deep_bend", "bend_end_range"):
        factories.answer(patient, topic, "no")
    chosen = ["knee-to-chest-chair", "hip-hinge"]
    return factories.make_plan(
        patient,
        dana,
        exercises=[Exercise.objects.get(key=key) for key in chosen],
        working_side="both",
        published=False,
    )


def open_plan(page: Page, plan: Plan) -> None:
    log_in(page, "dana@clinic.example", factories.PASSWORD)
    expect(page).to_have_url(re.compile("/admin/"))
    page.goto(f"/admin/plans/plan/{plan.pk}/change/")


@on_every_size
def test_the_page_is_clean_and_fits_with_its_clash_and_its_errors(page, plan, axe):
    open_plan(page, plan)
    expect(page.get_by_text("Cannot be published yet.").locator("visible=true")).to_have_count(1)
    assert_no_sideways_scroll(page)
    axe(page)
    page.locator("[name=rows-0-sets]").fill("9")
    page.locator("button[name=_activate]").click()
    expect(page.get_by_text("Nothing was saved yet.")).to_be_focused()
    expect(page.get_by_text("Type a whole number from 1 to 4.")).to_be_visible()
    assert_no_sideways_scroll(page)
    axe(page)


def test_the_page_is_clean_in_the_dark_and_with_everything_open(open_page, plan, axe):
    page = open_page(size="desktop", scheme="dark")
    open_plan(page, plan)
    for summary in page.locator("main summary").all():
        summary.click()
    axe(page)


def test_a_picked_exercise_fills_its_row_and_says_what_the_patient_reads(open_page, plan):
    page = open_page(size="desktop")
    open_plan(page, plan)
    page.get_by_role("button", name="Add an empty row").click()
    row = page.get_by_role("group", name="Row 3")
    exercise = row.get_by_role("combobox", name="Exercise")
    expect(exercise).to_be_focused()
    page.get_by_label("Affected side").select_option("right")
    exercise.fill("Knee to chest on the floor")
    expect(row.get_by_text("1 round of 3, on your right side.")).to_be_visible()
    expect(row.get_by_text("Cannot be published yet.")).to_be_visible()
    row.get_by_label("Sets", exact=True).fill("2")
    expect(row.get_by_text("2 rounds of 3, on your right side.")).to_be_visible()
    row.get_by_label("Sets", exact=True).fill("9")
    expect(row.get_by_text("Type a whole number from 1 to 4.")).to_be_visible()


def test_a_row_offers_to_leave_the_watching_out_only_where_the_library_allows_it(open_page, plan):
    page = open_page(size="desktop")
    open_plan(page, plan)
    page.get_by_role("button", name="Add an empty row").click()
    row = page.get_by_role("group", name="Row 3")
    exercise = row.get_by_role("combobox", name="Exercise")
    supervised = page.locator("[name=rows-2-supervised_first]")
    exercise.fill("Dead bug")
    expect(row.get_by_text("Only at the clinic")).to_be_visible()
    expect(supervised.locator("option[value=no]")).to_have_count(0)
    expect(supervised).to_have_value("yes")
    exercise.fill("Walking")
    expect(row.get_by_text("5 minutes.").first).to_be_visible()
    expect(supervised.locator("option[value=no]")).to_have_count(1)
    expect(supervised).to_have_value("no")


def test_a_mistyped_name_leaves_the_reason_where_it_is(open_page, plan):
    page = open_page(size="desktop")
    open_plan(page, plan)
    row = page.get_by_role("group", name="Row 2")
    reason = row.get_by_label("Why it is still right for this patient")
    reason.fill("Counter in front.")
    row.get_by_role("combobox", name="Exercise").fill("Moonwalk")
    row.get_by_label("Sets", exact=True).focus()
    expect(row.get_by_text("The library has no exercise “Moonwalk”.")).to_be_visible()
    expect(reason).to_have_value("Counter in front.")


def test_rows_move_by_keyboard_and_are_saved_in_their_new_order(open_page, plan):
    page = open_page(size="desktop")
    open_plan(page, plan)
    down = page.get_by_role("group", name="Row 1").get_by_role("button", name="Later")
    down.focus()
    page.keyboard.press("Enter")
    second = page.get_by_role("group", name="Row 2")
    expect(second.get_by_role("combobox", name="Exercise")).to_have_value(
        "Knee to chest on a chair"
    )
    expect(second.get_by_role("button", name="Later")).to_be_focused()
    page.get_by_role("button", name="Save draft").last.click()
    expect(page.get_by_text("Saved as a draft.")).to_be_visible()
    expect(page.locator("[name=rows-0-exercise]")).to_have_value("Hip hinge")


def test_the_return_key_saves_the_draft_and_nothing_more(open_page, plan):
    page = open_page(size="desktop")
    open_plan(page, plan)
    page.get_by_label("own goal").fill("Walk")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved as a draft.")).to_be_visible()
    expect(page.get_by_label("own goal")).to_have_value("Walk")


def test_without_scripts_a_plan_is_made_all_the_same(open_page, plan):
    page = open_page(size="desktop", javascript=False)
    open_plan(page, plan)
    page.get_by_role("button", name="Add an empty row").click()
    page.locator("[name=rows-2-exercise]").fill("Knee to chest on the floor")
    page.locator("[name=_save]").last.click()
    expect(page.locator("#row-3")).to_contain_text("1 round of 3")
    page.locator("#row-3").get_by_role("button", name="Earlier").click()
    expect(page.locator("[name=rows-1-exercise]")).to_have_value("Knee to chest on the floor")


def test_three_exercises_are_found_and_added_at_once_and_nothing_typed_is_lost(
    open_page, plan, axe
):
    page = open_page(size="desktop")
    open_plan(page, plan)
    page.get_by_label("own goal").fill("Walk")
    page.get_by_role("button", name="Find and add exercises").click()
    expect(page).to_have_url(re.compile(r"/pick/$"))
    axe(page)
    page.get_by_label("Hide what this patient cannot do").uncheck()
    page.get_by_label("Name, body part or position").fill("figure for")
    page.keyboard.press("Enter")
    page.get_by_label("Pick Piriformis stretch (figure four)").check()
    page.get_by_label("Name, body part or position").fill("knee floor")
    page.get_by_role("button", name="Find", exact=True).last.click()
    page.get_by_label("Pick Knee to chest on the floor").check()
    expect(page.get_by_role("button", name="Add 2 exercises")).to_be_visible()
    assert_no_sideways_scroll(page)
    axe(page)
    page.get_by_role("button", name="Add 2 exercises").click()
    expect(page.get_by_text("2 exercises added.")).to_be_visible()
    expect(page.get_by_label("own goal")).to_have_value("Walk")
    added = {page.locator(f"[name=rows-{n}-exercise]").input_value() for n in (2, 3)}
    assert added == {"Piriformis stretch (figure four)", "Knee to chest on the floor"}


def test_without_scripts_exercises_are_picked_all_the_same(open_page, plan):
    page = open_page(size="phone", javascript=False)
    open_plan(page, plan)
    page.locator("[name=_pick]").click()
    page.get_by_label("Pick Knee to chest on the floor").check()
    page.get_by_role("button", name="Add to the plan").click()
    expect(page.locator("#row-3")).to_contain_text("1 round of 3")


def numbers_of(page: Page) -> dict[str, str]:
    """What the page says the plan asks for."""
    names = ("exercises", "minutes", "sessions")
    return {name: page.locator(f"[data-work] [data-{name}]").inner_text() for name in names}


def test_the_numbers_follow_the_typing_and_stay_the_same_when_saved(open_page, plan):
    page = open_page(size="desktop")
    open_plan(page, plan)
    before = numbers_of(page)
    row = page.get_by_role("group", name="Row 2")
    row.get_by_label("Times a day", exact=True).fill("4")
    row.get_by_label("Days", exact=True).fill("Mon Wed Fri")
    expect(page.locator("[data-work] [data-sessions]")).to_have_text("20")
    typed = numbers_of(page)
    assert typed != before
    assert "–" in typed["minutes"], "days differ now"
    page.get_by_role("button", name="Save draft").last.click()
    expect(page.get_by_text("Saved as a draft.")).to_be_visible()
    assert numbers_of(page) == typed


def test_a_row_that_is_taken_out_leaves_the_numbers_and_more_than_four_rows_are_named(
    open_page, plan
):
    for _ in range(3):
        factories.plan_row(plan, factories.make_exercise(), working_side="left")
    page = open_page(size="desktop")
    open_plan(page, plan)
    advice = page.get_by_text("fewer are easier to do well")
    expect(advice).to_be_visible()
    page.get_by_role("group", name="Row 5").get_by_label("Take out of the plan").check()
    expect(page.locator("[data-work] [data-exercises]")).to_have_text("4")
    expect(advice).to_be_hidden()


def test_a_harder_day_is_typed_and_read_at_once(open_page, plan, axe):
    page = open_page(size="phone")
    open_plan(page, plan)
    row = page.get_by_role("group", name="Row 2")
    row.get_by_text("More: why").click()
    row.get_by_label("Harder day: exercise").select_option("Hip hinge, bottom to a wall")
    expect(row.get_by_text("On a harder day: “Hip hinge, bottom to a wall.")).to_be_visible()
    row.get_by_label("Harder day: times a day").fill("4")
    expect(row.get_by_text("A harder day has no more than that.")).to_be_visible()
    assert_no_sideways_scroll(page)
    axe(page)


def test_the_goal_that_is_typed_stands_beside_every_why(open_page, plan):
    page = open_page(size="desktop")
    open_plan(page, plan)
    row = page.get_by_role("group", name="Row 1")
    row.get_by_text("More: why").click()
    expect(row.get_by_text("Ask for the patient’s own goal")).to_be_visible()
    page.get_by_label("own goal").fill("Walk the dog")
    expect(row.get_by_text("“Walk the dog”")).to_be_visible()
    expect(row.get_by_text("Ask for the patient’s own goal")).to_be_hidden()


def test_an_own_default_fills_a_new_row_and_can_be_left_again(open_page, plan):
    page = open_page(size="desktop")
    open_plan(page, plan)
    row = page.get_by_role("group", name="Row 1")
    row.get_by_label("Sets", exact=True).fill("3")
    row.get_by_text("More: why").click()
    row.get_by_role("button", name="Make this my default").click()
    expect(page.get_by_text("This dosage is your default for the exercise now")).to_be_visible()
    page.get_by_role("button", name="Add an empty row").click()
    new = page.get_by_role("group", name="Row 3")
    new.get_by_role("combobox", name="Exercise").fill("Knee to chest on a chair")
    expect(new.get_by_label("Sets", exact=True)).to_have_value("3")
    expect(new.get_by_text("This is your default.")).to_be_visible()
    new.get_by_label("Working side").select_option("left")
    new.get_by_role("button", name="Use the library’s").click()
    expect(page.locator("[name=rows-2-sets]")).to_have_value("1")
