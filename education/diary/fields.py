"""Form fields of the diary."""

from typing import Any

from crispy_forms.layout import Field
from django import forms
from django.utils.translation import gettext_lazy as _

WORST = 10  # of the numeric rating scale (NRS); 0 is no pain

#: What the two ends mean, for a reader who does not see the words below the cells.
ENDS = {0: _("0, no pain"), WORST: _("10, worst pain")}


class PainCells(forms.RadioSelect):
    """Eleven cells of equal size, 0 to 10. A number draws no one to itself: none is a default."""

    template_name = "diary/parts/pain_cells.html"

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        return {**option, "said": ENDS.get(option["value"], "")}


class PainField(forms.TypedChoiceField):
    """Pain from 0 to 10 as an int; None when it was not said and need not be.

    In a page: ``{{ form.pain.as_field_group }}``, or in a crispy layout ``PainScale("pain")``; both
    draw the question, the error beside it, and the cells.
    """

    widget = PainCells

    def __init__(self, **kwargs: Any):
        defaults = {
            "choices": [(pain, str(pain)) for pain in range(WORST + 1)],
            "coerce": int,
            "empty_value": None,
            "template_name": PainScale.template,
            "error_messages": dict.fromkeys(
                ("required", "invalid_choice", "invalid"), _("Choose a number from 0 to 10.")
            ),
        }
        super().__init__(**{**defaults, **kwargs})


class PainScale(Field):
    """A PainField in a crispy layout."""

    template = "diary/parts/pain_scale.html"
