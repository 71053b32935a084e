"""Templates of plans in the admin: clinicians write them, and nobody deletes one."""

import pytest

from education.library.models import Exercise
from education.plans.models import PlanTemplate, TemplateExercise
from tests import factories
from tests.plans.page import queries_of, text_of

pytestmark = pytest.mark.django_db

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
