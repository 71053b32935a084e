"""What the clinic is told to look at: raised once per cause, closed when the cause is gone."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from education.diary.actions import tick_exercise
from education.diary.actions.alerts import acknowledge_alert
from education.diary.actions.finishing import Said, correct_session
from education.diary.alerts import settle_alerts, settle_now
from education.diary.models import Alert, Correction, Session
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

pytestmark = pytest.mark.django_db

Kind = Alert.Kind
START = date(2026, 10, 5)
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _noon():
    """Noon at the clinic."""
    with time_machine.travel(datetime(2026, 11, 20, 20, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def plan(patient, clinician):
    with time_machine.travel(datetime(2026, 10, 5, 20, tzinfo=UTC), tick=False):
        return factories.make_plan(patient, clinician, exercises=1, review_on=date(2026, 12, 3))


def settle(patient, today: date = TODAY) -> None:
    settle_alerts(patient=patient, today=today)


def stands(patient, kind: str, today: date = TODAY) -> list[str]:
    """Causes of what is on the list now."""
    settle(patient, today)
    alerts = Alert.objects.needs_a_look(today).filter(patient=patient, kind=kind)
    return list(alerts.order_by("opens_on", "pk").values_list("cause", flat=True))


def days_ago(number: int) -> date:
    return TODAY - timedelta(days=number)


def sessions(patient, *pains: int | None, last: int = 0, **fields) -> list[Session]:
    """One a day with this pain after, the last one ``last`` days ago."""
    first = last + len(pains) - 1
    return [
        factories.make_session(patient, day=days_ago(first - n), pain_after=pain, **fields)
        for n, pain in enumerate(pains)
    ]


def correct(session: Session, by, **now) -> None:
    """As the patient's correction does: what stood before is kept."""
    before = {name: getattr(session, name) for name in now}
    Correction.objects.create(session=session, before=before, by=by)
    for name, value in now.items():
        setattr(session, name, value)
    session.save()


# ------------------------------------------------------------------ one session


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


# ------------------------------------------------------------------ pain up


def test_two_sessions_two_points_above_the_usual_pain_are_a_run(plan, patient):
    *_usual, first, second = sessions(patient, 3, 3, 3, 3, 3, 5, 5)
    assert stands(patient, Kind.PAIN_UP) == [f"session:{first.pk}"]
    alert = Alert.objects.get(kind=Kind.PAIN_UP)
    assert (alert.session, alert.opens_on) == (first, second.day)


@pytest.mark.parametrize(
    ("why", "pains"),
    [
        ("one session is no run", (3, 3, 3, 3, 3, 5)),
        ("one point is too little", (3, 3, 3, 3, 3, 4, 4)),
        ("four sessions say nothing usual", (3, 3, 3, 3, 5, 5)),
        ("the second is below", (3, 3, 3, 3, 3, 6, 4)),
        ("4, 4, 5, 5, 5 and 5 have the median 5", (4, 4, 5, 5, 5, 5, 6, 6)),
        ("3, 3, 3, 4, 4 and 4 have the median 3.5", (3, 3, 3, 4, 4, 4, 5, 5)),
    ],
)
def test_no_run(plan, patient, why, pains):
    sessions(patient, *pains)
    assert stands(patient, Kind.PAIN_UP) == [], why


def test_two_points_above_a_median_between_two_numbers(plan, patient):
    *_usual, first, _second = sessions(patient, 3, 3, 3, 4, 4, 4, 6, 6)
    assert stands(patient, Kind.PAIN_UP) == [f"session:{first.pk}"]


def test_a_run_goes_on_as_one_and_closes_with_the_first_session_below(plan, patient):
    *_usual, first, _second = sessions(patient, 3, 3, 3, 3, 3, 6, 6, last=5)
    for days in (4, 3, 2):
        factories.make_session(patient, day=days_ago(days), pain_after=5)
        assert stands(patient, Kind.PAIN_UP) == [f"session:{first.pk}"]
    factories.make_session(patient, day=days_ago(1), pain_after=4)
    assert stands(patient, Kind.PAIN_UP) == []
    assert Alert.objects.get(kind=Kind.PAIN_UP).closed_at is not None


