"""What one session calls for: a red flag, pain further down, a comment to read."""

from datetime import timedelta

import pytest

from education.diary.actions.alerts import acknowledge_alert
from education.diary.actions.finishing import Said, correct_session
from education.diary.models import Alert, Correction, Session
from tests import factories
from tests.diary.alerts.looks import TODAY, Kind, correct, days_ago, sessions, settle, stands

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("sign", [Session.Wrong.NUMB_OR_WEAK, Session.Wrong.FELL])
def test_a_red_flag_is_raised_once_and_no_correction_closes_it(plan, patient, sign):
    session = factories.make_session(patient, wrong=sign, pain_after=2)
    assert stands(patient, Kind.RED_FLAG) == [f"session:{session.pk}"]
    correct(session, patient.user, wrong="")
    assert stands(patient, Kind.RED_FLAG) == [f"session:{session.pk}"]
    assert Alert.objects.filter(kind=Kind.RED_FLAG).count() == 1


def test_a_red_flag_that_was_corrected_away_comes_back_in_an_empty_table(plan, patient):
    session = factories.make_session(patient, wrong=Session.Wrong.FELL, pain_after=2)
    correct(session, patient.user, wrong="")
    correct(session, patient.user, pain_after=3)
    assert stands(patient, Kind.RED_FLAG) == [f"session:{session.pk}"]


def correct_to(session: Session, wrong: str, by) -> None:
    said = Said(columns={"wrong": wrong}, outcomes={})
    correct_session(session=session, said=said, by=by)


def test_another_sign_is_to_be_seen_after_the_first_was_seen(plan, patient, clinician):
    [session] = sessions(patient, 3, wrong="fell")
    [first] = stands(patient, Kind.RED_FLAG)
    acknowledge_alert(alert=Alert.objects.get(kind=Kind.RED_FLAG), by=clinician)
    correct_to(session, "numb_or_weak", patient.user)
    [second] = stands(patient, Kind.RED_FLAG)
    assert second == f"{first}@{session.corrections.get().pk}"


def test_so_is_one_that_was_taken_back_and_said_again(plan, patient, clinician):
    [session] = sessions(patient, 3, wrong="fell")
    settle(patient)
    acknowledge_alert(alert=Alert.objects.get(kind=Kind.RED_FLAG), by=clinician)
    correct_to(session, "", patient.user)
    assert stands(patient, Kind.RED_FLAG) == []
    correct_to(session, "fell", patient.user)
    assert len(stands(patient, Kind.RED_FLAG)) == 1
    correct_to(session, "", patient.user)
    Alert.objects.all().delete()
    assert len(stands(patient, Kind.RED_FLAG)) == 2


def test_a_sign_that_a_correction_says_first_is_one(plan, patient):
    [session] = sessions(patient, 3, wrong="too_much_pain")
    correct_to(session, "numb_or_weak", patient.user)
    assert stands(patient, Kind.RED_FLAG) == [f"session:{session.pk}"]


@pytest.mark.parametrize("sign", ["further_down", "too_much_pain"])
def test_other_things_that_felt_wrong_are_no_red_flag(plan, patient, sign):
    factories.make_session(patient, wrong=sign, pain_after=2)
    assert stands(patient, Kind.RED_FLAG) == []


@pytest.mark.parametrize("said", [{"moved": "down"}, {"wrong": "further_down"}])
def test_pain_further_down_is_raised_and_closed_by_a_correction(plan, patient, said):
    session = factories.make_session(patient, pain_after=3, **said)
    assert stands(patient, Kind.FURTHER_DOWN) == [f"session:{session.pk}"]
    correct(session, patient.user, moved="same", wrong="")
    assert stands(patient, Kind.FURTHER_DOWN) == []
    assert Alert.objects.get(kind=Kind.FURTHER_DOWN).closed_at is not None
    correct(session, patient.user, **said)
    assert stands(patient, Kind.FURTHER_DOWN) == [f"session:{session.pk}"]
    assert Alert.objects.filter(kind=Kind.FURTHER_DOWN).count() == 1


@pytest.mark.parametrize("moved", ["up", "same", ""])
def test_pain_that_stayed_or_went_up_is_nothing_to_look_at(plan, patient, moved):
    factories.make_session(patient, pain_after=3, moved=moved)
    assert stands(patient, Kind.FURTHER_DOWN) == []


def test_a_comment_is_to_be_read_until_it_is_taken_out(plan, patient):
    session = factories.make_session(patient, pain_after=3, comment="My knee clicks.")
    assert stands(patient, Kind.COMMENT) == [f"session:{session.pk}"]
    correct(session, patient.user, comment="")
    assert stands(patient, Kind.COMMENT) == []


def test_a_comment_that_changed_after_it_was_read_is_to_be_read_again(plan, patient, clinician):
    session = factories.make_session(patient, pain_after=3, comment="My knee clicks.")
    settle(patient)
    acknowledge_alert(alert=Alert.objects.get(kind=Kind.COMMENT), by=clinician)
    assert stands(patient, Kind.COMMENT) == []
    correct(session, patient.user, comment="My knee clicks, and I fell.")
    assert stands(patient, Kind.COMMENT) == [f"session:{session.pk}@{Correction.objects.get().pk}"]


def test_what_is_older_than_two_months_stays_as_it_is(plan, patient):
    session = factories.make_session(patient, pain_after=3, moved="down", day=days_ago(40))
    settle(patient)
    assert stands(patient, Kind.FURTHER_DOWN, TODAY + timedelta(days=90)) == [
        f"session:{session.pk}"
    ]
