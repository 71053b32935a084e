"""The invented patients' plans: believable, made by the same actions as real ones."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured

from education.library.actions import load_pack
from education.people.demo import add_demo_people
from education.people.models import Clinic
from education.plans.demo import add_demo_plans
from education.plans.models import Plan, PlanVersion
from tests.plans.conftest import rows_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def _demo(db):
    load_pack(by=None)
    add_demo_people()
    add_demo_plans()


@pytest.mark.usefixtures("_demo")
def test_two_patients_follow_a_plan_of_their_side_and_one_has_none():
    plans = Plan.objects.all()
    found = {p.patient.user.email: (p.status, p.affected_side) for p in plans}
    assert found == {
        "patient-left@clinic.example": ("active", "left"),
        "patient-right@clinic.example": ("active", "right"),
    }
    assert PlanVersion.objects.count() == 2


@pytest.mark.usefixtures("_demo")
def test_the_left_plan_has_four_exercises_of_which_one_waits_for_a_clinician():
    plan = Plan.objects.get(affected_side="left")
    rows = [(row.exercise.key, row.working_side, row.needs_supervision) for row in rows_of(plan)]
    assert rows == [
        ("knee-to-chest-chair", "left", False),
        ("piriformis-lying", "left", False),
        ("hip-hinge", "both", False),
        ("hip-hinge-single-leg", "each", True),
    ]


@pytest.mark.usefixtures("_demo")
def test_clashes_are_settled_with_a_reason_and_reviews_lie_ahead():
    rows = rows_of(Plan.objects.get(affected_side="right"))
    assert [row.settled for row in rows] == [[], ["fall_risk=yes"], ["fall_risk=yes"]]
    today = Clinic.objects.current().today()
    assert all(plan.review_on > today > plan.start_on for plan in Plan.objects.all())


def test_begun_on_a_sunday_they_are_reviewed_on_a_monday(request):
    with time_machine.travel("2026-11-22T20:00:00Z", tick=False):
        request.getfixturevalue("_demo")
    assert {plan.review_on for plan in Plan.objects.all()} == {date(2026, 12, 21)}


@pytest.mark.usefixtures("_demo")
def test_a_second_run_adds_nothing():
    add_demo_plans()
    assert Plan.objects.count() == PlanVersion.objects.count() == 2


def test_production_refuses_them(settings):
    settings.DEVELOPMENT = False
    with pytest.raises(ImproperlyConfigured):
        add_demo_plans()
