"""What plans put on the staff's front page."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from education.people.models import Clinic, Patient

from .models import Plan
from .rechecks import PANEL, clashing_plans

SHOWN = 8


def plans_that_clash(request: HttpRequest) -> dict[str, Any] | None:
    """Plans in use with something to settle: their patients are asked to call before going on."""
    if not request.user.has_perm("plans.view_plan"):
        return None
    found = clashing_plans()
    if not found:
        return None
    label = ngettext("plan that clashes now", "plans that clash now", len(found))
    return {
        "order": 20,
        "id": PANEL,
        "title": _("Plans that clash now"),
        "template": "admin/plans/panels/plans_that_clash.html",
        "rows": found,
        "tile": {"count": len(found), "label": label, "flag": False},
    }


def reviews_due(request: HttpRequest) -> dict[str, Any] | None:
    """Open plans whose review is due, the longest waiting first."""
    if not request.user.has_perm("plans.view_plan"):
        return None
    today = Clinic.objects.current().today()
    due = Plan.objects.due_for_review(today).select_related("patient", "clinician")
    return _panel(
        order=30,
        id="reviews-due",
        title=_("Review due"),
        template="admin/plans/panels/reviews_due.html",
        found=due.order_by("review_on", "pk"),
        label=lambda n: ngettext("review due", "reviews due", n),
        today=today,
    )


def without_plan(request: HttpRequest) -> dict[str, Any] | None:
    """Current patients for whom nothing was published yet, the longest waiting first."""
    if not request.user.has_perms(["plans.view_plan", "people.view_patient"]):
        return None
    found = patients_without_plan(Patient.objects.all()).select_related("clinician")
    return _panel(
        order=40,
        id="without-plan",
        title=_("No plan yet"),
        template="admin/plans/panels/without_plan.html",
        found=found.order_by("added_at", "pk"),
        label=lambda n: ngettext("patient without a plan", "patients without a plan", n),
        may_add=request.user.has_perm("plans.add_plan"),
    )


def patients_without_plan(patients: Any) -> QuerySet[Patient]:
    """Of these rows of patients, the current ones for whom no plan was ever published."""
    return patients.current().exclude(plans__versions__isnull=False)


def _panel(*, found: QuerySet, label: Any, **parts: Any) -> dict[str, Any] | None:
    """A panel of the first rows with their number; None when there are none."""
    number = found.count()
    if not number:
        return None
    return {
        **parts,
        "rows": found[:SHOWN],
        "more": max(number - SHOWN, 0),
        "tile": {"count": number, "label": label(number), "flag": False},
    }
