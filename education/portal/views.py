"""The patient's pages. Every one starts from the latest version this person may see."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from education.audit.actions import record_view
from education.diary.today import today_of
from education.library.red_flags import red_flag_panel
from education.people.models import Clinic
from education.people.views import MemberRequest
from education.plans import harder_days
from education.plans.admin import PlanAdmin
from education.plans.models import PlanVersion
from education.plans.standing import Standing

from .day import morning_part
from .pages import exercise_page, greeting, has_begun, plan_page, printed_page, standing_of
from .paper.language import language_of_paper


@require_safe
def plan_today(request: MemberRequest) -> HttpResponse:
    """The plan of today, or the one thing to say before it."""
    if request.user.is_staff:
        return render(request, "portal/staff_here.html")
    clinic = Clinic.objects.current()
    version = PlanVersion.objects.visible_to(request.user).with_seen().current()
    if version is None:
        return render(request, "portal/plan_none.html", {"clinic": clinic})
    stands, today = standing_of(version, clinic), None
    if has_begun(version, stands, clinic.today()):
        today = today_of(request.user, version, clinic)
    context = {
        "clinic": clinic,
        "greeting": greeting(clinic.now(), version.plan.patient.called),
        "page": plan_page(version, stands, clinic, today),
        "morning": morning_part(request, today, clinic),
    }
    return render(request, "portal/plan_today.html", context)


def _own_version(request: HttpRequest, clinic: Clinic) -> PlanVersion:
    """What the patient who asks reads today; 404 for whoever has no plan, and for staff."""
    version = PlanVersion.objects.visible_to(request.user).with_seen().current()
    if request.user.is_staff or version is None:
        raise Http404
    return version


@require_POST
def take_harder_day(request: HttpRequest) -> HttpResponse:
    """The patient says that today is a harder day: the lighter plan holds until midnight.

    While the plan is not to be followed nothing is kept; the plan's page says what to wait for.
    """
    clinic = Clinic.objects.current()
    version = _own_version(request, clinic)
    if standing_of(version, clinic).may_be_followed:
        patient = version.plan.patient
        harder_days.take_harder_day(patient=patient, day=clinic.today(), by=request.user)
    return redirect("plan_today")


@require_POST
def take_back_harder_day(request: HttpRequest) -> HttpResponse:
    """The patient goes back to the usual plan of today."""
    clinic = Clinic.objects.current()
    patient = _own_version(request, clinic).plan.patient
    harder_days.take_back_harder_day(patient=patient, day=clinic.today(), by=request.user)
    return redirect("plan_today")


@require_POST
def see_changes(request: HttpRequest) -> HttpResponse:
    """The patient has read what changed; a version published since then is still to be read."""
    version = _own_version(request, Clinic.objects.current())
    if request.POST.get("version") == str(version.number):
        harder_days.see_changes(version=version, by=request.user)
    return redirect("plan_today")


@require_safe
def planned_exercise(request: HttpRequest, key: UUID) -> HttpResponse:
    """One exercise of the present plan; any other key is a 404, also a stranger's."""
    clinic = Clinic.objects.current()
    version = _own_version(request, clinic)
    if str(key) not in version.planned:
        raise Http404
    page = exercise_page(version, str(key), standing_of(version, clinic), clinic)
    context = {"clinic": clinic, "title": page.title, "page": page.body}
    return render(request, "portal/planned_exercise.html", context)


@require_safe
def plan_print(request: HttpRequest) -> HttpResponse:
    """The whole plan on paper, with the signs that need a doctor."""
    clinic = Clinic.objects.current()
    version = _own_version(request, clinic)
    stands = standing_of(version, clinic)
    if not stands.may_print:
        raise Http404
    with language_of_paper(get_language()):
        return _paper(request, version, stands, clinic)


@require_safe
def plan_paper(request: HttpRequest, admin: PlanAdmin, pk: int) -> HttpResponse:
    """The same sheets for staff who hand them to a patient; a page of the admin (see apps.py)."""
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
    with language_of_paper(plan.patient.language):
        return _paper(request, version, stands, clinic)


def _paper(
    request: HttpRequest, version: PlanVersion, stands: Standing, clinic: Clinic
) -> HttpResponse:
    context = {
        "clinic": clinic,
        "version": version,
        "standing": stands,
        "printed_on": clinic.today(),
        "page": printed_page(version, clinic.today()),
        "red_flags": red_flag_panel(clinic),
    }
    response = render(request, "portal/plan_print.html", context)
    response.headers["Content-Language"] = get_language()
    return response
