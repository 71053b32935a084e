"""A silence and a review stand from a day that lies ahead."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from education.diary.actions import tick_exercise
from education.diary.alerts import settle_now
from education.diary.models import Alert
from education.people.actions import discharge_patient, give_account, readmit_patient
from education.people.models import Clinic
from education.plans.actions import (
    activate_plan,
    change_hold,
    complete_plan,
    hold_plan,
    publish_changes,
    resume_plan,
)
from tests import factories
from tests.diary.alerts.looks import TODAY, Kind, days_ago, settle, stands

pytestmark = pytest.mark.django_db

START = date(2026, 10, 5)


def quiet(patient) -> date | None:
    """The day from which the silence stands, seen or not."""
    settle(patient)
    found = Alert.objects.filter(patient=patient, kind=Kind.QUIET, closed_at=None)
    assert found.count() <= 1
    return found.get().opens_on if found else None


def test_a_silence_stands_7_days_after_the_start_and_is_not_seen_before(plan, patient):
    assert quiet(patient) == date(2026, 10, 12)
    assert stands(patient, Kind.QUIET, date(2026, 10, 11)) == []
    assert stands(patient, Kind.QUIET, date(2026, 10, 12)) == ["since:2026-10-05"]


def test_each_session_counts_anew_in_the_same_row(plan, patient):
    with time_machine.travel(datetime(2026, 10, 7, 20, tzinfo=UTC), tick=False):
        settle_now(patient)
        version, key = plan.versions.get(), plan.planned_exercises.get().key
        for day in (date(2026, 10, 6), date(2026, 10, 7)):
            tick_exercise(
                version=version, key=key, day=day, occurrence=1, done=True, by=patient.user
            )
    alert = Alert.objects.get(kind=Kind.QUIET)
    assert (alert.cause, alert.opens_on) == ("since:2026-10-07", date(2026, 10, 14))


def test_a_session_of_nothing_done_breaks_no_silence(plan, patient):
    key = str(plan.planned_exercises.get().key)
    factories.make_session(patient, day=days_ago(1), logs={key: "not_done"}, pain_after=3)
    factories.make_session(patient, day=days_ago(0), logs={key: "taken_back"})
    assert quiet(patient) == date(2026, 10, 12)


def test_a_tick_closes_a_silence_and_taking_it_back_opens_it_again(plan, patient):
    assert stands(patient, Kind.QUIET) == ["since:2026-10-05"]
    tick = {
        "version": plan.versions.get(),
        "key": plan.planned_exercises.get().key,
        "day": TODAY,
        "occurrence": 1,
        "by": patient.user,
    }
    tick_exercise(**tick, done=True)
    assert stands(patient, Kind.QUIET) == []
    tick_exercise(**tick, done=False)
    assert stands(patient, Kind.QUIET) == ["since:2026-10-05"]
    assert Alert.objects.filter(kind=Kind.QUIET).count() == 1


def test_a_draft_that_lay_long_counts_from_its_publication(patient, clinician):
    plan = factories.make_plan(patient, clinician, start_on=START, published=False)
    activate_plan(plan=plan, by=clinician)
    assert quiet(patient) == TODAY + timedelta(days=7)


def test_a_plan_that_starts_later_counts_from_its_start(patient, clinician):
    factories.make_plan(patient, clinician, start_on=TODAY + timedelta(days=3))
    assert quiet(patient) == TODAY + timedelta(days=10)


def test_a_hold_without_an_end_awaits_nothing(plan, patient, clinician):
    hold_plan(plan=plan, by=clinician)
    assert quiet(patient) is None


def test_a_hold_until_a_day_counts_from_that_day(plan, patient, clinician):
    until = TODAY + timedelta(days=10)
    plan = hold_plan(plan=plan, until=until, by=clinician)
    assert quiet(patient) == until + timedelta(days=7)
    plan = change_hold(plan=plan, until=until + timedelta(days=3), by=clinician)
    assert quiet(patient) == until + timedelta(days=10)
    resume_plan(plan=plan, by=clinician)
    assert quiet(patient) == TODAY + timedelta(days=7)


def test_a_plan_that_is_over_awaits_nothing(plan, patient, clinician):
    settle(patient)
    complete_plan(plan=plan, by=clinician)
    assert not Alert.objects.filter(patient=patient, closed_at=None).exists()


def test_a_draft_awaits_nothing(patient, clinician):
    factories.make_plan(patient, clinician, published=False)
    assert quiet(patient) is None


def test_nobody_on_paper_is_silent_until_they_have_an_account(clinician):
    patient = factories.make_patient(None, "Ada", "Paper", clinician)
    factories.make_plan(patient, clinician)
    assert quiet(patient) is None
    give_account(patient=patient, email="ada@patient.example", by=clinician)
    assert quiet(patient) == TODAY + timedelta(days=7)


def test_discharge_takes_silence_and_review_away_and_readmission_brings_them_back(
    plan, patient, clinician
):
    settle(patient)
    discharge_patient(patient=patient, by=clinician)
    assert not Alert.objects.filter(closed_at=None).exists()
    readmit_patient(patient=patient, by=clinician)
    kinds = Alert.objects.filter(closed_at=None).values_list("kind", flat=True)
    assert set(kinds) == {Kind.QUIET, Kind.REVIEW_DUE}


def test_a_review_is_due_on_its_day_and_moves_with_the_published_one(plan, patient, clinician):
    day = date(2026, 12, 3)
    assert stands(patient, Kind.REVIEW_DUE, day - timedelta(days=1)) == []
    assert stands(patient, Kind.REVIEW_DUE, day) == [f"plan:{plan.pk}@2026-12-03"]
    plan.review_on = date(2026, 12, 31)
    plan.save()
    assert stands(patient, Kind.REVIEW_DUE, day) == [f"plan:{plan.pk}@2026-12-03"]
    publish_changes(plan=plan, by=clinician)
    assert stands(patient, Kind.REVIEW_DUE, day) == []
    assert stands(patient, Kind.REVIEW_DUE, date(2026, 12, 31)) == [f"plan:{plan.pk}@2026-12-31"]


def test_a_plan_on_hold_is_reviewed_all_the_same(plan, patient, clinician):
    hold_plan(plan=plan, by=clinician)
    assert stands(patient, Kind.REVIEW_DUE, date(2026, 12, 3)) == [f"plan:{plan.pk}@2026-12-03"]


def test_the_clinics_day_counts_not_that_of_greenwich(patient, clinician):
    with time_machine.travel(datetime(2026, 11, 21, 6, tzinfo=UTC), tick=False):  # 10 pm
        factories.make_plan(patient, clinician)
        assert Clinic.objects.current().today() == TODAY
        assert quiet(patient) == TODAY + timedelta(days=7)