def test_only_the_28_days_before_the_run_are_usual(plan, patient):
    sessions(patient, 1, 1, 1, 1, 1, last=30)
    sessions(patient, 4, 4)
    assert stands(patient, Kind.PAIN_UP) == []  # 29 and more days before the run


def test_the_28th_day_before_the_run_counts(plan, patient):
    sessions(patient, 1, 1, 1, 1, last=26)
    factories.make_session(patient, day=days_ago(29), occurrence=2, pain_after=1)
    first, _second = sessions(patient, 4, 4)
    assert stands(patient, Kind.PAIN_UP) == [f"session:{first.pk}"]


def test_sessions_without_a_pain_after_or_not_finished_are_passed_over(plan, patient):
    sessions(patient, 3, 3, 3, 3, 3, last=4)
    (first,) = sessions(patient, 6, last=3)
    factories.make_session(patient, day=days_ago(2))  # ticks alone
    factories.make_session(patient, day=days_ago(1), pain_after=0, finished_at=None)
    sessions(patient, 6)
    assert stands(patient, Kind.PAIN_UP) == [f"session:{first.pk}"]


def test_two_sessions_of_one_day_can_be_a_run(plan, patient):
    sessions(patient, 3, 3, 3, 3, 3, last=1)
    first = factories.make_session(patient, pain_after=5)
    factories.make_session(patient, pain_after=5, occurrence=2)
    assert stands(patient, Kind.PAIN_UP) == [f"session:{first.pk}"]


def test_a_correction_takes_a_run_away(plan, patient):
    *_usual, second = sessions(patient, 3, 3, 3, 3, 3, 6, 6)
    assert stands(patient, Kind.PAIN_UP)
    correct(second, patient.user, pain_after=4)
    assert stands(patient, Kind.PAIN_UP) == []


# ------------------------------------------------------------------ mornings


def mornings(patient, *pains: int, before: int | None = 3) -> list:
    """A session a day with this pain before it, and the pain on each morning after."""
    made = []
    for n, pain in enumerate(pains):
        day = days_ago(len(pains) - n)
        session = factories.make_session(patient, day=day, pain_before=before, pain_after=3)
        made.append(factories.make_morning(session, pain))
    return made


def test_two_mornings_not_settled_running(plan, patient):
    _fine, first, second = mornings(patient, 4, 5, 6)
    assert stands(patient, Kind.NOT_SETTLED) == [f"morning:{first.pk}"]
    assert Alert.objects.get(kind=Kind.NOT_SETTLED).opens_on == second.day


@pytest.mark.parametrize("pains", [(5,), (5, 4), (4, 5), (5, 4, 5)])
def test_less_than_two_mornings_running_is_nothing(plan, patient, pains):
    mornings(patient, *pains)
    assert stands(patient, Kind.NOT_SETTLED) == []


def test_a_morning_that_cannot_be_judged_is_passed_over(plan, patient):
    first, unjudged, _second = mornings(patient, 6, 9, 6)
    unjudged.session.pain_before = None
    unjudged.session.save()
    assert stands(patient, Kind.NOT_SETTLED) == [f"morning:{first.pk}"]


def test_mornings_that_settled_later_close_it(plan, patient):
    first, second = mornings(patient, 6, 6)
    assert stands(patient, Kind.NOT_SETTLED) == [f"morning:{first.pk}"]
    today = factories.make_session(patient, pain_before=3, pain_after=3)
    factories.make_morning(today, 4)
    assert stands(patient, Kind.NOT_SETTLED) == []


# ------------------------------------------------------------------ silence


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


# ------------------------------------------------------------------ the review


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


# ------------------------------------------------------------------ again, and how dear it is


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


def test_the_clinics_day_counts_not_that_of_greenwich(patient, clinician):
    with time_machine.travel(datetime(2026, 11, 21, 6, tzinfo=UTC), tick=False):  # 10 pm
        factories.make_plan(patient, clinician)
        assert Clinic.objects.current().today() == TODAY
        assert quiet(patient) == TODAY + timedelta(days=7)
