"""What the script of a plan's page asks while a row is being typed. Nothing is saved."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST

from education.people.admin.acts import me
from education.people.models import Clinic

from ..checks import answers_of
from ..forms.dosage import dosage_fields
from ..forms.row import RowForm
from ..models import Plan, PlannedExercise
from ..shelf import Shelf
from .reading import ForWhom, RowReading, read_row

if TYPE_CHECKING:
    from .plans import PlanAdmin


@require_POST
def exercise_defaults(request: HttpRequest, admin: "PlanAdmin") -> JsonResponse:
    """One row of the form, read by the rules of the form.

    POST: the fields of a row without their prefix, ``patient``, ``affected_side``, ``start_on``,
    and ``picked`` when the exercise was chosen now and its usual dosage is wanted. By POST, since
    what a patient is asked to do must not stand in an address.
    """
    if not (admin.has_add_permission(request) or admin.has_change_permission(request)):
        raise PermissionDenied
    patient = admin.patient_of(request, request.POST.get("patient", ""))
    picked = "picked" in request.POST
    row = None if picked else _row_of(patient.pk, request.POST.get("key", ""))
    typed = request.POST.copy()
    if picked:  # whether to watch first was chosen for the exercise before
        typed.pop("supervised_first", None)
    side = request.POST.get("affected_side", "")
    shelf = Shelf.open([row] if row else [], [request.POST.get("exercise", "")], by=me(request))
    if row:
        row.exercise = shelf.by_pk[row.exercise_id]
    form = RowForm(
        typed,
        row=row,
        shelf=shelf,
        affected_side=side if side in Plan.AffectedSide else Plan.AffectedSide.UNKNOWN,
    )
    form.is_valid()
    whom = ForWhom(answers_of(patient), patient.equipment, _start(request))
    return JsonResponse(_as_json(read_row(form, whom), picked))


def _start(request: HttpRequest) -> Any:
    """The first day as it is typed, or today."""
    try:
        typed = parse_date(request.POST.get("start_on", ""))
    except ValueError:
        typed = None
    return typed or Clinic.objects.current().today()


def _row_of(patient_id: int, key: str) -> PlannedExercise | None:
    """The saved row with this key, if it is one of this patient's."""
    try:
        known = UUID(key)
    except ValueError:
        return None
    rows = PlannedExercise.objects.select_related("harder__exercise")
    return rows.filter(key=known, plan__patient=patient_id).first()


def _as_json(reading: RowReading, picked: bool) -> dict[str, Any]:
    """What the page's script writes into the row."""
    clash = reading.clash
    return {
        **_to_fill_in(reading, picked),
        "reads": reading.reads,
        "harder": reading.harder_reads,
        "topics": reading.topics,
        "remark": reading.remark,
        "supervised": reading.is_supervised,
        "own": reading.is_own,
        "load": reading.load.as_dict() if reading.load else None,
        "errors": [
            f"{field.label}: {' '.join(map(str, field.errors))}" for field in reading.wrong_fields
        ],
        "clash": {
            "codes": reading.codes,
            "settled": bool(clash and clash.settled),
            "text": clash.text if clash else "",
        },
    }


def _to_fill_in(reading: RowReading, picked: bool) -> dict[str, Any]:
    """Fields to write over, and what a new exercise brings."""
    planned = reading.planned if not reading.form.errors else None
    if planned is None:
        return {"fields": {}}
    fields: dict[str, Any] = {}
    if not reading.form["working_side"].value():
        fields["working_side"] = planned.working_side
    if not picked:
        return {"fields": fields}
    fields |= dosage_fields(planned)
    fields["supervised_first"] = "yes" if planned.supervised_first else "no"
    return {
        "fields": {name: "" if value is None else str(value) for name, value in fields.items()},
        "rungs": reading.form.fields["harder_exercise"].choices,
        "supervision": reading.form.fields["supervised_first"].widget.choices,
        "rules": {"up": reading.up_rule, "down": reading.down_rule},
    }
