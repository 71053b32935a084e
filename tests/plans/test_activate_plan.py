"""Activating a draft: the first version, and the plan before it ends."""

from threading import Thread

import pytest
from django.db import IntegrityError, connection, transaction

from clinic import roles
from education.people.models import Invitation, OutgoingMail
from education.plans.actions import activate_and_invite, activate_plan, revoke_plan
from education.plans.checks import PlanRefused
from education.plans.models import Plan, PlanVersion
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_draft_becomes_the_patients_plan_with_its_first_version(draft, clinician):
    version = activate_plan(plan=draft, by=clinician)
    draft.refresh_from_db()
    assert (draft.status, version.number, version.by) == ("active", 1, clinician)
    assert [row["title"]["en"] for row in version.body["exercises"]] == [
        row.exercise.title_en for row in draft.planned_exercises.with_exercises()
    ]


def test_the_patient_is_told_by_mail_that_something_waits_and_not_what(
    draft, clinician, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        activate_plan(plan=draft, by=clinician)
    [mail] = mailoutbox
    assert mail.to == ["lee@patient.example"]
    assert "/plan/" in mail.body
    assert draft.title not in mail.subject + mail.body
    assert "exercise" not in mail.body.lower()


def test_a_patient_on_paper_gets_no_mail(clinician):
    patient = factories.make_patient(None, "Ada", "Paper", clinician)
    plan = factories.make_plan(patient, clinician, published=False)
    activate_plan(plan=plan, by=clinician)
    assert not OutgoingMail.objects.exists()


def test_the_plan_before_it_is_completed(active, patient, clinician):
    following = factories.make_plan(patient, clinician)
    active.refresh_from_db()
    assert (active.status, following.status) == ("completed", "active")
    assert active.ended_on is not None
    assert active.versions.count() == 1


def test_the_database_holds_one_open_plan_a_patient(active, draft):
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.filter(pk=draft.pk).update(status="on-hold")


def test_a_refusal_names_every_row_and_changes_nothing(patient, clinician):
    exercises = [factories.make_exercise(precautions=["fall_risk"]) for _ in range(2)]
    plan = factories.make_plan(patient, clinician, exercises=exercises, published=False)
    before = factories.make_plan(patient, clinician)
    with pytest.raises(PlanRefused) as refused:
        activate_plan(plan=plan, by=clinician)
    assert len(refused.value.findings) == 2
    plan.refresh_from_db()
    before.refresh_from_db()
    assert (plan.status, before.status) == ("draft", "active")
    assert not PlanVersion.objects.filter(plan=plan).exists()


def test_a_discharged_patient_gets_no_plan(draft, patient, clinician):
    patient.status = "discharged"
    patient.save()
    with pytest.raises(PlanRefused, match="discharged"):
        activate_plan(plan=draft, by=clinician)


def test_a_plan_that_ended_is_not_activated_again(draft, clinician):
    revoke_plan(plan=draft, by=clinician)
    with pytest.raises(PlanRefused, match="Only a draft"):
        activate_plan(plan=draft, by=clinician)
    assert not draft.versions.exists()


def test_the_second_of_two_activations_finds_the_plan_active(draft, clinician, colleague):
    stale = Plan.objects.get(pk=draft.pk)
    activate_plan(plan=draft, by=clinician)
    with pytest.raises(PlanRefused, match="Only a draft"):
        activate_plan(plan=stale, by=colleague)
    assert draft.versions.count() == 1


def test_activating_does_not_write_back_what_a_form_changed_meanwhile(draft, clinician):
    stale = Plan.objects.with_people().get(pk=draft.pk)
    Plan.objects.filter(pk=draft.pk).update(title="Typed meanwhile", lock=7)
    version = activate_plan(plan=stale, by=clinician)
    draft.refresh_from_db()
    assert (draft.title, draft.lock) == ("Typed meanwhile", 8)
    assert version.body["title"] == "Typed meanwhile"


def test_activate_and_invite_mails_the_link_and_not_the_plan_mail(
    clinician, mailoutbox, django_capture_on_commit_callbacks
):
    patient = factories.make_patient("new@patient.example", "Newt", "Newcomer", clinician)
    patient.user.set_unusable_password()
    patient.user.save()
    plan = factories.make_plan(patient, clinician, published=False)
    with django_capture_on_commit_callbacks(execute=True):
        activate_and_invite(plan=plan, by=clinician)
    assert Invitation.objects.filter(user=patient.user).open().count() == 1
    [mail] = mailoutbox
    assert mail.to == ["new@patient.example"]


def test_a_patient_without_an_address_cannot_be_invited(clinician):
    patient = factories.make_patient(None, "Ada", "Paper", clinician)
    plan = factories.make_plan(patient, clinician, published=False)
    with pytest.raises(PlanRefused, match="no e-mail address"):
        activate_and_invite(plan=plan, by=clinician)
    plan.refresh_from_db()
    assert plan.status == "draft"


def test_two_clinicians_activate_at_the_same_moment(transactional_db):
    """Of two drafts of one patient: one after the other, and one is completed."""
    by = factories.make_staff("both@clinic.example", "Bo", "Sample", roles.CLINICIANS)
    patient = factories.make_patient("two@patient.example", "Two", "Testperson", by)
    plans = [factories.make_plan(patient, by, published=False) for _ in range(2)]
    problems: list[Exception] = []

    def activate(plan: Plan) -> None:
        try:
            activate_plan(plan=plan, by=by)
        except Exception as error:
            problems.append(error)
        finally:
            connection.close()

    threads = [Thread(target=activate, args=[plan]) for plan in plans]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    statuses = sorted(Plan.objects.filter(patient=patient).values_list("status", flat=True))
    assert statuses == ["active", "completed"]
