"""Plans that start from a template of the clinic, and exercises that are added from one."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from education.library.models import Dosage, Exercise
from education.people.models import Clinic
from education.plans.actions import activate_plan, complete_plan
from education.plans.checks import PlanRefused, answers_of, findings
from education.plans.models import Plan, PlannedExercise, PlanTemplate, TemplateExercise
from education.plans.starting import add_from_template, start_from_template
from tests import factories
from tests.people.test_patient_admin import filled
from tests.plans.conftest import rows_of
from tests.plans.page import Page, messages_of, page_of, text_of

pytestmark = pytest.mark.django_db

TOO_MANY = 41


@pytest.fixture
def template() -> PlanTemplate:
    """Three exercises: one-sided, alternating and watched first, both sides at once."""
    exercises = [
        factories.make_exercise("knee", title_en="Knee to chest", demands=["sits"]),
        factories.make_exercise(
            "leg", title_en="On one leg", laterality="alternating", supervised_first=True
        ),
        factories.make_exercise("hinge", title_en="Hip hinge", laterality="two_sided"),
    ]
    template = factories.make_template(
        exercises=exercises,
        name="First weeks",
        title="Sit with ease",
        note="A little, often.",
        flare_up="Do less.",
        review_after_days=10,
    )
    line = template.exercises.first()
    line.sets, line.reps_min, line.why, line.note = 3, 7, "For sitting.", "On the sofa."
    line.harder_day = "Do two."
    line.save()
    return template


def patient_page(patient) -> str:
    return f"/admin/people/patient/{patient.pk}/change/"


def start_page(patient) -> str:
    return f"/admin/plans/plan/start/{patient.pk}/"


def add_page(plan) -> str:
    return f"/admin/plans/plan/{plan.pk}/template/"


def press(client, patient, button: str, **typed):
    """Press a button of the patient's page, with everything on it as it was shown."""
    shown = filled(client.get(patient_page(patient)))
    return client.post(patient_page(patient), {**shown, button: "1", **typed})


# ------------------------------------------------------------------ a new plan


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


# ------------------------------------------------------------------ adding to a plan


def test_a_templates_exercises_come_after_those_of_the_plan(as_clinician, template, draft):
    Plan.objects.filter(pk=draft.pk).update(affected_side="right")
    before = Plan.objects.get(pk=draft.pk)
    response = as_clinician.post(add_page(draft), {"template": template.pk})
    assert response.url == f"{page_of(draft)}#row-3"
    rows = rows_of(draft)
    assert [row.order for row in rows] == [1, 2, 3, 4, 5]
    assert [row.working_side for row in rows[2:]] == ["right", "each", "both"]
    after = Plan.objects.get(pk=draft.pk)
    assert after.lock == before.lock + 1
    assert (after.title, after.review_on, after.template) == (before.title, before.review_on, None)
    assert "3 exercises added." in messages_of(as_clinician.get(page_of(draft)))


def test_what_stands_in_the_plan_is_not_doubled(as_clinician, template, draft, clinician):
    add_from_template(plan=draft, template=template, by=clinician)
    lock = Plan.objects.get(pk=draft.pk).lock
    assert "In the plan already" in text_of(as_clinician.get(add_page(draft)))
    response = as_clinician.post(add_page(draft), {"template": template.pk}, follow=True)
    assert "Nothing was added: they are in the plan already." in messages_of(response)
    assert len(rows_of(draft)) == 5
    assert Plan.objects.get(pk=draft.pk).lock == lock


def test_some_doubled_and_one_new_is_said(as_clinician, template, draft, clinician):
    first = template.exercises.first().exercise
    factories.plan_row(draft, first, working_side="unknown")
    response = as_clinician.post(add_page(draft), {"template": template.pk}, follow=True)
    said = messages_of(response)
    assert "2 exercises added." in said
    assert "1 was left out: it stands in the plan with this side already." in said


