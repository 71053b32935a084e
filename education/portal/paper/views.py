"""The addresses of what is printed. Where no PDF can be made, the page to print stands in."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from education.audit.actions import record_view
from education.people.admin.patients import PatientAdmin
from education.people.models import Clinic, Patient
from education.plans.admin import PlanAdmin
from education.plans.models import PlanVersion

from ..pages import standing_of
from .first_log_in import first_log_in_context, first_log_in_pdf
from .handout import handout_pdf
from .kept import Busy
from .language import language_of_paper
from .pdf import NoLibrary

TRY_AGAIN = 15  # seconds
# A browser shows a PDF through a viewer that it builds into this very answer, with its own styles:
# it needs these two, and nothing else has a meaning in a PDF.
VIEWER_POLICY = (
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
)


@require_safe
def plan_handout(request: HttpRequest) -> HttpResponse:
    """The patient's own hand-out."""
    version = PlanVersion.objects.visible_to(request.user).current()
    if request.user.is_staff or version is None:
        raise Http404
    clinic = Clinic.objects.current()
    stands = standing_of(version, clinic)
    if not stands.may_print:
        raise Http404
    with language_of_paper(get_language()):
        page = ["plan_print"]
        return _sheet(request, lambda: handout_pdf(version, stands, clinic), "my-plan", page)


@require_safe
def plan_handout_of(request: HttpRequest, admin: PlanAdmin, pk: int) -> HttpResponse:
    """The same for staff who hand it to a patient; a page of the admin (see apps.py)."""
    plan = admin.plan_of(request, pk)
    version = PlanVersion.objects.visible_to(request.user).filter(plan=plan).current()
    if version is None:
        raise Http404
    clinic = Clinic.objects.current()
    stands = standing_of(version, clinic)
    if not stands.may_print:
        why = _("It cannot be printed now: %(why)s.") % {"why": stands.label}
        messages.warning(request, why)
        return redirect("admin:plans_plan_change", pk)
    record_view(record=plan, by=request.user)
    page = ["admin:plans_plan_paper", pk]
    with language_of_paper(plan.patient.language):
        return _sheet(request, lambda: handout_pdf(version, stands, clinic), "plan", page)


@require_safe
def first_log_in(request: HttpRequest, admin: PatientAdmin, pk: int) -> HttpResponse:
    """The sheet to go through together at the first log-in; a page of the admin."""
    patient = admin.found(request, pk)
    if not patient.can_log_in:
        return _no_log_in(request, patient)
    record_view(record=patient, by=request.user)
    clinic = Clinic.objects.current()
    page = ["admin:people_patient_first_log_in_page", pk]
    with language_of_paper(patient.language):
        return _sheet(request, lambda: first_log_in_pdf(patient, clinic), "first-log-in", page)


@require_safe
def first_log_in_page(request: HttpRequest, admin: PatientAdmin, pk: int) -> HttpResponse:
    """The same as a page to print, for a machine that makes no PDF."""
    patient = admin.found(request, pk)
    if not patient.can_log_in:
        return _no_log_in(request, patient)
    record_view(record=patient, by=request.user)
    with language_of_paper(patient.language):
        context = first_log_in_context(patient, Clinic.objects.current())
        response = render(request, "portal/first_log_in_page.html", context)
        response.headers["Content-Language"] = get_language()
        return response


def _no_log_in(request: HttpRequest, patient: Patient) -> HttpResponse:
    messages.warning(request, _("This patient has no log-in. The plan on paper is all they need."))
    return redirect("admin:people_patient_change", patient.pk)


def _sheet(request: HttpRequest, draw: Callable[[], bytes], name: str, page: list) -> HttpResponse:
    """The PDF, shown in the browser; or the page to print, when there can be none now.

    ``name``: of the file, without its end; it says nothing about anybody. ``page``: URL name and
    arguments of the page to print.
    """
    try:
        pdf = draw()
    except NoLibrary:
        return redirect(*page)
    except Busy:
        response = render(request, "portal/paper_busy.html", {"page": redirect(*page).url})
        response.status_code = 503
        response.headers["Retry-After"] = str(TRY_AGAIN)
        return response
    said = {
        "Content-Disposition": f'inline; filename="{name}.pdf"',
        "Content-Language": get_language(),
        "Content-Security-Policy": VIEWER_POLICY,
    }
    return HttpResponse(pdf, content_type="application/pdf", headers=said)
