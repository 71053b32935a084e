"""Whose plan it is, when the page was not opened from a patient."""

from django import forms
from django.contrib.admin import AdminSite
from django.contrib.admin.widgets import AutocompleteSelect
from django.utils.translation import gettext_lazy as _

from education.people.models import Patient

from ..models import Plan


class PatientChoice(forms.Form):
    """One field that searches patients by name and number. Sent by GET to the page itself."""

    patient = forms.ModelChoiceField(
        label=_("Patient"),
        queryset=Patient.objects.none(),
        help_text=_("Type a name or a clinic number."),
    )

    def __init__(self, site: AdminSite):
        super().__init__()
        field = Plan._meta.get_field("patient")
        self.fields["patient"].widget = AutocompleteSelect(field, site)
        self.fields["patient"].widget.choices = self.fields["patient"].choices
