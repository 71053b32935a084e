"""Form fields that several rooms use."""

from typing import Any
from uuid import UUID, uuid4

from django import forms


class SubmissionKeyField(forms.CharField):
    """The key of a page, by which what is sent from it twice is kept once; a UUID when cleaned.

    A broken one is replaced by a new one: no person typed it.
    """

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any):
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> UUID:
        try:
            return UUID(super().clean(value))
        except ValueError:
            return uuid4()
