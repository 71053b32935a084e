"""One exercise of the patient's plan."""

from uuid import uuid4

import pytest
from django.urls import reverse

from education.library.models import ExerciseStep, LadderLink, StopIf
from education.plans import actions
from tests import factories
from tests.conftest import logged_in


def address(row) -> str:
    return reverse("planned_exercise", args=[row.key])


@pytest.fixture
def exercise(db):
    exercise = factories.make_exercise(
        title_en="Knee to chest", hold_seconds=15, purpose_en="Eases a stiff low back."
    )
    ExerciseStep.objects.create(
        exercise=exercise, order=2, text_en="{Resting:foot} stays flat.", kind="step"
    )
    StopIf.objects.create(exercise=exercise, text_en="You feel a pinch in the groin.")
    StopIf.objects.create(text_en="The pain goes further down your leg.")
    return exercise


@pytest.fixture
def row(exercise, patient, clinician):
    plan = factories.make_plan(
        patient, clinician, exercises=[exercise], working_side="left", note="Ask me, Lee."
    )
    return plan.planned_exercises.get()


def test_steps_are_worded_for_the_working_side(as_patient, row):
    body = as_patient.get(address(row)).content.decode()
    assert "<title>Knee to chest |" in body
    assert "Lift your left leg slowly." in body
    assert "Your right foot stays flat." in body
    assert "{" not in body.split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize(
    ("side", "words"),
    [
        ("unknown", "Lift your sore leg slowly."),
        ("right", "Lift your right leg slowly."),
        ("each", "Lift one leg slowly."),
    ],
)
def test_an_unknown_side_is_never_guessed(as_patient, exercise, patient, clinician, side, words):
    plan = factories.make_plan(patient, clinician, exercises=[exercise], working_side=side)
    body = as_patient.get(address(plan.planned_exercises.get())).content.decode()
    assert words in body
    assert ("Now swap sides." in body) == (side == "each")


def test_the_page_says_how_much_and_when_to_stop(as_patient, row):
    body = as_patient.get(address(row)).content.decode()
    assert "2 rounds of 5, on your left side." in body
    assert "Hold 15 seconds." in body
    assert "You feel a pinch in the groin." in body
    assert body.count("The pain goes further down your leg.") == 1


def test_easier_forms_are_shown_and_the_harder_one_is_only_named(as_patient, row, exercise):
    easier = factories.make_exercise(title_en="Towel form")
    harder = factories.make_exercise(title_en="Deeper form", purpose_en="A longer stretch.")
    LadderLink.objects.create(
        exercise=exercise, to_exercise=easier, direction="easier", rule_en="When it is too much."
    )
    LadderLink.objects.create(
        exercise=exercise, to_exercise=harder, direction="harder", rule_en="After five good days."
    )
    body = as_patient.get(address(row)).content.decode()
    assert "Towel form" in body
    assert "Deeper form" in body
    assert reverse("exercise_detail", args=[harder.key]) not in body


def test_less_is_the_patients_choice_and_more_the_therapists(as_patient, row, exercise):
    LadderLink.objects.create(
        exercise=exercise,
        to_exercise=factories.make_exercise(title_en="Deeper form"),
        direction="harder",
        rule_en="After five good days.",
    )
    body = as_patient.get(address(row)).content.decode()
    assert "You may do less, or take an easier form, at any time. You do not need to ask." in body
    assert "Only Dana moves you up. Staying is fine." in body


def test_the_rules_of_the_plan_are_read_with_the_ladder(as_patient, row, clinician):
    assert "moves you up" not in as_patient.get(address(row)).content.decode()
    row.up_rule, row.down_rule = "After five easy days.", "When it pulls in the groin."
    row.save()
    actions.publish_changes(plan=row.plan, by=clinician)
    body = as_patient.get(address(row)).content.decode()
    assert body.index("Make it easier") < body.index("When it pulls in the groin.")
    assert body.index("Only Dana moves you up.") < body.index("After five easy days.")


