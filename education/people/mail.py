"""Mail: queued with the change that causes it, built later by the worker, sent again when it fails.

A room registers a builder per kind of mail. The builder gets the waiting row and returns the
finished message in the reader's language, or None when the mail is no longer needed. No text, no
link and no address is kept in the queue, and no mail carries health information.
"""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django_tasks import task

from .models import Clinic, OutgoingMail, User

logger = logging.getLogger(__name__)

Builder = Callable[[OutgoingMail], EmailMessage | None]
BUILDERS: dict[str, Builder] = {}
RETRY_AFTER = [timedelta(minutes=m) for m in (1, 5, 30, 120, 720)]


def builds(kind: str) -> Callable[[Builder], Builder]:
    """Register a function as the builder of one kind of mail."""

    def register(builder: Builder) -> Builder:
        BUILDERS[kind] = builder
        return builder

    return register


def site_link(url_name: str, *args: object, **kwargs: object) -> str:
    """Full address of a page, for a mail."""
    return settings.SITE_URL + reverse(url_name, args=args or None, kwargs=kwargs or None)


def write_mail(kind: str, *, to: str, language: str, context: dict[str, object]) -> EmailMessage:
    """A plain-text message from ``templates/mail/<kind>.txt``; its first line is the subject.

    The template also gets ``clinic``, for the subject and the signature.
    """
    context = {"clinic": Clinic.objects.current(), **context}
    with translation.override(language):
        text = render_to_string(f"mail/{kind}.txt", context)
    subject, _newline, body = text.strip().partition("\n")
    return EmailMessage(subject.strip(), body.strip() + "\n", to=[to])


def queue_mail(*, kind: str, key: object, user: User | None = None) -> OutgoingMail:
    """Queue one mail in the present transaction. Call it from an action.

    ``kind`` must have a builder (KeyError otherwise), ``key`` names the row the builder reads.
    """
    BUILDERS[kind]
    mail = OutgoingMail.objects.create(kind=kind, key=str(key), user=user)
    transaction.on_commit(lambda: deliver_mail.enqueue(mail.pk))
    return mail


@task()
def deliver_mail(mail_id: int) -> None:
    """Build and send one waiting mail; on failure keep it, note the kind of error, try later."""
    mail = OutgoingMail.objects.select_related("user").filter(pk=mail_id).first()
    if mail is None or mail.state in (OutgoingMail.State.SENT, OutgoingMail.State.DROPPED):
        return
    try:
        message = BUILDERS[mail.kind](mail)
        if message is not None:
            message.send()
    except Exception as error:  # whatever a mail server does, the mail stays queued
        _keep_for_later(mail, error)
        return
    state = OutgoingMail.State.DROPPED if message is None else OutgoingMail.State.SENT
    OutgoingMail.objects.filter(pk=mail.pk).update(
        state=state, sent_at=timezone.now(), tries=F("tries") + 1, problem=""
    )


def _keep_for_later(mail: OutgoingMail, error: Exception) -> None:
    """Count the try and queue the next one; after the last, leave it to staff."""
    # The error's text may hold an address: its class is all that is written down.
    problem = type(error).__name__
    logger.warning("mail %s of kind %s not sent: %s", mail.pk, mail.kind, problem)
    more = mail.tries < len(RETRY_AFTER)
    OutgoingMail.objects.filter(pk=mail.pk).update(
        state=OutgoingMail.State.QUEUED if more else OutgoingMail.State.FAILED,
        tries=mail.tries + 1,
        problem=problem[:80],
    )
    if more:
        later = timezone.now() + RETRY_AFTER[mail.tries]
        deliver_mail.using(run_after=later).enqueue(mail.pk)
