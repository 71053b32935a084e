"""A template of the clinic and its exercises, typed as a plan and its rows are."""

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _

from education.library.models import Exercise
from education.library.validators import validate_placeholders

from ..checks import NEVER_TOGETHER
from ..models import PlanTemplate, TemplateExercise
from .dosage import DOSAGE_FIELDS, columns_of, dosage_fields, typed_dosage
from .rows import RowForm

TYPED = RowForm.base_fields  # the same fields, so that a number is typed the same everywhere


class PlanTemplateForm(forms.ModelForm):
    """Name, words and days of a template. Its key is made from the first name it had."""

    class Meta:
        model = PlanTemplate
        fields = "__all__"  # noqa: DJ007 - the admin's fieldsets say which
        widgets = {
            "for_whom": forms.TextInput(attrs={"class": "vLargeTextField"}),
            "title": forms.TextInput(attrs={"class": "vLargeTextField"}),
            "note": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
            "flare_up": forms.Textarea(attrs={"rows": 6, "class": "vLargeTextField"}),
        }

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if not self.instance.key:
            self.instance.key = free_key(name)
        return name


def free_key(name: str) -> str:
    """A key for a template with this name that no other one has."""
    stem = slugify(name)[:50] or "template"
    taken = set(PlanTemplate.objects.filter(key__startswith=stem).values_list("key", flat=True))
    keys = (stem if n == 1 else f"{stem}-{n}" for n in range(1, len(taken) + 2))
    return next(key for key in keys if key not in taken)


class TemplateExerciseForm(forms.ModelForm):
    """One exercise of a template. A dosage that is left blank is taken from the library."""

    sets = TYPED["sets"]
    reps = TYPED["reps"]
    hold_seconds = TYPED["hold_seconds"]
    times_per_day = TYPED["times_per_day"]
    days = TYPED["days"]
    minutes = TYPED["minutes"]
    rest_seconds = TYPED["rest_seconds"]
    load = TYPED["load"]
    band = TYPED["band"]
    effort_max = TYPED["effort_max"]

    class Meta:
        model = TemplateExercise
        fields = "__all__"  # noqa: DJ007 - the admin's fieldsets say which
        widgets = {
            name: forms.TextInput(attrs={"class": "vLargeTextField"})
            for name in ("harder_day", "why", "note")
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial.update(dosage_fields(self.instance))
        self.fields["harder_day"].validators.append(validate_placeholders)

    clean_load = RowForm.clean_load

    def clean(self) -> dict[str, Any]:
        """Fill what is blank from the library, and put the dosage on the row."""
        typed = super().clean() or self.cleaned_data
        exercise: Exercise | None = typed.get("exercise")
        if exercise is None:
            return typed
        usual = columns_of(exercise)
        is_typed = any(typed.get(name) not in (None, "") for name in DOSAGE_FIELDS)
        dosage = typed_dosage(typed, usual, refuse=self.add_error) if is_typed else usual
        for name, value in dosage.items():
            setattr(self.instance, name, value)
        return typed | dosage


class BaseTemplateExercises(forms.BaseInlineFormSet):
    """The exercises of a template: each once, and none that takes the place of another."""

    def clean(self) -> None:
        seen: list[Exercise] = []
        for form in self.forms:
            exercise = getattr(form, "cleaned_data", {}).get("exercise")
            if exercise is None or form.cleaned_data.get("DELETE"):
                continue
            for other in seen:
                pair = {exercise.key, other.key}
                if len(pair) == 1 or any(pair <= group for group in NEVER_TOGETHER):
                    self._refuse(form, exercise, other)
            seen.append(exercise)

    @staticmethod
    def _refuse(form: forms.ModelForm, exercise: Exercise, other: Exercise) -> None:
        if exercise.pk == other.pk:
            message = _("It is in this template already.")
        else:
            message = _("It does not go together with %(other)s. Take one of the two out.")
        form.add_error("exercise", message % {"other": other.title})