def test_without_rules_of_the_plan_those_of_the_library_are_read(
    as_patient, row, exercise, clinician
):
    for direction, rule in (("easier", "The towel is easier."), ("harder", "After a good week.")):
        rung = factories.make_exercise()
        LadderLink.objects.create(
            exercise=exercise, to_exercise=rung, direction=direction, rule_en=rule
        )
    watched = factories.make_exercise(supervised_first=True)
    LadderLink.objects.create(
        exercise=exercise, to_exercise=watched, direction="easier", rule_en="Not alone."
    )
    body = as_patient.get(address(row)).content.decode()
    assert body.index("Make it easier") < body.index("The towel is easier.")
    assert body.index("Moving up") < body.index("After a good week.")
    assert "Not alone." not in body
    row.up_rule, row.down_rule = "After five easy days.", "When it pulls in the groin."
    row.save()
    actions.publish_changes(plan=row.plan, by=clinician)
    body = as_patient.get(address(row)).content.decode()
    assert "The towel is easier." not in body
    assert "After a good week." not in body


def test_why_this_is_for_you_names_the_patients_own_goal(as_patient, row, clinician):
    row.plan.goal = "Sit through a movie"
    row.plan.save()
    row.why = "You sit a lot at work."
    row.save()
    actions.publish_changes(plan=row.plan, by=clinician)
    body = as_patient.get(address(row)).content.decode()
    why = body.split("Why this is for you")[1][:400]
    assert "You sit a lot at work." in why
    assert "Sit through a movie" in why


def test_a_supervised_exercise_gives_nothing_to_do(as_patient, patient, clinician, exercise):
    watched = factories.make_exercise(title_en="One-leg balance", supervised_first=True)
    plan = factories.make_plan(patient, clinician, exercises=[exercise, watched])
    row = plan.planned_exercises.get(exercise=watched)
    body = as_patient.get(address(row)).content.decode()
    assert "One-leg balance" in body
    assert "Only at the clinic, with Dana" in body
    assert "Lift" not in body


def test_on_hold_there_is_nothing_to_do(as_patient, row, clinician):
    actions.hold_plan(plan=row.plan, by=clinician)
    body = as_patient.get(address(row)).content.decode()
    assert "Your plan is on hold" in body
    assert "Lift your left leg" not in body


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_gets_404(as_stranger, row, method):
    response = getattr(as_stranger, method)(address(row))
    assert response.status_code in (404, 405)
    assert "Knee to chest" not in response.content.decode()
    assert as_stranger.get(address(row)).status_code == 404


def test_a_key_of_no_plan_is_404(as_patient, row):
    assert as_patient.get(reverse("planned_exercise", args=[uuid4()])).status_code == 404


def test_a_row_that_is_not_published_yet_is_404(as_patient, row):
    new = factories.plan_row(row.plan, factories.make_exercise())
    assert as_patient.get(address(new)).status_code == 404


def test_a_visitor_is_asked_to_log_in(visitor, row):
    response = visitor.get(address(row))
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", ["clinician", "front_desk"])
def test_staff_read_plans_in_the_admin(name, request, row):
    assert logged_in(request.getfixturevalue(name)).get(address(row)).status_code == 404


# ------------------------------------------------------------------ rungs that do not suit


@pytest.fixture
def easier_rung(exercise):
    """An easier form of the planned exercise that lets the head down."""
    rung = factories.make_exercise("low-head", title_en="Head down low", precautions=["head_low"])
    exercise.ladder_links.create(to_exercise=rung, direction="easier", rule_en="Easier.")
    return rung


@pytest.mark.parametrize("given", ["yes", None])
def test_an_easier_form_that_the_answers_speak_against_is_named_and_not_offered(
    as_patient, patient, row, easier_rung, given
):
    if given:
        factories.answer(patient, "head_low", given)
    page = as_patient.get(address(row)).content.decode()
    assert "Head down low" in page
    assert "Ask Dana first" in page
    assert reverse("exercise_detail", args=["low-head"]) not in page


def test_an_easier_form_that_suits_is_offered_with_no_need_to_ask(
    as_patient, patient, row, easier_rung
):
    factories.answer(patient, "head_low", "no")
    page = as_patient.get(address(row)).content.decode()
    assert reverse("exercise_detail", args=["low-head"]) in page
    assert "Ask Dana first" not in page


def test_a_reason_for_the_exercise_is_no_reason_for_its_easier_form(
    as_patient, patient, clinician, row, exercise, easier_rung
):
    factories.answer(patient, "head_low", "yes")
    exercise.precautions = ["head_low"]
    exercise.save()
    row.exercise = exercise
    actions.settle(row, reason="Slowly.", answers={"head_low": "yes"}, by=clinician)
    row.save()
    actions.publish_changes(plan=row.plan, by=clinician)
    page = as_patient.get(address(row)).content.decode()
    assert "Lift your left leg slowly." in page
    assert "Ask Dana first" in page
    assert reverse("exercise_detail", args=["low-head"]) not in page
