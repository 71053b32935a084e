"""When a patient wants to be reminded."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Reminders


class RemindersForm(forms.ModelForm):
    """Up to two times of the clinic's day; both empty: no reminders."""

    class Meta:
        model = Reminders
        fields = ("first_at", "second_at")
        widgets = {
            name: forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
            for name in ("first_at", "second_at")
        }
        error_messages = {
            name: {"invalid": gettext_lazy("This is not a time. For example: 9:30 am.")}
            for name in ("first_at", "second_at")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["second_at"].help_text = gettext_lazy("Leave it empty for one mail a day.")
        for name in ("first_at", "second_at"):
            self.fields[name].input_formats = ["%H:%M", "%H:%M:%S", "%I:%M %p", "%I %p"]

    def clean(self) -> dict[str, Any]:
        """The second time comes after the first; one alone is the first."""
        times = super().clean() or self.cleaned_data
        first, second = times.get("first_at"), times.get("second_at")
        if second and not first and "first_at" not in self.errors:
            times["first_at"], times["second_at"] = second, None
        elif first and second and second <= first:
            self.add_error("second_at", _("This time is not after the first. Choose a later one."))
        return times
