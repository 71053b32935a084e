"""What a patient's page in the admin offers on paper."""

from typing import Any

from django.http import HttpRequest

from education.people.admin.acts import Act
from education.people.models import Patient


class FirstLogIn:
    """The way to the sheet of the first log-in; a patient without a log-in needs none."""

    template = "admin/portal/first_log_in.html"

    def context(self, request: HttpRequest, patient: Patient) -> dict[str, Any] | None:
        """None leaves it out."""
        return {"patient": patient} if patient.can_log_in else None

    def acts(self, request: HttpRequest, patient: Patient) -> list[Act]:
        """It has no buttons."""
        return []
