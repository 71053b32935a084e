"""A new draft that asks for the same as a plan before it."""

from datetime import timedelta
from uuid import uuid4

import pytest

from education.library.models import Exercise
from education.people.models import Clinic
from education.plans.actions import complete_plan
from education.plans.checks import PlanRefused
from education.plans.models import HarderDay, Plan, PlannedExercise
from education.plans.starting import copy_plan
from tests import factories
from tests.plans.conftest import rows_of
from tests.plans.page import Page, messages_of, page_of, press, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(patient, clinician) -> Plan:
    """A plan for the left side that began a month ago: settled, signed off, with a harder day."""
    today = Clinic.objects.current().today()
    plan = factories.make_plan(
        *(patient, clinician),
        exercises=[],
        published=False,
        title="Sit with ease",
        goal="A whole movie",
        note="Slowly.",
        flare_up="Do less.",
        kind="maintenance",
        pain_fine_max=2,
        pain_stop=5,
        affected_side="left",
        start_on=today - timedelta(days=30),
        review_on=today,
    )
    row = factories.plan_row(
        plan,
        factories.make_exercise("knee", title_en="Knee to chest", precautions=["fall_risk"]),
        working_side="left",
        sets=3,
        why="For sitting.",
        note="On the sofa.",
        harder_day="Do two.",
        up_rule="Five good days.",
        down_rule="Any bad day.",
        anchor_on=today,
        settled_reason="Counter in front.",
        settled_by=clinician,
        settled_on=today,
        settled=["fall_risk=not_asked"],
        supervised_first=True,
        signed_off_by=clinician,
        signed_off_on=today,
    )
    HarderDay.objects.create(planned=row, sets=1, reps_min=2)
    factories.plan_row(
        plan, factories.make_exercise("hinge", laterality="two_sided"), working_side="both"
    )
    return plan


def copy_page(plan) -> str:
    return f"/admin/plans/plan/{plan.pk}/copy/"


def the_copy(plan) -> Plan:
    return Plan.objects.get(copied_from=plan)


def test_a_copy_is_a_draft_from_today_for_the_same_patient(plan, colleague):
    copy_plan(plan=plan, by=colleague)
    copy = the_copy(plan)
    assert (copy.status, copy.patient, copy.clinician) == ("draft", plan.patient, colleague)
    assert (copy.start_on, copy.review_on) == (Clinic.objects.current().today(), None)
    for name in (
        *("title", "goal", "note", "flare_up", "kind", "affected_side"),
        *("pain_fine_max", "pain_stop"),
    ):
        assert getattr(copy, name) == getattr(plan, name), name


def test_it_asks_for_the_same_with_keys_of_its_own(plan, clinician):
    copy_plan(plan=plan, by=clinician)
    before, after = rows_of(plan), rows_of(the_copy(plan))
    assert [row.exercise for row in after] == [row.exercise for row in before]
    assert not {row.key for row in after} & {row.key for row in before}
    assert [row.spec for row in after] == [row.spec for row in before]
    assert [row.working_side for row in after] == ["left", "both"]
    for name in ("why", "note", "harder_day", "up_rule", "down_rule"):
        assert getattr(after[0], name) == getattr(before[0], name) != "", name
    harder = after[0].harder
    assert harder.spec == before[0].harder.spec
    assert harder.planned_id != before[0].pk
    assert HarderDay.objects.count() == 2


def test_what_was_decided_then_does_not_come_along(plan, clinician):
    copy_plan(plan=plan, by=clinician)
    row = rows_of(the_copy(plan))[0]
    assert (row.settled_reason, row.settled_by, row.settled_on, row.settled) == ("", None, None, [])
    assert (row.signed_off_by, row.signed_off_on) == (None, None)
    assert row.needs_supervision
    assert row.anchor_on is None  # days are counted from the new start


def test_a_row_that_was_taken_out_stays_out(plan, clinician):
    PlannedExercise.objects.filter(exercise__key="hinge").update(removed_at="2026-11-01T12:00Z")
    copy_plan(plan=plan, by=clinician)
    assert [row.exercise.key for row in rows_of(the_copy(plan))] == ["knee"]


def test_what_the_library_watches_first_now_is_watched_first(plan, clinician):
    Exercise.objects.filter(key="hinge").update(supervised_first=True)
    copy_plan(plan=plan, by=clinician)
    assert [row.supervised_first for row in rows_of(the_copy(plan))] == [True, True]


def test_another_side_turns_every_working_side(as_clinician, plan):
    as_clinician.post(copy_page(plan), {"affected_side": "right"})
    copy = the_copy(plan)
    assert copy.affected_side == "right"
    assert [row.working_side for row in rows_of(copy)] == ["right", "both"]


