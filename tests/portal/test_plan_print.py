"""The plan on paper."""

from datetime import timedelta

import pytest
from auditlog.models import LogEntry
from django.urls import reverse

from education.library.models import ExerciseStep, StopIf
from education.people.models import Clinic
from education.plans import actions
from education.plans.models import HarderDay
from tests import factories

URL = reverse("plan_print")


@pytest.fixture
def plan(patient, clinician):
    exercise = factories.make_exercise(title_en="Knee to chest")
    watched = factories.make_exercise(title_en="One-leg balance", supervised_first=True)
    return factories.make_plan(
        patient, clinician, exercises=[exercise, watched], working_side="left"
    )


def test_paper_has_steps_dosage_and_the_day_it_was_printed(as_patient, plan):
    body = as_patient.get(URL).content.decode()
    assert "Knee to chest" in body
    assert "Lift your left leg slowly." in body
    assert "2 rounds of 5, on your left side." in body
    assert "Printed on" in body


def test_paper_says_what_waits_for_the_clinic_without_its_steps(as_patient, plan):
    body = as_patient.get(URL).content.decode()
    assert "One-leg balance" in body
    assert body.count("Lift") == 1


def test_paper_says_whose_it_is_and_when_it_is_old(as_patient, plan):
    today = Clinic.objects.current().today()
    body = as_patient.get(URL).content.decode()
    assert "For <strong>Lee Testperson</strong>, with Dana Example, PT" in body
    assert f"Printed on {today:%B} {today.day}, {today.year}. Throw older sheets away." in body


def test_paper_has_why_the_harder_day_and_the_flare_up(as_patient, plan, clinician):
    row = plan.planned_exercises.get(order=1)
    row.why = "You sit a lot at work."
    row.save()
    HarderDay.objects.create(planned=row, sets=1, reps_min=2)
    plan.refresh_from_db()
    plan.flare_up = "Do less for two days."
    plan.save()
    actions.publish_changes(plan=plan, by=clinician)
    body = as_patient.get(URL).content.decode()
    assert "<strong>Why this is for you:</strong> You sit a lot at work." in body
    assert "<strong>On a harder day:</strong> 1 round of 2, on your left side." in body
    assert body.index("When it flares up") < body.index("Do less for two days.")
    assert "<details" not in body.split("<main")[1].split("</main>")[0]


def test_the_patient_may_do_less_and_reads_the_rules_of_the_plan(as_patient, plan, clinician):
    row = plan.planned_exercises.get(order=1)
    row.up_rule, row.down_rule = "After five easy days.", "When it pulls."
    row.save()
    actions.publish_changes(plan=plan, by=clinician)
    body = as_patient.get(URL).content.decode()
    less = "You may stop, do less or take the easier form at any time. You need not ask."
    assert body.index(f"{less} Staying is fine.") < body.index("1. Knee to chest")
    assert "<strong>Make it easier:</strong> When it pulls." in body
    assert "<strong>Only Dana moves you up:</strong> After five easy days." in body


def test_the_signs_that_stop_every_exercise_stand_there_once(as_patient, plan):
    StopIf.objects.create(text_en="You feel dizzy.")
    body = as_patient.get(URL).content.decode()
    assert body.count("Stop every exercise if") == 1
    assert body.count("You feel dizzy.") == 1


def test_paper_says_that_nobody_has_reviewed_it(as_patient, plan):
    assert "Demonstration content" in as_patient.get(URL).content.decode()


@pytest.mark.parametrize(("side", "keyed"), [("left", True), ("unknown", False)])
def test_the_key_names_a_coloured_leg_where_there_is_one(
    as_patient, patient, clinician, side, keyed
):
    exercise = factories.make_exercise()
    ExerciseStep.objects.create(
        exercise=exercise, order=2, alt_en="A knee is held.", pose="knee-to-chest-chair/3"
    )
    factories.make_plan(patient, clinician, exercises=[exercise], working_side=side)
    body = as_patient.get(URL).content.decode()
    assert ("The leg that works" in body) is keyed


def test_a_plan_that_waits_for_its_review_says_so_on_paper(as_patient, patient, clinician):
    today = Clinic.objects.current().today()
    factories.make_plan(
        patient, clinician, start_on=today - timedelta(60), review_on=today - timedelta(30)
    )
    assert "Please call us before you go on." in as_patient.get(URL).content.decode()


def test_until_the_spanish_texts_exist_it_is_english_throughout(
    as_patient, as_clinician, patient, plan
):
    patient.language = "es"
    patient.save()
    as_patient.cookies["django_language"] = "es"
    of_staff = as_clinician.get(reverse("admin:plans_plan_paper", args=[plan.pk]))
    for answer in (as_patient.get(URL), of_staff):
        assert answer.headers["Content-Language"] == "en"
        body = answer.content.decode()
        assert '<html lang="en"' in body
        assert f"<strong>{plan.review_on:%A, %B} {plan.review_on.day}</strong>" in body


def test_a_plan_on_hold_is_not_printed(as_patient, plan, clinician):
    actions.hold_plan(plan=plan, by=clinician)
    assert as_patient.get(URL).status_code == 404


def test_a_stranger_gets_404(as_stranger, plan):
    assert as_stranger.get(URL).status_code == 404


def test_a_visitor_is_asked_to_log_in(visitor, plan):
    response = visitor.get(URL)
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


class TestForStaff:
    """A patient without an e-mail gets the sheets from the clinic's hand."""

    def paper(self, plan) -> str:
        return reverse("admin:plans_plan_paper", args=[plan.pk])

    def test_staff_print_the_plan_of_a_patient_without_an_e_mail(self, as_clinician, clinician):
        noor = factories.make_patient(None, "Noor", "Paperperson", clinician)
        plan = factories.make_plan(noor, clinician, working_side="left")
        handout = reverse("admin:plans_plan_handout", args=[plan.pk])  # leads here without a PDF
        assert handout in as_clinician.get(f"/admin/plans/plan/{plan.pk}/change/").content.decode()
        body = as_clinician.get(self.paper(plan)).content.decode()
        assert "For <strong>Noor Paperperson</strong>" in body
        assert "Lift your left leg slowly." in body
        assert "Back to the plan" in body

    def test_who_printed_is_written_down(self, as_clinician, clinician, plan):
        as_clinician.get(self.paper(plan))
        entry = LogEntry.objects.get_for_object(plan).filter(action=LogEntry.Action.ACCESS).get()
        assert entry.actor == clinician

    def test_what_the_patient_must_not_follow_is_not_printed(self, as_clinician, clinician, plan):
        actions.hold_plan(plan=plan, by=clinician)
        response = as_clinician.get(self.paper(plan), follow=True)
        assert "It cannot be printed now: on hold." in response.content.decode()
        assert self.paper(plan) not in response.content.decode()

    def test_a_draft_has_no_paper(self, as_clinician, patient, clinician):
        draft = factories.make_plan(patient, clinician, published=False)
        assert as_clinician.get(self.paper(draft)).status_code == 404
