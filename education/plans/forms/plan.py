"""The fields of a plan itself."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from education.people.models import User

from ..days import too_far
from ..models import Plan
from .fields import DayInput


class PlanForm(forms.ModelForm):
    """Title, side, people, dates and words of a plan.

    ``lock`` is the save it was shown with, ``shown`` the signed copy of what stood there then.
    """

    lock = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Plan
        fields = [
            "title",
            "affected_side",
            "clinician",
            "goal",
            "start_on",
            "review_on",
            "note",
            "kind",
            "flare_up",
            "starting_level",
            "other_care",
        ]
        widgets = {
            "start_on": DayInput,
            "review_on": DayInput,
            "note": forms.Textarea(attrs={"rows": 2}),
            "flare_up": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        held = Q(pk=self.instance.clinician_id) if self.instance.clinician_id else Q(pk__in=[])
        may_treat = User.objects.clinicians().values("pk")
        self.fields["clinician"].queryset = User.objects.filter(Q(pk__in=may_treat) | held)
        for name in ("affected_side", "kind"):
            field = self.fields[name]
            field.choices = [(value, capfirst(label)) for value, label in field.choices]
        self.initial["lock"] = self.instance.lock
        self.fields["title"].error_messages["required"] = _("Give the plan a name.")
        for name in ("start_on", "review_on"):
            self.fields[name].error_messages["invalid"] = _("Type a day such as 2026-11-30.")

    def clean(self) -> dict[str, Any]:
        """Rules over two fields; without the superclass's, which would ask the database."""
        typed = self.cleaned_data
        start: date | None = typed.get("start_on")
        review: date | None = typed.get("review_on")
        if start and review and review < start:
            self.add_error(
                "review_on", _("The review is before the start. Choose a later day for it.")
            )
        if review is None and self.instance.is_open and "review_on" not in self.errors:
            self.add_error(
                "review_on", _("The patient follows this plan now, so it needs a day of review.")
            )
        for field, message in too_far(self.instance, start=start, review=review).items():
            self.add_error(field, message)
        return typed

    def _get_validation_exclusions(self) -> set[str]:
        # The fields and clean() have checked these: the model would ask the database once more.
        others = super()._get_validation_exclusions()  # type: ignore[misc]
        return {*others, "clinician", "start_on", "review_on"}

    @property
    def changed_columns(self) -> list[str]:
        """Columns of the plan that were typed anew."""
        return [name for name in self.changed_data if name in self.Meta.fields]
