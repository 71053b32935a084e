"""From the typed rows of a plan to what has to be written: only rows and columns that differ."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from education.people.models import User

from .actions import RowEdit, settle, sign_off, take_back_sign_off
from .forms.row import RowForm, put
from .forms.rows import BaseRows
from .harder import HarderEdit, harder_of
from .models import HarderDay, Plan, PlannedExercise

COLUMNS = {
    field.name: field.attname
    for field in PlannedExercise._meta.concrete_fields
    if field.name not in ("id", "plan", "key")
}
HARDER_COLUMNS = {
    field.name: field.attname
    for field in HarderDay._meta.concrete_fields
    if field.name != "planned"
}


@dataclass(frozen=True)
class Typist:
    """Who saves, what the patient had answered by then, and the clinic's date."""

    by: User
    answers: Mapping[str, str]
    on: date


def row_edits(plan: Plan, formset: BaseRows, typist: Typist) -> list[RowEdit]:
    """What a valid formset changes; rows are numbered in the order of the form."""
    edits = []
    for row in map(copy, formset.taken_out()):
        if row.removed_at is None:
            row.removed_at = timezone.now()
            edits.append(RowEdit(row, ("removed_at",)))
    for order, form in enumerate(formset.in_order(), start=1):
        # A copy: should the save fail, the form still knows what the database has.
        row = copy(form.row) if form.row else _new_row(plan, form)
        before = _columns(row)
        _write(form, row, typist)
        row.order, row.removed_at = order, None
        after = _columns(row)
        columns = tuple(name for name in COLUMNS if before[name] != after[name])
        harder = _harder_edit(form.row, row)
        if columns or harder or row.pk is None:
            edits.append(RowEdit(row, columns, harder))
    return edits


def _harder_edit(saved: PlannedExercise | None, row: PlannedExercise) -> HarderEdit | None:
    """What changes about the harder day of a row; None when it stays as it is."""
    before, after = harder_of(saved) if saved else None, harder_of(row)
    if after is None:
        return HarderEdit(copy(before), is_taken_away=True) if before else None
    if before is None:
        return HarderEdit(after, is_new=True)
    columns = tuple(
        name
        for name, attname in HARDER_COLUMNS.items()
        if getattr(before, attname) != getattr(after, attname)
    )
    after._state.adding = False  # the saved one, with other columns
    return HarderEdit(after, columns) if columns else None


def _new_row(plan: Plan, form: RowForm) -> PlannedExercise:
    """A row with the key its form was shown with: sent twice, it cannot be saved twice."""
    row = PlannedExercise(plan=plan)
    row.key = form.cleaned_data["key"] or row.key
    return row


def _columns(row: PlannedExercise) -> dict[str, Any]:
    return {name: getattr(row, attname) for name, attname in COLUMNS.items()}


def _write(form: RowForm, row: PlannedExercise, typist: Typist) -> None:
    """Put a valid form on its row (unsaved)."""
    typed = form.cleaned_data
    put(row, typed["exercise"], typed)
    anew = form.picked_anew and form.row is not None
    _write_sign_off(row, typed["signed_off"], typist, anew=anew)
    reason = typed["settled_reason"].strip()
    if anew and reason == row.settled_reason:
        reason = ""  # it was written for the exercise before
    if reason != row.settled_reason or typed["still_right"]:
        # What stood beside the row, and what the reason before covered already.
        seen = {*typed["clashes"].split(), *([] if anew else row.settled)}
        settle(
            row,
            reason=reason,
            answers=typist.answers,
            seen=seen,
            by=typist.by,
            on=typist.on,
        )


def _write_sign_off(row: PlannedExercise, ticked: bool, typist: Typist, *, anew: bool) -> None:
    """A sign-off is for one exercise: another one has to be watched again."""
    if anew and row.signed_off_on:
        take_back_sign_off(row)
    elif ticked and not row.signed_off_on:
        sign_off(row, by=typist.by, on=typist.on)
    elif not ticked and row.signed_off_on:
        take_back_sign_off(row)
