from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DiaryConfig(AppConfig):
    name = "education.diary"
    label = "diary"
    verbose_name = _("Diary")

    def ready(self) -> None:
        from auditlog.registry import auditlog
        from django.contrib import admin

        from education.people import followers as people
        from education.people import kept_posts
        from education.people.admin.patients import PatientAdmin
        from education.plans import followers as plans
        from education.plans.admin import PlanAdmin

        from . import models, panels, reminding  # noqa: F401  (reminding registers its mail)
        from .admin.measures import OutcomeMeasures, outcome_measure_of
        from .admin.parts import DiaryPart, PlanDiaryPart, patient_sessions
        from .alerts import settle_now

        people.followers.append(settle_now)
        plans.followers.append(settle_now)
        site: Any = admin.site  # a ClinicAdminSite, which the rooms do not import
        site.panels.append(panels.needs_a_look)
        # What happened comes before what to do.
        PatientAdmin.extra_parts[:0] = [DiaryPart(), OutcomeMeasures()]
        PatientAdmin.extra_pages += [
            ("<int:pk>/sessions/", patient_sessions, "patient_sessions"),
            ("<int:pk>/measures/", outcome_measure_of, "patient_measures"),
        ]
        PlanAdmin.extra_parts.append(PlanDiaryPart())

        kept_posts.keep_posts_to(
            *("tick_exercise", "morning_check", "outcome_measure"),
            *("session_start", "session_exercise", "session_wrong"),
            *("session_finish", "session_entry"),
        )

        # What patients enter of themselves names its author; its history is Correction.
        registered: tuple[Any, ...] = (
            models.FunctionActivity,
            models.Outcome,
            models.Alert,
        )
        for model in registered:
            auditlog.register(model)
