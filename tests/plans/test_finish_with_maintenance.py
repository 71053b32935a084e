"""Finishing a plan with one to keep going: a draft with fewer days and a flare-up text."""

from datetime import timedelta

import pytest

from education.plans.actions import activate_plan, complete_plan
from education.plans.checks import PlanRefused
from education.plans.finishing import finish_with_maintenance, flare_up_text
from education.plans.models import Plan, PlanTemplate
from tests import factories

from .conftest import rows_of
from .page import messages_of, page_of, text_of

pytestmark = pytest.mark.django_db

EVERY_DAY = 0b1111111


def days(*numbers: int) -> int:
    """Weekdays as a row keeps them; Monday is 0."""
    return sum(1 << number for number in numbers)


@pytest.fixture
def plan(active):
    """A plan that the patient follows; one exercise is done twice a day, at an effort of 4."""
    first = rows_of(active)[0]
    first.times_per_day, first.effort_max = 2, 4
    first.save()
    return active


def test_it_makes_a_draft_of_the_same_exercises_and_leaves_the_plan_alone(plan, clinician):
    draft = finish_with_maintenance(plan=plan, by=clinician)
    assert (draft.kind, draft.status, draft.copied_from) == ("maintenance", "draft", plan)
    assert [r.exercise for r in rows_of(draft)] == [r.exercise for r in rows_of(plan)]
    assert draft.review_on == draft.start_on + timedelta(weeks=12)
    plan.refresh_from_db()
    assert plan.status == "active"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (EVERY_DAY, days(0, 2, 4)),
        (days(0, 1, 2, 3, 4), days(0, 2, 4)),
        (days(0, 1, 3, 4), days(0, 3)),
        (days(1, 3, 5), days(1, 3, 5)),
        (days(6), days(6)),
    ],
)
def test_every_other_day_stays_and_three_at_most(before, after, plan, clinician):
    row = rows_of(plan)[0]
    row.weekdays = before
    row.save()
    assert rows_of(finish_with_maintenance(plan=plan, by=clinician))[0].weekdays == after


def test_how_much_how_often_and_how_hard_stay(plan, clinician):
    before, after = rows_of(plan)[0], rows_of(finish_with_maintenance(plan=plan, by=clinician))[0]
    names = ("sets", "reps_min", "hold_seconds", "times_per_day", "effort_max")
    assert [getattr(after, n) for n in names] == [getattr(before, n) for n in names]
    assert after.effort_max == 4


@pytest.mark.parametrize(
    ("every_n_days", "after"),
    [(2, (days(0, 2, 4), 1)), (3, (EVERY_DAY, 3)), (7, (EVERY_DAY, 7))],
)
def test_every_so_many_days_comes_to_three_days_a_week_at_most(
    every_n_days, after, plan, clinician
):
    row = rows_of(plan)[0]
    row.every_n_days, row.anchor_on = every_n_days, plan.start_on
    row.save()
    row = rows_of(finish_with_maintenance(plan=plan, by=clinician))[0]
    assert (row.weekdays, row.every_n_days) == after
    assert row.anchor_on is None  # counted from the new start


def test_the_plans_own_words_for_a_flare_up_come_first(plan, clinician):
    factories.make_template(kind="maintenance", flare_up="Words of a template.")
    plan.flare_up = "Call Dana."
    plan.save()
    assert finish_with_maintenance(plan=plan, by=clinician).flare_up == "Call Dana."


def test_then_those_of_a_template_that_is_offered(plan, clinician):
    factories.make_template(kind="maintenance", flare_up="Words of a template.")
    assert finish_with_maintenance(plan=plan, by=clinician).flare_up == "Words of a template."


def test_without_either_a_text_to_edit_that_sends_to_the_signs_first(plan, clinician):
    PlanTemplate.objects.all().delete()
    text = finish_with_maintenance(plan=plan, by=clinician).flare_up
    assert text == flare_up_text("en")
    assert text.startswith("First check the signs that need a doctor.")
    assert len(text) <= 1000


def test_asked_twice_it_is_the_same_draft(plan, clinician, colleague):
    first = finish_with_maintenance(plan=plan, by=clinician)
    assert finish_with_maintenance(plan=plan, by=colleague) == first
    assert Plan.objects.filter(copied_from=plan).count() == 1


def test_activating_it_completes_the_plan_before_it(plan, clinician):
    draft = finish_with_maintenance(plan=plan, by=clinician)
    activate_plan(plan=draft, by=clinician)
    plan.refresh_from_db()
    draft.refresh_from_db()
    assert (plan.status, draft.status) == ("completed", "active")
    assert draft.versions.get().body["flare_up"] == draft.flare_up


def test_a_plan_to_keep_going_is_not_published_without_words_for_a_flare_up(plan, clinician):
    draft = finish_with_maintenance(plan=plan, by=clinician)
    draft.flare_up = "  "
    draft.save()
    with pytest.raises(PlanRefused, match="Write what to do in a flare-up") as refused:
        activate_plan(plan=draft, by=clinician)
    assert refused.value.findings[0].field == "flare_up"


def test_a_plan_to_get_better_needs_none(draft, clinician):
    assert draft.flare_up == ""
    assert activate_plan(plan=draft, by=clinician).number == 1


@pytest.mark.parametrize("end", [True, False])
def test_only_an_open_plan_is_finished_so(end, plan, draft, clinician):
    if end:
        complete_plan(plan=plan, by=clinician)
    with pytest.raises(PlanRefused, match="Only a plan that the patient follows"):
        finish_with_maintenance(plan=plan if end else draft, by=clinician)


def test_the_page_that_completes_offers_it_and_leads_to_the_draft(as_clinician, plan):
    asks = f"/admin/plans/plan/{plan.pk}/complete/"
    assert "Make the plan to keep going" in text_of(as_clinician.get(asks))
    response = as_clinician.post(f"/admin/plans/plan/{plan.pk}/finish/", follow=True)
    draft = Plan.objects.get(copied_from=plan)
    assert response.redirect_chain[-1][0] == page_of(draft)
    assert "A draft to keep going with." in messages_of(response)


def test_a_draft_is_not_offered_one(as_clinician, draft):
    asks = f"/admin/plans/plan/{draft.pk}/complete/"
    assert "Make the plan to keep going" not in text_of(as_clinician.get(asks))
    response = as_clinician.post(f"/admin/plans/plan/{draft.pk}/finish/", follow=True)
    assert "Only a plan that the patient follows" in messages_of(response)
