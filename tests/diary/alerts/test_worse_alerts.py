"""Pain that is up, and mornings that did not settle: two running, and not less."""

import pytest

from education.diary.models import Alert
from tests import factories
from tests.diary.alerts.looks import Kind, correct, days_ago, sessions, stands

pytestmark = pytest.mark.django_db


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
