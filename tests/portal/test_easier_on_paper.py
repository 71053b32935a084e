"""The easier exercise of a harder day, on paper: how to do it, not its name alone."""

import pytest
from django.urls import reverse

from education.library.models import ExerciseStep, StopIf
from education.plans import actions
from education.plans.models import HarderDay
from tests import factories
from tests.portal.sheets import elements, reader, text_of


@pytest.fixture
def wall(patient, clinician):
    """What takes the place of the one exercise of a plan on a harder day."""
    wall = factories.make_exercise(title_en="Bottom to a wall")
    ExerciseStep.objects.create(
        exercise=wall,
        order=2,
        text_en="Push {working:hip} back.",
        alt_en="{Working:hip} is at a wall.",
        pose="knee-to-chest-chair/3",
    )
    for order, (kind, text) in enumerate(
        [("safety", "Dry your feet."), ("form_cue", "Keep {working:hip} low.")], start=3
    ):
        ExerciseStep.objects.create(exercise=wall, order=order, kind=kind, text_en=text)
    StopIf.objects.create(exercise=wall, text_en="The wall slips.")
    plan = factories.make_plan(patient, clinician, exercises=1, working_side="left")
    HarderDay.objects.create(
        planned=plan.planned_exercises.get(), exercise=wall, sets=1, reps_min=2
    )
    actions.publish_changes(plan=plan, by=clinician)
    return wall


def on_paper(client, name: str) -> str:
    answer = client.get(reverse(name))
    return text_of(reader(answer)) if name == "plan_handout" else answer.content.decode()


@pytest.mark.parametrize("name", ["plan_handout", "plan_print"])
def test_its_steps_and_signs_are_there_for_the_working_side(as_patient, wall, name):
    text = on_paper(as_patient, name)
    assert text.index("On a harder day:") < text.index("Push your left hip back.")
    assert "Stop if:" in text
    assert "The wall slips." in text
    assert "Before you start:" in text
    assert "Dry your feet." in text
    assert "Keep your left hip low." in text


def test_its_pictures_are_there_in_words_too(as_patient, wall):
    pdf = reader(as_patient.get(reverse("plan_handout")))
    alts = [each["/Alt"] for each in elements(pdf) if each["/S"] == "/Figure"]
    assert "Your left hip is at a wall." in alts


@pytest.mark.parametrize("name", ["plan_handout", "plan_print"])
def test_what_is_to_be_watched_first_is_never_explained(as_patient, wall, name):
    wall.supervised_first = True
    wall.save()
    text = on_paper(as_patient, name)
    assert "Push your left hip back." not in text
    assert "The wall slips." not in text
