"""Writing down an outcome measure."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from education.audit.actor import action
from education.people.models import Clinic, Patient, User
from education.plans.models import Plan

from ..alerts import settle_alerts
from ..models import ActivityScore, FunctionActivity, Outcome

Point = Outcome.Point


class MeasuredBefore(Exception):
    """This point of the plan has been measured; ``field`` is the one to change on paper."""

    def __init__(self, field: str, message: str):
        super().__init__(message)
        self.field = field


@action
def record_outcome(
    *,
    plan: Plan,
    point: str,
    day: date,
    pain: int | None,
    scores: Mapping[FunctionActivity, int],
    new: Sequence[tuple[str, int]],
    ended: Collection[FunctionActivity],
    submission_key: UUID,
    by: User,
) -> Outcome:
    """Write one time of measuring: pain of the week and scores 0-10, of known and new activities.

    Sent twice with the same key it is written once. Activities in ``ended`` are not asked about
    again; their scores stay. Raises MeasuredBefore for a second start or end of a plan, or a second
    review on a day.
    """
    patient = Patient.objects.select_for_update(no_key=True).get(pk=plan.patient_id)
    known = Outcome.objects.filter(submission_key=submission_key, patient=patient).first()
    if known is not None:
        return known
    _refuse_a_second(plan, point, day)
    outcome = Outcome.objects.create(
        patient=patient,
        plan=plan,
        point=point,
        day=day,
        pain=pain,
        submission_key=submission_key,
        by=by,
    )
    for activity, score in scores.items():
        ActivityScore.objects.create(outcome=outcome, activity=activity, score=score)
    last = FunctionActivity.objects.filter(patient=patient).aggregate(last=Max("order"))["last"]
    for order, (name, score) in enumerate(new, start=(last or 0) + 1):
        activity = FunctionActivity.objects.create(patient=patient, name=name, order=order)
        ActivityScore.objects.create(outcome=outcome, activity=activity, score=score)
    for activity in ended:
        activity.ended_at = timezone.now()
        activity.save(update_fields=["ended_at"])
    settle_alerts(patient=patient, today=Clinic.objects.current().today())
    return outcome


def _refuse_a_second(plan: Plan, point: str, day: date) -> None:
    """The words of the constraints of Outcome."""
    there = Outcome.objects.filter(plan=plan, point=point)
    if point != Point.REVIEW and there.exists():
        label = Point(point).label
        raise MeasuredBefore("point", _("The %(point)s was measured before.") % {"point": label})
    if point == Point.REVIEW and there.filter(day=day).exists():
        raise MeasuredBefore("day", _("There is a review of this day."))
