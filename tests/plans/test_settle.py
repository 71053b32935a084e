"""A clash is settled by a written reason, for what stood beside it, by a named clinician."""

import pytest

from education.library.models import Exercise
from education.plans.actions import complete_plan, hold_plan, settle
from education.plans.checks import answers_of, open_clashes
from tests import factories
from tests.plans.conftest import rows_of
from tests.plans.page import Page, page_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(patient, clinician):
    """A draft whose one exercise clashes with "can fall: yes"."""
    factories.answer(patient, "fall_risk", "yes")
    exercise = factories.make_exercise(
        title_en="Hip hinge", precautions=["fall_risk", "head_low"], demands=[]
    )
    factories.answer(patient, "head_low", "no")
    return factories.make_plan(patient, clinician, exercises=[exercise], published=False)


def row_of(plan):
    return rows_of(plan)[0]


def test_a_reason_settles_the_clash_with_name_and_day(as_clinician, clinician, plan):
    Page(as_clinician, page_of(plan)).row(1, settled_reason="Counter in front.").press()
    row = row_of(plan)
    assert row.settled == ["fall_risk=yes"]
    assert (row.settled_reason, row.settled_by) == ("Counter in front.", clinician)
    assert row.settled_on is not None
    body = text_of(as_clinician.get(page_of(plan)))
    assert "Written by Dana Example, PT" in body
    assert "cl-clash--ok" in body


def test_a_settled_plan_can_be_activated_in_the_same_press(as_clinician, plan):
    Page(as_clinician, page_of(plan)).row(1, settled_reason="Counter.").press("_activate")
    plan.refresh_from_db()
    assert plan.status == "active"
    assert plan.versions.get().body["exercises"][0]["settled"] == ["fall_risk=yes"]


def test_a_reason_covers_nothing_that_was_not_on_the_page_yet(as_clinician, plan, patient):
    """The front desk hears of dizziness while the clinician writes."""
    page = Page(as_clinician, page_of(plan)).row(1, settled_reason="Counter in front.")
    patient.answers.filter(topic="head_low").update(value="yes")
    page.press()
    row = row_of(plan)
    assert row.settled == ["fall_risk=yes"]
    assert open_clashes(row, answers_of(patient)) == ["head_low=yes"]


def test_a_later_answer_opens_the_clash_again_and_saving_does_not_close_it(
    as_clinician, as_colleague, clinician, plan, patient
):
    Page(as_clinician, page_of(plan)).row(1, settled_reason="Counter in front.").press()
    patient.answers.filter(topic="head_low").update(value="yes")
    Page(as_colleague, page_of(plan)).row(1, note="Slowly.").press()
    row = row_of(plan)
    assert (row.settled, row.settled_by) == (["fall_risk=yes"], clinician)
    assert open_clashes(row, answers_of(patient)) == ["head_low=yes"]


def test_the_old_reason_can_be_confirmed_for_the_new_clash(
    as_clinician, as_colleague, colleague, plan, patient
):
    Page(as_clinician, page_of(plan)).row(1, settled_reason="Counter in front.").press()
    patient.answers.filter(topic="head_low").update(value="yes")
    page = Page(as_colleague, page_of(plan))
    assert "The reason holds for this, too" in text_of(as_colleague.get(page.address))
    page.row(1, still_right=True).press()
    row = row_of(plan)
    assert row.settled_by == colleague
    assert open_clashes(row, answers_of(patient)) == []


def test_a_reason_taken_away_opens_the_clash(as_clinician, plan, patient):
    Page(as_clinician, page_of(plan)).row(1, settled_reason="Counter in front.").press()
    Page(as_clinician, page_of(plan)).row(1, settled_reason="").press()
    row = row_of(plan)
    assert (row.settled, row.settled_by, row.settled_on) == ([], None, None)
    assert open_clashes(row, answers_of(patient)) == ["fall_risk=yes"]


def test_a_reason_is_not_taken_along_to_another_exercise(as_clinician, plan, patient):
    Page(as_clinician, page_of(plan)).row(1, settled_reason="Counter in front.").press()
    factories.make_exercise(title_en="Single leg", precautions=["fall_risk"])
    Page(as_clinician, page_of(plan)).row(1, exercise="Single leg").press()
    row = row_of(plan)
    assert (row.exercise.title, row.settled_reason) == ("Single leg", "")
    assert open_clashes(row, answers_of(patient)) == ["fall_risk=yes"]


def test_a_sign_off_names_who_watched_and_is_not_taken_along_either(
    as_clinician, clinician, patient
):
    exercise = factories.make_exercise(supervised_first=True)
    plan = factories.make_plan(patient, clinician, exercises=[exercise], published=False)
    Page(as_clinician, page_of(plan)).row(1, signed_off=True).press()
    row = row_of(plan)
    assert (row.signed_off_by, row.needs_supervision) == (clinician, False)
    factories.make_exercise(title_en="Another", supervised_first=True)
    Page(as_clinician, page_of(plan)).row(1, exercise="Another").press()
    row = row_of(plan)
    assert (row.signed_off_by, row.needs_supervision) == (None, True)


def test_a_sign_off_can_be_taken_back(as_clinician, clinician, patient):
    exercise = factories.make_exercise(supervised_first=True)
    plan = factories.make_plan(patient, clinician, exercises=[exercise], published=False)
    Page(as_clinician, page_of(plan)).row(1, signed_off=True).press()
    Page(as_clinician, page_of(plan)).row(1, signed_off=False).press()
    assert row_of(plan).needs_supervision


def test_settling_writes_down_only_what_is_there(plan, clinician):
    row = row_of(plan)
    settle(
        row,
        reason=" Counter. ",
        answers={"fall_risk": "yes", "head_low": "no"},
        seen=["fall_risk=yes", "lies=no"],
        by=clinician,
    )
    assert (row.settled_reason, row.settled) == ("Counter.", ["fall_risk=yes"])


def test_colleagues_read_the_reason_with_name_and_day_also_when_the_plan_is_over(
    as_clinician, as_colleague, plan, clinician
):
    Page(as_clinician, page_of(plan)).row(1, settled_reason="Counter in front.").press("_activate")
    page = text_of(as_colleague.get(page_of(plan)))
    assert "Counter in front." in page
    assert "Written by Dana Example" in page
    complete_plan(plan=plan, by=clinician)
    assert "Why it is still right: Counter in front. (Dana Example" in text_of(
        as_colleague.get(page_of(plan))
    )


ASKED_TO_CALL = "Lee is asked to call before going on:"


def test_staff_read_that_the_patient_is_asked_to_call(as_clinician, patient, clinician):
    plan = factories.make_plan(patient, clinician)
    assert ASKED_TO_CALL not in text_of(as_clinician.get(page_of(plan)))
    Exercise.objects.update(precautions=["fall_risk"])
    assert ASKED_TO_CALL in text_of(as_clinician.get(page_of(plan)))
    hold_plan(plan=plan, by=clinician)
    assert ASKED_TO_CALL not in text_of(as_clinician.get(page_of(plan)))


def test_what_only_waits_for_a_clinician_asks_nobody_to_call(as_clinician, patient, clinician):
    plan = factories.make_plan(patient, clinician)
    Exercise.objects.update(supervised_first=True)
    page = text_of(as_clinician.get(page_of(plan)))
    assert "Before you can publish:" in page
    assert "Sign it off, or let it be supervised first." in page
    assert ASKED_TO_CALL not in page
