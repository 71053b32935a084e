"""Plans that several tests of this room start from."""

import pytest

from education.plans.models import Plan, PlanTemplate
from tests import factories


@pytest.fixture
def draft(patient, clinician) -> Plan:
    """A plan of two exercises that nobody has published; it could be activated as it is."""
    return factories.make_plan(
        patient, clinician, exercises=2, published=False, title="Sit with ease"
    )


@pytest.fixture
def active(patient, clinician) -> Plan:
    """A plan of two exercises that the patient follows."""
    return factories.make_plan(patient, clinician, exercises=2, title="Sit with ease")


@pytest.fixture
def hinge():
    return factories.make_exercise(
        "hip-hinge",
        title_en="Hip hinge",
        laterality="two_sided",
        sets=2,
        reps_min=8,
        hold_seconds=0,
        weekdays=0b0010101,
        effort_max=4,
    )


@pytest.fixture
def knee():
    return factories.make_exercise(
        "knee", title_en="Knee to chest", sets=1, reps_min=3, hold_seconds=15, times_per_day=2
    )


@pytest.fixture
def template() -> PlanTemplate:
    """Three exercises: one-sided, alternating and watched first, both sides at once."""
    exercises = [
        factories.make_exercise("knee", title_en="Knee to chest", demands=["sits"]),
        factories.make_exercise(
            "leg", title_en="On one leg", laterality="alternating", supervised_first=True
        ),
        factories.make_exercise("hinge", title_en="Hip hinge", laterality="two_sided"),
    ]
    template = factories.make_template(
        exercises=exercises,
        name="First weeks",
        title="Sit with ease",
        note="A little, often.",
        flare_up="Do less.",
        review_after_days=10,
    )
    line = template.exercises.first()
    line.sets, line.reps_min, line.why, line.note = 3, 7, "For sitting.", "On the sofa."
    line.harder_day = "Do two."
    line.save()
    return template


def rows_of(plan: Plan) -> list:
    """The rows in the plan, in order."""
    return list(plan.planned_exercises.in_plan().with_exercises())
