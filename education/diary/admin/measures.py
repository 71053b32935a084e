"""Outcome measures on a patient's page in the admin, and the page on which paper is typed in."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from education.audit.actions import record_view
from education.people.admin.acts import Act, me, posted
from education.people.admin.patients import PatientAdmin
from education.people.models import Clinic, Patient, User
from education.plans.models import Plan

from ..actions.outcomes import MeasuredBefore, record_outcome
from ..forms.outcomes import PaperOutcomeForm
from ..models import FunctionActivity
from ..outcomes import asked_for, measured_plan, measures_of, outcomes_of
from ..planned import history_of


class OutcomeMeasures:
    """Start, review, end and what changed; and the way to type in what was scored on paper."""

    template = "admin/diary/measures/part.html"

    def context(self, request: HttpRequest, patient: Patient) -> dict[str, Any] | None:
        """None for who may not see it, and while there is no plan to measure."""
        if not request.user.has_perm("diary.view_outcome"):
            return None
        clinic = Clinic.objects.current()
        versions, outcomes = history_of(patient, clinic.zone).versions, outcomes_of(patient)
        if measured_plan(versions) is None and not outcomes:
            return None
        return {
            "patient": patient,
            "measures": measures_of(outcomes, versions),
            "asked": asked_for(versions, outcomes, clinic.today()),
            "may_add": request.user.has_perm("diary.add_outcome"),
        }

    def acts(self, request: HttpRequest, patient: Patient) -> list[Act]:
        """It has no buttons."""
        return []


@require_http_methods(["GET", "HEAD", "POST"])
def outcome_measure_of(request: HttpRequest, admin: PatientAdmin, pk: int) -> HttpResponse:
    """Type in a measure from paper, for the plan in use or the last one; a page of the admin."""
    patient = admin.found(request, pk)
    if not request.user.has_perm("diary.add_outcome"):
        raise PermissionDenied
    clinic = Clinic.objects.current()
    versions, outcomes = history_of(patient, clinic.zone).versions, outcomes_of(patient)
    plan = measured_plan(versions)
    if plan is None:
        messages.warning(request, _("There is no plan to measure yet."))
        return redirect("admin:people_patient_change", pk)
    form = PaperOutcomeForm(
        posted(request),
        activities=FunctionActivity.objects.asked_of(patient),
        today=clinic.today(),
        asked=asked_for(versions, outcomes, clinic.today()),
    )
    if form.is_valid() and _record(form, plan, me(request)):
        messages.success(request, _("The measure is saved."))
        return redirect("admin:people_patient_change", pk)
    record_view(record=patient, by=me(request))
    context = {
        **admin.admin_site.each_context(request),
        **{"opts": admin.opts, "original": patient, "title": _("Outcome measure")},
        **{"form": form, "plan": plan},
    }
    return TemplateResponse(request, "admin/diary/measures/page.html", context)


def _record(form: PaperOutcomeForm, plan: Plan, by: User) -> bool:
    """Save what was typed; a point that was measured before is told beside its field."""
    told = {"plan": plan, "point": form.cleaned_data["point"], "day": form.cleaned_data["day"]}
    try:
        record_outcome(**told, **form.entries(), by=by)
    except MeasuredBefore as error:
        form.add_error(error.field, str(error))
        return False
    return True
