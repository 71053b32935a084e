"""Filters of the list of patients."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class WhoseFilter(admin.SimpleListFilter):
    """Of the person who looks."""

    title = _("clinician")
    parameter_name = "whose"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("mine", _("My patients"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.of_clinician(request.user) if self.value() == "mine" else queryset


class LogInFilter(admin.SimpleListFilter):
    title = _("log-in")
    parameter_name = "log-in"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("never-in", _("Invited, but never in")), ("paper", _("On paper, no e-mail"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "never-in":
            return queryset.invited_but_never_in()
        return queryset.filter(user=None) if self.value() == "paper" else queryset


class StatusFilter(admin.SimpleListFilter):
    """Patients of today, unless others are asked for."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("discharged", _("Discharged")), ("all", _("All"))]

    def choices(self, changelist: Any) -> Iterator[Any]:
        for value, label in [(None, _("Current")), *self.lookup_choices]:
            yield {
                "selected": self.value() == value,
                "query_string": changelist.get_query_string({self.parameter_name: value})
                if value
                else changelist.get_query_string(remove=[self.parameter_name]),
                "display": label,
            }

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "discharged":
            return queryset.discharged()
        return queryset if self.value() == "all" else queryset.current()
