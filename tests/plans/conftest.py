"""Plans that several tests of this room start from."""

import pytest

from education.plans.models import Plan
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


def rows_of(plan: Plan) -> list:
    """The rows in the plan, in order."""
    return list(plan.planned_exercises.in_plan().with_exercises())
