"""What happens to a message: sent, answered, closed, read. Each all or nothing."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from education.audit.actor import action
from education.people.mail import queue_mail
from education.people.models import Clinic, ClosedDay, Patient, User

from .due import answer_due_on
from .models import ContactRequest, Reply


class AnsweredMeanwhile(Exception):
    """Somebody else answered while this answer was written."""

    def __init__(self, reply: Reply):
        self.reply = reply
        super().__init__(
            _("%(name)s answered in the meantime. Read that answer first.") % {"name": reply.by}
        )


def promised_day() -> date:
    """The day by whose end a message sent now is answered."""
    clinic = Clinic.objects.current()
    return answer_due_on(clinic, timezone.now(), ClosedDay.objects.days_from(clinic.today()))


@action
def send_request(
    *,
    submission_key: UUID,
    entries: dict[str, Any],
    patient: Patient | None,
    language: str,
    held: bool,
    by: User | None,
) -> ContactRequest:
    """Keep a message and queue the mail that tells the clinic; the same one twice is kept once.

    ``entries`` are the columns of the form: reason, message, answer_by, best_time, phone and,
    from a visitor (``patient`` None), name and email. The stored key is made from the form's key
    and what was typed: a retry finds its row, a text changed after "back" is a new message.
    ``held``: above the rate limit, so that the alert mail waits until the hour is over.
    """
    if patient is not None:
        entries = {**entries, "name": "", "email": ""}
    typed = "\n".join(str(entries[name]) for name in ("reason", "message", "name", "email"))
    key = uuid5(submission_key, f"{patient.pk if patient else ''}\n{typed}")
    request, created = ContactRequest.objects.get_or_create(
        submission_key=key,
        defaults={
            **entries,
            "patient": patient,
            "language": language,
            "held": held,
            "answer_due_on": promised_day(),
        },
    )
    if created and held:
        _tell_clinic_later(request)
    elif created:
        tell_clinic(request=request, by=by)
    return request


@action
def tell_clinic(*, request: ContactRequest, by: User | None) -> None:
    """Queue the mail that a message waits: to the clinic's address, else to all who may answer."""
    if Clinic.objects.current().alert_email:
        queue_mail(kind="request_waiting", key=request.pk)
        return
    for user in may_answer():
        queue_mail(kind="request_waiting", key=request.pk, user=user)


def may_answer() -> QuerySet[User]:
    """Active staff with the permission to answer messages."""
    permission = {"content_type__app_label": "contact", "codename": "add_reply"}
    by_group = {f"groups__permissions__{name}": value for name, value in permission.items()}
    alone = {f"user_permissions__{name}": value for name, value in permission.items()}
    staff = User.objects.staff().filter(is_active=True)
    return staff.filter(Q(is_superuser=True) | Q(**by_group) | Q(**alone)).distinct()


def _tell_clinic_later(request: ContactRequest) -> None:
    """One alert for all held messages of an hour, when it is over."""
    hour = request.created_at.replace(minute=0, second=0, microsecond=0)
    this_hour = ContactRequest.objects.held().filter(created_at__gte=hour)
    if this_hour.exclude(pk=request.pk).exists():
        return
    over = hour + timedelta(hours=1)
    transaction.on_commit(lambda: alert_about_held.using(run_after=over).enqueue(hour.isoformat()))


@task()
def alert_about_held(since: str) -> None:
    """Tell the clinic once about held messages that still wait. ``since``: ISO instant."""
    waiting = ContactRequest.objects.held().waiting()
    oldest = waiting.filter(created_at__gte=datetime.fromisoformat(since)).order_by("pk").first()
    if oldest is not None:
        tell_clinic(request=oldest, by=None)


def lock_as_seen(request: ContactRequest, replies_seen: int) -> ContactRequest:
    """The message, read afresh under a lock. Raises AnsweredMeanwhile unless it is as it was seen.

    ``replies_seen`` is the number of answers on the page the writer had before them.
    """
    now = ContactRequest.objects.select_for_update().get(pk=request.pk)
    replies = list(now.replies.select_related("by"))
    if len(replies) > replies_seen:
        raise AnsweredMeanwhile(replies[-1])
    return now


@action
def answer_request(*, request: ContactRequest, text: str, replies_seen: int, by: User) -> Reply:
    """Answer a message, also one answered or closed before, and tell its sender that it waits.

    Raises AnsweredMeanwhile when there are more answers than ``replies_seen``.
    """
    request = lock_as_seen(request, replies_seen)
    reply = Reply.objects.create(request=request, text=text, by=by)
    request.status = ContactRequest.Status.ANSWERED
    request.save(update_fields=["status"])
    if not request.by_phone:
        queue_mail(
            kind="answer_ready",
            key=request.pk,
            user=request.patient.user if request.patient else None,
        )
    return reply


@action
def close_request(*, request: ContactRequest, replies_seen: int, by: User) -> None:
    """Close a waiting message without an answer, such as an advertisement.

    It can be answered later all the same.

    Raises AnsweredMeanwhile when there are more answers than ``replies_seen``.
    """
    request = lock_as_seen(request, replies_seen)
    if request.is_waiting:
        request.status = ContactRequest.Status.CLOSED
        request.save(update_fields=["status"])


@action
def mark_read(*, request: ContactRequest, by: User | AnonymousUser | None) -> None:
    """Note that its sender has read the answers."""
    for reply in request.replies.filter(read_at__isnull=True):
        reply.read_at = timezone.now()
        reply.save(update_fields=["read_at"])


@action
def open_answer(*, token: str, by: User | None) -> ContactRequest | None:
    """Use up a visitor's link and return the message with its answers; None when it is spent."""
    locked = ContactRequest.objects.select_for_update().with_token(token)
    request = locked.first()
    now = timezone.now()
    if request is None or not request.link_works(now):
        return None
    request.answer_token_used_at = now
    request.save(update_fields=["answer_token_used_at"])
    mark_read(request=request, by=by)
    return request