def test_two_rows_that_become_one_are_said(as_clinician, plan):
    knee = Exercise.objects.get(key="knee")
    factories.plan_row(plan, knee, working_side="right")
    response = as_clinician.post(copy_page(plan), {"affected_side": "right"}, follow=True)
    assert len(rows_of(the_copy(plan))) == 2
    assert "1 was left out: it stands in the plan with this side already." in messages_of(response)


def test_without_a_choice_the_sides_stay(as_clinician, plan):
    factories.plan_row(plan, Exercise.objects.get(key="knee"), working_side="right")
    as_clinician.post(copy_page(plan), {"affected_side": ""})
    assert [row.working_side for row in rows_of(the_copy(plan))] == ["left", "both", "right"]


def test_what_the_library_took_back_is_left_out_and_said(as_clinician, plan):
    Exercise.objects.filter(key="hinge").update(state="retired")
    response = as_clinician.post(copy_page(plan), follow=True)
    assert [row.exercise.key for row in rows_of(the_copy(plan))] == ["knee"]
    assert "1 exercise was left out" in messages_of(response)


def test_an_easier_rung_that_was_taken_back_leaves_the_usual_harder_day(plan, clinician):
    rung = factories.make_exercise("rung", state="retired")
    HarderDay.objects.update(exercise=rung)
    copy_plan(plan=plan, by=clinician)
    assert not hasattr(rows_of(the_copy(plan))[0], "harder")


def test_a_plan_that_is_over_can_be_copied_from_its_own_page(as_clinician, active, clinician):
    complete_plan(plan=active, by=clinician)
    page = text_of(as_clinician.get(page_of(active)))
    assert copy_page(active) in page
    response = as_clinician.post(copy_page(active), follow=True)
    copy = the_copy(active)
    assert response.redirect_chain[-1][0] == page_of(copy)
    assert "Made from: a copy of" in text_of(response)
    assert page_of(active) in text_of(response)
    assert "Set the day of the next review." in text_of(response)


def test_the_plan_that_is_copied_stays_as_it_is(active, clinician):
    before = (Plan.objects.values().get(), active.versions.get().body)
    copy_plan(plan=active, by=clinician)
    assert (Plan.objects.values().get(pk=active.pk), active.versions.get().body) == before


def test_the_button_saves_the_plan_first_and_asks(as_clinician, draft):
    response = Page(as_clinician, page_of(draft)).type(goal="Walk").press("_copy")
    assert response.url == copy_page(draft)
    assert Plan.objects.get().goal == "Walk"
    assert "Copy this plan?" in text_of(as_clinician.get(response.url))


def test_the_last_plan_is_copied_from_the_patients_page(as_clinician, patient, clinician, draft):
    old = factories.make_plan(patient, clinician, exercises=1, title="The older one")
    complete_plan(plan=old, by=clinician)
    last = factories.make_plan(patient, clinician, exercises=1, title="The last one")
    response = press(as_clinician, patient, "_copy_last")
    assert response.url == page_of(the_copy(last))


def test_the_same_form_sent_twice_makes_one_copy(as_clinician, plan):
    sent = {"key": str(uuid4())}
    first, second = (as_clinician.post(copy_page(plan), sent) for _ in range(2))
    assert first.url == second.url == page_of(the_copy(plan))


def test_a_key_of_somebody_elses_row_makes_no_way_to_their_plan(
    as_clinician, plan, other_patient, colleague
):
    other = factories.make_plan(other_patient, colleague, exercises=1)
    sent = {"key": str(rows_of(other)[0].key)}
    response = as_clinician.post(copy_page(plan), sent)
    assert response.url == page_of(the_copy(plan))
    assert the_copy(plan).patient == plan.patient


def test_nothing_is_copied_for_a_discharged_patient(as_clinician, plan, patient, clinician):
    patient.status = "discharged"
    patient.save()
    assert "Readmit the patient first." in text_of(as_clinician.post(copy_page(plan)))
    with pytest.raises(PlanRefused, match="discharged"):
        copy_plan(plan=plan, by=clinician)


@pytest.mark.parametrize(
    ("who", "status"),
    [("as_front_desk", 403), ("as_patient", 403), ("as_stranger", 403), ("visitor", 302)],
)
def test_others_copy_nothing(request, plan, who, status):
    client = request.getfixturevalue(who)
    assert client.get(copy_page(plan)).status_code == status
    assert client.post(copy_page(plan)).status_code == status
    assert Plan.objects.count() == 1


def test_there_is_no_copy_of_a_plan_that_is_not_there(as_clinician):
    assert as_clinician.get("/admin/plans/plan/9999/copy/").status_code == 404
