"""Publishing changes: the patient reads only what was published."""

import pytest

from education.library.models import LibraryRevision
from education.people.models import OutgoingMail
from education.plans.actions import hold_plan, publish_changes, revoke_plan
from education.plans.checks import PlanRefused
from education.plans.models import PlanVersion
from tests import factories
from tests.plans.conftest import rows_of

pytestmark = pytest.mark.django_db


def test_the_working_copy_becomes_the_next_version(active, clinician, colleague):
    row = rows_of(active)[0]
    row.reps_min = 9
    row.save()
    version = publish_changes(plan=active, by=colleague)
    first = active.versions.get(number=1)
    assert (version.number, version.by) == (2, colleague)
    assert version.body["exercises"][0]["dosage"]["reps_min"] == 9
    assert first.body["exercises"][0]["dosage"]["reps_min"] == 5


def test_an_edit_changes_nothing_for_the_patient_until_it_is_published(active, patient):
    row = rows_of(active)[0]
    row.note = "Only for staff so far"
    row.save()
    current = PlanVersion.objects.visible_to(patient.user).current()
    assert current.number == 1
    assert current.body["exercises"][0]["note"] == ""


def test_the_key_of_a_row_stays_through_all_versions(active, clinician):
    row = rows_of(active)[0]
    row.note = "Slowly."
    row.save()
    publish_changes(plan=active, by=clinician)
    keys = [version.body["exercises"][0]["key"] for version in active.versions.all()]
    assert keys == [str(row.key)] * 2


def test_a_row_taken_out_leaves_the_next_version_and_stays_in_the_last(active, clinician):
    gone, stays = rows_of(active)
    gone.removed_at = active.created_at
    gone.save()
    version = publish_changes(plan=active, by=clinician)
    assert [row["key"] for row in version.body["exercises"]] == [str(stays.key)]
    assert str(gone.key) in active.versions.get(number=1).planned


def test_nothing_changed_is_refused_and_no_mail_goes_out(active, clinician):
    OutgoingMail.objects.all().delete()
    with pytest.raises(PlanRefused, match="Nothing has changed"):
        publish_changes(plan=active, by=clinician)
    assert active.versions.count() == 1
    assert not OutgoingMail.objects.exists()


def test_the_patient_gets_a_mail_that_something_changed(active, clinician):
    OutgoingMail.objects.all().delete()
    active.title = "Sit longer"
    active.save()
    publish_changes(plan=active, by=clinician)
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.key, mail.user) == ("plan_changed", str(active.pk), active.patient.user)


def test_a_plan_on_hold_can_be_published(active, clinician):
    hold_plan(plan=active, by=clinician)
    active.refresh_from_db()
    active.title = "Start again slowly"
    active.save()
    assert publish_changes(plan=active, by=clinician).number == 2


def test_a_draft_and_an_ended_plan_cannot_be_published(draft, clinician):
    with pytest.raises(PlanRefused, match="Only an active plan"):
        publish_changes(plan=draft, by=clinician)
    revoke_plan(plan=draft, by=clinician)
    with pytest.raises(PlanRefused, match="Only an active plan"):
        publish_changes(plan=draft, by=clinician)


def test_the_version_keeps_the_state_of_the_library_and_titles_in_both_languages(
    patient, clinician
):
    LibraryRevision.objects.bump()
    exercise = factories.make_exercise(title_en="Hip hinge", title_es="Bisagra de cadera")
    plan = factories.make_plan(patient, clinician, exercises=[exercise])
    version = plan.versions.get()
    assert version.library_revision == LibraryRevision.objects.current() == 1
    assert version.body["exercises"][0]["title"] == {
        "en": "Hip hinge",
        "es": "Bisagra de cadera",
    }


def test_the_audit_log_names_who_published(active, colleague):
    from auditlog.models import LogEntry

    active.title = "Sit longer"
    active.save()
    version = publish_changes(plan=active, by=colleague)
    entry = LogEntry.objects.get_for_object(version).get()
    assert entry.actor == colleague
    assert "body" not in entry.changes
