"""Two clinicians on one plan: a save in between is noticed, named and not overwritten."""

import pytest

from education.plans.actions import complete_plan, hold_plan
from tests.plans.conftest import rows_of
from tests.plans.page import Page, page_of, text_of

pytestmark = pytest.mark.django_db


def test_a_second_clinicians_save_is_noticed_named_and_not_overwritten(
    as_clinician, as_colleague, draft
):
    mine = Page(as_clinician, page_of(draft)).type(goal="Mine")
    Page(as_colleague, page_of(draft)).type(goal="Theirs").press()
    response = mine.press()
    body = text_of(response)
    assert response.status_code == 200
    assert "Kim Sample, PT saved this plan after you opened this page" in body
    assert 'value="Mine"' in body
    draft.refresh_from_db()
    assert draft.goal == "Theirs"


def test_after_the_notice_the_next_press_is_a_decision(as_clinician, as_colleague, draft):
    mine = Page(as_clinician, page_of(draft)).type(goal="Mine")
    Page(as_colleague, page_of(draft)).type(goal="Theirs").press()
    shown = mine.press().context["sheet"]
    mine.type(lock=shown.form["lock"].value())
    assert mine.press().status_code == 302
    draft.refresh_from_db()
    assert draft.goal == "Mine"


def test_a_third_save_in_between_is_noticed_again(as_clinician, as_colleague, draft):
    mine = Page(as_clinician, page_of(draft)).type(goal="Mine")
    Page(as_colleague, page_of(draft)).type(goal="Theirs").press()
    mine.type(lock=mine.press().context["sheet"].form["lock"].value())
    Page(as_colleague, page_of(draft)).type(goal="Theirs again").press()
    assert mine.press().status_code == 200
    draft.refresh_from_db()
    assert draft.goal == "Theirs again"


def test_a_save_without_its_count_is_not_trusted(as_clinician, draft):
    response = Page(as_clinician, page_of(draft)).type(lock="", goal="Mine").press()
    assert response.status_code == 200
    draft.refresh_from_db()
    assert draft.goal == ""


def test_a_row_the_colleague_added_stays_when_the_first_saves_over(
    as_clinician, as_colleague, draft, knee
):
    mine = Page(as_clinician, page_of(draft)).type(goal="Mine")
    Page(as_colleague, page_of(draft)).add_row(exercise="Knee to chest").press()
    mine.type(lock=mine.press().context["sheet"].form["lock"].value()).press()
    assert len(rows_of(draft)) == 3


def test_a_plan_that_ended_meanwhile_is_not_changed_and_the_typing_stays(
    as_clinician, active, colleague
):
    page = Page(as_clinician, page_of(active)).type(goal="Mine")
    complete_plan(plan=active, by=colleague)
    response = page.press()
    assert "This plan has ended since you opened this page. Nothing was saved." in text_of(response)
    assert 'value="Mine"' in text_of(response)
    active.refresh_from_db()
    assert (active.goal, active.status) == ("", "completed")


def test_a_colleagues_change_of_status_is_noticed(as_clinician, active, colleague):
    page = Page(as_clinician, page_of(active)).type(goal="Mine")
    hold_plan(plan=active, by=colleague)
    assert "saved this plan after you opened" in text_of(page.press())
