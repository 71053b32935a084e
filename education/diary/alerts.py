"""Which alerts a patient's diary and plan call for, and keeping the table true to it."""

from datetime import date

from education.people.models import Patient


def settle_alerts(*, patient: Patient, today: date) -> None:
    """Raise the alerts that the diary calls for, and close those whose cause is gone.

    Called inside every action that changes a diary, in its transaction.
    """
