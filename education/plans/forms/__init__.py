"""Forms of the room: a plan and its rows, as a clinician types them; what is picked for it."""

from .pick import PickForm
from .plan import PlanForm
from .rows import RowForm, RowsFormSet

__all__ = ["PickForm", "PlanForm", "RowForm", "RowsFormSet"]
