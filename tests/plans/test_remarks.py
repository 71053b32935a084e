"""What the page asks a clinician to look at again, without standing in the way."""

from datetime import timedelta

import pytest

from education.people.models import Clinic, ClosedDay
from education.plans.checks import answers_of, findings
from education.plans.models import HarderDay
from education.plans.remarks import (
    closed_remarks,
    equipment_remark,
    other_side_remark,
    plan_remarks,
)
from education.plans.starting import copy_plan
from tests import factories
from tests.plans.conftest import rows_of
from tests.plans.page import Page, messages_of, page_of, text_of

pytestmark = pytest.mark.django_db

OTHER_SIDE_WORDS = (
    "The words for this patient say “%s”, but the side is another one. Is that meant?"
)


def plan_of(patient, clinician, **exercises):
    """A plan with an exercise per name; its value is what differs."""
    chosen = [
        factories.make_exercise(title_en=name, **fields) for name, fields in exercises.items()
    ]
    return factories.make_plan(patient, clinician, exercises=chosen, published=False)


def have(patient, *things: str) -> None:
    patient.equipment = list(things)
    patient.save()


def test_what_is_not_at_home_is_said_in_the_row(as_clinician, patient, clinician):
    have(patient, "chair")
    plan = plan_of(patient, clinician, Pull={"equipment": ["chair", "band", "strap"]})
    page = text_of(as_clinician.get(page_of(plan)))
    assert "Not at home: resistance band, strap." in page
    assert "To hand: firm chair (yes), resistance band (no), strap (no)." in page


def test_missing_equipment_does_not_stand_in_the_way(as_clinician, patient, clinician):
    have(patient, "chair")
    plan = plan_of(patient, clinician, Pull={"equipment": ["band"]})
    response = Page(as_clinician, page_of(plan)).press("_activate", follow=True)
    assert "Activated." in messages_of(response)


def test_equipment_that_nobody_asked_about_is_one_remark_for_the_plan(patient, clinician):
    plan = plan_of(patient, clinician, Pull={"equipment": ["band"]}, Sit={"equipment": ["chair"]})
    assert plan_remarks(rows_of(plan), patient.equipment) == [
        "Nobody has asked what the patient has at home. This plan needs: firm chair, resistance "
        "band."
    ]
    assert equipment_remark(rows_of(plan)[0], patient.equipment) == ""


def test_the_easier_exercise_of_a_harder_day_counts_too(patient, clinician):
    plan = plan_of(patient, clinician, Pull={})
    rung = factories.make_exercise(equipment=["towel"])
    row = rows_of(plan)[0]
    HarderDay.objects.create(planned=row, exercise=rung, sets=1, reps_min=3)
    assert "Not at home: towel." in equipment_remark(rows_of(plan)[0], ["chair"])


def test_bending_and_arching_in_one_plan_is_asked_about_by_name(as_clinician, patient, clinician):
    plan = plan_of(
        patient,
        clinician,
        Curl={"low_back": "bends"},
        Cobra={"low_back": "arches"},
        Hinge={"low_back": "neutral"},
    )
    question = "This plan bends the low back (Curl) and arches it (Cobra). Is that what you want?"
    assert question in text_of(as_clinician.get(page_of(plan)))
    assert findings(plan, rows_of(plan), answers_of(patient)) == []


@pytest.mark.parametrize("ways", [("bends", "bends"), ("arches", "neutral"), ("", "bends")])
def test_one_direction_alone_is_not_asked_about(patient, clinician, ways):
    plan = plan_of(patient, clinician, A={"low_back": ways[0]}, B={"low_back": ways[1]})
    assert plan_remarks(rows_of(plan), ["chair"]) == []


def test_an_exercise_that_comes_twice_on_a_harder_day_is_named(patient, clinician):
    plan = plan_of(patient, clinician, Hinge={}, Wall={})
    hinge, wall = rows_of(plan)
    HarderDay.objects.create(planned=hinge, exercise=wall.exercise, sets=1, reps_min=3)
    assert plan_remarks(rows_of(plan), ["chair"]) == [
        "On a harder day Wall comes twice: it is in the plan already."
    ]


