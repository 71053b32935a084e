"""Whatever is edited in a plan is told, each part by its own line, and nothing else is."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from education.library.models import DosageSpec
from education.library.wording import dosage_sentence
from education.plans.actions import plan_body, working_rows
from education.plans.bodies import PLAN_SINCE_2, ROW_SINCE_2, upgraded
from education.plans.changes import changes
from tests import factories
from tests.plans.bodies import PLAN, ROW, bodies, rows

SEVERAL = ("working_side", "dosage")  # told together, in the sentence of the dosage
IDENTITY = ("key", "title")  # the name of a row goes with its exercise
ALONE = sorted(set(ROW) - set(SEVERAL) - set(IDENTITY))
# The words of a line, for a value that is there and for one that is not.
LINES = {
    "exercise": ("another exercise", "another exercise"),
    "anchor_on": ("counted from: ", "counted from: the start of the plan"),
    "harder_day": ("on a harder day: %s", "on a harder day: empty"),
    "harder": ("on a harder day: ", "on a harder day: no lighter dosage"),
    "why": ("why this is for you: %s", "why this is for you: empty"),
    "note": ("note: %s", "note: empty"),
    "supervised": ("only at the clinic", "signed off"),
    "signed_off": ("signed off", "the sign-off taken back"),
    "settled": ("why it is still right", "why it is still right"),
}


def plan_of(*many: dict[str, Any]) -> dict[str, Any]:
    """A body with these rows."""
    people = {"name": "Dana Example, PT", "given_name": "Dana"}
    words = {"title": "Sit with ease", "goal": "", "note": "", "affected_side": "left"}
    days = {"start_on": "2026-11-02", "review_on": "2026-11-30"}
    body = {**words, **days, "clinician": people, "exercises": list(many)}
    return deepcopy({**PLAN_SINCE_2, **body})


def told_of(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """The lines about the only row of a plan, without its number and name."""
    beginning = f"Row 1, {after['title']['en']}: "
    lines = changes(plan_of(before), plan_of(after))
    assert all(line.startswith(beginning) for line in lines), lines
    return [line.removeprefix(beginning) for line in lines]


@given(body=bodies())
def test_no_difference_is_no_line(body):
    assert changes(body, deepcopy(body)) == []


def test_the_bodies_tried_here_have_every_field_of_a_published_one(db, patient, clinician):
    """A field that is added to the versions is added to tests/plans/bodies.py, and so told."""
    plan = factories.make_plan(patient, clinician, exercises=1, published=False)
    body = plan_body(plan, working_rows(plan))
    assert set(body) == {*PLAN, "exercises"}
    assert set(body["exercises"][0]) == set(ROW)
    assert set(ROW_SINCE_2) < set(ROW)


@pytest.mark.parametrize("field", sorted(set(ALONE) - {"rules"}))
@given(data=st.data())
def test_a_changed_field_of_a_row_gives_exactly_its_line(field, data):
    before = data.draw(rows())
    value = data.draw(ROW[field].filter(lambda new: new != before[field]))
    after = before | {field: value}
    if field == "harder" and sentence_of(before) == sentence_of(after):
        assert told_of(before, after) == []  # the same to everybody who reads it
        return
    [line] = told_of(before, after)
    there, gone = LINES[field]
    assert line.startswith(there.replace("%s", str(value)) if value else gone)


def sentence_of(row: dict[str, Any]) -> tuple[str, str] | None:
    """What a row says of a harder day, told from its parts."""
    if row["harder"] is None:
        return None
    easier, spec = row["harder"]["title"], DosageSpec.from_dict(row["harder"]["dosage"])
    return (easier["en"] if easier else ""), dosage_sentence(spec, row["working_side"])


@given(data=st.data(), rule=st.sampled_from(["up", "down"]))
def test_a_changed_rule_of_the_ladder_gives_exactly_its_line(data, rule):
    before = data.draw(rows())
    value = data.draw(ROW["note"].filter(lambda new: new != before["rules"][rule]))
    after = before | {"rules": {**before["rules"], rule: value}}
    says = value or "the rule of the library"
    assert told_of(before, after) == [f"when to move {rule}: {says}"]


@given(data=st.data())
def test_another_dosage_or_side_is_told_as_the_patient_will_read_it(data):
    before = data.draw(rows())
    after = before | {name: data.draw(ROW[name]) for name in SEVERAL}
    old, new = (DosageSpec.from_dict(row["dosage"]) for row in (before, after))
    sentences = [dosage_sentence(old, before["working_side"])]
    sentences.append(dosage_sentence(new, after["working_side"]))
    lines = told_of(before, after)
    assert (sentences[1] in lines) == (sentences[0] != sentences[1])
    others = [line for line in lines if line != sentences[1]]
    assert all(line.startswith("Rest ") or line == "no rest" for line in others)
    assert len(others) <= 1
    if old.rest_seconds == new.rest_seconds:
        assert others == []


@given(data=st.data())
def test_many_edits_of_a_row_are_told_as_each_of_them_alone(data):
    before = data.draw(rows())
    edited = data.draw(st.sets(st.sampled_from(ALONE)))
    if "supervised" in edited:
        edited.discard("signed_off")  # the two are one line
    after = before | {name: data.draw(ROW[name]) for name in edited}
    one_by_one = [line for name in edited for line in told_of(before, before | {name: after[name]})]
    assert sorted(told_of(before, after)) == sorted(one_by_one)


@pytest.mark.parametrize("field", sorted(set(PLAN) - {"pain"}))
@given(data=st.data())
def test_a_changed_field_of_the_plan_gives_exactly_its_line(field, data):
    before = data.draw(bodies(most=1))
    value = data.draw(PLAN[field].filter(lambda new: new != before[field]))
    [line] = changes(before, before | {field: value})
    name, _colon, words = line.partition(": ")
    assert name
    if field in ("title", "goal", "note", "flare_up"):
        assert words == (value or "empty")
    elif field == "clinician":
        assert words == value["name"]


@given(data=st.data())
def test_each_pain_limit_that_changed_gives_exactly_its_line(data):
    before = data.draw(bodies(most=1))
    now, was = data.draw(PLAN["pain"]), before["pain"]
    says = {"fine_max": "Pain that is fine, at most", "stop": "Pain to stop at"}
    assert changes(before, before | {"pain": now}) == [
        f"{words}: {'the clinic’s number' if now[key] is None else now[key]}"
        for key, words in says.items()
        if now[key] != was[key]
    ]


@given(data=st.data())
def test_rows_that_come_go_and_change_places_are_each_told_once(data):
    before = data.draw(bodies())
    kept = [row for row in before["exercises"] if data.draw(st.booleans())]
    new = [row | {"key": f"new-{n}"} for n, row in enumerate(data.draw(bodies(2))["exercises"])]
    staying = data.draw(st.permutations(kept + new))
    lines = changes(before, before | {"exercises": staying})
    out = [row for row in before["exercises"] if row not in kept]
    moved = [row for row in staying if row in kept] != kept
    assert lines == [
        *(
            f"Row {number}, new: {row['title']['en']}"
            for number, row in enumerate(staying, start=1)
            if row in new
        ),
        *(f"Taken out: {row['title']['en']}" for row in out),
        *(["The order of the exercises"] if moved else []),
    ]


@given(data=st.data())
def test_a_row_is_told_by_its_new_number_wherever_it_stands(data):
    before = data.draw(bodies().filter(lambda body: body["exercises"]))
    chosen = data.draw(st.sampled_from(range(len(before["exercises"]))))
    row = before["exercises"][chosen]
    after = deepcopy(before)
    after["exercises"][chosen]["note"] = row["note"] + "!"
    name = row["title"]["en"]
    assert changes(before, after) == [f"Row {chosen + 1}, {name}: note: {row['note']}!"]


# ------------------------------------------------------------------ schema 1 against 2


def of_schema_1(body: dict[str, Any]) -> dict[str, Any]:
    """The body as it was written before schema 2."""
    many = [{k: v for k, v in row.items() if k not in ROW_SINCE_2} for row in body["exercises"]]
    first = {name: value for name, value in body.items() if name not in PLAN_SINCE_2}
    return {**first, "exercises": many}


@given(body=bodies())
def test_an_old_body_differs_from_a_new_one_by_what_was_added_and_nothing_else(body):
    old = of_schema_1(body)
    bare = upgraded(old)
    assert changes(old, bare) == changes(bare, old) == []
    assert changes(old, body) == changes(bare, body)


@given(body=bodies())
def test_an_upgrade_loses_nothing_and_is_the_same_twice(body):
    assert upgraded(body) == body
    old = of_schema_1(body)
    assert upgraded(upgraded(old)) == upgraded(old)
    assert of_schema_1(upgraded(old)) == old
