"""Outcome measures: a patient scores them, or staff type them from paper."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from education.audit.actions import record_view
from education.people.admin.acts import me, posted
from education.people.admin.patients import PatientAdmin
from education.people.models import Clinic, Patient

from ..actions.outcomes import MeasuredBefore, record_outcome
from ..forms.outcomes import OutcomeForm, PaperOutcomeForm
from ..models import FunctionActivity, Outcome
from ..outcomes import asked_for, measured_plan, measures_of, outcomes_of
from ..planned import history_of


@require_http_methods(["GET", "HEAD", "POST"])
def outcome_measure(request: HttpRequest) -> HttpResponse:
    """Pain of the week and one's own activities. When there is nothing to ask: the progress."""
    if request.user.is_staff:
        raise Http404
    patient = get_object_or_404(Patient.objects.visible_to(request.user))
    if _is_saved(request, patient):
        return _thank(request)
    clinic = Clinic.objects.current()
    versions = history_of(patient, clinic.zone).versions
    asked = asked_for(versions, outcomes_of(patient), clinic.today())
    if asked is None:
        return _nothing_to_ask(request)
    form = OutcomeForm(posted(request), activities=FunctionActivity.objects.asked_of(patient))
    if form.is_valid():
        told = {"plan": asked.plan, "point": asked.point, "day": clinic.today()}
        try:
            record_outcome(**told, **form.entries(), by=me(request))
        except MeasuredBefore:  # in another tab, in this very moment
            return _nothing_to_ask(request)
        return _thank(request)
    context = {"form": form, "asked": asked, "clinic": clinic}
    return render(request, "diary/outcome_measure.html", context)


def _is_saved(request: HttpRequest, patient: Patient) -> bool:
    """Whether this very form was saved before: a double tap, a reload, a second try."""
    key = request.POST.get("submission_key", "")
    return bool(key) and Outcome.objects.sent_as(key).filter(patient=patient).exists()


def _nothing_to_ask(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("There is nothing to answer today."))
    return redirect("progress")


def _thank(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("Thank you. Your answers are saved."))
    return redirect("progress")


@require_http_methods(["GET", "HEAD", "POST"])
def outcome_measure_of(request: HttpRequest, admin: PatientAdmin, pk: int) -> HttpResponse:
    """The same for staff, who type it from paper; a page of the admin (see apps.py)."""
    patient = admin.found(request, pk)
    if not request.user.has_perm("diary.add_outcome"):
        raise PermissionDenied
    clinic = Clinic.objects.current()
    versions, outcomes = history_of(patient, clinic.zone).versions, outcomes_of(patient)
    plan = measured_plan(versions)
    form = PaperOutcomeForm(
        posted(request),
        activities=FunctionActivity.objects.asked_of(patient),
        today=clinic.today(),
        asked=asked_for(versions, outcomes, clinic.today()),
    )
    if plan and form.is_valid() and _record(form, plan, me(request)):
        messages.success(request, _("The measure is saved."))
        return redirect("admin:people_patient_change", pk)
    record_view(record=patient, by=me(request))
    context: dict[str, Any] = {
        **admin.admin_site.each_context(request),
        **{"opts": admin.opts, "original": patient, "title": _("Outcome measure")},
        **{"form": form, "plan": plan, "measures": measures_of(outcomes, versions)},
    }
    return TemplateResponse(request, "admin/diary/outcome_measure.html", context)


def _record(form: PaperOutcomeForm, plan: Any, by: Any) -> bool:
    """Save what staff typed; a point that was measured before is told beside its field."""
    told = {"plan": plan, "point": form.cleaned_data["point"], "day": form.cleaned_data["day"]}
    try:
        record_outcome(**told, **form.entries(), by=by)
    except MeasuredBefore as error:
        form.add_error(error.field, str(error))
        return False
    return True