def test_a_row_that_was_taken_out_does_not_hinder(template, draft, clinician):
    add_from_template(plan=draft, template=template, by=clinician)
    PlannedExercise.objects.filter(exercise__key="knee").update(removed_at="2026-11-01T12:00Z")
    add_from_template(plan=draft, template=template, by=clinician)
    assert [row.exercise.key for row in rows_of(draft)][-1] == "knee"


def test_the_button_saves_the_plan_first(as_clinician, template, draft):
    response = Page(as_clinician, page_of(draft)).type(goal="Walk").press("_add_from_template")
    assert response.url == add_page(draft)
    assert Plan.objects.get(pk=draft.pk).goal == "Walk"


def test_a_form_that_was_open_meanwhile_is_asked_again(as_clinician, as_colleague, template, draft):
    page = Page(as_colleague, page_of(draft)).type(goal="Walk")
    as_clinician.post(add_page(draft), {"template": template.pk})
    assert "saved this plan after you opened this page" in text_of(page.press())


def test_a_published_plan_keeps_its_version_until_it_is_published(template, active, clinician):
    body = active.versions.get().body
    add_from_template(plan=active, template=template, by=clinician)
    assert active.versions.get().body == body


def test_a_plan_that_ended_takes_nothing(as_clinician, template, active, clinician):
    complete_plan(plan=active, by=clinician)
    assert as_clinician.post(add_page(active), {"template": template.pk}).status_code == 403
    with pytest.raises(PlanRefused, match="ended"):
        add_from_template(plan=active, template=template, by=clinician)
    assert len(rows_of(active)) == 2


def test_a_full_plan_takes_nothing_and_says_so(as_clinician, template, patient, clinician):
    plan = factories.make_plan(patient, clinician, exercises=TOO_MANY - 3, published=False)
    body = text_of(as_clinician.post(add_page(plan), {"template": template.pk}))
    assert "A plan has 40 exercises at most." in body
    assert len(rows_of(plan)) == TOO_MANY - 3


def test_a_press_without_a_template_says_what_to_do(as_clinician, draft):
    assert "Choose a template." in text_of(as_clinician.post(add_page(draft), {}))


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


def queries_of(act) -> int:
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as asked:
        assert act().status_code == 200
    return len(asked)


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


# ------------------------------------------------------------------ the templates themselves


LIST = "/admin/plans/plantemplate/"


def change(template) -> str:
    return f"{LIST}{template.pk}/change/"


def typed_template(client, template=None) -> dict:
    """The template's form as a browser would send it back."""
    response = client.get(change(template) if template else f"{LIST}add/")
    assert response.status_code == 200
    (inline,) = [entry.formset for entry in response.context["inline_admin_formsets"]]
    forms = [response.context["adminform"].form, inline.management_form, *inline.forms]
    values = {field.html_name: field.value() for form in forms for field in form}
    shown = {n: value for n, value in values.items() if value is not None and value is not False}
    return {name: "on" if value is True else value for name, value in shown.items()}


def test_a_clinician_writes_a_template_and_blanks_are_the_librarys(as_clinician, hinge):
    typed = typed_template(as_clinician) | {
        "name": "Gentle start",
        "title": "Move again",
        "exercises-0-exercise": hinge.pk,
        "exercises-0-reps": "4-6",
    }
    response = as_clinician.post(f"{LIST}add/", typed)
    assert response.status_code == 302, response.context["errors"]
    template = PlanTemplate.objects.get()
    assert template.key == "gentle-start"
    row = template.exercises.get()
    assert (row.sets, row.reps_min, row.reps_max, row.weekdays) == (2, 4, 6, 0b0010101)


def test_a_template_that_is_saved_unchanged_stays_as_it_is(as_clinician, template):
    before = [list(TemplateExercise.objects.values()), PlanTemplate.objects.values().get()]
    response = as_clinician.post(change(template), typed_template(as_clinician, template))
    assert response.status_code == 302
    assert [list(TemplateExercise.objects.values()), PlanTemplate.objects.values().get()] == before


