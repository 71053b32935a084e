"""What the database itself holds of the diary, whatever the code before it does."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from education.diary.models import Alert, Correction, Session
from tests import factories

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 20)


@pytest.fixture
def session(patient, clinician) -> Session:
    factories.make_plan(patient, clinician, exercises=1)
    return factories.make_session(patient, day=DAY)


@pytest.fixture
def alert(patient, session) -> Alert:
    return Alert.objects.create(
        patient=patient, kind=Alert.Kind.COMMENT, cause=f"session:{session.pk}", opens_on=DAY
    )


def refused(name: str):
    """That the database refuses what follows, and goes on."""
    return pytest.raises(IntegrityError, match=name)


def test_the_database_keeps_one_session_a_day_and_occurrence(patient, session):
    once = "diary_session_once|diary_session.patient_id, diary_session.day"
    with refused(once), transaction.atomic():
        factories.make_session(patient, day=DAY)
    factories.make_session(patient, day=DAY, occurrence=2)
    assert Session.objects.count() == 2


def test_the_database_keeps_what_was_sent_once(patient, session):
    with refused("submission_key"), transaction.atomic():
        factories.make_session(patient, occurrence=2, submission_key=session.submission_key)
    assert Session.objects.get() == session


@pytest.mark.parametrize("occurrence", [0, 5])
def test_there_are_four_sessions_a_day_at_most(patient, session, occurrence):
    with refused("diary_session_occurrence_in_range"), transaction.atomic():
        factories.make_session(patient, day=DAY, occurrence=occurrence)


@pytest.mark.parametrize("column", ["pain_before", "pain_during", "pain_after"])
def test_pain_is_at_most_ten(session, column):
    with refused("diary_session_pain_in_range"), transaction.atomic():
        Session.objects.filter(pk=session.pk).update(**{column: 11})


def test_a_morning_is_told_once(patient, session):
    factories.make_morning(session, 3)
    once = "diary_morning_once|diary_morningcheck.patient_id, diary_morningcheck.day"
    with refused(once), transaction.atomic():
        factories.make_morning(session, 4)


def test_the_database_keeps_an_alert_once_a_cause(alert):
    once = "diary_alert_once_a_cause|diary_alert.patient_id, diary_alert.kind"
    with refused(once), transaction.atomic():
        Alert.objects.create(
            patient=alert.patient, kind=alert.kind, cause=alert.cause, opens_on=alert.opens_on
        )
    Alert.objects.create(patient=alert.patient, kind=alert.kind, cause="session:0", opens_on=DAY)


@pytest.mark.parametrize("said", ["when", "who"])
def test_nobody_has_seen_an_alert_without_a_name(alert, clinician, said):
    seen = {"when": {"acknowledged_at": timezone.now()}, "who": {"acknowledged_by": clinician}}
    with refused("diary_alert_acknowledged_by_name"), transaction.atomic():
        Alert.objects.filter(pk=alert.pk).update(**seen[said])
    Alert.objects.filter(pk=alert.pk).update(**seen["when"], **seen["who"])


@pytest.mark.parametrize("what", ["patient", "version", "session of a morning", "corrected"])
def test_nothing_that_a_diary_stands_on_can_be_deleted(what, session, patient):
    factories.make_morning(session, 3)
    other = factories.make_session(patient, day=DAY, occurrence=2)
    Correction.objects.create(session=other, by=patient.user)
    things = {
        "patient": patient,
        "version": session.version,
        "session of a morning": session,
        "corrected": other,
    }
    with pytest.raises(ProtectedError):
        things[what].delete()
