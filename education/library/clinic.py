"""The clinic, as far as the library needs it: its row belongs to a room above this one."""

from datetime import date
from typing import Any, Protocol

from django.http import HttpRequest


class ClinicFacts(Protocol):
    """``phone`` is a PhoneNumber or empty; "today" is the clinic's own."""

    @property
    def name(self) -> str: ...

    @property
    def phone(self) -> Any: ...

    def today(self) -> date: ...


def clinic_of(request: HttpRequest) -> ClinicFacts:
    """The clinic that the site has put on the request; reads it once, at the first question."""
    return request.clinic  # type: ignore[attr-defined]
