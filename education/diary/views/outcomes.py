"""Outcome measures, as a patient scores them. Staff type them from paper: admin/measures.py."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from education.people.admin.acts import me, posted
from education.people.models import Clinic, Patient

from ..actions.outcomes import MeasuredBefore, record_outcome
from ..forms.outcomes import OutcomeForm
from ..models import FunctionActivity, Outcome
from ..outcomes import asked_for, outcomes_of
from ..planned import history_of
from .own import own_patient


@require_http_methods(["GET", "HEAD", "POST"])
def outcome_measure(request: HttpRequest) -> HttpResponse:
    """Pain of the week and one's own activities. When there is nothing to ask: the progress."""
    patient = own_patient(request)
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
