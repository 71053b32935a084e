"""What the page's script asks while a row is being typed: the form's own rules, nothing saved."""

import pytest

from education.plans.models import Plan, PlannedExercise
from tests import factories
from tests.plans.conftest import rows_of
from tests.plans.ladders import easier, harder

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/plans/plan/exercise/"


@pytest.fixture
def hinge():
    return factories.make_exercise(
        title_en="Hip hinge",
        demands=["stands"],
        precautions=["fall_risk"],
        supervised_first=True,
        reps_min=8,
        weekdays=0b0010101,
        load="2.0",
        load_unit="lb",
    )


def ask(client, patient, **typed):
    response = client.post(ADDRESS, {"patient": patient.pk, "affected_side": "left", **typed})
    assert response.status_code == 200
    return response.json()


def test_a_picked_exercise_comes_with_its_dosage_and_the_side_that_hurts(
    as_clinician, patient, hinge
):
    told = ask(as_clinician, patient, exercise="Hip hinge", picked="1")
    assert told["fields"] == {
        "sets": "2",
        "hold_seconds": "0",
        "rest_seconds": "15",
        "times_per_day": "1",
        "reps": "8",
        "minutes": "",
        "days": "Mon Wed Fri",
        "load": "2",
        "band": "",
        "effort_max": "",
        "working_side": "left",
        "supervised_first": "yes",
    }


def test_a_picked_exercise_comes_with_its_easier_forms_and_the_librarys_rules(
    as_clinician, patient, hinge
):
    wall = factories.make_exercise(title_en="Hinge at a wall")
    easier(hinge, wall, "Whenever you like.")
    harder(hinge, factories.make_exercise(), "Five good days.")
    told = ask(as_clinician, patient, exercise="Hip hinge", picked="1")
    assert told["rungs"] == [["", "The same, less of it"], [str(wall.pk), "Hinge at a wall"]]
    assert told["rules"] == {"up": "Five good days.", "down": "Whenever you like."}
    assert "rungs" not in ask(as_clinician, patient, exercise="Hip hinge", sets="1")


def test_what_the_library_wants_watched_is_not_offered_to_be_done_alone(
    as_clinician, patient, hinge
):
    factories.make_exercise(title_en="Walking")
    told = ask(as_clinician, patient, exercise="Hip hinge", picked="1")
    assert [value for value, _label in told["supervision"]] == ["", "yes"]
    told = ask(as_clinician, patient, exercise="Walking", picked="1")
    assert [value for value, _label in told["supervision"]] == ["", "yes", "no"]


def test_what_is_less_on_a_harder_day_is_read_at_once(as_clinician, patient, hinge):
    told = ask(as_clinician, patient, exercise="Hip hinge", sets="2", harder_sets="1")
    assert told["harder"].startswith("On a harder day: “1 round of 8")
    told = ask(as_clinician, patient, exercise="Hip hinge", sets="2", harder_sets="3")
    assert told["harder"] == ""
    assert told["errors"] == [
        "Harder day: sets: A usual day has 2. A harder day has no more than that."
    ]


def test_what_a_row_adds_to_the_day_is_told(as_clinician, patient, hinge):
    told = ask(
        as_clinician,
        patient,
        exercise="Hip hinge",
        sets="1",
        reps="5",
        days="Every 3 days",
        start_on="2026-11-02",
        anchor_on="2026-11-03",
        supervised_first="no",
    )
    assert told["load"] == {
        "seconds": 20,
        "times": 1,
        "weekdays": 127,
        "every": 3,
        "offset": 1,
        "supervised": False,
    }
    assert ask(as_clinician, patient, exercise="Hip hinge", sets="9")["load"] is None


@pytest.mark.parametrize("start", ["", "soon", "2026-02-31"])
def test_a_start_that_is_no_day_is_taken_for_today(as_clinician, patient, hinge, start):
    told = ask(as_clinician, patient, exercise="Hip hinge", sets="1", start_on=start)
    assert told["load"]["offset"] == 0


def test_what_is_not_at_home_is_told_at_once(as_clinician, patient):
    patient.equipment = ["chair"]
    patient.save()
    factories.make_exercise(title_en="Pull", equipment=["band"])
    told = ask(as_clinician, patient, exercise="Pull", picked="1")
    assert "Not at home: resistance band." in told["remark"]
    assert told["clash"]["codes"] == ""


