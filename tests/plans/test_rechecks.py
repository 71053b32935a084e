"""Plans in use are checked again when the library or an answer changes, and clinicians see it."""

from datetime import date

import pytest
from django.urls import reverse

from education.library.models import Exercise, LibraryRevision
from education.library.uses import Uses, uses_of
from education.people.actions import set_answers
from education.plans import actions
from education.plans.actions import activate_plan, sign_off_exercise
from education.plans.checks import answers_of, findings
from education.plans.rechecks import clashing_plans, uses_in_plans
from tests.factories import (
    answer,
    forget_drawn,
    make_exercise,
    make_patient,
    make_plan,
    plan_row,
)
from tests.library.admin_page import assert_saved, change_url, save
from tests.library.sound import make_sound_exercise
from tests.plans.conftest import rows_of

pytestmark = pytest.mark.django_db

INDEX = "admin:index"
TITLE = "Plans that clash now"
WATCH_FIRST = (
    "The library wants it supervised first now, so the patient reads its name only. "
    "Once it was watched: sign it off, then publish."
)


def front_page(client) -> str:
    """Read anew: rows are changed here without the actions that count changes of the library."""
    forget_drawn()
    return client.get(reverse(INDEX)).content.decode()


def found() -> list[tuple[str, list[tuple[str, str]]]]:
    """Patient, and title and words of each clash; read anew, as the front page is."""
    forget_drawn()
    return [
        (str(row.plan.patient), [(clash.title, clash.words) for clash in row.clashes])
        for row in clashing_plans()
    ]


# ------------------------------------------------------------------ which plans


def test_a_plan_clashes_when_its_exercise_asks_for_more(patient, clinician):
    exercise = make_exercise(title_en="Hip hinge")
    make_plan(patient, clinician, exercises=[exercise, make_exercise()])
    assert found() == []
    Exercise.objects.filter(pk=exercise.pk).update(precautions=["fall_risk"])
    assert found() == [("Lee Testperson", [("Hip hinge", "Risk of a fall: not asked.")])]


def test_a_plan_clashes_when_the_patient_answers_otherwise(patient, clinician):
    given = answer(patient, "fall_risk", "no")
    make_plan(patient, clinician, exercises=[make_exercise(precautions=["fall_risk"])])
    assert found() == []
    given.value = "yes"
    given.save()
    [(_patient, [(_title, words)])] = found()
    assert words == "The patient needs care with this: risk of a fall."


def test_a_side_that_no_longer_suits_is_named(patient, clinician):
    exercise = make_exercise(title_en="Bridge")
    make_plan(patient, clinician, exercises=[exercise], working_side="left")
    assert found() == []
    Exercise.objects.filter(pk=exercise.pk).update(laterality="two_sided")
    [(_patient, clashes)] = found()
    assert clashes == [("Bridge", "Its working side does not suit the exercise any more.")]


def test_what_the_library_wants_watched_from_now_on_is_named(patient, clinician):
    alone, signed, waiting = (make_exercise(title_en=name) for name in ("Alone", "Signed", "Wait"))
    plan = make_plan(patient, clinician, exercises=[alone], published=False)
    plan_row(plan, signed, signed_off_by=clinician, signed_off_on=plan.start_on)
    plan_row(plan, waiting, supervised_first=True)
    activate_plan(plan=plan, by=clinician)
    assert found() == []
    Exercise.objects.update(supervised_first=True)
    assert found() == [("Lee Testperson", [("Alone", WATCH_FIRST)])]


def test_a_version_older_than_sign_offs_stays_closed_until_it_is_published_again(
    patient, clinician, as_patient
):
    exercise = make_exercise(title_en="On one leg", supervised_first=True)
    plan = make_plan(patient, clinician, exercises=[make_exercise()], published=False)
    row = plan_row(plan, exercise, supervised_first=True)
    sign_off_exercise(planned=row, by=clinician)
    old = activate_plan(plan=plan, by=clinician)
    for published in old.body["exercises"]:
        del published["signed_off"]
    old.save()
    page = reverse("planned_exercise", args=[row.key])
    assert "Only at the clinic" in as_patient.get(page).content.decode()
    assert found() == [("Lee Testperson", [("On one leg", WATCH_FIRST)])]

    actions.publish_changes(plan=plan, by=clinician)
    assert "Only at the clinic" not in as_patient.get(page).content.decode()
    assert found() == []


