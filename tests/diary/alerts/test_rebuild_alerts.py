"""Settling again, and from an empty table, says the same; what it asks of the database."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from education.diary.actions.alerts import acknowledge_alert
from education.diary.models import Alert
from tests import factories
from tests.diary.alerts.looks import TODAY, Kind, correct, days_ago, sessions, settle, stands

pytestmark = pytest.mark.django_db


def test_settling_again_changes_nothing(plan, patient):
    sessions(patient, 3, 3, 3, 3, 3, 6, 6, comment="It hurts more.")
    settle(patient)
    before = list(Alert.objects.order_by("pk").values())
    settle(patient)
    assert list(Alert.objects.order_by("pk").values()) == before


def test_what_was_seen_stays_seen_while_its_cause_lasts(plan, patient, clinician):
    sessions(patient, 3, 3, 3, 3, 3, 6, 6, last=1)
    settle(patient)
    acknowledge_alert(alert=Alert.objects.get(kind=Kind.PAIN_UP), by=clinician)
    sessions(patient, 6)
    assert stands(patient, Kind.PAIN_UP) == []
    assert Alert.objects.filter(kind=Kind.PAIN_UP).count() == 1


def test_the_same_rows_come_back_in_an_emptied_table(plan, patient, other_patient, clinician):
    factories.make_plan(other_patient, clinician)
    *_usual, last = sessions(patient, 3, 3, 3, 3, 3, 6, 6, comment="It hurts more.", moved="down")
    correct(last, patient.user, wrong="fell")
    settle(patient)
    settle(other_patient)
    before = set(open_rows())
    assert len(before) > 8
    Alert.objects.all().delete()
    call_command("rebuild_alerts", verbosity=0)
    assert set(open_rows()) == before


def open_rows():
    columns = ("patient", "kind", "cause", "session", "opens_on", "raised_at")
    return Alert.objects.filter(closed_at=None).values_list(*columns)


def test_a_rebuild_changes_nothing_that_is_right_and_says_so(plan, patient, clinician, capsys):
    sessions(patient, 3, 3, 3, 3, 3, 6, 6, comment="It hurts more.")
    settle(patient)
    acknowledge_alert(alert=Alert.objects.filter(kind=Kind.COMMENT)[0], by=clinician)
    before = list(Alert.objects.order_by("pk").values())
    call_command("rebuild_alerts")
    assert list(Alert.objects.order_by("pk").values()) == before
    assert capsys.readouterr().out == "0 alerts were changed.\n"


def test_a_rebuild_puts_right_what_is_wrong(plan, patient):
    session = factories.make_session(patient, pain_after=3, moved="down")
    settle(patient)
    gone = Alert.objects.create(
        patient=patient, kind=Kind.COMMENT, cause=f"session:{session.pk}", opens_on=TODAY
    )
    Alert.objects.filter(kind=Kind.FURTHER_DOWN).delete()
    call_command("rebuild_alerts", verbosity=0)
    gone.refresh_from_db()
    assert gone.closed_at is not None
    assert Alert.objects.get(kind=Kind.FURTHER_DOWN).closed_at is None


def test_settling_asks_the_same_of_a_short_and_of_a_long_diary(plan, patient):
    factories.make_session(patient, day=days_ago(150), pain_after=3)
    assert queries_to_settle(patient) == UNCHANGED
    sessions(patient, *[3] * 120, last=1)
    settle(patient)
    assert queries_to_settle(patient) == UNCHANGED
    factories.make_session(patient, pain_after=3)
    assert queries_to_settle(patient) == UNCHANGED + 1  # the silence is counted anew


UNCHANGED = 5


def queries_to_settle(patient) -> int:
    with CaptureQueriesContext(connection) as asked:
        settle(patient)
    return len(asked)


def test_a_colleagues_patient_is_left_alone(plan, patient, other_patient, colleague):
    factories.make_plan(other_patient, colleague)
    before = list(Alert.objects.filter(patient=other_patient).values())
    assert before
    factories.make_session(patient, wrong="fell", pain_after=5)
    settle(patient)
    assert list(Alert.objects.filter(patient=other_patient).values()) == before
