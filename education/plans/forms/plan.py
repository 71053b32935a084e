"""The fields of a plan itself."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from education.people.models import Clinic, User

from ..days import too_far
from ..models import Plan
from .fields import DayInput, PainField

MORE = ("flare_up", "pain_fine_max", "pain_stop", "kind", "starting_level", "other_care")


class PlanForm(forms.ModelForm):
    """Title, side, people, dates and words of a plan.

    ``lock`` is the save it was shown with, ``shown`` the signed copy of what stood there then.
    ``clinic``: whose pain limits count where the plan has none of its own.
    """

    pain_fine_max = PainField(label=gettext_lazy("Pain that is fine, at most"))
    pain_stop = PainField(label=gettext_lazy("Pain to stop at"))
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
            "pain_fine_max",
            "pain_stop",
            "starting_level",
            "other_care",
        ]
        widgets = {
            "start_on": DayInput,
            "review_on": DayInput,
            "note": forms.Textarea(attrs={"rows": 2}),
            "flare_up": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, clinic: Clinic, **kwargs: Any):
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
        self.clinic = clinic
        self._say_the_clinics_limits()

    def _say_the_clinics_limits(self) -> None:
        """What an empty field means, in numbers."""
        clinic = self.clinic
        self.fields["pain_fine_max"].help_text = _(
            "0 to 10. Empty: the clinic’s number, %(number)d."
        ) % {"number": clinic.pain_fine_max}
        self.fields["pain_stop"].help_text = _(
            "0 to 10. Empty: the clinic’s number, %(number)d. It counts when the pain is also "
            "%(rise)d or more above the start."
        ) % {"number": clinic.pain_stop, "rise": clinic.pain_stop_rise}

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
        self._check_pain(typed.get("pain_fine_max"), typed.get("pain_stop"))
        return typed

    def _check_pain(self, fine: int | None, stop: int | None) -> None:
        """Pain to stop at is above pain that is fine, also beside a number of the clinic's."""
        if {"pain_fine_max", "pain_stop"} & self.errors.keys():
            return
        if fine is not None and stop is not None:
            if stop <= fine:
                self.add_error("pain_stop", _("Type a number above the pain that is fine."))
        elif stop is not None and stop <= self.clinic.pain_fine_max:
            message = _("Type a number above the pain that is fine: the clinic says %(number)d.")
            self.add_error("pain_stop", message % {"number": self.clinic.pain_fine_max})
        elif fine is not None and fine >= self.clinic.pain_stop:
            message = _("Type a number below the pain to stop at: the clinic says %(number)d.")
            self.add_error("pain_fine_max", message % {"number": self.clinic.pain_stop})

    def _get_validation_exclusions(self) -> set[str]:
        # The fields and clean() have checked these: the model would ask the database once more.
        others = super()._get_validation_exclusions()  # type: ignore[misc]
        return {*others, "clinician", "start_on", "review_on", "pain_fine_max", "pain_stop"}

    @property
    def has_error_in_more(self) -> bool:
        """Whether something is to be changed among what the page folds away."""
        return any(name in self.errors for name in MORE)

    @property
    def has_own_pain(self) -> bool:
        """Whether a pain limit of the plan's own stands in the form."""
        values = (self[name].value() for name in ("pain_fine_max", "pain_stop"))
        return any(value not in (None, "") for value in values)

    @property
    def changed_columns(self) -> list[str]:
        """Columns of the plan that were typed anew."""
        return [name for name in self.changed_data if name in self.Meta.fields]