def test_an_exercise_that_patients_may_not_read_is_a_clash(patient, clinician):
    exercise = make_exercise()
    make_plan(patient, clinician, exercises=[exercise])
    Exercise.objects.update(state="retired")
    assert found() == []
    Exercise.objects.update(state="draft")
    assert len(found()) == 1


@pytest.mark.parametrize("status", ["draft", "completed", "revoked"])
def test_only_plans_in_use_are_looked_at(patient, clinician, status):
    exercise = make_exercise()
    plan = make_plan(patient, clinician, exercises=[exercise])
    Exercise.objects.update(demands=["lies"])
    plan.status = status
    plan.ended_on = None if status == "draft" else plan.start_on
    plan.save()
    assert found() == []


def test_a_plan_on_hold_is_in_use_and_a_discharged_patient_has_none(patient, clinician):
    plan = make_plan(patient, clinician, exercises=[make_exercise()])
    Exercise.objects.update(demands=["lies"])
    plan.status = "on-hold"
    plan.save()
    assert len(found()) == 1
    patient.status = "discharged"
    patient.save()
    assert found() == []


def test_what_is_published_counts_and_not_the_working_copy(patient, clinician):
    exercise, other = make_exercise(), make_exercise(demands=["lies"])
    plan = make_plan(patient, clinician, exercises=[exercise])
    row = plan.planned_exercises.get()
    row.exercise = other
    row.save()
    assert found() == []
    assert uses_in_plans(other) == Uses()
    assert uses_of(exercise).plans == 1


@pytest.mark.parametrize("plans", [1, 6])
def test_it_takes_three_queries_however_many_plans(
    patient, clinician, plans, django_assert_num_queries
):
    exercise = make_exercise()
    for number in range(plans):
        somebody = make_patient(None, f"Jo {number}", "Testperson", clinician)
        make_plan(somebody, clinician, exercises=[exercise, make_exercise()])
    Exercise.objects.filter(pk=exercise.pk).update(demands=["lies"])
    with django_assert_num_queries(3):
        assert len(found()) == plans


def test_what_was_found_fine_is_not_looked_at_again_until_something_changes(
    patient, clinician, django_assert_num_queries
):
    exercise = make_exercise(precautions=["fall_risk"])
    set_answers(patient=patient, answers={"fall_risk": ("no", "")}, by=clinician)
    make_plan(patient, clinician, exercises=[exercise])
    assert clashing_plans() == []
    with django_assert_num_queries(1):
        assert clashing_plans() == []

    set_answers(patient=patient, answers={"fall_risk": ("yes", "")}, by=clinician)
    assert len(clashing_plans()) == 1
    assert len(clashing_plans()) == 1, "one that clashes is named each time"
    set_answers(patient=patient, answers={"fall_risk": ("no", "")}, by=clinician)
    assert clashing_plans() == []

    Exercise.objects.update(precautions=["fall_risk", "head_low"])
    LibraryRevision.objects.bump()
    assert len(clashing_plans()) == 1


# ------------------------------------------------------------------ the front page


def test_a_clinician_sees_who_what_and_the_way_to_the_plan(as_clinician, patient, clinician):
    exercise = make_exercise(title_en="Hip hinge")
    plan = make_plan(patient, clinician, exercises=[exercise])
    assert TITLE not in front_page(as_clinician)
    Exercise.objects.filter(pk=exercise.pk).update(demands=["stands"])
    body = front_page(as_clinician)
    panel = body[body.index('id="plans-that-clash"') :].partition("</table>")[0]
    assert TITLE in panel
    assert "Lee Testperson" in panel
    assert "<b>Hip hinge</b>: Stands: not asked." in panel
    assert reverse("admin:plans_plan_change", args=[plan.pk]) in panel
    assert "1</b>plan that clashes now" in body