def test_demands_and_precautions_come_with_the_patients_answers(as_clinician, patient, hinge):
    factories.answer(patient, "stands", "yes")
    told = ask(as_clinician, patient, exercise="Hip hinge", picked="1")
    assert told["topics"] == "Needs: stands (yes). Care with: risk of a fall (not asked)."
    assert told["clash"] == {
        "codes": "fall_risk=not_asked",
        "settled": False,
        "text": "Risk of a fall: not asked.",
    }


def test_the_sentence_follows_the_typing(as_clinician, patient, hinge):
    told = ask(
        as_clinician,
        patient,
        exercise="Hip hinge",
        sets="3",
        reps="8-10",
        working_side="right",
        supervised_first="no",
        days="Every day",
    )
    assert told["reads"] == (
        "The patient reads: “3 rounds of 8 to 10, on your right side. Once a day.”"
    )
    assert told["fields"] == {}


def test_what_is_wrong_is_told_in_place_of_the_sentence(as_clinician, patient, hinge):
    told = ask(as_clinician, patient, exercise="Hip hinge", sets="9", working_side="left")
    assert told["errors"] == ["Sets: Type a whole number from 1 to 4."]
    assert told["reads"] == ""


def test_a_settled_row_stays_settled_while_its_dosage_is_typed(as_clinician, patient, clinician):
    factories.answer(patient, "fall_risk", "yes")
    exercise = factories.make_exercise(title_en="Reach", precautions=["fall_risk"])
    plan = factories.make_plan(patient, clinician, exercises=[], published=False)
    row = factories.plan_row(
        plan,
        exercise,
        settled_reason="Counter.",
        settled=["fall_risk=yes"],
        settled_by=clinician,
        settled_on=plan.start_on,
    )
    told = ask(
        as_clinician, patient, key=str(row.key), exercise="Reach", sets="3", working_side="left"
    )
    assert told["clash"]["settled"] is True


def test_nothing_is_saved_by_asking(as_clinician, draft, patient, hinge):
    row = rows_of(draft)[0]
    ask(as_clinician, patient, key=str(row.key), exercise="Hip hinge", sets="4", picked="1")
    assert Plan.objects.count() == 1
    assert PlannedExercise.objects.get(pk=row.pk).sets == 2


def test_a_row_of_another_patient_is_not_read(
    as_clinician, patient, other_patient, colleague, hinge
):
    plan = factories.make_plan(other_patient, colleague, exercises=1)
    told = ask(as_clinician, patient, key=str(rows_of(plan)[0].key), exercise="Hip hinge")
    assert told["clash"]["settled"] is False


@pytest.mark.parametrize("key", ["", "nonsense"])
def test_a_key_that_is_none_is_a_new_row(as_clinician, patient, hinge, key):
    assert ask(as_clinician, patient, key=key, exercise="Hip hinge")["clash"]["codes"]


def test_unpublished_exercises_cannot_be_picked(as_clinician, patient):
    factories.make_exercise(title_en="Secret squat", state="draft")
    told = ask(as_clinician, patient, exercise="Secret squat", picked="1")
    assert told["errors"] == [
        "Exercise: The library has no exercise “Secret squat”. Choose one from the list."
    ]


def test_two_exercises_of_one_title_are_told_apart(as_clinician, patient):
    factories.make_exercise("hinge-a", title_en="Hip hinge")
    factories.make_exercise("hinge-b", title_en="Hip hinge", sets=4)
    told = ask(as_clinician, patient, exercise="Hip hinge (hinge-b)", picked="1")
    assert told["fields"]["sets"] == "4"


def test_a_patient_who_does_not_exist_is_not_found(as_clinician):
    assert as_clinician.post(ADDRESS, {"patient": "987654"}).status_code == 404
    assert as_clinician.post(ADDRESS, {"patient": "9" * 5000}).status_code == 404


def test_it_is_asked_by_post_only_so_nothing_clinical_stands_in_an_address(as_clinician):
    assert as_clinician.get(ADDRESS).status_code == 405


def test_the_front_desk_is_refused(as_front_desk, patient):
    assert as_front_desk.post(ADDRESS, {"patient": patient.pk}).status_code == 403
