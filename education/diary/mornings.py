"""The morning after a session: which session it is about, and what an answer says."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from education.people.models import Patient

from .models import MorningCheck, Session
from .planned import A_DAY


class Settled(models.TextChoices):
    """What a morning says (clinical.md, the pain rule, 5)."""

    YES = "yes", _("settled")
    UNKNOWN = "unknown", _("not judged")
    NO = "no", _("not settled")
    NOT_AGAIN = "not_again", _("not settled, two times in a row")


def session_before(patient: Patient, day: date) -> Session | None:
    """The session that the morning of ``day`` is about; None when the day before had none.

    The first of the day before with its pain at the start, else the last one.
    """
    yesterday = day - A_DAY
    done = list(Session.objects.filter(patient=patient, day=yesterday).done().in_order())
    with_start = [session for session in done if session.pain_before is not None]
    return next(iter(with_start or done[-1:]), None)


def settled_by(check: MorningCheck) -> Settled:
    """What a morning says. Mornings that cannot be judged are passed over, as alerts do."""
    if check.session.pain_before is None:
        return Settled.UNKNOWN
    until = MorningCheck.objects.filter(patient=check.patient_id, day__lte=check.day)
    now, *before = until.judged().order_by("-day")[:2]
    if now.settled:
        return Settled.YES
    return Settled.NOT_AGAIN if before and not before[0].settled else Settled.NO
