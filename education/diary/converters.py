"""A day in an address."""

from datetime import date


class DayConverter:
    """A date as it is written everywhere: 2026-11-22. One that does not exist is no address."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()