def test_the_page_reads_each_exercise_as_a_patient_would(as_clinician, template):
    body = text_of(as_clinician.get(change(template)))
    assert "3 rounds of 7, on your sore side." in body
    Exercise.objects.filter(key="leg").update(state="retired")
    body = text_of(as_clinician.get(change(template)))
    assert "The library does not offer this exercise now." in body
    assert "On one leg (not offered now)" in body


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("sets", "9", "Type a whole number from 1 to 4."),
        ("reps", "many", "Type a number such as 5"),
        ("days", "Caturday", "is not a day"),
        ("minutes", "5", "Use repetitions or minutes, not both."),
        ("load", "90", "Type a weight from 0 to 50."),
        ("harder_day", "Lift {working:wing}", "is not a placeholder"),
    ],
)
def test_a_wrong_dosage_is_refused_beside_its_field_and_kept(
    as_clinician, template, field, value, message
):
    typed = typed_template(as_clinician, template) | {f"exercises-0-{field}": value}
    response = as_clinician.post(change(template), typed)
    assert response.status_code == 200
    formset = response.context["inline_admin_formsets"][0].formset
    assert message in " ".join(formset.forms[0].errors[field])
    assert f'value="{value}"' in text_of(response) or value in text_of(response)


def test_exercises_that_take_each_others_place_are_refused(as_clinician):
    two = [factories.make_exercise(key) for key in ("toe-touch", "toe-touch-deep")]
    template = factories.make_template(exercises=two[:1])
    typed = typed_template(as_clinician, template) | {
        "exercises-TOTAL_FORMS": 3,
        "exercises-1-exercise": two[1].pk,
        "exercises-2-exercise": two[0].pk,
    }
    response = as_clinician.post(change(template), typed)
    forms = response.context["inline_admin_formsets"][0].formset.forms
    assert "It does not go together with" in str(forms[1].errors["exercise"])
    assert "It is in this template already." in str(forms[2].errors["exercise"])
    assert template.exercises.count() == 1


def test_two_templates_of_one_stem_have_keys_of_their_own(as_clinician):
    factories.make_template(key="gentle", name="Gentle")
    typed = typed_template(as_clinician) | {"name": "Gentle!", "title": "Move"}
    assert as_clinician.post(f"{LIST}add/", typed).status_code == 302
    assert set(PlanTemplate.objects.values_list("key", flat=True)) == {"gentle", "gentle-2"}


def test_a_template_can_be_taken_off_the_list_but_not_deleted(as_clinician, template):
    assert as_clinician.get(f"{LIST}{template.pk}/delete/").status_code == 403
    typed = typed_template(as_clinician, template)
    del typed["is_offered"]
    as_clinician.post(change(template), typed)
    assert not PlanTemplate.objects.get().is_offered


@pytest.mark.parametrize("who", ["as_front_desk", "as_editor", "as_patient"])
def test_others_do_not_see_the_templates(request, template, who):
    client = request.getfixturevalue(who)
    assert client.get(LIST).status_code == 403
    assert client.get(change(template)).status_code == 403


def test_the_form_and_the_list_ask_the_same_for_one_exercise_and_for_ten(as_clinician):
    small, large = factories.make_template(exercises=1), factories.make_template(exercises=10)
    as_clinician.get(change(small))
    of_one = queries_of(lambda: as_clinician.get(change(small)))
    assert queries_of(lambda: as_clinician.get(change(large))) == of_one
    of_two = queries_of(lambda: as_clinician.get(LIST))
    for _ in range(8):
        factories.make_template(exercises=4)
    assert queries_of(lambda: as_clinician.get(LIST)) == of_two


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
    assert isinstance(plan.review_on, date)
    assert plan.review_on == plan.start_on + timedelta(days=1)
