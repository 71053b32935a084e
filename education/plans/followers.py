"""Rooms above that want to know when a plan changes, in the same transaction."""

from collections.abc import Callable

from education.people.models import Patient

#: Filled from ``AppConfig.ready``. Each is called with the patient, who is locked, after a plan
#: of theirs was published, rests, goes on or ends.
followers: list[Callable[[Patient], None]] = []


def plan_has_changed(patient: Patient) -> None:
    """Tell the followers that a plan of this patient is not what it was."""
    for follow in followers:
        follow(patient)
