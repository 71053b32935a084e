"""What changed, as patients read it: nothing when nothing did, nothing of what staff write."""

from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from education.people.models import Clinic
from education.plans.bodies import upgraded
from education.plans.changes_for_patients import changes_for_patient
from education.plans.pain import pain_limits
from tests.plans.bodies import ROW, bodies, rows
from tests.plans.test_every_change import of_schema_1, plan_of

TOLD = sorted(set(ROW) - {"key", "title", "settled", "signed_off", "anchor_on", "harder", "rules"})


@given(body=bodies())
def test_no_difference_is_nothing_to_read(body):
    assert changes_for_patient(body, deepcopy(body)) == []


@given(body=bodies())
def test_an_upgrade_of_an_old_body_is_no_change(body):
    old = of_schema_1(body)
    assert changes_for_patient(old, upgraded(old)) == []


@given(body=bodies(), clash=st.sampled_from(["fall_risk=yes", "lies=no"]))
def test_what_staff_write_for_each_other_is_not_told(body, clash):
    after = deepcopy(body)
    for row in after["exercises"]:
        row["settled"] = [*row["settled"], clash]
    assert changes_for_patient(body, after) == []


@given(before=bodies(), after=bodies())
def test_no_line_has_a_gap_that_was_not_filled(before, after):
    for change in changes_for_patient(before, after):
        assert change.lines
        for line in change.lines:
            assert not set("{}%") & set(line)
            assert "None" not in line


@pytest.mark.parametrize("field", TOLD)
@given(data=st.data())
def test_a_changed_field_of_an_exercise_done_at_home_is_told_about_that_exercise(field, data):
    before = data.draw(rows()) | {"supervised": False, "harder_day": "", "note": "", "why": ""}
    words = st.sampled_from(["Slowly.", "Only half as far."])
    kinds = {"harder_day": words, "note": words, "why": words, "supervised": st.just(True)}
    value = data.draw(kinds.get(field, ROW[field]).filter(lambda new: new != before[field]))
    changes = changes_for_patient(plan_of(before), plan_of(before | {field: value}))
    assert [change.about for change in changes] in ([before["title"]["en"]], [])
    if not changes:
        # The same to whoever reads it, such as a rest after one round.
        assert field in ("dosage", "working_side")


@pytest.mark.parametrize("field", ["goal", "note", "flare_up"])
@given(body=bodies())
def test_words_of_the_plan_that_are_gone_are_told(field, body):
    changes = changes_for_patient(body | {field: "Slowly."}, body | {field: ""})
    assert [change.about for change in changes] == [""]


@given(before=bodies(), after=bodies())
def test_pain_limits_are_told_where_the_numbers_that_count_differ(before, after):
    clinic = Clinic()  # fine up to 3, stop at 6
    lines = [
        line
        for change in changes_for_patient(before, before | {"pain": after["pain"]})
        for line in change.lines
    ]
    now, was = pain_limits(after, clinic), pain_limits(before, clinic)
    assert now.fine_max < now.stop
    fine, stop = (f"Pain of {now.fine_max} or less", f"Stop when your pain is {now.stop}")
    assert [line.startswith(fine) for line in lines].count(True) == (now.fine_max != was.fine_max)
    assert [line.startswith(stop) for line in lines].count(True) == (now.stop != was.stop)
    assert len(lines) == (now.fine_max != was.fine_max) + (now.stop != was.stop)


@pytest.mark.parametrize("field", ["why", "note", "harder_day"])
@given(row=rows())
def test_words_of_an_exercise_that_are_gone_are_told(field, row):
    row |= {"supervised": False}
    before, after = plan_of(row | {field: "Slowly."}), plan_of(row | {field: ""})
    assert [change.about for change in changes_for_patient(before, after)] == [row["title"]["en"]]
