"""The signs that need a doctor, and what to do at each care level."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from education.library.forms import CareLevelForm
from education.library.models import CareLevel, RedFlag

from .base import ForClinicians


@admin.register(CareLevel)
class CareLevelAdmin(ForClinicians):
    form = CareLevelForm
    list_display = ["title", "level", "instruction"]
    fieldsets = [
        (
            None,
            {
                "fields": ["level", "order", "title", "instruction"],
                "description": _("{phone} becomes the clinic’s phone number."),
            },
        )
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: CareLevel | None = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "level"] if obj else fields


@admin.register(RedFlag)
class RedFlagAdmin(ForClinicians):
    list_display = ["text", "care_level", "order", "source"]
    list_filter = ["care_level"]
    list_select_related = ["care_level"]
    search_fields = ["text_en", "text_es", "key"]

    def get_readonly_fields(self, request: HttpRequest, obj: RedFlag | None = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "key"] if obj else fields
