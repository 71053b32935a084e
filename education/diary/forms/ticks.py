"""One tap: an exercise is done, or it is not after all."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from education.people.models import Clinic
from education.plans.models import PlanVersion

from ..guided import open_rows
from .drawn_day import DrawnDayField


class TickForm(forms.Form):
    """The button that was pressed, ``done`` or ``undone``; its value is the day of its page.

    Valid for an exercise that is planned on that day so many times, to be done alone. What was
    done may be taken back whatever is planned by now.
    """

    done = DrawnDayField(required=False)
    undone = DrawnDayField(required=False)

    def __init__(
        self,
        *args: Any,
        version: PlanVersion,
        key: UUID,
        occurrence: int,
        clinic: Clinic,
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        self.version, self.key, self.occurrence = version, key, occurrence
        for name in ("done", "undone"):
            field = self.fields[name]
            assert isinstance(field, DrawnDayField)
            field.today = clinic.today()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        pressed = [name for name in ("done", "undone") if data.get(name)]
        if len(pressed) != 1:
            raise ValidationError(_("No button of a page was pressed."), code="no_button")
        if pressed == ["done"] and not self._is_planned(data["done"]):
            raise ValidationError(_("This is not planned."), code="not_planned")
        return data

    def _is_planned(self, day: date) -> bool:
        harder = self.version.is_harder_on(day)
        rows = open_rows(self.version, day, self.occurrence, harder=harder)
        return self.occurrence > 0 and str(self.key) in {row["key"] for row in rows}

    @property
    def day(self) -> date:
        """The clinic's date of the page; of a valid form."""
        return self.cleaned_data["done"] or self.cleaned_data["undone"]

    def entries(self) -> dict[str, Any]:
        """The arguments of ``tick_exercise``."""
        return {
            "key": self.key,
            "day": self.day,
            "occurrence": self.occurrence,
            "done": self.cleaned_data["done"] is not None,
            "harder": self.version.is_harder_on(self.day),
        }
