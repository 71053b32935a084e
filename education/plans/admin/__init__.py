"""Plans in the admin: the list, the page on which a plan is made, and the pages around it."""

from .plans import PlanAdmin
from .templates import PlanTemplateAdmin

__all__ = ["PlanAdmin", "PlanTemplateAdmin"]
