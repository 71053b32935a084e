"""The morning after a session: one question."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..fields import PainField
from .drawn_day import DrawnDayField

NOON = 12


class MorningForm(forms.Form):
    """Pain this morning, 0-10. ``day``: the clinic's date of the page that asked."""

    pain = PainField(label=_("How much pain do you have this morning?"))
    day = DrawnDayField()

    def __init__(self, data: Any = None, *, now: datetime):
        """``now``: the clinic's wall clock."""
        super().__init__(data, initial={"day": now.date().isoformat()})
        day = self.fields["day"]
        assert isinstance(day, DrawnDayField)
        day.today = now.date()
        if now.hour >= NOON:
            self.fields["pain"].label = _("How much pain did you have this morning?")
