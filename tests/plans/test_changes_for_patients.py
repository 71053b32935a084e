"""What changed with a new version, in words for the patient."""

from copy import deepcopy

import pytest
from django.utils import translation

from education.people.models import Clinic
from education.plans.actions import plan_body, working_rows
from education.plans.changes_for_patients import changes_for_patient
from tests import factories
from tests.library.reading import grade

pytestmark = pytest.mark.django_db

HARDER = {"exercise": "", "title": None}


@pytest.fixture
def body(patient, clinician):
    exercises = [
        factories.make_exercise(title_en="Knee to chest", title_es="Rodilla al pecho"),
        factories.make_exercise(title_en="Hip hinge", title_es="Bisagra de cadera"),
    ]
    plan = factories.make_plan(
        patient, clinician, exercises=exercises, working_side="left", note="Slowly."
    )
    return plan_body(plan, working_rows(plan))


def told(before, change) -> list[tuple[str, list[str]]]:
    """What the patient is told after ``change(after)``."""
    after = deepcopy(before)
    change(after)
    return [(found.about, list(found.lines)) for found in changes_for_patient(before, after)]


def of_row(before, **fields) -> list[str]:
    """What is told of the first exercise when these fields of it change."""
    found = told(before, lambda after: after["exercises"][0].update(fields))
    assert [about for about, _lines in found] == ["Knee to chest"]
    return found[0][1]


def of_dosage(before, **fields) -> list[str]:
    return of_row(before, dosage=before["exercises"][0]["dosage"] | fields)


def test_nothing_changed_says_nothing(body):
    assert told(body, lambda after: None) == []


def test_a_body_of_the_first_schema_is_read_too(body):
    old = deepcopy(body)
    for name in ("kind", "flare_up", "pain"):
        del old[name]
    for row in old["exercises"]:
        for name in ("why", "anchor_on", "harder", "rules"):
            del row[name]
    assert changes_for_patient(old, body) == []


@pytest.mark.parametrize(
    ("field", "value", "line"),
    [
        ("title", "Walk again", "Your plan is now called “Walk again”."),
        ("goal", "See a movie", "Your goal is now: See a movie"),
        ("note", "Take your time.", "There is a new note for you."),
        ("kind", "maintenance", "This is now a plan to keep going."),
        (
            "clinician",
            {"name": "Kim Sample, PT", "given_name": "Kim"},
            "Your therapist is now Kim Sample, PT.",
        ),
        ("flare_up", "Do less.", "“When it flares up” has new words. Please read them."),
    ],
)
def test_of_the_plan_itself(body, field, value, line):
    assert told(body, lambda after: after.update({field: value})) == [("", [line])]


def test_own_pain_limits_name_the_number_now_and_before(body):
    assert told(body, lambda after: after.update(pain={"fine_max": 2, "stop": 5})) == [
        (
            "",
            [
                "Pain of 2 or less is fine (was 3).",
                "Stop when your pain is 5 or more (was 6) and 2 more than at the start.",
            ],
        )
    ]


def test_pain_limits_that_are_the_clinics_again_are_told_in_its_numbers(body):
    own = body | {"pain": {"fine_max": None, "stop": 8}}
    clinic = Clinic(pain_stop=7, pain_stop_rise=3)
    (change,) = changes_for_patient(own, body, clinic=clinic)
    assert change.lines == (
        "Stop when your pain is 7 or more (was 8) and 3 more than at the start.",
    )


def test_the_clinics_own_number_written_into_the_plan_is_no_news(body):
    assert told(body, lambda after: after.update(pain={"fine_max": 3, "stop": 6})) == []


def test_another_review_names_both_days(body):
    body["review_on"] = "2026-11-30"
    assert told(body, lambda after: after.update(review_on="2026-12-03")) == [
        ("", ["Your next review is on Thursday, December 3 (was Monday, November 30)."])
    ]


def test_what_is_only_for_staff_is_not_told(body):
    assert told(body, lambda after: after.update(affected_side="right")) == []


def test_a_reason_that_staff_wrote_is_not_told(body):
    assert told(body, lambda a: a["exercises"][0].update(settled=["fall_risk=yes"])) == []


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"reps_min": 8}, "Now 2 rounds of 8 (was 2 rounds of 5)."),
        ({"sets": 1}, "Now 1 round of 5 (was 2 rounds of 5)."),
        ({"reps_max": 8}, "Now 2 rounds of 5 to 8 (was 2 rounds of 5)."),
        ({"sets": 1, "reps_min": None, "minutes": 10}, "Now 10 minutes (was 2 rounds of 5)."),
        ({"hold_seconds": 1}, "New: hold 1 second."),
        ({"times_per_day": 2}, "Now twice a day (was once a day)."),
        ({"times_per_day": 3}, "Now 3 times a day (was once a day)."),
        ({"weekdays": 0b0010101}, "Now on Monday, Wednesday and Friday (was every day)."),
        ({"every_n_days": 2}, "Now every 2 days (was every day)."),
        (
            {"load": "2.5", "load_unit": "lb"},
            "Now: Use 2.5 lb (was: no weight, no band).",
        ),
        ({"effort_max": 4}, "Effort is now at most 4 out of 10 (was as you like)."),
        ({"rest_seconds": 60}, "Rest is now 60 seconds (was 15)."),
        ({"rest_seconds": 0}, "No rest now (was 15 seconds)."),
    ],
)
def test_each_part_of_a_dosage_says_what_it_is_and_was(body, fields, line):
    assert of_dosage(body, **fields) == [line]


