from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "education.portal"
    label = "portal"
    verbose_name = _("Portal")

    def ready(self) -> None:
        from education.plans.admin import PlanAdmin

        from .views import plan_paper

        PlanAdmin.extra_pages.append(("<int:pk>/paper/", plan_paper, "plan_paper"))
