"""What is on the list of a patient, and the sessions that put it there."""

from datetime import date, timedelta

from education.diary.alerts import settle_alerts
from education.diary.models import Alert, Correction, Session
from tests import factories

Kind = Alert.Kind
TODAY = date(2026, 11, 20)


def settle(patient, today: date = TODAY) -> None:
    settle_alerts(patient=patient, today=today)


def stands(patient, kind: str, today: date = TODAY) -> list[str]:
    """Causes of what is on the list now."""
    settle(patient, today)
    alerts = Alert.objects.needs_a_look(today).filter(patient=patient, kind=kind)
    return list(alerts.order_by("opens_on", "pk").values_list("cause", flat=True))


def days_ago(number: int) -> date:
    return TODAY - timedelta(days=number)


def sessions(patient, *pains: int | None, last: int = 0, **fields) -> list[Session]:
    """One a day with this pain after, the last one ``last`` days ago."""
    first = last + len(pains) - 1
    return [
        factories.make_session(patient, day=days_ago(first - n), pain_after=pain, **fields)
        for n, pain in enumerate(pains)
    ]


def correct(session: Session, by, **now) -> None:
    """As the patient's correction does: what stood before is kept."""
    before = {name: getattr(session, name) for name in now}
    Correction.objects.create(session=session, before=before, by=by)
    for name, value in now.items():
        setattr(session, name, value)
    session.save()