def test_a_longer_hold_names_its_unit_once(body):
    body["exercises"][0]["dosage"] |= {"hold_seconds": 20, "rest_seconds": 0}
    assert of_dosage(body, hold_seconds=30) == ["Hold is now 30 seconds (was 20)."]
    assert of_dosage(body, hold_seconds=0) == ["No hold now (was 20 seconds)."]


def test_several_parts_come_in_the_order_of_the_dosage(body):
    assert of_dosage(body, times_per_day=2, reps_min=8, hold_seconds=5, rest_seconds=0) == [
        "Now 2 rounds of 8 (was 2 rounds of 5).",
        "New: hold 5 seconds.",
        "Now twice a day (was once a day).",
        "No rest now (was 15 seconds).",
    ]


@pytest.mark.parametrize(
    ("side", "line"),
    [
        ("right", "Now on your right side (was on your left side)."),
        ("each", "Now on each side (was on your left side)."),
        ("both", "Now with both sides together (was on your left side)."),
        ("none", "Now without a side (was on your left side)."),
    ],
)
def test_another_side_is_told(body, side, line):
    assert of_row(body, working_side=side) == [line]


def test_another_first_day_is_told_where_days_are_counted(body):
    body["exercises"][0]["dosage"]["every_n_days"] = 3
    assert of_row(body, anchor_on="2026-12-07") == ["Counted from Monday, December 7."]
    assert told(body, lambda a: a["exercises"][1].update(anchor_on="2026-12-07")) == []


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"note": "With a pillow."}, "New note: With a pillow."),
        ({"why": "For your desk."}, "Why this is for you: For your desk."),
        ({"harder_day": "One round."}, "On a harder day: One round."),
        ({"rules": {"up": "Five good days.", "down": ""}}, "When to move up: Five good days."),
        ({"rules": {"up": "", "down": "It hurts."}}, "When to make it easier: It hurts."),
        ({"supervised": True}, "Only at the clinic for now."),
    ],
)
def test_words_for_this_patient_are_told(body, fields, line):
    assert of_row(body, **fields) == [line]


def test_a_note_that_is_gone_is_told(body):
    body["exercises"][0]["note"] = "With a pillow."
    assert of_row(body, note="") == ["The note is gone."]


def test_a_harder_day_is_told_with_its_dosage_and_its_rung(body):
    dosage = body["exercises"][0]["dosage"] | {"sets": 1, "weekdays": 0b11}
    lighter = HARDER | {"dosage": dosage}
    assert of_row(body, harder=lighter) == [
        "On a harder day: 1 round of 5, on your left side. Once a day."
    ]
    easier = {"exercise": "wall", "title": {"en": "To a wall", "es": ""}, "dosage": dosage}
    (line,) = of_row(body, harder=easier)
    assert line.startswith("On a harder day: To a wall. 1 round of 5")
    body["exercises"][0]["harder"] = lighter
    assert of_row(body, harder=None) == ["On a harder day: do less than usual. That is fine."]


def test_what_may_now_be_done_at_home_is_told_with_its_dosage(body):
    body["exercises"][0]["supervised"] = True
    assert of_row(body, supervised=False) == [
        "You may do this one at home now.",
        "2 rounds of 5, on your left side. Once a day.",
    ]


def test_nothing_to_do_is_told_of_what_waits_for_the_clinic(body):
    body["exercises"][0]["supervised"] = True
    dosage = body["exercises"][0]["dosage"] | {"sets": 4}
    assert told(body, lambda a: a["exercises"][0].update(dosage=dosage, note="Secret")) == []


def test_another_rung_is_told_with_its_whole_dosage(body):
    change = {"exercise": "wall", "title": {"en": "To a wall", "es": "A la pared"}}
    assert told(body, lambda a: a["exercises"][0].update(change)) == [
        (
            "To a wall",
            [
                "It takes the place of Knee to chest.",
                "2 rounds of 5, on your left side. Once a day.",
            ],
        )
    ]


def test_new_exercises_and_those_taken_out_are_told(body):
    def swap(after):
        new = after["exercises"][0] | {"key": "another", "title": {"en": "Figure four", "es": ""}}
        after["exercises"][0] = new

    assert told(body, swap) == [
        ("Figure four", ["New in your plan.", "2 rounds of 5, on your left side. Once a day."]),
        ("Knee to chest", ["Taken out. You do not do this one any more."]),
    ]


def test_a_new_one_for_the_clinic_gives_nothing_to_do(body):
    def add(after):
        new = after["exercises"][0] | {"key": "another", "supervised": True}
        after["exercises"].append(new)

    assert told(body, add) == [
        ("Knee to chest", ["New in your plan.", "Only at the clinic for now."])
    ]


