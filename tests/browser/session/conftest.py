"""The plan and the phone of the browser tests of the guided session."""

import pytest

from education.library.models import ExerciseStep
from education.plans.actions import activate_plan
from education.plans.models import HarderDay
from tests import factories
from tests.browser.session.phone import begun


@pytest.fixture
def plan(live_site, patient, clinician):
    """Two holds of 15 s; two rounds of 3 to 5 on each side; a walk of 2 minutes."""
    knee = factories.make_exercise(
        title_en="Knee to chest", sets=1, reps_min=2, hold_seconds=15, rest_seconds=20
    )
    ExerciseStep.objects.create(
        exercise=knee,
        order=2,
        text_en="Pull {working:knee} in. Hold.",
        pose="knee-to-chest-chair/3",
        alt_en="Sitting on a chair, {working:knee} near the chest.",
    )
    ExerciseStep.objects.create(exercise=knee, order=3, text_en="Lower {working:leg}.")
    bird = factories.make_exercise(
        title_en="Bird dog", laterality="alternating", sets=2, reps_min=3, reps_max=5
    )
    walk = factories.make_exercise(
        title_en="Walk", laterality="two_sided", sets=1, reps_min=None, minutes=2
    )
    plan = factories.make_plan(patient, clinician, exercises=[], published=False)
    factories.plan_row(plan, knee, working_side="left")
    factories.plan_row(plan, bird, working_side="each")
    factories.plan_row(plan, walk, working_side="none")
    row = plan.planned_exercises.get(order=1)
    HarderDay.objects.create(planned=row, sets=1, reps_min=1, hold_seconds=5)
    activate_plan(plan=plan, by=clinician)
    return plan


@pytest.fixture
def phone(open_page, plan, patient):
    """A small phone of the patient, at the first exercise; its clock stands still."""
    page = open_page()
    return begun(page, patient)
