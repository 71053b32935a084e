"""Rooms above that want to know when the care of a patient ends or begins, or a log-in is given."""

from collections.abc import Callable

from .models import Patient

#: Filled from ``AppConfig.ready``. Each is called in the same transaction with the patient.
followers: list[Callable[[Patient], None]] = []


def care_has_changed(patient: Patient) -> None:
    """Tell the followers that this patient is discharged, is back, or may log in now."""
    for follow in followers:
        follow(patient)
