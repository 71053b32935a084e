"""One exercise of a plan, as a clinician types it."""

import uuid
from collections.abc import Mapping
from copy import copy
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from education.library.models import Exercise, Laterality, WorkingSide
from education.library.models.dosage import Band
from education.library.validators import validate_placeholders

from ..harder import put_harder
from ..models import PlannedExercise
from ..shelf import Shelf, default_side
from .dosage import DOSAGE_FIELDS, columns_of, dosage_fields, typed_dosage
from .fields import DayInput, DaysField, NumberField, RepetitionsField
from .harder import HARDER_FIELDS, HarderDayFields, harder_fields

WORDS = ("why", "harder_day", "note", "up_rule", "down_rule")
YES_NO = [("yes", gettext_lazy("Yes: a clinician watches first")), ("no", gettext_lazy("No"))]


class RowForm(HarderDayFields):
    """One exercise of a plan. What is left blank is taken from the library.

    A new row without any dosage is the clinician's own default as a whole, if they keep one.
    ``row`` is the planned exercise as the database has it, None for a new one. After
    ``is_valid()`` the columns of the dosage are in ``cleaned_data["dosage"]``, those of the harder
    day (or None) in ``cleaned_data["harder"]``.
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
    why = forms.CharField(label=gettext_lazy("Why this is for you"), required=False, max_length=200)
    note = forms.CharField(
        label=gettext_lazy("Note under this exercise"), required=False, max_length=300
    )
    up_rule = forms.CharField(label=gettext_lazy("When to move up"), required=False, max_length=300)
    down_rule = forms.CharField(
        label=gettext_lazy("When to move down"), required=False, max_length=300
    )
    anchor_on = forms.DateField(
        label=gettext_lazy("Counted from"),
        required=False,
        widget=DayInput,
        error_messages={"invalid": gettext_lazy("Type a day such as 2026-11-30.")},
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
        exercise = self._exercise_now()
        self._offer_rungs(exercise)
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
        if exercise and exercise.supervised_first:  # only a sign-off frees it
            offered = self.fields["supervised_first"]
            offered.widget.choices = [each for each in offered.choices if each[0] != "no"]

    def _exercise_now(self) -> Exercise | None:
        """The exercise as it is typed, or that of the saved row."""
        if self.is_bound:
            return self.shelf.find(self.data.get(self.add_prefix("exercise"), ""))
        return self.row.exercise if self.row else None

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
        self._check_supervision(exercise)
        typed["dosage"] = self._dosage(exercise)
        typed["harder"] = self._harder(typed["dosage"])
        self._check_side(exercise, typed["working_side"])
        self._check_anchor(typed["dosage"]["every_n_days"])
        return typed

    def _dosage(self, exercise: Exercise) -> dict[str, Any]:
        """Columns of the dosage. A new row without any is the usual dosage as a whole."""
        typed = self.cleaned_data
        if not self.picked_anew or any(self[name].value() for name in DOSAGE_FIELDS):
            return typed_dosage(typed, columns_of(exercise), refuse=self.add_error)
        return columns_of(self.shelf.own.get(exercise.pk) or exercise)

    def _check_supervision(self, exercise: Exercise) -> None:
        """What the library wants watched first is freed by a name and a day, never by a “No”."""
        typed = self.cleaned_data
        if typed["supervised_first"] or not exercise.supervised_first or typed["signed_off"]:
            return
        self.add_error("supervised_first", _("Sign it off, or let it be supervised first."))

    def _check_anchor(self, every_n_days: int) -> None:
        """A day to count from belongs to “every so many days”; one that no longer does goes."""
        anchor = self.cleaned_data.get("anchor_on")
        if anchor is None or every_n_days > 1:
            return
        self.cleaned_data["anchor_on"] = None
        if self.row is None or anchor != self.row.anchor_on:
            self.add_error(
                "anchor_on", _("Only for days such as Every 2 days. Change the days, or leave it.")
            )

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

    @property
    def harder_is_right(self) -> bool:
        """Whether what is done on a harder day can be told."""
        return self.dosage_is_right and not set(self.errors) & {*HARDER_FIELDS}


def put(row: PlannedExercise, exercise: Exercise, typed: Mapping[str, Any]) -> None:
    """Put what was typed on a row (unsaved); fields with an error keep what the row has."""
    row.exercise = exercise
    for name, value in typed.get("dosage", {}).items():
        setattr(row, name, value)
    for name in ("working_side", "supervised_first", *WORDS):
        if typed.get(name) is not None:
            setattr(row, name, typed[name])
    if "anchor_on" in typed:
        row.anchor_on = typed["anchor_on"]
    if "harder" in typed:
        put_harder(row, typed["harder"])


def initial_of(row: PlannedExercise, shelf: Shelf) -> dict[str, Any]:
    """What the fields of a saved row show."""
    return {
        "key": row.key,
        "order": row.order,
        "exercise": shelf.name_of(row.exercise_id),
        **dosage_fields(row),
        "working_side": row.working_side,
        **harder_fields(row),
        **{name: getattr(row, name) for name in WORDS},
        "anchor_on": row.anchor_on,
        "supervised_first": "yes" if row.supervised_first else "no",
        "signed_off": row.signed_off_on is not None,
        "settled_reason": row.settled_reason,
    }
