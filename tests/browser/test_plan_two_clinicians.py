"""The second of two clinicians at one plan is told what the other changed, in the browser."""

import pytest
from playwright.sync_api import expect

from clinic import roles
from education.plans.actions import RowEdit, save_plan
from education.plans.models import Plan
from tests import factories
from tests.browser.sizes import assert_no_sideways_scroll
from tests.browser.test_plan_form import open_plan

SEEN = [("phone", "light"), ("desktop", "dark")]


@pytest.fixture
def draft(live_site) -> Plan:
    """A draft of one exercise, and Dana who makes it."""
    dana = factories.make_staff("dana@clinic.example", "Dana", "Example", roles.CLINICIANS, "PT")
    patient = factories.make_patient("lee@patient.example", "Lee", "Testperson", dana)
    return factories.make_plan(patient, dana, exercises=1, published=False)


def save_as_kim(draft: Plan) -> None:
    """A colleague changes the goal and the hold of the first exercise."""
    kim = factories.make_staff("kim@clinic.example", "Kim", "Sample", roles.CLINICIANS, "PT")
    now = Plan.objects.get(pk=draft.pk)
    now.goal = "Sit through a movie"
    row = now.planned_exercises.order_by("order").first()
    row.hold_seconds = 30
    edits = [RowEdit(row, ("hold_seconds",))]
    save_plan(plan=now, columns=["goal"], edits=edits, seen=now.lock, by=kim)


@pytest.mark.parametrize(("size", "scheme"), SEEN)
def test_the_second_reads_what_changed_keeps_the_typing_and_may_save_over(
    size, scheme, open_page, draft, axe
):
    page = open_page(size=size, scheme=scheme)
    open_plan(page, draft)
    page.get_by_label("Plan name").fill("Walk to the shop")
    save_as_kim(draft)
    page.get_by_role("button", name="Save draft").last.click()

    notice = page.get_by_role("alert").filter(has_text="Kim Sample, PT saved this plan")
    expect(notice).to_be_focused()
    expect(notice).to_contain_text("Goal: Sit through a movie")
    expect(notice).to_contain_text("Hold 30 seconds.")
    expect(page.get_by_label("Plan name")).to_have_value("Walk to the shop")
    expect(page.get_by_label("Hold, seconds").first).to_have_value("30")
    assert_no_sideways_scroll(page)
    axe(page)

    page.get_by_role("button", name="Save draft").last.click()
    expect(page.get_by_text("Saved as a draft.")).to_be_visible()
    draft.refresh_from_db()
    row = draft.planned_exercises.get()
    assert (draft.title, draft.goal, row.hold_seconds) == (
        "Walk to the shop",
        "Sit through a movie",
        30,
    )
