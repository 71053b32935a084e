"""The day that a page was drawn for: a tap after midnight belongs to it."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class DrawnDayField(forms.DateField):
    """The clinic's date on which a page was drawn: ``today``, set by the form, or the day before.

    A page that is older is not taken at its word: nobody remembers which day it was of.
    """

    widget = forms.HiddenInput
    today: date

    def __init__(self, **kwargs: Any):
        super().__init__(input_formats=["%Y-%m-%d"], **kwargs)

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and not self.today - timedelta(days=1) <= value <= self.today:
            raise ValidationError(_("This page was from an earlier day."), code="too_old")
