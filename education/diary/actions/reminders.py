"""Reminders: chosen, stopped, and queued at their time."""

from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from education.audit.actor import action
from education.people.mail import queue_mail
from education.people.models import Clinic, Patient, User

from ..models import Reminders, ReminderSent
from ..reminding import to_remind, wants_a_reminder

LATEST = timedelta(hours=2)  # a worker that slept does not remind of the morning at night


@action
def choose_reminders(
    *, patient: Patient, first_at: time | None, second_at: time | None, by: User
) -> Reminders:
    """Remind a patient at these times of the clinic's day; None and None: not any more."""
    times = {"first_at": first_at, "second_at": second_at}
    reminders, _new = Reminders.objects.update_or_create(patient=patient, defaults=times)
    return reminders


@action
def stop_reminders(*, stop_key: UUID, by: None) -> bool:
    """Stop the mails of whoever holds this key; whether there is such a one. Repeated, no harm."""
    found = Reminders.objects.select_for_update(no_key=True).filter(stop_key=stop_key).first()
    if found is None:
        return False
    found.first_at = found.second_at = None
    found.save(update_fields=["first_at", "second_at"])
    return True


def queue_reminders(now: datetime) -> int:
    """Queue the mails that are due at ``now`` (the clinic's wall clock); how many.

    Each is queued once for a time of a day, also when two workers run. A time that was more than
    LATEST ago is let go.
    """
    today, clock = now.date(), now.time()
    since = (now - LATEST).time() if (now - LATEST).date() == today else time.min
    return sum(
        _queue_one(reminders=reminders, at=at, now=now, by=None)
        for reminders in to_remind(today, since=since, until=clock)
        for at in (reminders.first_at, reminders.second_at)
        if at is not None and since <= at <= clock
    )


@action
def _queue_one(*, reminders: Reminders, at: time, now: datetime, by: None) -> bool:
    patient = reminders.patient
    if not wants_a_reminder(patient, now.date()):
        return False
    _sent, new = ReminderSent.objects.get_or_create(patient=patient, day=now.date(), at=at)
    if new:
        queue_mail(kind="reminder", key=patient.pk, user=patient.user)
    return new


def forget_old_reminders(now: datetime) -> None:
    """Notes of mails that were queued are of no use after a week."""
    with transaction.atomic():
        ReminderSent.objects.filter(day__lt=now.date() - timedelta(days=7)).delete()


def clinic_now() -> datetime:
    """The clinic's wall clock."""
    return Clinic.objects.current().now()
