"""Finishing a plan with one to keep going: fewer days, and what to do in a flare-up.

Beside ``actions``, for it needs ``starting``, which needs them.
"""

from datetime import timedelta

from django.utils import translation
from django.utils.translation import gettext as _

from education.audit.actor import action
from education.people.models import User

from .actions.status import lock_plan
from .checks import Finding, PlanRefused
from .models import Plan, PlannedExercise, PlanTemplate
from .starting import copy_plan

REVIEW_AFTER = timedelta(weeks=12)
MOST_DAYS = 3  # of a week


@action
def finish_with_maintenance(*, plan: Plan, by: User) -> Plan:
    """Make a draft to keep going with from an open plan. Activating it completes that plan.

    The exercises are those of the working copy, as copy_plan takes them along, each on at most
    three days of a week; how much, how often a day and how hard stay. The review is in twelve
    weeks, and the flare-up text is one to be made the patient's own. Asked twice, it is the same
    draft.
    Raises PlanRefused for a plan that is not open, and as copy_plan does.
    """
    plan = lock_plan(plan)
    if not plan.is_open:
        message = _("Only a plan that the patient follows can be finished so.")
        raise PlanRefused([Finding(message)])
    if begun := kept_going(plan):
        return begun
    draft = copy_plan(plan=plan, by=by).plan
    draft.kind = Plan.Kind.MAINTENANCE
    draft.review_on = draft.start_on + REVIEW_AFTER
    draft.flare_up = plan.flare_up or flare_up_text(plan.patient.language)
    draft.save(update_fields=["kind", "review_on", "flare_up"])
    for row in draft.planned_exercises.all():
        if thin_out(row):
            row.save(update_fields=["weekdays", "every_n_days", "anchor_on"])
    return draft


def kept_going(plan: Plan) -> Plan | None:
    """The draft that somebody has begun to finish this plan with."""
    return plan.copies.filter(kind=Plan.Kind.MAINTENANCE, status=Plan.Status.DRAFT).first()


def thin_out(row: PlannedExercise) -> bool:
    """Leave every other of the days of a row (unsaved), three at most; whether that changed it.

    Every day becomes Monday, Wednesday and Friday, and so does every 2 days, which can be four
    days of a week. Three days or fewer stay as they are, and so does every 3 days or more:
    somebody who did less does not do more now.
    """
    days = [day for day in range(7) if row.weekdays & (1 << day)]
    if len(days) <= MOST_DAYS or row.every_n_days >= MOST_DAYS:
        return False
    row.every_n_days, row.anchor_on = 1, None
    row.weekdays = sum(1 << day for day in days[::2][:MOST_DAYS])
    return True


def flare_up_text(language: str) -> str:
    """What the clinic's templates say about a flare-up; else a text to be made the patient's own.

    DEMONSTRATION: a clinician reviews it, as every word a patient reads (clinical.md).
    """
    templates = PlanTemplate.objects.filter(kind=Plan.Kind.MAINTENANCE, is_offered=True)
    written = templates.exclude(flare_up="").values_list("flare_up", flat=True).first()
    if written:
        return written
    with translation.override(language):
        return "\n".join(
            [
                _("First check the signs that need a doctor. Do what they say."),
                _("Do less, not nothing: use your harder-day plan."),
                _("Move often. Take a few steps each hour."),
                _("Is your pain back to where it was, by morning too? Go back to your full plan."),
                _(
                    "Call us if your pain moves further down your leg, or is no better after "
                    "two weeks."
                ),
            ]
        )
