"""What a clinician has to watch first is named, and never opened by another way round."""

import pytest
from django.urls import reverse

from education.library.models import Exercise, LibraryRevision
from education.people.models import Clinic
from education.plans import actions
from education.plans.models import HarderDay, PlanVersion
from education.portal.paper.exercises import PaperExercise, paper_plan
from tests import factories

pytestmark = pytest.mark.django_db

PLAN = reverse("plan_today")
STEPS = "Stand on one leg by the wall."


@pytest.fixture
def leg():
    """An exercise that the library lets everybody do alone, for now."""
    leg = factories.make_exercise("one-leg", title_en="On one leg")
    leg.steps.update(text_en=STEPS)
    return leg


@pytest.fixture
def plan(patient, clinician, leg):
    """Knee to chest, with the other exercise for a harder day and as an easier form."""
    knee = factories.make_exercise("knee", title_en="Knee to chest")
    knee.ladder_links.create(to_exercise=leg, direction="easier", rule_en="Easier.")
    plan = factories.make_plan(patient, clinician, exercises=[knee], published=False)
    row = plan.planned_exercises.get()
    row.harder_day = "Hold the wall."
    row.save()
    HarderDay.objects.create(planned=row, exercise=leg, sets=1, reps_min=3)
    actions.activate_plan(plan=plan, by=clinician)
    return plan


@pytest.fixture
def alone(patient, clinician, leg):
    """A plan that has it as an exercise of its own, to be done alone."""
    return factories.make_plan(patient, clinician, exercises=[factories.make_exercise(), leg])


def now_watched(exercise: Exercise) -> None:
    Exercise.objects.filter(pk=exercise.pk).update(supervised_first=True)
    LibraryRevision.objects.bump()


def now_in_the_plan(plan, exercise) -> None:
    """As published by who had the same exercise watched first in a row of its own."""
    version = PlanVersion.objects.latest_of(plan)
    row = factories.plan_row(plan, exercise, supervised_first=True)
    version.body["exercises"].append(row.as_published())
    version.save()
    LibraryRevision.objects.bump()


def page(client, address=PLAN) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def own_page(client, plan, key) -> str:
    row = plan.planned_exercises.get(exercise__key=key)
    return page(client, reverse("planned_exercise", args=[row.key]))


@pytest.fixture(params=["library", "plan"])
def waiting(request, plan, leg):
    """The easier exercise waits: the library says so, or another row of the plan does."""
    if request.param == "library":
        now_watched(leg)
    else:
        now_in_the_plan(plan, leg)
    return leg


def test_a_harder_day_does_not_lead_to_what_has_to_be_watched(as_patient, plan, waiting):
    as_patient.post(reverse("take_harder_day"))
    body = page(as_patient)
    assert ">Knee to chest</a>" in body
    assert ">On one leg</a>" not in body
    assert "Less is fine. Do what feels right." in body
    own = own_page(as_patient, plan, "knee")
    assert "<title>Knee to chest |" in own
    assert STEPS not in own
    assert "Hold the wall." not in own
    assert "1 round of 3" not in own


def test_such_an_easier_form_is_named_and_not_linked(as_patient, plan, waiting):
    body = own_page(as_patient, plan, "knee")
    assert "<h3>On one leg</h3>" in body
    assert "Dana decides" in body
    assert reverse("exercise_detail", args=["one-leg"]) not in body


def paper_rows(body: dict) -> list[PaperExercise]:
    return paper_plan(body, on=Clinic.objects.current().today(), answers={}).rows


def test_paper_does_not_lead_to_it_either(as_patient, plan, waiting):
    body = page(as_patient, reverse("plan_print"))
    assert "On a harder day:</strong> Less is fine." in body
    assert "1 round of 3" not in body
    assert STEPS not in body
    [sheet, *_rest] = paper_rows(PlanVersion.objects.latest_of(plan).body)
    assert sheet.read.harder_day == "Less is fine. Do what feels right."


def test_an_easier_form_that_nobody_has_to_watch_is_offered(as_patient, plan):
    assert reverse("exercise_detail", args=["one-leg"]) in own_page(as_patient, plan, "knee")
    as_patient.post(reverse("take_harder_day"))
    assert STEPS in own_page(as_patient, plan, "knee")


def test_what_the_library_wants_watched_from_now_on_is_only_named(as_patient, alone, leg):
    assert STEPS in own_page(as_patient, alone, "one-leg")
    now_watched(leg)
    own = own_page(as_patient, alone, "one-leg")
    assert STEPS not in own
    assert "Only at the clinic, with Dana" in own
    today = page(as_patient)
    assert "<h3>On one leg</h3>" in today
    assert "1 exercise," in today
    assert STEPS not in page(as_patient, reverse("plan_print"))
    assert [bool(row.exercise) for row in paper_rows(_body(alone))] == [True, False]


def test_what_was_signed_off_stays_open_when_the_library_turns_stricter(
    as_patient, alone, leg, clinician
):
    row = alone.planned_exercises.get(exercise=leg)
    row.supervised_first = True
    row.signed_off_by, row.signed_off_on = clinician, Clinic.objects.current().today()
    row.save()
    actions.publish_changes(plan=alone, by=clinician)
    now_watched(leg)
    assert STEPS in own_page(as_patient, alone, "one-leg")


def _body(plan) -> dict:
    return PlanVersion.objects.latest_of(plan).body
