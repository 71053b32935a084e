"""The form with which a plan is put on hold."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .plan import DayInput


class HoldForm(forms.Form):
    """The day on which the plan goes on by itself; what the days may be, the action knows."""

    until = forms.DateField(
        label=_("On hold until"),
        required=False,
        widget=DayInput,
        help_text=_("On this day the plan goes on by itself. Empty: until you resume it."),
        error_messages={"invalid": _("Type a day such as 2026-11-30.")},
    )
