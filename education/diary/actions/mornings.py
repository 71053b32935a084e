"""Telling the pain on the morning after."""

from datetime import date

from education.audit.actor import action
from education.people.models import Clinic, Patient, User

from ..alerts import settle_alerts
from ..models import MorningCheck
from ..mornings import session_before


class NothingToAsk(Exception):
    """The day before had no session: there is nothing to settle."""


@action
def answer_morning(*, patient: Patient, day: date, pain: int, by: User) -> MorningCheck:
    """Keep the pain (0-10) on the morning of ``day``, the clinic's date, once: the first counts.

    Raises NothingToAsk.
    """
    session = session_before(patient, day)
    if session is None:
        raise NothingToAsk
    check, _new = MorningCheck.objects.get_or_create(
        patient=patient, day=day, defaults={"session": session, "pain": pain}
    )
    settle_alerts(patient=patient, today=Clinic.objects.current().today())
    return check
