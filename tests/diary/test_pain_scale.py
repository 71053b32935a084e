"""The scale that every question about pain uses."""

import re

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from crispy_forms.utils import render_crispy_form
from django import forms
from pytest_django.asserts import assertInHTML

from education.diary.fields import PainField, PainScale


class Question(forms.Form):
    pain = PainField(label="How much pain now?")
    before = PainField(label="And before?", required=False)

    helper = FormHelper()
    helper.form_tag = False
    helper.layout = Layout(PainScale("pain"), PainScale("before"))


def test_eleven_cells_and_none_is_chosen():
    drawn = Question()["pain"].as_field_group()
    values = re.findall(r'<input type="radio" name="pain" value="(\d+)"', drawn)
    assert values == [str(n) for n in range(11)]
    assert "checked" not in drawn
    assert "<legend>How much pain now?</legend>" in drawn


def test_the_ends_are_told_also_to_who_cannot_see_them():
    drawn = Question()["pain"].as_field_group()
    assert 'id="id_pain_0" aria-label="0, no pain"' in drawn
    assert 'id="id_pain_10" aria-label="10, worst pain"' in drawn
    assert "0 = no pain" in drawn


def test_crispy_draws_the_same():
    form = Question()
    drawn = render_crispy_form(form)
    assertInHTML(form["pain"].as_field_group(), drawn)
    assertInHTML(form["before"].as_field_group(), drawn)


@pytest.mark.parametrize("typed", ["0", "7", "10"])
def test_what_was_chosen_is_a_number_and_stays_chosen(typed):
    form = Question({"pain": typed})
    assert form.is_valid()
    assert form.cleaned_data == {"pain": int(typed), "before": None}
    assert re.search(rf'value="{typed}" id="id_pain_{typed}" checked', str(form["pain"]))
    assert str(form["pain"]).count("checked") == 1


@pytest.mark.parametrize("typed", ["", "11", "-1", "3.5", "much", "3\x00"])
def test_anything_else_is_told_beside_the_question(typed):
    form = Question({"pain": typed})
    assert not form.is_valid()
    drawn = form["pain"].as_field_group()
    assert "Choose a number from 0 to 10." in drawn
    assert 'aria-describedby="id_pain_error"' in drawn
    assert drawn.index("</legend>") < drawn.index("Choose a number") < drawn.index("<input")


def test_the_list_of_errors_leads_to_the_scale():
    drawn = render_crispy_form(Question({}))
    assert 'href="#div_id_pain"' in drawn
    assert '<fieldset class="pm-scale" id="div_id_pain"' in drawn
