"""Saving the working copy: counted, all or nothing, and only what differs."""

from threading import Thread

import pytest
from auditlog.models import LogEntry
from django.db import IntegrityError, connection

from clinic import roles
from education.plans.actions import PlanSavedMeanwhile, RowEdit, complete_plan, save_plan
from education.plans.models import Plan, PlannedExercise
from tests import factories
from tests.plans.conftest import rows_of

pytestmark = pytest.mark.django_db


def test_only_the_named_columns_are_written(draft, clinician):
    Plan.objects.filter(pk=draft.pk).update(title="Written by another action")
    draft.goal = "Walk"
    save_plan(plan=draft, columns=["goal"], edits=[], seen=0, by=clinician)
    draft.refresh_from_db()
    assert (draft.goal, draft.title, draft.lock) == ("Walk", "Written by another action", 1)


def test_a_save_that_was_overtaken_writes_nothing(draft, clinician):
    row = rows_of(draft)[0]
    row.note = "Lost?"
    save_plan(plan=draft, columns=[], edits=[], seen=0, by=clinician)
    with pytest.raises(PlanSavedMeanwhile):
        save_plan(plan=draft, columns=[], edits=[RowEdit(row, ("note",))], seen=0, by=clinician)
    row.refresh_from_db()
    assert row.note == ""


def test_an_ended_plan_is_never_written(active, clinician):
    ended = complete_plan(plan=active, by=clinician)
    with pytest.raises(PlanSavedMeanwhile):
        save_plan(plan=active, columns=["goal"], edits=[], seen=ended.lock, by=clinician)


def test_a_row_that_cannot_be_written_takes_the_whole_save_back(draft, clinician):
    first, second = rows_of(draft)
    draft.goal = "Walk"
    twin = PlannedExercise(plan=draft, exercise=first.exercise, sets=2, reps_min=5)
    with pytest.raises(IntegrityError):
        save_plan(plan=draft, columns=["goal"], edits=[RowEdit(twin)], seen=0, by=clinician)
    draft.refresh_from_db()
    assert (draft.goal, draft.lock) == ("", 0)
    assert len(rows_of(draft)) == 2


def test_three_rows_may_change_places_in_a_ring(draft, clinician):
    factories.plan_row(draft, factories.make_exercise())
    rows = rows_of(draft)
    exercises = [row.exercise for row in rows]
    for row, exercise in zip(rows, exercises[1:] + exercises[:1], strict=True):
        row.exercise = exercise
    edits = [RowEdit(row, ("exercise",)) for row in rows]
    save_plan(plan=draft, columns=[], edits=edits, seen=0, by=clinician)
    assert [row.exercise_id for row in rows_of(draft)] == [
        exercise.pk for exercise in exercises[1:] + exercises[:1]
    ]


def test_a_row_comes_back_into_the_place_that_another_has_left(draft, clinician):
    gone, stays = rows_of(draft)
    PlannedExercise.objects.filter(pk=gone.pk).update(removed_at=draft.created_at)
    PlannedExercise.objects.filter(pk=stays.pk).update(exercise=gone.exercise)
    stays.exercise = factories.make_exercise()
    gone.removed_at = None
    edits = [RowEdit(gone, ("removed_at",)), RowEdit(stays, ("exercise",))]
    save_plan(plan=draft, columns=[], edits=edits, seen=0, by=clinician)
    assert len(rows_of(draft)) == 2


def test_every_changed_row_has_its_own_entry_in_the_audit_log(draft, clinician):
    rows = rows_of(draft)
    for row in rows:
        row.note = "Slowly."
    edits = [RowEdit(row, ("note",)) for row in rows]
    save_plan(plan=draft, columns=[], edits=edits, seen=0, by=clinician)
    for row in rows:
        entry = LogEntry.objects.get_for_object(row).order_by("pk").last()
        assert (entry.changes, entry.actor) == ({"note": ["", "Slowly."]}, clinician)


def test_of_two_saves_at_the_same_moment_one_is_told(transactional_db):
    by = factories.make_staff("both@clinic.example", "Bo", "Sample", roles.CLINICIANS)
    patient = factories.make_patient("two@patient.example", "Two", "Testperson", by)
    plan = factories.make_plan(patient, by, published=False)
    outcomes: list[str] = []

    def save(goal: str) -> None:
        mine = Plan.objects.get(pk=plan.pk)
        mine.goal = goal
        try:
            save_plan(plan=mine, columns=["goal"], edits=[], seen=0, by=by)
            outcomes.append(goal)
        except PlanSavedMeanwhile:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [Thread(target=save, args=[goal]) for goal in ("Walk", "Sit")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    plan.refresh_from_db()
    assert sorted(outcomes) == sorted(["told", plan.goal])
    assert plan.lock == 1
