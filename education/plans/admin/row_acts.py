"""The buttons of one row: what they do or lead to once the plan's form is saved."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from education.people.admin.acts import me

from ..actions import sign_off_exercise, watch_exercise_again, working_rows
from ..checks import PlanRefused
from ..models import Plan
from .starting import change_url

# What a button with the key of a row does, and what it says then. No person, no exercise: messages
# travel in a cookie.
ROW_ACTS: dict[str, tuple[Callable[..., Any], Any]] = {
    "_sign_off": (sign_off_exercise, gettext_lazy("Signed off, with your name and today’s date.")),
    "_watch_again": (watch_exercise_again, gettext_lazy("The sign-off was taken back.")),
}
NOT_DONE = gettext_lazy(
    "Saved, but the sign-off stays as it was: nobody has to watch this row first, or somebody "
    "changed it meanwhile. Look at the plan again."
)
ROW_LEADS_TO = {"_rungs": "admin:plans_plan_rungs"}
OF_A_ROW = (*ROW_ACTS, *ROW_LEADS_TO)


def act_on_row(request: HttpRequest, plan: Plan, pressed: str) -> HttpResponse:
    """Do what the button of a row says; its value is the key of the row."""
    rows = working_rows(plan)
    keys = [row.key for row in rows]
    key = _uuid(request.POST[pressed])
    if key not in keys:
        messages.warning(request, _("This exercise is not in the plan any more."))
        return HttpResponseRedirect(change_url(plan))
    if pressed in ROW_LEADS_TO:
        return HttpResponseRedirect(reverse(ROW_LEADS_TO[pressed], args=[plan.pk, key]))
    place = keys.index(key)
    act, words = ROW_ACTS[pressed]
    try:
        act(planned=rows[place], by=me(request))
    except PlanRefused:  # its words may name an exercise
        messages.warning(request, NOT_DONE)
    else:
        unpublished = _("It is not published yet.") if plan.is_open else ""
        messages.success(request, f"{words} {unpublished}".strip())
    return HttpResponseRedirect(f"{change_url(plan)}#row-{place + 1}")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
