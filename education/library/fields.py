"""A list of choices in one column."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _


class ChoiceListField(models.JSONField):
    """A list of values out of ``choices_class`` (a TextChoices), kept in the order of the choices.

    One column instead of a join table: the lists are short, closed, and read with every exercise.
    """

    def __init__(self, choices_class: type[models.TextChoices] | None = None, **kwargs: Any):
        self.choices_class = choices_class
        super().__init__(**kwargs)

    def deconstruct(self):
        # The choices belong to the code: a new one needs no migration.
        return super().deconstruct()

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Raise ValidationError naming the value that is not a choice."""
        if value is None and self.null:
            return
        known = self.choices_class.values if self.choices_class else []
        for item in value or []:
            if item not in known:
                raise ValidationError(_("%(value)s is not a choice."), params={"value": item})

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        self.validate(value, model_instance)
        if value is None or self.choices_class is None:
            return value
        return [choice for choice in self.choices_class.values if choice in value]

    def formfield(self, **kwargs: Any) -> forms.Field:
        return forms.MultipleChoiceField(
            choices=self.choices_class.choices if self.choices_class else [],
            widget=forms.CheckboxSelectMultiple,
            required=False,
            label=kwargs.get("label", capfirst(self.verbose_name)),
            help_text=kwargs.get("help_text", self.help_text),
        )
