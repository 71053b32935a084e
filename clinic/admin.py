"""The admin site of the project. Rooms register with it through plain ``@admin.register``."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class ClinicAdminSite(admin.AdminSite):
    """Stock admin with the clinic's name."""

    site_header = _("Clinic staff")
    site_title = _("Clinic staff")
    index_title = _("Today at the clinic")
    site_url = "/"
    enable_nav_sidebar = True
