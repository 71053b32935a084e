"""Two saves at the same moment leave the alerts that one after the other would."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, transaction

from clinic import roles
from education.diary.actions import acknowledge_alert, log_exercise
from education.diary.actions.finishing import Said, finish_session
from education.diary.actions.stopping import ease_session
from education.diary.alerts import rebuild_alerts, settle_alerts, settle_now
from education.diary.models import Alert
from education.people.models import Clinic
from tests import factories

LONGEST = 60  # seconds until a test gives up

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def clinician():
    return factories.make_staff("first@clinic.example", "Bo", "Sample", roles.CLINICIANS)


@pytest.fixture
def colleague():
    return factories.make_staff("second@clinic.example", "Jo", "Sample", roles.CLINICIANS)


@pytest.fixture
def patient(clinician):
    return factories.make_patient("at-once@patient.example", "Once", "Testperson", clinician)


@pytest.fixture
def plan(patient, clinician):
    today = Clinic.objects.current().today()
    return factories.make_plan(patient, clinician, exercises=1, start_on=today - timedelta(days=9))


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each of ``acts`` answers, or the error; all begin together."""
    ready, answers = Barrier(len(acts)), [None] * len(acts)

    def run(number: int, act: Callable[[], Any]) -> None:
        ready.wait(LONGEST)
        try:
            answers[number] = act()
        except Exception as error:
            answers[number] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONGEST)
    return answers


def test_a_run_that_two_saves_make_together_is_raised_once(plan, patient):
    today = Clinic.objects.current().today()
    for ago in range(7, 2, -1):
        factories.make_session(patient, day=today - timedelta(days=ago), pain_after=3)
    settle_now(patient)

    def save(ago: int) -> None:
        with transaction.atomic():
            factories.make_session(
                patient, day=today - timedelta(days=ago), pain_after=6, comment="Worse."
            )
            settle_alerts(patient=patient, today=today)

    answers = at_once(lambda: save(1), lambda: save(0), *[lambda: settle_now(patient)] * 3)
    assert answers == [None] * 5
    run = Alert.objects.get(patient=patient, kind="pain_up")
    assert (run.session.day, run.closed_at) == (today - timedelta(days=1), None)
    assert Alert.objects.filter(patient=patient, kind="comment", closed_at=None).count() == 2
    assert Alert.objects.filter(patient=patient, kind="quiet", closed_at=None).count() == 1


def test_a_rebuild_beside_saves_makes_nothing_twice(plan, patient):
    today = Clinic.objects.current().today()
    factories.make_session(patient, wrong="fell", pain_after=3)
    Alert.objects.all().delete()

    def rebuild() -> None:
        list(rebuild_alerts(today))

    assert at_once(rebuild, rebuild, *[lambda: settle_now(patient)] * 4) == [None] * 6
    assert Alert.objects.filter(kind="red_flag").count() == 1
    assert list(rebuild_alerts(today)) == [0]


def test_of_two_colleagues_one_has_seen_it(plan, patient, clinician, colleague):
    factories.make_session(patient, moved="down", pain_after=3)
    settle_now(patient)
    alert = Alert.objects.get(kind="further_down")
    pair = (clinician, colleague)
    answers = at_once(*(lambda by=by: acknowledge_alert(alert=alert, by=by) for by in pair))
    assert sorted(answers) == [False, True]
    alert.refresh_from_db()
    assert alert.acknowledged_by == pair[answers.index(True)]


def test_saves_of_one_session_wait_for_each_other_and_all_come_through(plan, patient):
    """Each locks the session before its patient: in another order two would wait for ever."""
    by, session = patient.user, factories.make_session(patient, logs=False)
    (key,) = session.version.planned

    def tell(pain: int) -> None:
        said = Said({"pain_after": pain}, {key: ("done", "")})
        finish_session(session=session, said=said, by=by)

    for turn in range(8):
        saves = (
            lambda: ease_session(session=session, by=by),
            lambda turn=turn: tell(turn),
            lambda: log_exercise(session=session, key=key, outcome="partly", by=by),
        )
        answers = at_once(*saves * 3)
        assert not [answer for answer in answers if isinstance(answer, Exception)]
    session.refresh_from_db()
    assert session.harder
    assert session.pain_after == 7
