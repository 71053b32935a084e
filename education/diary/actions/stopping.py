"""When something feels wrong in the middle of a session: do less, or stop."""

from django.utils import timezone

from education.audit.actor import action
from education.people.models import Clinic, User
from education.plans.harder_days import take_harder_day

from ..alerts import settle_alerts
from ..last_days import TooLongAgo, is_open
from ..models import Correction, Session
from ..pain_rule import answer_to, thresholds_of

#: The graver outranks the lesser: danger, then where, then how much (clinical.md, the pain rule).
#: Of two signs of danger one is kept: numbness or weakness, as where both are ticked.
GRAVITY = {
    "": 0,
    Session.Wrong.TOO_MUCH_PAIN: 1,
    Session.Wrong.FURTHER_DOWN: 2,
    Session.Wrong.FELL: 3,
    Session.Wrong.NUMB_OR_WEAK: 4,
}


@action
def ease_session(*, session: Session, by: User) -> Session:
    """Go on with the lighter forms of the plan: the rest of the session, and of its day."""
    # The session before its patient, as everywhere: two that lock in turn wait for each other.
    session = Session.objects.select_for_update(no_key=True).get(pk=session.pk)
    take_harder_day(patient=session.patient, day=session.day, by=by)
    session.harder = True
    session.save(update_fields=["harder"])
    return session


@action
def stop_session(*, session: Session, wrong: str, by: User) -> Session:
    """End the session because of ``wrong``, a Session.Wrong, and keep what the page answers to it.

    Said twice, it is once. In a session that has ended, a graver sign takes the place of a lesser
    one; what stood there before stays in the history. Raises TooLongAgo.
    """
    session = Session.objects.select_for_update(no_key=True).get(pk=session.pk)
    clinic = Clinic.objects.current()
    if not is_open(session.day, clinic.today()):
        raise TooLongAgo
    if GRAVITY[session.wrong] >= GRAVITY[wrong]:
        return session
    before = {"wrong": session.wrong, "told": session.told}
    if session.is_finished:
        Correction.objects.create(session=session, before=before, by=by)
    session.wrong = wrong
    session.told = answer_to(session, thresholds_of(session.version, clinic))
    session.finished_at = session.finished_at or timezone.now()
    session.save(update_fields=["wrong", "told", "finished_at"])
    settle_alerts(patient=session.patient, today=clinic.today())
    return session
