"""What patients say about their days: that one is harder, and that changes are read."""

from datetime import date

from django.contrib.auth.models import AnonymousUser

from education.audit.actor import action
from education.people.models import Patient, User

from .models import HarderDayTaken, PlanVersion, PlanVersionSeen


@action
def take_harder_day(*, patient: Patient, day: date, by: User | AnonymousUser) -> HarderDayTaken:
    """Make ``day`` (the clinic's date) a harder one of this patient. Said twice, it counts once."""
    taken, _new = HarderDayTaken.objects.get_or_create(patient=patient, day=day)
    _remember(patient, day)
    return taken


@action
def take_back_harder_day(*, patient: Patient, day: date, by: User | AnonymousUser) -> None:
    """Make ``day`` an ordinary one again. One that was not harder stays as it is."""
    HarderDayTaken.objects.filter(patient=patient, day=day).delete()
    if patient.harder_day_on == day:
        _remember(patient, None)


def _remember(patient: Patient, day: date | None) -> None:
    patient.harder_day_on = day
    patient.save(update_fields=["harder_day_on"])


@action
def see_changes(*, version: PlanVersion, by: User | AnonymousUser) -> PlanVersionSeen:
    """Note that the patient has read what changed with ``version``: it is not told again."""
    seen, _new = PlanVersionSeen.objects.get_or_create(version=version)
    return seen
