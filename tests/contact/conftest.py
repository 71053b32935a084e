"""What the tests of this room share: a frozen Friday, a filled form, a message already sent."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from education.contact.models import ContactRequest
from education.people.models import Patient

FRIDAY_3_PM = datetime(2026, 11, 20, 23, 0, tzinfo=UTC)  # 3 pm in San Diego
MONDAY = date(2026, 11, 23)
SECRET = "The back of my left knee tingles at night."


@pytest.fixture
def friday() -> Iterator[time_machine.Traveller]:
    """Friday, November 20, 2026, 3 pm at the clinic; the clock stands."""
    with time_machine.travel(FRIDAY_3_PM, tick=False) as traveller:
        yield traveller


def from_patient(**changes: Any) -> dict[str, Any]:
    """What a patient's browser posts."""
    return {
        "submission_key": str(uuid4()),
        "reason": "exercise",
        "message": SECRET,
        "answer_by": "site",
        **changes,
    }


def from_visitor(**changes: Any) -> dict[str, Any]:
    """What a visitor's browser posts."""
    return from_patient(
        **{
            "reason": "appointment",
            "name": "Jo Testvisitor",
            "email": "jo@visitor.example",
            "answer_by": "email",
            "nothing_here": "",
            **changes,
        }
    )


def checked(client: Client) -> Client:
    """The client, after the question about the signs was answered with no."""
    client.post("/contact/", {"signs": "no"})
    return client


def make_request(patient: Patient | None = None, **fields: Any) -> ContactRequest:
    """A message of a patient, or of a visitor, that waits."""
    who = {} if patient else {"name": "Jo Testvisitor", "email": "jo@visitor.example"}
    return ContactRequest.objects.create(
        **{
            "submission_key": uuid4(),
            "patient": patient,
            "reason": "exercise",
            "message": SECRET,
            "answer_by": "site" if patient else "email",
            "answer_due_on": MONDAY,
            **who,
            **fields,
        }
    )
