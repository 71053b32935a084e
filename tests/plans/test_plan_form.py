"""The buttons of the plan's page, each saving first, and what the page shows."""

from datetime import timedelta

import pytest

from education.people.models import Clinic
from education.plans.actions import complete_plan, hold_plan
from education.plans.models import Plan
from tests import factories
from tests.plans.conftest import rows_of
from tests.plans.page import Page, add_for, messages_of, page_of, text_of

pytestmark = pytest.mark.django_db


# ------------------------------------------------------------------ the buttons


def test_activate_saves_first(as_clinician, draft):
    response = Page(as_clinician, page_of(draft)).type(goal="Walk").press("_activate", follow=True)
    draft.refresh_from_db()
    assert (draft.status, draft.goal) == ("active", "Walk")
    assert draft.versions.get().body["goal"] == "Walk"
    assert "Activated." in messages_of(response)


def test_a_new_plan_can_be_activated_at_once(as_clinician, patient, knee):
    page = Page(as_clinician, add_for(patient)).row(1, exercise="Knee to chest")
    day = Clinic.objects.current().today() + timedelta(days=28)
    page.type(review_on=day.isoformat()).press("_activate")
    assert Plan.objects.get().status == "active"


def test_a_refused_activation_keeps_the_draft_and_says_what_to_do_beside_its_row(
    as_clinician, patient, clinician
):
    exercise = factories.make_exercise(title_en="Hip hinge", precautions=["fall_risk"])
    plan = factories.make_plan(patient, clinician, exercises=[exercise], published=False)
    page = Page(as_clinician, page_of(plan)).type(goal="Walk", review_on="")
    response = page.press("_activate", follow=True)
    body = text_of(response)
    plan.refresh_from_db()
    assert (plan.status, plan.goal) == ("draft", "Walk")
    assert "not activated yet" in messages_of(response)
    assert 'href="#row-1">Row 1, Hip hinge: Risk of a fall: not asked.' in body
    assert 'href="#id_review_on">Set the day of the next review.' in body
    assert response.context["sheet"].readings[0].clash.codes == ["fall_risk=not_asked"]


def test_an_empty_plan_is_not_activated(as_clinician, patient):
    response = Page(as_clinician, add_for(patient)).press("_activate", follow=True)
    assert Plan.objects.get().status == "draft"
    assert 'href="#rows">The plan is empty. Add an exercise.' in text_of(response)


def test_a_refusal_that_belongs_to_no_row_is_a_message(as_clinician, draft, patient):
    patient.status = "discharged"
    patient.save()
    response = Page(as_clinician, page_of(draft)).press("_activate", follow=True)
    assert "The patient is discharged. Readmit the patient first." in messages_of(response)


def test_publish_saves_first_and_makes_a_version(as_clinician, active):
    response = Page(as_clinician, page_of(active)).type(goal="Walk").press("_publish", follow=True)
    assert active.versions.count() == 2
    assert "Published." in messages_of(response)
    assert "Nothing waits to be published" in text_of(response)


def test_a_saved_change_waits_to_be_published_and_is_named(as_clinician, active):
    response = Page(as_clinician, page_of(active)).type(goal="Walk").press(follow=True)
    body = text_of(response)
    assert "Not yet published." in body
    assert "Goal: Walk" in body
    assert "Lee still reads version 1" in body
    assert active.versions.count() == 1


def test_hold_and_resume_save_first(as_clinician, active):
    response = Page(as_clinician, page_of(active)).type(goal="Walk").press("_hold")
    as_clinician.post(response["Location"], {"until": ""})
    active.refresh_from_db()
    assert (active.status, active.goal) == ("on-hold", "Walk")
    Page(as_clinician, page_of(active)).press("_resume")
    active.refresh_from_db()
    assert active.status == "active"


def test_a_plan_on_hold_is_not_said_to_be_read(as_clinician, active, clinician):
    hold_plan(plan=active, by=clinician)
    body = text_of(as_clinician.get(page_of(active)))
    assert "Lee is asked to rest and sees no exercises" in body
    assert "Lee reads version 1" not in body


def test_publishing_what_did_not_change_says_so(as_clinician, active):
    response = Page(as_clinician, page_of(active)).press("_publish", follow=True)
    assert messages_of(response) == (
        "Saved, not published yet. Nothing has changed since the last version."
    )


