"""The exercises of a plan as rows of one form: loaded once, and only changed ones written."""

import uuid
from collections.abc import Mapping
from copy import copy
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from education.library.models import Dosage, Exercise, Laterality, WorkingSide
from education.library.models.dosage import Band, LoadUnit
from education.library.validators import validate_placeholders

from ..models import Plan, PlannedExercise
from ..shelf import Shelf, default_side
from .fields import DaysField, NumberField, RepetitionsField, days_text, repetitions_text

DOSAGE_COLUMNS = tuple(field.name for field in Dosage._meta.local_fields)
REQUIRED_NUMBERS = ("sets", "hold_seconds", "rest_seconds", "times_per_day")
DOSAGE_FIELDS = (*REQUIRED_NUMBERS, "reps", "minutes", "days", "load", "band", "effort_max")
WORDS = ("harder_day", "note")
YES_NO = [("yes", gettext_lazy("Yes: a clinician watches first")), ("no", gettext_lazy("No"))]


class RowForm(forms.Form):
    """One exercise of a plan. What is left blank is taken from the library.

    ``row`` is the planned exercise as the database has it, None for a new one. After
    ``is_valid()`` the columns of the dosage are in ``cleaned_data["dosage"]``.
    """

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    order = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    exercise = forms.CharField(
        label=gettext_lazy("Exercise"),
        required=False,
        max_length=160,
        widget=forms.TextInput(attrs={"list": "plan-exercises", "autocomplete": "off"}),
    )
    sets = NumberField("sets", label=gettext_lazy("Sets"))
    reps = RepetitionsField(label=gettext_lazy("Repetitions"))
    hold_seconds = NumberField("hold_seconds", label=gettext_lazy("Hold, seconds"))
    working_side = forms.ChoiceField(
        label=gettext_lazy("Working side"),
        required=False,
        choices=[("", gettext_lazy("as usual")), *WorkingSide.choices],
    )
    times_per_day = NumberField("times_per_day", label=gettext_lazy("Times a day"))
    days = DaysField(label=gettext_lazy("Days"))
    minutes = NumberField("minutes", label=gettext_lazy("Minutes, not repetitions"))
    rest_seconds = NumberField("rest_seconds", label=gettext_lazy("Rest, seconds"))
    load = forms.DecimalField(
        label=gettext_lazy("Weight, lb"),
        required=False,
        max_digits=4,
        decimal_places=1,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "cl-n", "size": 4}),
    )
    band = forms.ChoiceField(
        label=gettext_lazy("Band"),
        required=False,
        choices=[("", gettext_lazy("none")), *Band.choices],
    )
    effort_max = NumberField("effort_max", label=gettext_lazy("Effort at most, 0 to 10"))
    harder_day = forms.CharField(
        label=gettext_lazy("On a harder day"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Empty: the line of the library."),
        validators=[validate_placeholders],  # the patient reads it worded for the side
    )
    note = forms.CharField(
        label=gettext_lazy("Note under this exercise"), required=False, max_length=300
    )
    supervised_first = forms.ChoiceField(
        label=gettext_lazy("Supervised first"),
        required=False,
        choices=[("", gettext_lazy("as in the library")), *YES_NO],
    )
    signed_off = forms.BooleanField(
        label=gettext_lazy("Watched and signed off: the patient may do it alone"), required=False
    )
    settled_reason = forms.CharField(
        label=gettext_lazy("Why it is still right for this patient"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    still_right = forms.BooleanField(
        label=gettext_lazy("The reason holds for this, too"), required=False
    )
    clashes = forms.CharField(required=False, widget=forms.HiddenInput)

    NOT_TYPED = frozenset({"key", "order", "clashes"})

    def __init__(
        self,
        *args: Any,
        row: PlannedExercise | None,
        shelf: Shelf,
        affected_side: str,
        **kwargs: Any,
    ):
        self.row = row
        self.shelf = shelf
        self.affected_side = affected_side
        super().__init__(*args, **kwargs | {"initial": initial_of(row, shelf) if row else {}})
        self.empty_permitted = row is None
        for field in self.fields.values():  # the columns have one head for all rows
            field.widget.attrs["aria-label"] = field.label
        if not shelf.is_short:
            del self.fields["exercise"].widget.attrs["list"]
        if row:  # the side of a saved row is a decision, not a blank
            self.fields["working_side"].choices = WorkingSide.choices
            self.fields["supervised_first"].choices = YES_NO
        elif "__prefix__" not in (self.prefix or ""):
            self.initial["key"] = uuid.uuid4()  # sent twice, the row is saved once
        for name in ("working_side", "band", "supervised_first"):
            field = self.fields[name]
            field.choices = [(value, capfirst(label)) for value, label in field.choices]

    def has_changed(self) -> bool:
        """Whether somebody typed something: being moved alone does not make a blank row a row."""
        return bool(set(self.changed_data) - self.NOT_TYPED)

    @property
    def is_blank(self) -> bool:
        """A row nobody filled in."""
        return self.row is None and not self.has_changed()

    @property
    def picked_anew(self) -> bool:
        """A new row, or one that has another exercise than it was saved with."""
        exercise = self.cleaned_data.get("exercise")
        return self.row is None or bool(exercise and exercise.pk != self.row.exercise_id)

    def clean_exercise(self) -> Exercise:
        """The exercise with the typed name."""
        name = self.cleaned_data["exercise"]
        if not name.strip():
            raise forms.ValidationError(_("Choose an exercise, or take this row out."))
        exercise = self.shelf.find(name)
        if exercise is None:
            raise forms.ValidationError(
                _("The library has no exercise “%(name)s”. Choose one from the list.")
                % {"name": name}
            )
        return exercise

    def clean_load(self) -> Decimal | None:
        load = self.cleaned_data["load"]
        if load is not None and not 0 <= load <= 50:
            raise forms.ValidationError(_("Type a weight from 0 to 50."))
        return load

    def clean(self) -> dict[str, Any]:
        """Fill blanks from the library, then the rules over several fields."""
        typed = self.cleaned_data
        supervised = {"yes": True, "no": False}.get(typed.get("supervised_first", ""))
        typed["supervised_first"] = supervised
        exercise: Exercise | None = typed.get("exercise")
        if exercise is None:
            return typed
        typed["working_side"] = typed.get("working_side") or default_side(
            exercise, self.affected_side
        )
        if supervised is None:
            typed["supervised_first"] = exercise.supervised_first
        typed["dosage"] = self._dosage(exercise)
        self._check_side(exercise, typed["working_side"])
        return typed

    def _dosage(self, exercise: Exercise) -> dict[str, Any]:
        """Columns of the dosage. A new row without any is the library's dosage as a whole."""
        typed = self.cleaned_data
        usual = {name: getattr(exercise, name) for name in DOSAGE_COLUMNS}
        if self.picked_anew and not any(self[name].value() for name in DOSAGE_FIELDS):
            return usual
        dosage = {
            name: usual[name] if typed.get(name) is None else typed[name]
            for name in REQUIRED_NUMBERS
        }
        reps, minutes, load = typed.get("reps"), typed.get("minutes"), typed.get("load")
        if reps and minutes:
            self.add_error("minutes", _("Use repetitions or minutes, not both."))
        if load and typed.get("band"):
            self.add_error("band", _("Use a weight or a band, not both."))
        if reps or minutes:
            low, high = reps or (None, None)
            dosage |= {"reps_min": low, "reps_max": high, "minutes": minutes}
        else:
            dosage |= {name: usual[name] for name in ("reps_min", "reps_max", "minutes")}
        weekdays, every_n_days = typed.get("days") or (usual["weekdays"], usual["every_n_days"])
        return dosage | {
            "weekdays": weekdays,
            "every_n_days": every_n_days,
            "load": load,
            "load_unit": LoadUnit.POUND if load is not None else "",
            "band": typed.get("band", ""),
            "effort_max": typed.get("effort_max"),
        }

    def _check_side(self, exercise: Exercise, side: str) -> None:
        """An exercise of both sides at once names no side, or the patient would read one."""
        if exercise.laterality != Laterality.TWO_SIDED:
            return
        if side not in (WorkingSide.BOTH, WorkingSide.NONE):
            self.add_error(
                "working_side", _("This one works both sides at once. Choose both together.")
            )

    @property
    def planned(self) -> PlannedExercise | None:
        """The row as it stands in the form, as far as it is right; never to be saved."""
        if not self.is_bound:
            return self.row
        typed = getattr(self, "cleaned_data", {})
        exercise = typed.get("exercise") or (self.row.exercise if self.row else None)
        if exercise is None:
            return None
        planned = copy(self.row) if self.row else PlannedExercise()
        put(planned, exercise, typed)
        return planned

    @property
    def dosage_is_right(self) -> bool:
        """Whether the sentence of the dosage can be told."""
        return not self.is_bound or not set(self.errors) & {
            *DOSAGE_FIELDS,
            "exercise",
            "working_side",
        }


def put(row: PlannedExercise, exercise: Exercise, typed: Mapping[str, Any]) -> None:
    """Put what was typed on a row (unsaved); fields with an error keep what the row has."""
    row.exercise = exercise
    for name, value in typed.get("dosage", {}).items():
        setattr(row, name, value)
    for name in ("working_side", "supervised_first", *WORDS):
        if typed.get(name) is not None:
            setattr(row, name, typed[name])


def initial_of(row: PlannedExercise, shelf: Shelf) -> dict[str, Any]:
    """What the fields of a saved row show."""
    return {
        "key": row.key,
        "order": row.order,
        "exercise": shelf.name_of(row.exercise_id),
        **dosage_fields(row),
        "working_side": row.working_side,
        "harder_day": row.harder_day,
        "note": row.note,
        "supervised_first": "yes" if row.supervised_first else "no",
        "signed_off": row.signed_off_on is not None,
        "settled_reason": row.settled_reason,
    }


def dosage_fields(dosage: Dosage) -> dict[str, Any]:
    """A dosage as the fields of a row show it."""
    return {
        **{name: getattr(dosage, name) for name in REQUIRED_NUMBERS},
        "reps": repetitions_text(dosage.reps_min, dosage.reps_max),
        "minutes": dosage.minutes,
        "days": days_text(dosage.weekdays, dosage.every_n_days),
        "load": None if dosage.load is None else format(dosage.load.normalize(), "f"),
        "band": dosage.band,
        "effort_max": dosage.effort_max,
    }


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
