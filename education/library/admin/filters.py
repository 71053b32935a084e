"""Filters of the list of exercises."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from education.library.models import Area


class AreaFilter(admin.SimpleListFilter):
    """Exercises for one part of the body, or for none yet."""

    title = _("part of the body")
    parameter_name = "area"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [*Area.choices, ("none", _("not said yet"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """One column holds the list: SQLite cannot look inside, but both databases read it."""
        if self.value() == "none":
            return queryset.filter(areas=[])
        if self.value() not in Area.values:
            return queryset
        as_text = queryset.annotate(areas_as_text=Cast("areas", TextField()))
        return as_text.filter(areas_as_text__contains=f'"{self.value()}"')
