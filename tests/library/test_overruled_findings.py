"""A finding that may stay: somebody writes why."""

from datetime import date

import pytest
from django.urls import reverse

from education.library.models import Exercise, OverruledFinding
from tests.library.admin_page import change_url, press, save
from tests.library.sound import make_sound_exercise

pytestmark = pytest.mark.django_db


def unpictured(**fields) -> Exercise:
    """Sound, but for a second step without a picture."""
    exercise = make_sound_exercise(**fields)
    exercise.steps.create(order=2, text_en="Put it down.")
    return exercise


def reason_field(client, content) -> str:
    [finding] = client.get(change_url(content)).context["check"].soft
    return f"why-{finding.token}"


def test_an_editor_writes_why_a_finding_may_stay(as_editor, editor):
    exercise = unpictured(state="draft")
    field = reason_field(as_editor, exercise)
    page = as_editor.get(change_url(exercise)).content.decode()
    assert f'name="{field}"' in page
    response = save(as_editor, exercise, _continue="", **{field: "It shows itself."})
    row = OverruledFinding.objects.get(exercise=exercise)
    assert (row.code, row.subject) == ("step_without_picture", "Put it down.")
    assert (row.reason, row.overruled_by) == ("It shows itself.", editor)
    body = as_editor.get(response.url).content.decode()
    assert "1 reason is kept." in body
    assert "1 finding that may stay" in body
    assert "“It shows itself.” Sam Sample" in body
    assert f'name="{field}"' not in body


def test_a_clinician_writes_why_and_publishes_in_one(as_clinician, clinician):
    exercise = unpictured(state="in_review")
    field = reason_field(as_clinician, exercise)
    press(as_clinician, exercise, "publish", **{field: "It shows itself."})
    exercise.refresh_from_db()
    assert exercise.state == "published"
    assert OverruledFinding.objects.get().overruled_by == clinician


def test_a_clinician_keeps_a_reason_without_publishing(as_clinician):
    exercise = unpictured(state="in_review")
    field = reason_field(as_clinician, exercise)
    url = reverse("admin:library_exercise_overrule", args=[exercise.pk])
    as_clinician.post(url, {field: "It shows itself."})
    exercise.refresh_from_db()
    assert exercise.state == "in_review"
    assert OverruledFinding.objects.get().reason == "It shows itself."


def test_an_empty_reason_is_none_and_a_long_one_is_refused(as_clinician):
    exercise = unpictured(state="in_review")
    field = reason_field(as_clinician, exercise)
    press(as_clinician, exercise, "publish", **{field: "   "})
    for reason in ("x " * 151, "ok", "Itshowsitselfwell"):
        body = press(as_clinician, exercise, "publish", **{field: reason}).content.decode()
        assert "Write in a few words why it may stay, in 300 letters at most." in body
    exercise.refresh_from_db()
    assert exercise.state == "in_review"
    assert not OverruledFinding.objects.exists()


def test_an_overdue_review_is_not_silenced_by_a_reason(as_editor, clinician):
    exercise = make_sound_exercise(
        reviewed_by=clinician, reviewed_on=date(2020, 1, 1), next_review_on=date(2021, 1, 1)
    )
    [finding] = as_editor.get(change_url(exercise)).context["check"].to_review
    save(as_editor, exercise, **{f"why-{finding.token}": "It is still as good as it was."})
    assert not OverruledFinding.objects.exists()


def test_the_front_desk_and_patients_overrule_nothing(as_front_desk, as_patient, visitor):
    exercise = unpictured(state="in_review")
    url = reverse("admin:library_exercise_overrule", args=[exercise.pk])
    assert as_front_desk.post(url).status_code == 403
    assert visitor.post(url).url.startswith(reverse("account_login"))
    assert as_patient.post(url).status_code == 403
    assert not OverruledFinding.objects.exists()
