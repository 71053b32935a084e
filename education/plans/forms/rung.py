"""The form with which a clinician moves a patient to another rung of the ladder."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from education.library.models import Exercise

from ..models.rungs import LONGEST_REASON


class RungForm(forms.Form):
    """Which rung, and why. ``seen`` is the exercise that stood in the row when it was shown.

    ``rungs`` and ``here``: primary keys of the exercises that may be chosen, and of the present.
    """

    to_exercise: forms.ModelChoiceField = forms.ModelChoiceField(
        Exercise.objects.none(),
        label=_("Rung"),
        error_messages={
            "required": _("Choose a rung, or go back: staying is fine."),
            "invalid_choice": _("The library does not offer this rung any more. Choose another."),
        },
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=LONGEST_REASON,
        help_text=_("Colleagues read it with the versions. The patient does not."),
        error_messages={"required": _("Write why: a colleague reads it later.")},
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST_REASON}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, rungs: list[int], here: int, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.here = here
        self.fields["to_exercise"].queryset = Exercise.objects.filter(pk__in=rungs)
        self.initial["seen"] = here

    @property
    def chosen(self) -> int:
        """Primary key of the rung that is ticked; 0 for none, or for what is no number."""
        typed = str(self["to_exercise"].value() or "")
        return int(typed) if typed.isdecimal() and len(typed) < 19 else 0

    def clean(self) -> dict[str, Any]:
        """A row that a colleague changed meanwhile is looked at again first."""
        typed = self.cleaned_data
        if typed.get("seen") != self.here:
            self.add_error(None, _("Another exercise stands here by now. Look at the rungs again."))
        return typed
