from typing import Any

from django.apps import AppConfig
from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    name = "education.plans"
    label = "plans"
    verbose_name = _("Plans")

    def ready(self) -> None:
        from auditlog.registry import auditlog

        from education.library.uses import tellers
        from education.people.admin.patients import PatientAdmin

        from . import mail, models, panels, rechecks  # noqa: F401  (mail registers its builders)
        from .admin.filters import PatientPlanFilter
        from .admin.starting import NewPlan

        site: Any = admin.site  # a ClinicAdminSite, which the rooms do not import
        site.panels += [panels.plans_that_clash, panels.reviews_due, panels.without_plan]
        tellers.append(rechecks.uses_in_plans)
        PatientAdmin.extra_filters.append(PatientPlanFilter)
        PatientAdmin.extra_parts.append(NewPlan())
        auditlog.register(models.Plan, exclude_fields=["lock"])
        auditlog.register(models.PlannedExercise)
        auditlog.register(models.PlanVersion, exclude_fields=["body"])
        auditlog.register(models.HarderDay)
        auditlog.register(models.RungMove)
        auditlog.register(models.PlanTemplate)
        auditlog.register(models.TemplateExercise)
        auditlog.register(models.ExerciseDefault)