def test_in_spanish_the_exercise_has_its_spanish_name(body):
    after = deepcopy(body)
    after["exercises"][0]["dosage"]["reps_min"] = 8
    with translation.override("es"):
        assert changes_for_patient(body, after)[0].about == "Rodilla al pecho"


@pytest.mark.parametrize(
    ("field", "line"),
    [
        ("goal", "Your goal is not in the plan any more."),
        ("note", "The note for you is gone."),
        ("flare_up", "“When it flares up” is gone from your plan."),
    ],
)
def test_words_of_the_plan_that_are_gone_are_told(body, field, line):
    body[field] = "Words."
    assert told(body, lambda after: after.update({field: ""})) == [("", [line])]


def test_words_of_an_exercise_that_are_gone_are_told(body):
    body["exercises"][0] |= {
        "why": "To sit.",
        "note": "Slowly.",
        "rules": {"up": "In May.", "down": "In June."},
    }
    gone = {"why": "", "note": "", "rules": {"up": "", "down": ""}}
    lines = of_row(body, **gone)
    assert lines == [
        "“Why this is for you” is gone.",
        "The note is gone.",
        "Your own rule for when to move up is gone. The usual one counts.",
        "Your own rule for when to make it easier is gone. The usual one counts.",
    ]
    assert grade("\n".join(lines)) <= 6


def test_an_easier_form_is_told_for_its_own_side(body):
    easier = factories.make_exercise(title_en="Both knees", laterality="two_sided")
    after = deepcopy(body)
    row = after["exercises"][0]
    row["harder"] = {
        "exercise": easier.key,
        "title": {"en": "Both knees", "es": ""},
        "dosage": row["dosage"],
    }
    (change,) = changes_for_patient(body, after, [easier])
    (line,) = change.lines
    assert line.startswith("On a harder day: Both knees. 2 rounds of 5")
    assert "left" not in line


def watched(body, **fields):
    """The library's row for the first exercise of a body; it wants it watched first now."""
    first = body["exercises"][0]
    return factories.make_exercise(
        title_en=first["title"]["en"], supervised_first=True, laterality="one_sided", **fields
    )


def told_when_watched(before, **fields) -> list[str]:
    """What is told of the first exercise, which the library wants watched first by now."""
    exercise = watched(before)
    before["exercises"][0]["exercise"] = exercise.key
    after = deepcopy(before)
    after["exercises"][0].update(fields)
    found = changes_for_patient(before, after, [exercise])
    return [line for change in found for line in change.lines]


def test_what_has_to_be_watched_by_now_is_not_told_in_numbers_or_words(body):
    dosage = body["exercises"][0]["dosage"] | {"sets": 3}
    new = {"dosage": dosage, "harder": HARDER | {"dosage": dosage}, "note": "Hold on."}
    assert told_when_watched(body, **new) == []


def test_what_has_to_be_watched_by_now_is_new_by_its_name_alone(body):
    exercise = watched(body)
    body["exercises"][0]["exercise"] = exercise.key
    before = body | {"exercises": body["exercises"][1:]}
    (change,) = changes_for_patient(before, body, [exercise])
    assert change.lines == ("New in your plan.", "Only at the clinic for now.")


def test_a_sign_off_of_what_was_only_named_by_then_is_told(body):
    assert told_when_watched(body, signed_off=True)[0] == "You may do this one at home now."


@pytest.mark.parametrize("by", ["library", "plan"])
def test_an_easier_form_that_has_to_be_watched_is_not_told(body, by):
    easier = factories.make_exercise(title_en="Both knees", supervised_first=by == "library")
    if by == "plan":
        body["exercises"][1] |= {"exercise": easier.key, "supervised": True}
    row = body["exercises"][0]
    row["harder"] = {
        "exercise": easier.key,
        "title": {"en": "Both knees", "es": ""},
        "dosage": dict(row["dosage"]),
    }
    after = deepcopy(body)
    after["exercises"][0]["harder"]["dosage"]["sets"] = 1
    assert changes_for_patient(body, after, [easier]) == []
    row |= {"harder": None, "harder_day": "Half of it."}
    (change,) = changes_for_patient(body, after, [easier])
    assert change.lines == ("On a harder day: do less than usual. That is fine.",)


def test_a_day_of_another_year_names_the_year(body):
    (said,) = told(body, lambda after: after.update(review_on="2031-01-06"))[0][1]
    assert "Monday, January 6, 2031" in said


def test_what_is_told_reads_easily(body):
    after = deepcopy(body)
    after |= {"goal": "See a movie", "note": "Take care.", "review_on": "2027-01-04"}
    after["pain"] = {"fine_max": 2, "stop": 5}
    after["exercises"][0]["dosage"] |= {"reps_min": 8, "hold_seconds": 30, "times_per_day": 2}
    after["exercises"][1] |= {"key": "another"}
    lines = [line for found in changes_for_patient(body, after) for line in found.lines]
    assert len(lines) > 6
    assert grade("\n".join(lines)) <= 6
