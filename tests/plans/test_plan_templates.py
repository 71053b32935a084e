"""Plans that start from a template of the clinic."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from education.library.models import Dosage, Exercise
from education.people.models import Clinic
from education.plans.actions import activate_plan
from education.plans.checks import PlanRefused, answers_of, findings
from education.plans.models import Plan, PlanTemplate, TemplateExercise
from education.plans.starting import start_from_template
from tests import factories
from tests.plans.conftest import rows_of
from tests.plans.page import (
    add_page,
    messages_of,
    page_of,
    patient_page,
    press,
    queries_of,
    start_page,
    text_of,
)

pytestmark = pytest.mark.django_db


def test_a_plan_from_a_template_is_a_draft_with_its_words_and_dosage(template, patient, clinician):
    started = start_from_template(
        template=template, patient=patient, affected_side="left", by=clinician
    )
    plan = Plan.objects.get()
    today = Clinic.objects.current().today()
    assert (plan.status, plan.template, plan.clinician) == ("draft", template, clinician)
    assert (plan.title, plan.note, plan.flare_up) == (
        *("Sit with ease", "A little, often.", "Do less."),
    )
    assert (plan.kind, plan.affected_side) == ("treatment", "left")
    assert (plan.start_on, plan.review_on) == (today, today + timedelta(days=10))
    rows = rows_of(plan)
    assert [row.exercise.key for row in rows] == ["knee", "leg", "hinge"]
    first = rows[0]
    assert (first.sets, first.reps_min, first.why, first.note, first.harder_day) == (
        *(3, 7, "For sitting.", "On the sofa.", "Do two."),
    )
    assert [row.supervised_first for row in rows] == [False, True, False]
    assert not started.not_offered


@pytest.mark.parametrize(
    ("hurts", "works"),
    [
        ("left", ["left", "each", "both"]),
        ("right", ["right", "each", "both"]),
        ("both", ["each", "each", "both"]),
        ("none", ["each", "each", "both"]),
        ("unknown", ["unknown", "each", "both"]),
    ],
)
def test_working_sides_follow_the_side_that_hurts_and_are_never_guessed(
    template, patient, clinician, hurts, works
):
    start_from_template(template=template, patient=patient, affected_side=hurts, by=clinician)
    assert [row.working_side for row in rows_of(Plan.objects.get())] == works


def test_a_maintenance_template_makes_a_plan_to_keep_going(template, patient, clinician):
    PlanTemplate.objects.update(kind="maintenance")
    assert start_from_template(template=template, patient=patient, by=clinician).plan.kind == (
        "maintenance"
    )


@pytest.mark.parametrize("state", ["draft", "in_review", "retired"])
def test_an_exercise_that_is_not_published_is_left_out_and_said(
    as_clinician, template, patient, state
):
    Exercise.objects.filter(key="leg").update(state=state)
    shown = text_of(as_clinician.get(start_page(patient)))
    assert "Left out: the library does not offer it now." in shown
    response = as_clinician.post(start_page(patient), {"template": template.pk}, follow=True)
    assert [row.exercise.key for row in rows_of(Plan.objects.get())] == ["knee", "hinge"]
    assert "1 exercise was left out: the library does not offer it now." in messages_of(response)


def test_what_clashes_with_the_answers_stands_on_the_page_at_once_and_in_the_way(
    as_clinician, template, patient, clinician
):
    factories.answer(patient, "sits", "no")
    assert "The patient cannot do this: sits." in text_of(as_clinician.get(start_page(patient)))
    plan = start_from_template(template=template, patient=patient, by=clinician).plan
    assert "The patient cannot do this: sits." in text_of(as_clinician.get(page_of(plan)))
    with pytest.raises(PlanRefused):
        activate_plan(plan=plan, by=clinician)


def test_with_all_answers_given_nothing_but_the_press_is_left(template, patient, clinician):
    factories.answer(patient, "sits", "yes")
    plan = start_from_template(
        template=template, patient=patient, affected_side="left", by=clinician
    ).plan
    assert findings(plan, rows_of(plan), answers_of(patient)) == []
    assert activate_plan(plan=plan, by=clinician).body["flare_up"] == "Do less."


def test_the_same_form_sent_twice_makes_one_plan(as_clinician, template, patient):
    sent = {"template": template.pk, "key": str(uuid4())}
    first = as_clinician.post(start_page(patient), sent)
    second = as_clinician.post(start_page(patient), sent)
    assert first.url == second.url == page_of(Plan.objects.get())


def test_a_template_off_the_list_starts_nothing(as_clinician, template, patient, clinician):
    PlanTemplate.objects.update(is_offered=False)
    assert "First weeks" not in text_of(as_clinician.get(start_page(patient)))
    body = text_of(as_clinician.post(start_page(patient), {"template": template.pk}))
    assert "This template is not offered any more. Choose again." in body
    with pytest.raises(PlanRefused, match="not offered"):
        start_from_template(template=template, patient=patient, by=clinician)
    assert not Plan.objects.exists()


def test_nothing_is_started_for_a_discharged_patient(template, patient, clinician):
    patient.status = "discharged"
    patient.save()
    with pytest.raises(PlanRefused, match="discharged"):
        start_from_template(template=template, patient=patient, by=clinician)


def test_an_administrator_starts_it_for_the_patients_clinician(
    as_administrator, template, patient, clinician
):
    as_administrator.post(start_page(patient), {"template": template.pk})
    assert Plan.objects.get().clinician == clinician


def test_without_any_clinician_the_page_says_so_and_keeps_the_side(
    as_administrator, template, patient
):
    patient.clinician = None
    patient.save()
    sent = {"template": template.pk, "affected_side": "right"}
    body = text_of(as_administrator.post(start_page(patient), sent))
    assert "Give the patient a clinician first." in body
    assert '<option value="right" selected' in body
    assert not Plan.objects.exists()


def test_a_side_that_is_none_is_refused_beside_its_field(as_clinician, template, patient):
    sent = {"template": template.pk, "affected_side": "north"}
    assert "north is not one of the available choices" in text_of(
        as_clinician.post(start_page(patient), sent)
    )
    assert not Plan.objects.exists()


def test_a_draft_from_a_template_does_not_exist_for_its_patient(
    as_patient, template, patient, clinician
):
    start_from_template(template=template, patient=patient, by=clinician)
    assert "Sit with ease" not in text_of(as_patient.get("/plan/"))


@pytest.mark.parametrize(
    ("who", "status"),
    [("as_front_desk", 403), ("as_patient", 403), ("as_stranger", 403), ("visitor", 302)],
)
def test_others_start_nothing(request, template, patient, draft, who, status):
    client = request.getfixturevalue(who)
    for address in (start_page(patient), add_page(draft)):
        assert client.get(address).status_code == status
        assert client.post(address, {"template": template.pk}).status_code == status
    assert Plan.objects.count() == 1
    assert len(rows_of(draft)) == 2


def test_there_is_no_start_for_a_patient_that_is_not_there(as_clinician, template):
    assert as_clinician.get("/admin/plans/plan/start/9999/").status_code == 404


def test_every_column_of_a_dosage_comes_into_the_plan(template, patient, clinician):
    line = template.exercises.last()
    odd = {"load": 5, "load_unit": "lb", "effort_max": 3, "rest_seconds": 60, "hold_seconds": 9}
    TemplateExercise.objects.filter(pk=line.pk).update(**odd, weekdays=5, times_per_day=2)
    line.refresh_from_db()
    plan = start_from_template(template=template, patient=patient, by=clinician).plan
    names = [field.name for field in Dosage._meta.local_fields]
    row = rows_of(plan)[-1]
    assert {n: getattr(row, n) for n in names} == {n: getattr(line, n) for n in names}


def test_the_review_may_lie_on_any_day_the_template_says(template, patient, clinician):
    PlanTemplate.objects.update(review_after_days=1)
    plan = start_from_template(template=template, patient=patient, by=clinician).plan
    assert plan.review_on == plan.start_on + timedelta(days=1)


# ------------------------------------------------------------------ on the patient's page


def test_the_patients_page_offers_templates_the_last_plan_and_an_empty_one(
    as_clinician, template, active, patient
):
    body = text_of(as_clinician.get(patient_page(patient)))
    assert "First weeks" in body
    assert 'name="_start"' in body
    assert "Last plan: “Sit with ease” (active)." in body
    assert 'name="_copy_last"' in body
    assert 'name="_empty"' in body


def test_a_draft_that_is_begun_is_named_first(as_clinician, draft, patient):
    body = text_of(as_clinician.get(patient_page(patient)))
    assert "A draft is begun:" in body
    assert page_of(draft) in body
    assert 'name="_copy_last"' not in body


def test_the_front_desk_finds_no_plans_on_the_patients_page(as_front_desk, template, patient):
    body = text_of(as_front_desk.get(patient_page(patient)))
    assert "First weeks" not in body
    assert 'name="_start"' not in body
    press(as_front_desk, patient, "_start", **{"start-template": template.pk})
    assert not Plan.objects.exists()


def test_starting_saves_what_was_typed_on_the_patients_page(as_clinician, template, patient):
    response = press(
        as_clinician,
        patient,
        "_start",
        preferred_name="Leelee",
        **{"start-template": template.pk, "start-affected_side": "right"},
    )
    plan = Plan.objects.get()
    assert response.url == page_of(plan)
    patient.refresh_from_db()
    assert patient.preferred_name == "Leelee"
    assert rows_of(plan)[0].working_side == "right"


def test_without_a_choice_the_templates_are_shown_in_words(as_clinician, template, patient):
    response = press(as_clinician, patient, "_start", preferred_name="Leelee")
    assert response.url == start_page(patient)
    patient.refresh_from_db()
    assert patient.preferred_name == "Leelee"
    body = text_of(as_clinician.get(response.url))
    assert "3 rounds of 7, on your sore side." in body
    assert "Supervised first" in body


def test_a_mistake_on_the_patients_page_starts_nothing_and_keeps_the_choice(
    as_clinician, template, patient
):
    typed = {"given_name": "", "start-template": template.pk, "start-affected_side": "left"}
    body = text_of(press(as_clinician, patient, "_start", **typed))
    assert not Plan.objects.exists()
    assert f'<option value="{template.pk}" selected' in body
    assert '<option value="left" selected' in body


def test_the_templates_are_shown_in_words_after_saving(as_clinician, template, patient):
    response = press(as_clinician, patient, "_words", preferred_name="Leelee")
    assert response.url == start_page(patient)
    patient.refresh_from_db()
    assert patient.preferred_name == "Leelee"


def test_an_empty_plan_is_begun_after_saving(as_clinician, patient):
    response = press(as_clinician, patient, "_empty", preferred_name="Leelee")
    assert response.url == f"/admin/plans/plan/add/?patient={patient.pk}"
    patient.refresh_from_db()
    assert patient.preferred_name == "Leelee"


# ------------------------------------------------------------------ what it was made from


def test_the_plan_says_what_it_was_made_from(as_clinician, template, patient, clinician):
    plan = start_from_template(template=template, patient=patient, by=clinician).plan
    assert "Made from: the template “First weeks”." in text_of(as_clinician.get(page_of(plan)))


def test_a_plan_outlives_its_template(template, patient, clinician):
    plan = start_from_template(template=template, patient=patient, by=clinician).plan
    PlanTemplate.objects.all().delete()
    plan.refresh_from_db()
    assert plan.template is None
    assert len(rows_of(plan)) == 3


# ------------------------------------------------------------------ queries


def test_the_pages_of_templates_ask_the_same_for_one_template_and_for_ten(
    as_clinician, patient, draft
):
    pages = [start_page(patient), add_page(draft), patient_page(patient)]
    factories.make_template(exercises=1)
    for page in pages:
        as_clinician.get(page)
    of_one = [queries_of(lambda page=page: as_clinician.get(page)) for page in pages]
    for _ in range(9):
        factories.make_template(exercises=6)
    of_ten = [queries_of(lambda page=page: as_clinician.get(page)) for page in pages]
    assert of_one == of_ten


def test_a_row_costs_its_own_two_writes_and_no_reading(template, patient, clinician):
    def cost(size: int) -> int:
        source = factories.make_template(exercises=size)
        with CaptureQueriesContext(connection) as asked:
            start_from_template(template=source, patient=patient, by=clinician)
        return len(asked)

    cost(1)
    assert cost(11) - cost(1) == 10 * 2  # the row, and its line in the audit log
