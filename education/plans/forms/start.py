"""What a new plan starts from, as it is chosen on the patient's page and on the page of starts."""

import uuid
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ..models import Plan, PlanTemplate

CHOOSE_LATER = _("Choose later")


class SideForm(forms.Form):
    """The side that hurts now. ``key`` comes back with the form: sent twice, it makes one plan."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    affected_side = forms.ChoiceField(label=_("Side that hurts now"), required=False)

    def __init__(self, *args: Any, later: Any = CHOOSE_LATER, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())
        sides = [(value, capfirst(label)) for value, label in Plan.AffectedSide.choices]
        known = [(value, label) for value, label in sides if value != Plan.AffectedSide.UNKNOWN]
        self.fields["affected_side"].choices = [("", later), *known]


class StartForm(SideForm):
    """A template, and the side that hurts."""

    template = forms.ModelChoiceField(
        PlanTemplate.objects.none(),
        label=_("Template"),
        empty_label=_("Choose a template"),
        error_messages={
            "required": _("Choose a template."),
            "invalid_choice": _("This template is not offered any more. Choose again."),
        },
    )

    field_order = ["template", "affected_side"]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["template"].queryset = PlanTemplate.objects.filter(is_offered=True)