def test_others_do_not_see_it(as_front_desk, as_editor, as_patient, visitor, patient, clinician):
    make_plan(patient, clinician, exercises=[make_exercise()])
    Exercise.objects.update(demands=["stands"])
    for client in (as_front_desk, as_editor):
        assert TITLE not in front_page(client)
        assert "plans-that-clash" not in front_page(client)
    assert as_patient.get(reverse(INDEX)).status_code == 403
    assert visitor.get(reverse(INDEX)).url.startswith(reverse("admin:login"))


@pytest.mark.parametrize("plans", [1, 6])
def test_the_front_page_costs_the_same_for_one_plan_and_for_six(
    as_clinician, patient, clinician, plans, django_assert_max_num_queries
):
    for number in range(plans):
        somebody = make_patient(None, f"Jo {number}", "Testperson", clinician)
        make_plan(somebody, clinician, exercises=[make_exercise()])
    Exercise.objects.update(demands=["lies"])
    with django_assert_max_num_queries(30):
        assert front_page(as_clinician).count("Lies flat: not asked.") == plans


# ------------------------------------------------------------------ on saving an exercise


def publish_changes(client, exercise) -> str:
    """The clinician reads what waits, publishes it, and sees the page after it."""
    page = client.get(change_url(exercise))
    address = reverse("admin:library_exercise_state", args=[exercise.pk, "publish_changes"])
    sent = {"_seen": page.context["waiting"].seal, "_next_review_on": "2027-05-03"}
    return client.post(address, sent, follow=True).content.decode()


def test_who_publishes_changed_demands_is_told_how_many_plans_need_a_look(
    as_editor, as_clinician, patient, clinician
):
    exercise = make_sound_exercise()
    make_plan(patient, clinician, exercises=[exercise])
    response = save(as_editor, exercise, demands=["answered", "lies"])
    assert_saved(response)
    body = as_editor.get(response.url).content.decode()
    assert "wait for a clinician" in body
    assert "needs a look" not in body  # patients follow the plan by the words before
    body = publish_changes(as_clinician, exercise)
    assert f'1 plan in use now needs a look. <a href="{reverse(INDEX)}#plans-that-clash">' in body


def test_a_change_of_words_asks_no_plan(as_editor, patient, clinician):
    exercise = make_sound_exercise(demands=["lies"])
    answer(patient, "lies", "yes")
    make_plan(patient, clinician, exercises=[exercise])
    patient.answers.all().delete()
    response = save(as_editor, exercise, title_en="New")
    assert "needs a look" not in as_editor.get(response.url).content.decode()


# ------------------------------------------------------------------ production


def test_production_takes_an_exercise_once_a_clinician_has_published_it(
    patient, clinician, as_clinician, settings
):
    settings.DEVELOPMENT = False
    exercise = make_sound_exercise()
    plan = make_plan(patient, clinician, exercises=[exercise], published=False)
    [refusal] = findings(plan, rows_of(plan), answers_of(patient))
    assert refusal.message.startswith("No clinician has reviewed")
    as_clinician.post(reverse("admin:library_exercise_state", args=[exercise.pk, "review"]))
    assert findings(plan, rows_of(plan), answers_of(patient)) == []


def test_production_refuses_a_text_that_nobody_has_read(patient, clinician, settings):
    exercise = make_sound_exercise(title_en="New")
    plan = make_plan(patient, clinician, exercises=[exercise], published=False)
    settings.DEVELOPMENT = False
    [refusal] = findings(plan, rows_of(plan), answers_of(patient))
    assert refusal.message.startswith("No clinician has reviewed New.")


def test_production_takes_the_reviewed_words_while_changes_wait(
    patient, clinician, as_editor, settings
):
    exercise = make_sound_exercise(reviewed_by=clinician, reviewed_on=date(2026, 11, 2))
    plan = make_plan(patient, clinician, exercises=[exercise], published=False)
    assert_saved(save(as_editor, exercise, title_en="New"))
    settings.DEVELOPMENT = False
    assert findings(plan, rows_of(plan), answers_of(patient)) == []
