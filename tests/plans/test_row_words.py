"""Words and days of a row that are folded away: why, rules of the ladder, the day counted from."""

from datetime import timedelta

import pytest

from tests import factories
from tests.plans.conftest import rows_of
from tests.plans.ladders import easier, harder
from tests.plans.page import Page, page_of, text_of

pytestmark = pytest.mark.django_db


def test_why_and_both_rules_are_kept_and_published(as_clinician, draft):
    Page(as_clinician, page_of(draft)).row(
        1,
        why="So that you can sit through a movie.",
        up_rule="Ten in a row.",
        down_rule="After a bad night.",
    ).press("_activate")
    row = draft.versions.get().body["exercises"][0]
    assert row["why"] == "So that you can sit through a movie."
    assert row["rules"] == {"up": "Ten in a row.", "down": "After a bad night."}


def test_the_patients_own_goal_stands_beside_the_why(as_clinician, draft):
    page = text_of(Page(as_clinician, page_of(draft)).type(goal="Walk").press(follow=True))
    assert "Say what it does for their own goal:</span>" not in page
    assert "“<span data-goal>Walk</span>”" in page


def test_a_why_that_is_too_long_is_refused_and_kept(as_clinician, draft):
    response = Page(as_clinician, page_of(draft)).row(1, why="x" * 201).press()
    reading = response.context["sheet"].readings[0]
    assert reading.form["why"].errors
    assert reading.form["why"].value() == "x" * 201
    assert reading.is_open


def test_the_librarys_rules_stand_under_the_fields(as_clinician, patient, clinician, hinge, knee):
    harder(knee, hinge, "Five good days of seven.")
    easier(knee, factories.make_exercise(), "Whenever you like.")
    plan = factories.make_plan(patient, clinician, exercises=[knee], published=False)
    page = text_of(as_clinician.get(page_of(plan)))
    assert "<span data-rule-up>Five good days of seven.</span>" in page
    assert "<span data-rule-down>Whenever you like.</span>" in page


def test_every_so_many_days_may_be_counted_from_a_day(as_clinician, draft):
    day = draft.start_on + timedelta(days=1)
    page = Page(as_clinician, page_of(draft))
    page.row(1, days="Every 3 days", anchor_on=day.isoformat()).press()
    assert rows_of(draft)[0].anchor_on == day


def test_a_day_to_count_from_needs_every_so_many_days(as_clinician, draft):
    typed = draft.start_on.isoformat()
    response = Page(as_clinician, page_of(draft)).row(1, anchor_on=typed).press()
    assert "Only for days such as Every 2 days." in text_of(response)
    assert response.context["sheet"].rows.forms[0]["anchor_on"].value() == typed
    assert rows_of(draft)[0].anchor_on is None


def test_a_day_that_is_none_is_refused(as_clinician, draft):
    page = Page(as_clinician, page_of(draft)).row(1, days="Every 2 days", anchor_on="2026-02-31")
    assert "Type a day such as 2026-11-30." in text_of(page.press())


def test_the_day_goes_with_the_days_it_was_for(as_clinician, draft):
    typed = draft.start_on.isoformat()
    Page(as_clinician, page_of(draft)).row(1, days="Every 2 days", anchor_on=typed).press()
    assert Page(as_clinician, page_of(draft)).row(1, days="Every day").press().status_code == 302
    assert rows_of(draft)[0].anchor_on is None


def test_a_flare_up_plan_and_the_kind_are_kept_and_published(as_clinician, draft):
    page = Page(as_clinician, page_of(draft)).type(flare_up="Rest, then walk.", kind="maintenance")
    page.press("_activate")
    body = draft.versions.get().body
    assert (body["flare_up"], body["kind"]) == ("Rest, then walk.", "maintenance")


def test_a_flare_up_plan_that_is_too_long_opens_its_part(as_clinician, draft):
    response = Page(as_clinician, page_of(draft)).type(flare_up="x" * 1001).press()
    assert '<details class="cl-fields__wide cl-more2" open>' in text_of(response)
    draft.refresh_from_db()
    assert draft.flare_up == ""
