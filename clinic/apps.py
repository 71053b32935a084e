from django.apps import AppConfig, apps
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate


class ClinicConfig(AppConfig):
    name = "clinic"

    def ready(self) -> None:
        from .roles import grant_permissions

        # After the last room with models: by then every permission exists.
        post_migrate.connect(
            grant_permissions, sender=apps.get_app_config("diary"), dispatch_uid="clinic-roles"
        )


class ClinicAdminConfig(AdminConfig):
    default_site = "clinic.admin.ClinicAdminSite"
