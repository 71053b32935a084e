"""Exercises of a template that are added to a plan."""

import pytest

from education.plans.actions import complete_plan
from education.plans.checks import PlanRefused
from education.plans.models import Plan, PlannedExercise
from education.plans.starting import add_from_template
from tests import factories
from tests.plans.conftest import rows_of
from tests.plans.page import Page, add_page, messages_of, page_of, text_of

pytestmark = pytest.mark.django_db

TOO_MANY = 41


def test_a_templates_exercises_come_after_those_of_the_plan(as_clinician, template, draft):
    Plan.objects.filter(pk=draft.pk).update(affected_side="right")
    before = Plan.objects.get(pk=draft.pk)
    response = as_clinician.post(add_page(draft), {"template": template.pk})
    assert response.url == f"{page_of(draft)}#row-3"
    rows = rows_of(draft)
    assert [row.order for row in rows] == [1, 2, 3, 4, 5]
    assert [row.working_side for row in rows[2:]] == ["right", "each", "both"]
    after = Plan.objects.get(pk=draft.pk)
    assert after.lock == before.lock + 1
    assert (after.title, after.review_on, after.template) == (before.title, before.review_on, None)
    assert "3 exercises added." in messages_of(as_clinician.get(page_of(draft)))


def test_what_stands_in_the_plan_is_not_doubled(as_clinician, template, draft, clinician):
    add_from_template(plan=draft, template=template, by=clinician)
    lock = Plan.objects.get(pk=draft.pk).lock
    assert "In the plan already" in text_of(as_clinician.get(add_page(draft)))
    response = as_clinician.post(add_page(draft), {"template": template.pk}, follow=True)
    assert "Nothing was added: they are in the plan already." in messages_of(response)
    assert len(rows_of(draft)) == 5
    assert Plan.objects.get(pk=draft.pk).lock == lock


def test_some_doubled_and_one_new_is_said(as_clinician, template, draft, clinician):
    first = template.exercises.first().exercise
    factories.plan_row(draft, first, working_side="unknown")
    response = as_clinician.post(add_page(draft), {"template": template.pk}, follow=True)
    said = messages_of(response)
    assert "2 exercises added." in said
    assert "1 was left out: it stands in the plan with this side already." in said


def test_a_row_that_was_taken_out_does_not_hinder(template, draft, clinician):
    add_from_template(plan=draft, template=template, by=clinician)
    PlannedExercise.objects.filter(exercise__key="knee").update(removed_at="2026-11-01T12:00Z")
    add_from_template(plan=draft, template=template, by=clinician)
    assert [row.exercise.key for row in rows_of(draft)][-1] == "knee"


def test_the_button_saves_the_plan_first(as_clinician, template, draft):
    response = Page(as_clinician, page_of(draft)).type(goal="Walk").press("_add_from_template")
    assert response.url == add_page(draft)
    assert Plan.objects.get(pk=draft.pk).goal == "Walk"


def test_a_form_that_was_open_meanwhile_is_asked_again(as_clinician, as_colleague, template, draft):
    page = Page(as_colleague, page_of(draft)).type(goal="Walk")
    as_clinician.post(add_page(draft), {"template": template.pk})
    assert "saved this plan after you opened this page" in text_of(page.press())


def test_a_published_plan_keeps_its_version_until_it_is_published(template, active, clinician):
    body = active.versions.get().body
    add_from_template(plan=active, template=template, by=clinician)
    assert active.versions.get().body == body


def test_a_plan_that_ended_takes_nothing(as_clinician, template, active, clinician):
    complete_plan(plan=active, by=clinician)
    assert as_clinician.post(add_page(active), {"template": template.pk}).status_code == 403
    with pytest.raises(PlanRefused, match="ended"):
        add_from_template(plan=active, template=template, by=clinician)
    assert len(rows_of(active)) == 2


def test_a_full_plan_takes_nothing_and_says_so(as_clinician, template, patient, clinician):
    plan = factories.make_plan(patient, clinician, exercises=TOO_MANY - 3, published=False)
    body = text_of(as_clinician.post(add_page(plan), {"template": template.pk}))
    assert "A plan has 40 exercises at most." in body
    assert len(rows_of(plan)) == TOO_MANY - 3


def test_a_press_without_a_template_says_what_to_do(as_clinician, draft):
    assert "Choose a template." in text_of(as_clinician.post(add_page(draft), {}))
