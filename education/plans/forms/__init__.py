"""Forms of the room: a plan and its rows, as a clinician types them; what is picked for it."""

from .pick import PickForm
from .plan import PlanForm
from .row import RowForm
from .rows import RowsFormSet

__all__ = ["PickForm", "PlanForm", "RowForm", "RowsFormSet"]
