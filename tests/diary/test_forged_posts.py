"""What no page asks for is not written, whatever a post says."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from education.diary.models import Alert, ExerciseLog, Session
from education.plans.models import HarderDayTaken
from tests import factories

NOON = "2026-11-23T20:00:00Z"  # Monday, noon at the clinic
MONDAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _monday_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def plan(patient, clinician):
    """One exercise for every day, one at the clinic only, and one on Tuesdays."""
    exercises = [
        factories.make_exercise(title_en="Knee to chest"),
        factories.make_exercise(title_en="One leg", supervised_first=True),
        factories.make_exercise(title_en="Tuesday lift", weekdays=0b0000010),
    ]
    return factories.make_plan(
        patient, clinician, exercises=exercises, start_on=MONDAY - timedelta(days=50)
    )


@pytest.fixture
def session(patient, plan):
    return factories.make_session(patient, logs=False, pain_before=3)


def key_of(plan, title: str) -> str:
    return str(plan.planned_exercises.get(exercise__title_en=title).key)


def post(client, name: str, session, fields: dict, *place: int):
    return client.post(reverse(name, args=[session.submission_key, *place]), fields)


NOT_ASKED = pytest.mark.parametrize("title", ["One leg", "Tuesday lift"])


@NOT_ASKED
def test_an_exercise_that_is_not_done_alone_today_is_not_logged(as_patient, plan, session, title):
    fields = {"exercise": key_of(plan, title), "act": "done"}
    assert post(as_patient, "session_exercise", session, fields, 1).status_code == 404
    assert not ExerciseLog.objects.exists()


@NOT_ASKED
def test_nor_told_of_when_the_session_ends(as_patient, plan, session, title):
    fields = {"pain_after": 2, "moved": "same", f"outcome_{key_of(plan, title)}": "done"}
    assert post(as_patient, "session_finish", session, fields).status_code == 302
    session.refresh_from_db()
    assert session.pain_after == 2
    assert not ExerciseLog.objects.exists()


@NOT_ASKED
def test_nor_when_a_session_is_added(as_patient, plan, title):
    sunday = MONDAY - timedelta(days=1)
    fields = {f"outcome_{key_of(plan, title)}": "done"}
    as_patient.post(reverse("session_entry", args=[sunday, 1]), fields)
    assert not ExerciseLog.objects.exists()


def test_what_was_logged_by_another_version_can_still_be_corrected(as_patient, plan, session):
    tuesday = key_of(plan, "Tuesday lift")
    ExerciseLog.objects.create(session=session, key=tuesday, exercise="lift", outcome="done")
    fields = {"pain_after": 2, "moved": "same", f"outcome_{tuesday}": "not_done"}
    post(as_patient, "session_finish", session, fields)
    assert ExerciseLog.objects.get().outcome == "not_done"


class TestASessionOfTwoWeeksAgo:
    """Its page stayed open, or its address was kept."""

    @pytest.fixture
    def session(self, patient, plan):
        return factories.make_session(patient, logs=False, day=MONDAY - timedelta(days=14))

    @pytest.mark.parametrize(
        ("name", "place", "said"),
        [
            ("session_exercise", [1], {"act": "done"}),
            ("session_wrong", [], {"wrong": "fell"}),
            ("session_finish", [], {"pain_after": 2, "moved": "same"}),
        ],
    )
    def test_nothing_of_it_is_written_any_more_and_the_page_says_whom_to_tell(
        self, as_patient, plan, session, name, place, said
    ):
        fields = {"exercise": key_of(plan, "Knee to chest"), **said}
        answer = post(as_patient, name, session, fields, *place)
        assert answer.status_code == 409
        assert "This was more than a week ago" in answer.content.decode()
        assert "tel:" in answer.content.decode()
        session.refresh_from_db()
        assert not session.is_finished
        assert not session.wrong
        assert not ExerciseLog.objects.exists()
        assert not Alert.objects.filter(kind=Alert.Kind.RED_FLAG).exists()

    def test_its_day_does_not_become_a_harder_one(self, as_patient, session):
        post(as_patient, "session_wrong", session, {"ease": "1"})
        assert not HarderDayTaken.objects.exists()
        assert not Session.objects.get().harder


def test_numbness_after_a_fall_was_told_is_not_lost(as_patient, session):
    for wrong in ("fell", "numb_or_weak", "fell"):
        post(as_patient, "session_wrong", session, {"wrong": wrong})
    session.refresh_from_db()
    assert session.wrong == "numb_or_weak"
    assert Alert.objects.filter(kind=Alert.Kind.RED_FLAG).count() == 2


def test_a_session_of_the_last_days_may_still_be_stopped(as_patient, patient, plan):
    session = factories.make_session(patient, logs=False, day=MONDAY - timedelta(days=6))
    post(as_patient, "session_wrong", session, {"wrong": "fell"})
    assert Alert.objects.filter(kind=Alert.Kind.RED_FLAG).count() == 1
