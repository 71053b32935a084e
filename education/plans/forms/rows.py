"""The exercises of a plan as rows of one form: loaded once, and only changed ones written."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from education.library.models import Exercise

from ..models import Plan, PlannedExercise
from ..shelf import Shelf
from .row import RowForm


class BaseRows(forms.BaseFormSet):
    """All rows of a plan. ``rows`` are those of the database that the form may touch."""

    deletion_widget = forms.CheckboxInput

    def __init__(
        self,
        *args: Any,
        plan: Plan,
        rows: list[PlannedExercise],
        shelf: Shelf,
        affected_side: str,
        **kwargs: Any,
    ):
        self.plan = plan
        self.rows = rows
        self.by_key = {str(row.key): row for row in rows}
        self.shared = {"shelf": shelf, "affected_side": affected_side}
        for row in rows:
            row.exercise = shelf.by_pk[row.exercise_id]
        super().__init__(*args, **kwargs | {"prefix": "rows"})

    def initial_form_count(self) -> int:
        return super().initial_form_count() if self.is_bound else len(self.rows)

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return self.shared | {"row": self._row(index)}

    def _row(self, index: int | None) -> PlannedExercise | None:
        """The saved row behind the form with this number; by its key, never by its place."""
        if index is None:
            return None
        if self.is_bound:
            return self.by_key.get(self.data.get(f"{self.prefix}-{index}-key", ""))
        return self.rows[index] if index < len(self.rows) else None

    def add_fields(self, form: RowForm, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Take out of the plan")

    def clean(self) -> None:
        """The same exercise on the same side stands in a plan once."""
        seen: dict[tuple[int, str], str] = {}
        mentioned = {form.row.key for form in self.forms if form.row}
        for row in self.rows:
            if row.key not in mentioned and row.removed_at is None:
                seen[row.exercise_id, row.working_side] = _("another row")
        for number, form in enumerate(self.in_order(), start=1):
            exercise = form.cleaned_data.get("exercise")
            if exercise is None:
                continue
            place = exercise.pk, str(form.cleaned_data.get("working_side"))
            if place in seen:
                form.add_error("exercise", self._twice(exercise, seen[place]))
            seen.setdefault(place, _("row %(number)d") % {"number": number})

    @staticmethod
    def _twice(exercise: Exercise, where: str) -> str:
        return _(
            "%(exercise)s is in this plan with the same side already: %(where)s. Change the side, "
            "choose another exercise, or take this row out."
        ) % {"exercise": exercise.title, "where": where}

    def in_order(self) -> list[RowForm]:
        """Rows that stay, in the order of their numbers; blank ones left out."""
        staying = [
            form for form in self.forms if not form.is_blank and not self._should_delete_form(form)
        ]
        return sorted(staying, key=lambda form: self._place(form))

    def move(self, prefix: str, step: int) -> None:
        """Let the row with this prefix and its neighbour trade places."""
        forms = self.in_order()
        for number, form in enumerate(forms):
            form.cleaned_data["order"] = number
        here = next((n for n, form in enumerate(forms) if form.prefix == prefix), None)
        if here is not None and 0 <= here + step < len(forms):
            forms[here].cleaned_data["order"] = here + step
            forms[here + step].cleaned_data["order"] = here

    def _place(self, form: RowForm) -> tuple[int, int]:
        order = getattr(form, "cleaned_data", {}).get("order")
        return (9999 if order is None else order), self.forms.index(form)

    def taken_out(self) -> list[PlannedExercise]:
        """Saved rows that leave the plan."""
        return [form.row for form in self.forms if form.row and self._should_delete_form(form)]


RowsFormSet = forms.formset_factory(
    RowForm,
    formset=BaseRows,
    extra=0,
    can_delete=True,
    max_num=40,
    validate_max=True,
    absolute_max=60,
)
