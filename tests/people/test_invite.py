"""Inviting: one open link a person, told by one mail that says nothing about health."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError

from education.people import actions
from education.people.models import Clinic, Invitation, OutgoingMail
from tests.people.conftest import link_in


def test_the_mail_names_no_person_and_nothing_of_health(newcomer, sends, mailoutbox):
    with sends():
        actions.invite(user=newcomer.user, by=newcomer.clinician)
    [mail] = mailoutbox
    assert mail.to == ["noor@patient.example"]
    assert link_in(mail).startswith("/invitation/")
    words = f"{mail.subject} {mail.body}".lower().replace("pain management & injury relief", "")
    for word in ("noor", "dana", "patient.example", "exercise", "plan", "pain", "sciatica"):
        assert word not in words
    assert "&amp;" not in mail.body


def test_the_mail_names_the_last_day_by_the_clinics_clock(newcomer, sends, mailoutbox):
    Clinic.objects.create(pk=1, time_zone="Asia/Tokyo")
    with time_machine.travel(datetime(2026, 11, 20, 20, tzinfo=UTC)), sends():  # the 21st in Tokyo
        actions.invite(user=newcomer.user, by=newcomer.clinician)
    assert "until Dec. 5, 2026" in mailoutbox[0].body


def test_the_queue_holds_neither_address_nor_link(newcomer, sends, mailoutbox):
    with sends():
        actions.invite(user=newcomer.user, by=newcomer.clinician)
    token = link_in(mailoutbox[0]).strip("/").split("/")[-1]
    row = OutgoingMail.objects.values().get()
    assert token not in str(row)
    assert "noor@patient.example" not in str(row)
    assert (row["kind"], row["state"]) == ("invitation", "sent")


def test_a_new_invitation_replaces_the_open_one(newcomer):
    first = actions.invite(user=newcomer.user, by=newcomer.clinician)
    second = actions.invite(user=newcomer.user, by=newcomer.clinician)
    first.refresh_from_db()
    assert first.state == Invitation.State.REPLACED
    assert second.state == Invitation.State.OPEN


def test_a_mail_of_a_replaced_invitation_is_dropped(newcomer, sends, mailoutbox):
    with sends():
        actions.invite(user=newcomer.user, by=newcomer.clinician)
        actions.invite(user=newcomer.user, by=newcomer.clinician)
    assert len(mailoutbox) == 1
    assert sorted(OutgoingMail.objects.values_list("state", flat=True)) == ["dropped", "sent"]


def test_a_discharged_patient_is_not_invited(newcomer):
    actions.discharge_patient(patient=newcomer, by=newcomer.clinician)
    with pytest.raises(ValidationError, match="may not log in"):
        actions.invite(user=newcomer.user, by=newcomer.clinician)
    assert not Invitation.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_only_staff_are_invited_as_staff(newcomer):
    with pytest.raises(ValueError, match="Only staff"):
        actions.invite_staff(user=newcomer.user, by=None)
    assert not Invitation.objects.exists()