def test_a_patient_on_paper_is_not_said_to_get_a_page_or_a_mail(as_clinician, clinician):
    noor = factories.make_patient(None, "Noor", "Paperperson", clinician)
    plan = factories.make_plan(noor, clinician, published=False)
    response = Page(as_clinician, page_of(plan)).press("_activate", follow=True)
    assert "print the plan" in messages_of(response)
    for promise in ("Noor reads", "gets an e-mail", "Noor also gets"):
        assert promise not in text_of(response)


@pytest.mark.parametrize(("button", "status"), [("_complete", "completed"), ("_revoke", "revoked")])
def test_ending_a_plan_asks_once_more(as_clinician, active, button, status):
    response = Page(as_clinician, page_of(active)).type(goal="Walk").press(button)
    asks = response["Location"]
    assert "?" in text_of(as_clinician.get(asks))
    active.refresh_from_db()
    assert (active.status, active.goal) == ("active", "Walk")
    as_clinician.post(asks)
    active.refresh_from_db()
    assert active.status == status


def test_only_a_patient_who_was_never_in_can_be_invited(as_clinician, draft, patient):
    from django.utils import timezone

    assert "_activate_invite" in text_of(as_clinician.get(page_of(draft)))
    patient.user.last_login = timezone.now()
    patient.user.save()
    assert "_activate_invite" not in text_of(as_clinician.get(page_of(draft)))


def test_activate_and_invite_mails_a_link(
    as_clinician, draft, patient, mailoutbox, django_capture_on_commit_callbacks
):
    patient.user.set_unusable_password()
    patient.user.save()
    with django_capture_on_commit_callbacks(execute=True):
        Page(as_clinician, page_of(draft)).press("_activate_invite")
    draft.refresh_from_db()
    assert draft.status == "active"
    assert [mail.to for mail in mailoutbox] == [["lee@patient.example"]]


def test_an_ended_plan_is_read_only_and_has_no_form(as_clinician, active, clinician):
    complete_plan(plan=active, by=clinician)
    body = text_of(as_clinician.get(page_of(active)))
    assert "cannot be changed" in body
    assert 'id="plan_form"' not in body
    assert rows_of(active)[0].exercise.title in body


def test_no_plan_can_be_deleted(as_administrator, draft):
    assert as_administrator.post(f"/admin/plans/plan/{draft.pk}/delete/").status_code == 403
    assert "delete" not in text_of(as_administrator.get(page_of(draft))).lower().replace(
        "-delete", ""
    ).replace("nothing is deleted", "")


# ------------------------------------------------------------------ what the page shows


def test_the_patient_strip_leads_with_what_needs_care(as_clinician, draft, patient):
    factories.answer(patient, "fall_risk", "yes", "Fell in August")
    factories.answer(patient, "lies", "no")
    factories.answer(patient, "sits", "yes")
    body = text_of(as_clinician.get(page_of(draft)))
    assert "<b>Risk of a fall:</b> yes (Fell in August)" in body
    assert "<b>Lies flat:</b> no" in body
    assert "<b>Sits:</b>" not in body
    assert "kneels" in body.split("Not asked:")[1].split("Ask now")[0]


def test_under_each_row_stands_the_sentence_the_patient_reads(as_clinician, draft, patient):
    body = text_of(as_clinician.get(page_of(draft)))
    assert "The patient reads: “2 rounds of 5, on your sore side. Once a day.”" in body


def test_a_row_of_the_other_side_is_remarked(as_clinician, patient, clinician, knee):
    plan = factories.make_plan(
        patient,
        clinician,
        exercises=[knee],
        working_side="left",
        affected_side="right",
        published=False,
    )
    assert "works the side that does not hurt" in text_of(as_clinician.get(page_of(plan)))


def test_opening_a_plan_is_written_down(as_clinician, clinician, draft):
    from auditlog.models import LogEntry

    as_clinician.get(page_of(draft))
    entry = LogEntry.objects.get_for_object(draft).filter(action=LogEntry.Action.ACCESS).get()
    assert entry.actor == clinician


def test_messages_name_no_patient(as_clinician, draft):
    """They travel in a cookie."""
    response = Page(as_clinician, page_of(draft)).press("_activate", follow=True)
    assert "Lee" not in messages_of(response)
    assert draft.title not in messages_of(response)
