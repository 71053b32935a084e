"""The buttons of a row about a clinician's own default; like all others they save first."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from education.people.admin.acts import me
from education.people.models import User

from ..defaults import forget_default, make_default
from ..forms.dosage import dosage_fields
from ..models import PlannedExercise
from ..shelf import Shelf
from .starting import change_url

if TYPE_CHECKING:
    from .sheet import PlanSheet

LIBRARY, MAKE, FORGET = "_library", "_make_default", "_forget_default"


def is_pressed(pressed: Mapping[str, Any]) -> bool:
    """Whether one of the buttons about an own default was."""
    return MAKE in pressed or FORGET in pressed


def keep(request: HttpRequest, sheet: "PlanSheet") -> HttpResponse:
    """Make the saved row of the pressed button the clinician's default, or forget theirs."""
    button = MAKE if MAKE in request.POST else FORGET
    number, row = _saved_row(sheet, request.POST[button])
    if row is None:
        messages.warning(request, _("Saved. That row is not in the plan any more."))
        return HttpResponseRedirect(change_url(sheet.plan))
    messages.success(
        request, _kept(row, me(request)) if button == MAKE else _gone(row, me(request))
    )
    return HttpResponseRedirect(f"{change_url(sheet.plan)}#row-{number}")


def _kept(row: PlannedExercise, by: User) -> str:
    make_default(row=row, by=by)
    return _(
        "Saved. This dosage is your default for the exercise now. It fills the row when you add "
        "the exercise next time, for any patient. Words for this patient stay in this plan."
    )


def _gone(row: PlannedExercise, by: User) -> str:
    forget_default(exercise=row.exercise, by=by)
    return _("Saved. Next time the exercise starts with the library’s dosage.")


def _saved_row(sheet: "PlanSheet", prefix: str) -> tuple[int, PlannedExercise | None]:
    """Place and saved row of the form with this prefix."""
    for number, form in enumerate(sheet.rows.in_order(), start=1):
        if form.prefix == prefix:
            rows = sheet.plan.planned_exercises.in_plan().select_related("exercise")
            return number, rows.filter(key=form.cleaned_data["key"]).first()
    return 0, None


def back_to_library(data: Mapping[str, Any], shelf: Shelf) -> Mapping[str, Any]:
    """The typed page, with the library's dosage in the row whose button asks for it."""
    prefix = data.get(LIBRARY)
    exercise = shelf.find(data.get(f"{prefix}-exercise", "")) if prefix else None
    if exercise is None:
        return data
    typed: Any = data.copy()  # type: ignore[attr-defined]  # a QueryDict
    for name, value in dosage_fields(exercise).items():
        typed[f"{prefix}-{name}"] = "" if value is None else value
    return typed
