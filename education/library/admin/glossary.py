"""Words that the clinic explains in place."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from education.library.models import GlossaryTerm

from .base import in_spanish
from .reviewed import ReviewedAdmin, WaitsFor


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(ReviewedAdmin):
    list_display = ["term", "meaning", "state", "reviewed_on"]
    list_filter = ["state", WaitsFor]
    search_fields = ["term_en", "term_es", "other_forms_en", "other_forms_es", "key"]
    fieldsets = [
        (
            None,
            {
                "fields": ["key", "term_en", "other_forms_en", "meaning_en"],
                "description": _(
                    "The first time a page uses the word or one of its other forms, the reader "
                    "can open what it means. Write plain text, no Markdown."
                ),
            },
        ),
        in_spanish("term", "other_forms", "meaning"),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: GlossaryTerm | None = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "key"] if obj else fields  # the pack knows it by its key
