"""The pages around a plan: preview, versions, and what its script asks for."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from education.audit.actions import record_view
from education.library.models import Exercise
from education.people.models import Clinic

from ..actions import plan_body, working_rows
from ..checks import answers_of
from ..forms.rows import RowForm, dosage_fields
from ..history import history
from ..models import Plan, PlannedExercise, PlanVersion
from ..reading import ReadPlan, read_plan
from ..shelf import Shelf
from .reading import RowReading, read_row, reads_line

if TYPE_CHECKING:
    from .plans import PlanAdmin


def read_body(body: dict[str, Any]) -> ReadPlan:
    """A body as its patient reads it today."""
    keys = [row["exercise"] for row in body["exercises"]]
    exercises = Exercise.objects.filter(key__in=keys).with_cover()
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
    context |= {
        "events": history(plan),
        "rows": [(row, reads_line(row)) for row in working_rows(plan)],
        "may_add": admin.has_add_permission(request),
    }
    return TemplateResponse(request, "admin/plans/plan/read_only.html", context)


@require_POST
def exercise_defaults(request: HttpRequest, admin: "PlanAdmin") -> JsonResponse:
    """One row of the form, read by the rules of the form while it is being typed; nothing is saved.

    POST: the fields of a row without their prefix, ``patient``, ``affected_side``, and ``picked``
    when the exercise was chosen now and its usual dosage is wanted. By POST, since what a patient
    is asked to do must not stand in an address.
    """
    if not (admin.has_add_permission(request) or admin.has_change_permission(request)):
        raise PermissionDenied
    patient = admin.patient_of(request, request.POST.get("patient", ""))
    picked = "picked" in request.POST
    row = None if picked else _row_of(patient.pk, request.POST.get("key", ""))
    side = request.POST.get("affected_side", "")
    shelf = Shelf.open([row] if row else [], [request.POST.get("exercise", "")])
    if row:
        row.exercise = shelf.by_pk[row.exercise_id]
    form = RowForm(
        request.POST,
        row=row,
        shelf=shelf,
        affected_side=side if side in Plan.AffectedSide else Plan.AffectedSide.UNKNOWN,
    )
    form.is_valid()
    reading = read_row(form, answers_of(patient))
    return JsonResponse(_as_json(reading, picked))


def _row_of(patient_id: int, key: str) -> PlannedExercise | None:
    """The saved row with this key, if it is one of this patient's."""
    try:
        known = UUID(key)
    except ValueError:
        return None
    return PlannedExercise.objects.filter(key=known, plan__patient=patient_id).first()


def _as_json(reading: RowReading, picked: bool) -> dict[str, Any]:
    """What the page's script writes into the row."""
    fields = {}
    planned = reading.planned if not reading.form.errors else None
    if planned and not reading.form["working_side"].value():
        fields["working_side"] = planned.working_side
    if planned and picked:
        fields |= dosage_fields(planned)
        fields["supervised_first"] = "yes" if planned.supervised_first else "no"
    clash = reading.clash
    return {
        "fields": {name: "" if value is None else str(value) for name, value in fields.items()},
        "reads": reading.reads,
        "topics": reading.topics,
        "remark": reading.remark,
        "supervised": reading.is_supervised,
        "errors": [
            f"{field.label}: {' '.join(map(str, field.errors))}" for field in reading.wrong_fields
        ],
        "clash": {
            "codes": reading.codes,
            "settled": bool(clash and clash.settled),
            "text": clash.text if clash else "",
        },
    }
