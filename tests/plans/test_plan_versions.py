"""What happened to a plan, as staff read it: versions, moves, holds, in time order."""

from datetime import timedelta

import pytest
import time_machine

from education.library.models import LadderLink
from education.people.models import Clinic
from education.plans.actions import (
    complete_plan,
    hold_plan,
    move_to_rung,
    publish_changes,
    resume_plan,
    resume_plans_due,
)
from education.plans.harder_days import see_changes
from education.plans.history import history
from tests import factories
from tests.conftest import logged_in

from .conftest import rows_of
from .page import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def later():
    """A clock that can be put forward, so that events have an order."""
    with time_machine.travel("2026-11-02T18:00:00Z", tick=False) as clock:
        yield lambda **delta: clock.shift(timedelta(**delta))


def page_of_versions(plan) -> str:
    return f"/admin/plans/plan/{plan.pk}/versions/"


def test_every_version_says_what_changed_in_words_and_who_published_it(
    later, active, clinician, colleague
):
    active.goal = "Walk to the shop"
    active.save()
    later(days=1)
    publish_changes(plan=active, by=colleague)
    second, first = history(active)
    assert (second.version.number, second.by) == (2, colleague)
    assert second.lines == ["Goal: Walk to the shop"]
    assert (first.version.number, first.by) == (1, clinician)
    assert first.lines == ["The first version"]


def test_staff_read_whether_the_patient_has_read_what_changed(later, active, clinician):
    active.goal = "Walk to the shop"
    active.save()
    later(days=1)
    version = publish_changes(plan=active, by=clinician)
    body = text_of(logged_in(clinician).get(page_of_versions(active)))
    assert body.count("The patient has not pressed “Got it” on this one.") == 1
    later(days=1)
    see_changes(version=version, by=active.patient.user)
    body = text_of(logged_in(clinician).get(page_of_versions(active)))
    assert "The patient pressed “Got it” on November 4, 2026." in body
    assert "has not pressed" not in body


def test_what_a_later_version_told_counts_as_read(later, active, clinician):
    for goal in ("Walk to the shop", "Walk to the park"):
        active.goal = goal
        active.save()
        later(days=1)
        version = publish_changes(plan=active, by=clinician)
    see_changes(version=version, by=active.patient.user)
    body = text_of(logged_in(clinician).get(page_of_versions(active)))
    assert "has not pressed" not in body
    assert "pressed “Got it” on a later one, November 4, 2026. It told this, too." in body


def test_a_move_stands_with_its_reason_and_whether_it_was_published(later, active, clinician):
    row = rows_of(active)[0]
    other = factories.make_exercise(title_en="A harder one")
    LadderLink.objects.create(
        exercise=row.exercise, to_exercise=other, direction="harder", rule_en="Later."
    )
    later(days=1)
    move_to_rung(planned=row, to_exercise=other, reason="It went well.", by=clinician)
    move = history(active)[0]
    assert move.what == f"From {row.exercise.title} to A harder one"
    assert move.typed == "It went well."
    assert move.lines == ["Not published then or since."]
    later(days=1)
    publish_changes(plan=active, by=clinician)
    assert history(active)[1].lines == []


def test_holds_and_the_end_stand_between_the_versions(later, active, clinician, colleague):
    later(days=1)
    hold_plan(plan=active, until=Clinic.objects.current().today() + timedelta(days=4), by=clinician)
    later(days=5)
    resume_plans_due()
    later(days=1)
    hold_plan(plan=active, by=clinician)
    later(days=1)
    resume_plan(plan=active, by=colleague)
    later(days=1)
    complete_plan(plan=active, by=clinician)
    assert [(event.what, event.by) for event in history(active)] == [
        ("Completed", clinician),
        ("Goes on after the hold", colleague),
        ("On hold until somebody resumes it", clinician),
        ("Goes on after the hold", None),
        ("On hold until Saturday, November 7, 2026", clinician),
        ("Version 1", clinician),
    ]


def test_the_page_shows_them_and_links_each_version(as_clinician, active, clinician):
    hold_plan(plan=active, by=clinician)
    body = text_of(as_clinician.get(page_of_versions(active)))
    assert f"/admin/plans/plan/{active.pk}/versions/1/" in body
    assert "The first version" in body
    assert body.index("On hold until somebody resumes it") < body.index("Version 1")


def test_a_draft_has_no_history_yet(as_clinician, draft):
    assert "Nothing was published yet." in text_of(as_clinician.get(page_of_versions(draft)))


def test_a_plan_that_is_over_shows_its_history(as_clinician, active, clinician):
    complete_plan(plan=active, by=clinician)
    body = text_of(as_clinician.get(f"/admin/plans/plan/{active.pk}/change/"))
    assert "Completed" in body
    assert "The first version" in body


def test_the_number_of_queries_does_not_grow(active, clinician, django_assert_num_queries):
    history(active)  # the content type is remembered
    for number in range(4):
        active.goal = f"Goal {number}"
        active.save()
        publish_changes(plan=active, by=clinician)
    with django_assert_num_queries(3):
        assert len(history(active)) == 5
