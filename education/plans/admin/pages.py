"""The pages around a plan: preview, versions, and what its script asks for."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from education.audit.actions import record_view
from education.library.models import Exercise
from education.people.models import Clinic

from ..actions import plan_body, working_rows
from ..bodies import library_keys
from ..history import history
from ..models import Plan, PlanVersion
from ..reading import ReadPlan, read_plan
from .reading import reads_line

if TYPE_CHECKING:
    from .plans import PlanAdmin


def read_body(body: dict[str, Any]) -> ReadPlan:
    """A body as its patient reads it today."""
    exercises = Exercise.objects.filter(key__in=library_keys(body)).with_cover()
    return read_plan(body, exercises, on=Clinic.objects.current().today())


def _in_the_patients_language(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    response = TemplateResponse(request, "plans/preview.html", context).render()
    response.headers["Content-Language"] = translation.get_language()
    return response


@require_safe
def preview(request: HttpRequest, admin: "PlanAdmin", pk: int) -> HttpResponse:
    """The saved working copy with the parts of the patient's page, in the patient's language."""
    plan = admin.plan_of(request, pk)
    record_view(record=plan, by=request.user)
    with translation.override(plan.patient.language):
        context = {"plan": plan, "read": read_body(plan_body(plan, working_rows(plan)))}
        return _in_the_patients_language(request, context)


@require_safe
def versions(request: HttpRequest, admin: "PlanAdmin", pk: int) -> HttpResponse:
    """Everything that was published of a plan and happened to it, newest first."""
    plan = admin.plan_of(request, pk)
    record_view(record=plan, by=request.user)
    context = admin.page_context(request, plan, title=_("Versions"))
    context["events"] = history(plan)
    return TemplateResponse(request, "admin/plans/plan/versions.html", context)


@require_safe
def version(request: HttpRequest, admin: "PlanAdmin", pk: int, number: int) -> HttpResponse:
    """One version as its patient read it; words of the library are those of today."""
    plan = admin.plan_of(request, pk)
    record_view(record=plan, by=request.user)
    found = get_object_or_404(PlanVersion.objects.select_related("by"), plan=plan, number=number)
    with translation.override(plan.patient.language):
        context = {"plan": plan, "version": found, "read": read_body(found.body)}
        return _in_the_patients_language(request, context)


def read_only(request: HttpRequest, admin: "PlanAdmin", plan: Plan) -> HttpResponse:
    """A plan that cannot be changed: what was last published, and its versions."""
    record_view(record=plan, by=request.user)
    context = admin.page_context(request, plan, title=_("Plan"))
    rows = plan.planned_exercises.in_plan().with_exercises().select_related("settled_by")
    context |= {
        "events": history(plan),
        "rows": [(row, reads_line(row)) for row in rows],
        "may_add": admin.has_add_permission(request),
    }
    return TemplateResponse(request, "admin/plans/plan/read_only.html", context)
