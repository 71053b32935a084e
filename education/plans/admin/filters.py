"""Filters of the list of plans, and those that this room adds to the list of patients."""

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from education.people.models import Clinic

from ..models import Plan
from ..panels import patients_without_plan


class MyPlansFilter(admin.SimpleListFilter):
    """Plans of the person who asks."""

    title = _("clinician")
    parameter_name = "mine"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("My plans"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(clinician=request.user) if self.value() else queryset


class ReviewFilter(admin.SimpleListFilter):
    """Open plans that should be looked at."""

    title = _("review")
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("due", _("Due"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if not self.value():
            return queryset
        return queryset.due_for_review(Clinic.objects.current().today())


class PatientPlanFilter(admin.SimpleListFilter):
    """For the list of patients: who has no plan yet, and whose review is due.

    Only for people who may see plans; the front desk does not find it.
    """

    title = _("plan")
    parameter_name = "plan"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        if not request.user.has_perm("plans.view_plan"):
            return []
        return [("none", _("No plan yet")), ("review", _("Review due"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() not in ("none", "review") or not request.user.has_perm("plans.view_plan"):
            return queryset
        if self.value() == "none":
            return patients_without_plan(queryset)
        today = Clinic.objects.current().today()
        due = Plan.objects.due_for_review(today).filter(patient=OuterRef("pk"))
        return queryset.filter(Exists(due))
