"""A patient's record, account and answers."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from allauth.account.models import EmailAddress
from auditlog.models import LogEntry
from django.core.exceptions import ValidationError

from education.people import actions
from education.people.models import Answer, Patient, User

EVENING_AT_THE_CLINIC = datetime(2026, 11, 22, 21, 30, tzinfo=ZoneInfo("America/Los_Angeles"))


def new_patient(**fields) -> Patient:
    return Patient(**{"given_name": "Noor", "family_name": "Sampleperson", **fields})


class TestAddPatient:
    def test_with_an_e_mail_gets_an_account_that_no_password_opens(self, clinician):
        patient = actions.add_patient(
            patient=new_patient(language="es"), email=" Noor@Patient.example ", by=clinician
        )
        assert patient.user.email == "noor@patient.example"
        assert patient.user.language == "es"
        assert not patient.user.has_usable_password()
        assert not patient.user.is_staff
        address = EmailAddress.objects.get(user=patient.user)
        assert (address.email, address.verified, address.primary) == (
            patient.user.email,
            True,
            True,
        )

    def test_without_an_e_mail_is_followed_on_paper(self, clinician):
        patient = actions.add_patient(patient=new_patient(), by=clinician)
        assert patient.user is None
        assert User.objects.count() == 1  # the clinician

    def test_with_an_address_that_is_taken_leaves_nothing_behind(self, clinician, patient):
        with pytest.raises(ValidationError, match="Another account"):
            actions.add_patient(patient=new_patient(), email="LEE@patient.example", by=clinician)
        assert not Patient.objects.filter(given_name="Noor").exists()

    def test_the_audit_log_names_who_added_the_patient(self, clinician):
        patient = actions.add_patient(patient=new_patient(), by=clinician)
        entry = LogEntry.objects.get_for_object(patient).get()
        assert (entry.actor, entry.action) == (clinician, LogEntry.Action.CREATE)


class TestSetAnswers:
    def test_writes_what_differs_dated_by_the_clinics_day(self, patient, clinician):
        with time_machine.travel(EVENING_AT_THE_CLINIC):
            changed = actions.set_answers(
                patient=patient,
                answers={"lies": ("no", " Hurts "), "kneels": ("yes", ""), "sits": (None, "")},
                by=clinician,
            )
        assert changed == 2
        assert list(patient.answers.values_list("topic", "value", "note", "answered_on")) == [
            ("lies", "no", "Hurts", date(2026, 11, 22)),
            ("kneels", "yes", "", date(2026, 11, 22)),
        ]
        assert patient.answers_revision == 1

    def test_the_same_again_changes_nothing(self, patient, clinician):
        answers = {"lies": ("no", "Hurts")}
        actions.set_answers(patient=patient, answers=answers, by=clinician)
        entries = LogEntry.objects.count()
        assert actions.set_answers(patient=patient, answers=answers, by=clinician) == 0
        assert patient.answers_revision == 1
        assert LogEntry.objects.count() == entries

    def test_topics_that_are_not_named_stay(self, patient, clinician):
        actions.set_answers(patient=patient, answers={"lies": ("no", "")}, by=clinician)
        actions.set_answers(patient=patient, answers={"sits": ("yes", "")}, by=clinician)
        assert set(patient.answers.values_list("topic", flat=True)) == {"lies", "sits"}
        assert Patient.objects.get(pk=patient.pk).answers_revision == 2

    def test_an_answer_taken_back_is_not_asked_again(self, patient, clinician):
        actions.set_answers(patient=patient, answers={"lies": ("no", "")}, by=clinician)
        actions.set_answers(patient=patient, answers={"lies": (None, "")}, by=clinician)
        assert not patient.answers.exists()
        assert patient.answers_revision == 2

    def test_the_audit_log_keeps_an_answer_that_is_gone(self, patient, clinician):
        actions.set_answers(patient=patient, answers={"lies": ("no", "Hurts")}, by=clinician)
        actions.set_answers(patient=patient, answers={"lies": (None, "")}, by=clinician)
        gone = LogEntry.objects.filter(
            content_type__model="answer", action=LogEntry.Action.DELETE
        ).get()
        assert gone.changes_dict["value"] == ["no", "None"]
        assert gone.additional_data == {"patient": patient.pk}
        assert gone.actor == clinician

    def test_an_unknown_topic_is_refused(self, patient, clinician):
        with pytest.raises(ValueError, match="jumps"):
            actions.set_answers(
                patient=patient, answers={"jumps": ("no", ""), "lies": ("no", "")}, by=clinician
            )
        assert not Answer.objects.exists()


class TestDischarge:
    def test_ends_log_in_and_links_and_keeps_the_record(self, patient, clinician, as_patient):
        assert as_patient.get("/account/").status_code == 200
        invitation = actions.invite(user=patient.user, by=clinician)
        actions.discharge_patient(patient=patient, by=clinician)
        assert as_patient.get("/account/").status_code == 302
        invitation.refresh_from_db()
        assert invitation.revoked_at is not None
        assert Patient.objects.get(pk=patient.pk).status == Patient.Status.DISCHARGED

    def test_of_a_patient_on_paper(self, clinician):
        patient = actions.add_patient(patient=new_patient(), by=clinician)
        actions.discharge_patient(patient=patient, by=clinician)
        assert list(Patient.objects.discharged()) == [patient]

    def test_a_patient_who_comes_back_logs_in_with_the_old_password(
        self, patient, clinician, visitor
    ):
        actions.discharge_patient(patient=patient, by=clinician)
        actions.readmit_patient(patient=patient, by=clinician)
        assert visitor.login(email=patient.user.email, password="a-long-test-password-7")
        assert list(Patient.objects.current()) == [patient]


def test_a_patient_on_paper_gets_an_account_later(clinician):
    patient = actions.add_patient(patient=new_patient(), by=clinician)
    user = actions.give_account(patient=patient, email="Noor@Patient.example", by=clinician)
    assert Patient.objects.get(pk=patient.pk).user == user
    with pytest.raises(ValidationError, match="has an account"):
        actions.give_account(patient=patient, email="else@patient.example", by=clinician)
