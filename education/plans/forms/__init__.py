"""Forms of the room: a plan and its rows, as a clinician types them."""

from .plan import PlanForm
from .rows import RowForm, RowsFormSet

__all__ = ["PlanForm", "RowForm", "RowsFormSet"]