def test_a_harder_day_that_takes_longer_is_asked_about(as_clinician, patient, clinician):
    plan = plan_of(patient, clinician, Hinge={})
    rung = factories.make_exercise(title_en="Wall")
    HarderDay.objects.create(planned=rows_of(plan)[0], exercise=rung, sets=4, reps_min=20)
    page = text_of(as_clinician.get(page_of(plan)))
    assert "The harder day takes longer than a usual day." in page


def test_the_picker_names_what_is_not_at_home(as_clinician, patient, clinician):
    have(patient, "chair")
    plan = plan_of(patient, clinician, Sit={})
    factories.make_exercise(title_en="Pull", equipment=["band"])
    page = text_of(as_clinician.get(f"/admin/plans/plan/{plan.pk}/pick/"))
    assert "Not at home: resistance band." in page


@pytest.mark.parametrize(("weekday", "is_closed"), [(3, False), (4, True), (6, True)])
def test_a_review_on_a_day_when_nobody_is_there_is_questioned(
    as_clinician, patient, clinician, weekday, is_closed
):
    clinic = Clinic.objects.current()
    clinic.save()
    monday = clinic.today() + timedelta(days=28 - clinic.today().weekday())
    ClosedDay.objects.create(clinic=clinic, day=monday + timedelta(days=4), name="Founders’ day")
    plan, day = plan_of(patient, clinician, Walk={}), monday + timedelta(days=weekday)
    page = Page(as_clinician, page_of(plan)).type(review_on=day.isoformat())
    shown = text_of(page.press(follow=True))
    words = f"The clinic is closed on {day:%A}, {day:%B} {day.day}. Choose another day."
    assert (words in shown) == is_closed
    assert ("The clinic is closed" in shown) == is_closed
    assert "It is ready to be activated." in shown


def test_a_review_that_is_past_is_late_and_not_closed(as_clinician, patient, clinician):
    clinic = Clinic.objects.current()
    assert closed_remarks(clinic.today() - timedelta(days=1), clinic, set()) == []
    clinic.open_weekdays = 0
    assert closed_remarks(clinic.today() - timedelta(days=1), clinic, set()) == []
    assert closed_remarks(clinic.today(), clinic, set()) != []


# ------------------------------------------------------------------ words of the other side


@pytest.mark.parametrize(
    ("text", "side", "word"),
    [
        ("Hold behind the left thigh.", "right", "left"),
        ("Right knee only.", "left", "Right"),
        ("Sujeta el muslo izquierdo.", "right", "izquierdo"),
        ("Hold behind the left thigh.", "left", ""),
        ("Hold behind {working:thigh}.", "right", ""),
        ("A few minutes left? Rest.", "right", ""),
        ("Do it right now.", "left", ""),
        ("Left, then right.", "each", ""),
        ("The left one.", "unknown", ""),
    ],
)
def test_words_that_name_the_other_side_are_questioned(text, side, word):
    remark = other_side_remark(["", text], side)
    assert remark == (OTHER_SIDE_WORDS % word if word else "")


def test_words_that_come_along_to_the_other_side_are_questioned_on_the_copy(
    as_clinician, patient, clinician
):
    plan = plan_of(patient, clinician, Knee={"laterality": "one_sided"})
    plan.affected_side, plan.note = "left", "Keep the left foot flat."
    plan.save()
    plan.planned_exercises.update(working_side="left", why="The left hip is stiff.")
    remark = OTHER_SIDE_WORDS % "left"
    assert remark not in text_of(as_clinician.get(page_of(plan)))
    copy = copy_plan(plan=plan, affected_side="right", by=clinician).plan
    assert text_of(as_clinician.get(page_of(copy))).count(remark) == 2
