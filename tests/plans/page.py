"""A clinician at the page of a plan: opens it, types, and presses a button."""

from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.forms import BoundField
from django.test import Client
from django.test.utils import CaptureQueriesContext

from education.plans.models import Plan
from tests.people.test_patient_admin import filled

ADD = "/admin/plans/plan/add/"


def page_of(plan: Plan) -> str:
    """The address of a plan's page."""
    return f"/admin/plans/plan/{plan.pk}/change/"


def add_for(patient: Any) -> str:
    """The address on which a plan for a patient is begun."""
    return f"{ADD}?patient={patient.pk}"


class Page:
    """What the browser would send back: every field as shown, with what was typed over it."""

    def __init__(self, client: Client, address: str):
        self.client = client
        self.address = address
        response = client.get(address)
        assert response.status_code == 200, response.status_code
        self.data = self._shown(response.context["sheet"])

    def again(self, response: Any) -> "Page":
        """Go on with the form as an answer shows it."""
        self.data = self._shown(response.context["sheet"])
        return self

    def _shown(self, sheet: Any) -> dict[str, Any]:
        data = {}
        for form in (sheet.form, sheet.rows.management_form, *sheet.rows.forms):
            for field in form:
                value = _value(field)
                if value is not None:
                    data[field.html_name] = value
        for reading in sheet.readings:
            data[f"{reading.form.prefix}-clashes"] = reading.codes
        return data

    def type(self, **fields: Any) -> "Page":
        """Type over fields of the plan."""
        self.data |= fields
        return self

    def row(self, number: int, **fields: Any) -> "Page":
        """Type over fields of a row; rows count from 1. A tick is True, no tick is False."""
        for name, value in fields.items():
            key = f"rows-{number - 1}-{name}"
            if value is False:
                self.data.pop(key, None)
            else:
                self.data[key] = "on" if value is True else value
        return self

    def add_row(self, **fields: Any) -> "Page":
        """The script's "Add another exercise"."""
        number = int(self.data["rows-TOTAL_FORMS"]) + 1
        self.data["rows-TOTAL_FORMS"] = number
        return self.row(number, **fields)

    def press(self, button: str = "_save", value: str = "1", follow: bool = False) -> Any:
        """Send the form with this button."""
        return self.client.post(self.address, {**self.data, button: value}, follow=follow)


def _value(field: BoundField) -> Any:
    value = field.value()
    if isinstance(value, bool):
        return "on" if value else None
    return "" if value is None else value


def text_of(response: Any) -> str:
    """The body of an answer."""
    return response.content.decode()


def messages_of(response: Any) -> str:
    """What the page says after an act."""
    return " ".join(str(message) for message in response.context["messages"])


def patient_page(patient: Any) -> str:
    """The address of a patient's page."""
    return f"/admin/people/patient/{patient.pk}/change/"


def start_page(patient: Any) -> str:
    """The address on which a patient's plan starts."""
    return f"/admin/plans/plan/start/{patient.pk}/"


def add_page(plan: Plan) -> str:
    """The address on which a template is added to a plan."""
    return f"/admin/plans/plan/{plan.pk}/template/"


def press(client: Client, patient: Any, button: str, **typed: Any) -> Any:
    """Press a button of the patient's page, with everything on it as it was shown."""
    shown = filled(client.get(patient_page(patient)))
    return client.post(patient_page(patient), {**shown, button: "1", **typed})


def queries_of(act: Callable[[], Any]) -> int:
    """How often an act that answers with a page asks the database."""
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as asked:
        assert act().status_code == 200
    return len(asked)
