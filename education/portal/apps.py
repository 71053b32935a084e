from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "education.portal"
    label = "portal"
    verbose_name = _("Portal")

    def ready(self) -> None:
        from education.people.admin.patients import PatientAdmin
        from education.plans.admin import PlanAdmin

        from .paper import checks  # noqa: F401 - the checks register themselves
        from .paper import views as paper
        from .paper.part import FirstLogIn
        from .views import plan_paper

        PlanAdmin.extra_pages.append(("<int:pk>/paper/", plan_paper, "plan_paper"))
        PlanAdmin.extra_pages.append(
            ("<int:pk>/handout.pdf", paper.plan_handout_of, "plan_handout")
        )
        PatientAdmin.extra_parts.append(FirstLogIn())
        PatientAdmin.extra_pages += [
            ("<int:pk>/first-log-in.pdf", paper.first_log_in, "patient_first_log_in"),
            ("<int:pk>/first-log-in/", paper.first_log_in_page, "patient_first_log_in_page"),
        ]
