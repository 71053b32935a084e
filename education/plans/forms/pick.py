"""The form with which staff look for exercises and tick those that go into a plan."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from education.library.models import Exercise, LowBack
from education.library.search import Search, one_of


class PickForm(Search):
    """The search of the library, and the exercises that are ticked so far.

    It is sent by POST: what is looked for is for one patient, and must not stand in an address.
    """

    low_back = one_of(LowBack, _("The low back"), _("Any way"))
    fits = forms.BooleanField(
        label=_("Hide what this patient cannot do or needs care with"), required=False
    )
    picked: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(
        Exercise.objects.none(),
        required=False,
        error_messages={
            "invalid_choice": _("One that you picked is not published any more. Look again."),
            "invalid_pk_value": _("One that you picked is not an exercise. Look again."),
        },
    )
    cannot = None  # type: ignore[assignment]  # the answers of the patient say so

    field_order = ["q", "area", "position", "kind", "low_back", "have", "fits"]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["have"].label = _("To hand at home")
        self.fields["picked"].queryset = Exercise.objects.published()

    @property
    def ticked(self) -> list[Exercise]:
        """The ticked exercises of a valid form, in the order they were sent."""
        picked = dict.fromkeys(self.data.getlist("picked"))
        by_pk = {str(e.pk): e for e in self.cleaned_data["picked"]} if picked else {}
        return [by_pk[pk] for pk in picked if pk in by_pk]
