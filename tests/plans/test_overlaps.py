"""Two people at the same plan, or the same patient, at the same moment; on both databases.

The first begins, and holds its transaction open until the second has run into it. Nothing here is
left to luck: without its lock the second would be through before the first has ended.
"""

from collections.abc import Callable
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection, transaction

from clinic import roles
from education.people.actions import discharge_patient
from education.people.models import Patient, User
from education.plans.actions import (
    PlanSavedMeanwhile,
    RowEdit,
    activate_plan,
    complete_plan,
    hold_plan,
    plan_body,
    publish_changes,
    save_plan,
    working_rows,
)
from education.plans.changes import changes
from education.plans.checks import PlanRefused
from education.plans.models import Plan, PlanVersion
from tests import factories

HELD = 0.4  # seconds: ample for a second transaction that no lock stops
LONGEST = 30  # seconds until a test gives up

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def by() -> User:
    return factories.make_staff("both@clinic.example", "Bo", "Sample", roles.CLINICIANS)


@pytest.fixture
def patient(by) -> Patient:
    return factories.make_patient("two@patient.example", "Two", "Testperson", by)


@pytest.fixture
def drafts(patient, by) -> list[Plan]:
    return [factories.make_plan(patient, by, exercises=1, published=False) for _ in range(2)]


@pytest.fixture
def active(patient, by) -> Plan:
    return factories.make_plan(patient, by, exercises=2, title="Before")


def overlap(first: Callable[[], Any], second: Callable[[], Any]) -> list[Any]:
    """What each of them gave, or raised. The second starts when the first has done its work.

    Fails unless the second had to wait for the end of the first.
    """
    outcomes: list[Any] = [None, None]
    begun, overtaken, ending = Event(), Event(), Event()

    def stay_open() -> Any:
        with transaction.atomic():
            try:
                return first()
            finally:
                begun.set()
                overtaken.wait(HELD)
                ending.set()

    def come_second() -> Any:
        begun.wait(LONGEST)
        return second()

    def run(number: int, act: Callable[[], Any]) -> None:
        try:
            outcomes[number] = act()
        except Exception as error:
            outcomes[number] = error
        finally:
            connection.close()
        if number == 1 and not ending.is_set():
            overtaken.set()

    threads = [Thread(target=run, args=pair) for pair in enumerate((stay_open, come_second))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONGEST)
    assert not overtaken.is_set(), "the second did not wait for the first"
    return outcomes


def fresh(plan: Plan) -> Plan:
    return Plan.objects.with_people().get(pk=plan.pk)


def test_of_two_drafts_activated_at_once_the_second_completes_the_first(drafts, by, patient):
    one, two = drafts
    outcomes = overlap(
        lambda: activate_plan(plan=fresh(one), by=by),
        lambda: activate_plan(plan=fresh(two), by=by),
    )
    assert [type(outcome) for outcome in outcomes] == [PlanVersion, PlanVersion]
    assert (fresh(one).status, fresh(two).status) == ("completed", "active")
    assert Plan.objects.open().filter(patient=patient).count() == 1


def test_one_draft_activated_twice_at_once_is_published_once(drafts, by):
    draft = drafts[0]
    stale = [fresh(draft), fresh(draft)]
    outcomes = overlap(
        lambda: activate_plan(plan=stale[0], by=by), lambda: activate_plan(plan=stale[1], by=by)
    )
    assert isinstance(outcomes[1], PlanRefused)
    assert "Only a draft can be activated." in str(outcomes[1])
    assert (fresh(draft).status, draft.versions.count()) == ("active", 1)


def test_a_plan_put_on_hold_while_another_is_activated_is_completed(active, by, patient):
    draft = factories.make_plan(patient, by, exercises=1, published=False)
    overlap(
        lambda: hold_plan(plan=fresh(active), by=by),
        lambda: activate_plan(plan=fresh(draft), by=by),
    )
    assert (fresh(active).status, fresh(draft).status) == ("completed", "active")


