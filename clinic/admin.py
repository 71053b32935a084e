"""The admin site of the project. Rooms register with it through plain ``@admin.register``."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

Panel = Callable[[HttpRequest], dict[str, Any] | None]


class ClinicAdminSite(admin.AdminSite):
    """Stock admin with the clinic's name and, on its front page, what needs attention.

    ``panels`` are functions that the rooms add from ``AppConfig.ready``. Each returns None, for a
    person who may not see it or when there is nothing to say, or a dictionary:

    - ``order``: position, the lowest first; ``id``: anchor on the page; ``title``: plain text;
    - ``template``: draws the rows; it gets the whole dictionary as ``panel``;
    - ``tile`` (optional): ``count``, ``label`` and ``flag`` (true: look first); links to the panel.
    """

    site_header = _("Clinic staff")
    site_title = _("Clinic staff")
    index_title = _("Today at the clinic")
    site_url = "/"
    enable_nav_sidebar = True

    def __init__(self, name: str = "admin"):
        super().__init__(name)
        self.panels: list[Panel] = []

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponseRedirect:
        """Never the stock form: it would take tries without a limit from whoever is logged in.

        Visitors are led to the site's own log-in before they come here (people/apps.py).
        """
        return redirect("admin:index")

    def index(self, request: HttpRequest, extra_context: Any = None) -> TemplateResponse:
        """The front page: the rooms' panels, then all records."""
        drawn = [panel for build in self.panels if (panel := build(request)) is not None]
        panels = sorted(drawn, key=lambda panel: panel["order"])
        return super().index(request, {"panels": panels, **(extra_context or {})})
