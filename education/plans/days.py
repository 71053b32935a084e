"""How far from today the days of a plan may lie: a mistyped year is never published."""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from .models import Plan

A_YEAR = timedelta(days=366)


def too_far(plan: Plan, *, start: date | None, review: date | None) -> dict[str, str]:
    """What is wrong with these days of ``plan``, by field; empty when they are near enough.

    The start lies within a year of today; that of a plan in use within a year of the day it was
    made. The review is at most a year after today, or after a start that lies ahead. Whether it
    is today here or a day later does not matter to a year: the clinic is not asked.
    """
    today, found = timezone.localdate(), {}
    made = min(today, plan.created_at.date()) if plan.created_at else today
    if start and not made - A_YEAR <= start <= today + A_YEAR:
        found["start_on"] = _("The start is more than a year away. Look at the year.")
    if review and review - max(today, start or today) > A_YEAR:
        found["review_on"] = _("The review is more than a year ahead. Choose an earlier day.")
    return found