def test_a_plan_that_another_activation_completed_cannot_be_put_on_hold(active, by, patient):
    draft = factories.make_plan(patient, by, exercises=1, published=False)
    stale = fresh(active)
    outcomes = overlap(
        lambda: activate_plan(plan=fresh(draft), by=by), lambda: hold_plan(plan=stale, by=by)
    )
    assert isinstance(outcomes[1], PlanRefused)
    assert (fresh(active).status, fresh(draft).status) == ("completed", "active")


def test_of_two_saves_at_once_the_second_is_told_and_writes_nothing(drafts, by):
    draft = drafts[0]

    def save(goal: str, note: str) -> Callable[[], Plan]:
        plan = fresh(draft)
        [row] = working_rows(plan)
        plan.goal, row.note = goal, note
        edits = [RowEdit(row, ("note",))]
        return lambda: save_plan(plan=plan, columns=["goal"], edits=edits, seen=0, by=by)

    outcomes = overlap(save("Walk", "Slowly."), save("Sit", "Quickly."))
    assert isinstance(outcomes[1], PlanSavedMeanwhile)
    now = fresh(draft)
    assert (now.goal, working_rows(now)[0].note, now.lock) == ("Walk", "Slowly.", 1)


def edit_of(plan: Plan, by: User) -> Callable[[], Plan]:
    """A save that writes the plan and both of its rows."""
    mine = fresh(plan)
    rows = working_rows(mine)
    mine.title = "After"
    for row in rows:
        row.note = "After"
    edits = [RowEdit(row, ("note",)) for row in rows]
    return lambda: save_plan(plan=mine, columns=["title"], edits=edits, seen=mine.lock, by=by)


def texts(body: dict[str, Any]) -> list[str]:
    return [body["title"], *(row["note"] for row in body["exercises"])]


def test_what_is_published_while_a_save_runs_has_the_whole_save(active, by):
    outcomes = overlap(edit_of(active, by), lambda: publish_changes(plan=fresh(active), by=by))
    assert texts(outcomes[1].body) == ["After", "After", "After"]


def test_what_is_saved_while_it_is_being_published_waits_for_the_next_version(active, by):
    Plan.objects.filter(pk=active.pk).update(goal="Walk to the shop")
    outcomes = overlap(lambda: publish_changes(plan=fresh(active), by=by), edit_of(active, by))
    assert texts(outcomes[0].body) == ["Before", "", ""]
    now = fresh(active)
    latest = PlanVersion.objects.latest_of(now)
    assert latest == outcomes[0]
    assert len(changes(latest.body, plan_body(now, working_rows(now)))) == 3


def test_changes_published_twice_at_once_are_one_version(active, by):
    Plan.objects.filter(pk=active.pk).update(goal="Walk to the shop")
    outcomes = overlap(
        lambda: publish_changes(plan=fresh(active), by=by),
        lambda: publish_changes(plan=fresh(active), by=by),
    )
    assert "Nothing has changed since the last version." in str(outcomes[1])
    assert list(active.versions.values_list("number", flat=True)) == [2, 1]


def test_nothing_is_saved_into_a_plan_that_is_being_ended(active, by):
    outcomes = overlap(lambda: complete_plan(plan=fresh(active), by=by), edit_of(active, by))
    assert isinstance(outcomes[1], PlanSavedMeanwhile)
    assert (fresh(active).title, fresh(active).status) == ("Before", "completed")


def test_nobody_is_given_a_plan_while_being_discharged(drafts, by, patient):
    outcomes = overlap(
        lambda: discharge_patient(patient=Patient.objects.get(pk=patient.pk), by=by),
        lambda: activate_plan(plan=fresh(drafts[0]), by=by),
    )
    assert "The patient is discharged." in str(outcomes[1])
    assert fresh(drafts[0]).status == "draft"
