"""“Every so many days” on paper names the day to begin with: paper has no “today”."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from education.library.models import DosageSpec
from education.plans.models import PlanVersion
from education.portal.paper.exercises import paper_plan
from tests import factories
from tests.portal.sheets import reader, text_of

MONDAY = date(2026, 11, 23)


@pytest.fixture
def monday():
    """November 23, 2026 at noon; ask for it first, so that the log-in is of that day too."""
    with time_machine.travel("2026-11-23T12:00:00-08:00", tick=False):
        yield


def every_three_days(plan, *, anchor_on: str | None = None) -> None:
    version = PlanVersion.objects.latest_of(plan)
    dosage = DosageSpec(reps_min=5, every_n_days=3).as_dict()
    version.body["exercises"][0] |= {"dosage": dosage, "anchor_on": anchor_on}
    version.save()


@pytest.mark.parametrize("name", ["plan_handout", "plan_print"])
def test_the_sheet_says_from_which_day(monday, as_patient, patient, clinician, name):
    plan = factories.make_plan(patient, clinician, start_on=MONDAY)
    every_three_days(plan, anchor_on="2026-11-24")
    answer = as_patient.get(reverse(name))
    text = text_of(reader(answer)) if name == "plan_handout" else answer.content.decode()
    assert "Every 3 days, from Tuesday, November 24." in text


@pytest.mark.parametrize(
    ("start", "anchor", "says"),
    [
        (date(2026, 11, 23), None, "Monday, November 23"),
        (date(2026, 11, 22), None, "Wednesday, November 25"),  # its first day is over
        (date(2026, 11, 1), "2026-11-02", "Monday, November 23"),
        (date(2026, 11, 1), "2026-11-28", "Saturday, November 28"),
        (date(2026, 12, 1), None, "Tuesday, December 1"),
        (date(2026, 12, 1), "2026-11-29", "Wednesday, December 2"),
        (date(2026, 12, 1), "2027-01-15", "Friday, January 15, 2027"),  # far ahead
    ],
)
def test_it_is_the_next_day_on_which_it_is_done(monday, patient, clinician, start, anchor, says):
    plan = factories.make_plan(patient, clinician, start_on=start)
    every_three_days(plan, anchor_on=anchor)
    body = PlanVersion.objects.latest_of(plan).body
    [row, *_rest] = paper_plan(body, on=MONDAY, answers={}).rows
    assert row.read.how == f"Once a day. Every 3 days, from {says}."


def test_other_days_name_none(monday, patient, clinician):
    plan = factories.make_plan(patient, clinician, start_on=MONDAY)
    version = PlanVersion.objects.latest_of(plan)
    [row, *_rest] = paper_plan(version.body, on=MONDAY, answers={}).rows
    assert "from" not in row.read.how
