"""What differs from the version the patient reads, in words for staff."""

from copy import deepcopy

import pytest

from education.plans.actions import plan_body, working_rows
from education.plans.changes import changes
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def body(patient, clinician):
    exercises = [
        factories.make_exercise(title_en="Knee to chest"),
        factories.make_exercise(title_en="Hip hinge"),
    ]
    plan = factories.make_plan(patient, clinician, exercises=exercises, working_side="left")
    return plan_body(plan, working_rows(plan))


def changed(body, change):
    after = deepcopy(body)
    change(after)
    return changes(body, after)


def test_nothing_changed_says_nothing(body):
    assert changes(body, deepcopy(body)) == []


@pytest.mark.parametrize(
    ("field", "value", "line"),
    [
        ("title", "Walk again", "Plan name: Walk again"),
        ("goal", "", "Goal: empty"),
        ("affected_side", "right", "Affected side: right"),
        ("review_on", "2027-01-04", "Review: Jan. 4, 2027"),
    ],
)
def test_a_field_of_the_plan_is_named_with_its_new_value(body, field, value, line):
    body["goal"] = "Sit longer"
    assert changed(body, lambda after: after.update({field: value})) == [line]


def test_another_dosage_is_told_as_the_patient_will_read_it(body):
    lines = changed(body, lambda after: after["exercises"][1]["dosage"].update(reps_min=8))
    assert lines == ["Row 2, Hip hinge: 2 rounds of 8, on your left side. Once a day."]


def test_a_rest_that_no_sentence_tells_is_told_by_itself(body):
    lines = changed(body, lambda after: after["exercises"][1]["dosage"].update(rest_seconds=60))
    assert lines == ["Row 2, Hip hinge: Rest 60 seconds after each round."]


def test_a_new_row_and_one_taken_out_are_named(body):
    def change(after):
        after["exercises"][0]["key"] = "another"
        after["exercises"][0]["title"]["en"] = "Figure four"

    assert changed(body, change) == ["Row 1, new: Figure four", "Taken out: Knee to chest"]


def test_another_order_is_one_line(body):
    assert changed(body, lambda after: after["exercises"].reverse()) == [
        "The order of the exercises"
    ]


@pytest.mark.parametrize(
    ("field", "value", "line"),
    [
        ("note", "Slowly.", "note: Slowly."),
        ("harder_day", "One round.", "on a harder day: One round."),
        ("supervised", True, "only at the clinic"),
        ("settled", ["fall_risk=yes"], "why it is still right"),
        ("exercise", "another-key", "another exercise"),
    ],
)
def test_every_part_of_a_row_that_the_patient_meets_is_told(body, field, value, line):
    lines = changed(body, lambda after: after["exercises"][0].update({field: value}))
    assert lines == [f"Row 1, Knee to chest: {line}"]
