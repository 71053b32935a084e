"""Measures of a plan for tests, and what a form posts."""

from datetime import date
from typing import Any
from uuid import uuid4

from django.utils import timezone

from education.diary.actions.outcomes import record_outcome
from education.diary.models import FunctionActivity, Outcome
from education.people.models import Clinic, Patient, User
from education.plans.models import Plan

NAMES = ("Put on my socks", "Sit for an hour", "Carry a bag")


def make_activities(patient: Patient, *names: str) -> list[FunctionActivity]:
    """Activities of a patient that were named before, in order."""
    return [
        FunctionActivity.objects.create(patient=patient, name=name, order=order)
        for order, name in enumerate(names or NAMES, start=1)
    ]


def make_outcome(
    plan: Plan,
    *scores: int,
    point: str = Outcome.Point.START,
    pain: int | None = 5,
    day: date | None = None,
    by: User | None = None,
) -> Outcome:
    """A measure with these scores of the patient's activities, made now if there are none."""
    patient = plan.patient
    activities = FunctionActivity.objects.asked_of(patient) or make_activities(patient)
    return record_outcome(
        plan=plan,
        point=point,
        day=day or Clinic.objects.current().today(),
        pain=pain,
        scores=dict(zip(activities, scores, strict=False)),
        new=[],
        ended=[],
        submission_key=uuid4(),
        by=by or patient.user,
    )


def end_activity(activity: FunctionActivity) -> None:
    """It is not asked about from now on."""
    activity.ended_at = timezone.now()
    activity.save()


def first_answers(*scores: int, **fields: Any) -> dict[str, Any]:
    """A first form: pain 5, and an activity for each score."""
    data: dict[str, Any] = {"submission_key": str(uuid4()), "pain": "5"}
    for place, score in enumerate(scores, start=1):
        data |= {f"name_{place}": f"Activity of mine {place}", f"new_score_{place}": str(score)}
    return {**data, **fields}


def again_answers(*activities: FunctionActivity, score: int = 6, **fields: Any) -> dict[str, Any]:
    """A later form: pain 3, and the same score for each activity."""
    data = {"submission_key": str(uuid4()), "pain": "3"}
    return {**data, **{f"score_{a.pk}": str(score) for a in activities}, **fields}
