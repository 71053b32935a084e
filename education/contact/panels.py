"""What of this room the admin's front page shows: messages that wait, and mail that does not go."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from education.people.models import Clinic, OutgoingMail

from .models import ContactRequest

SHOWN = 8  # rows; the list behind the panel's last link has the rest
OVERDUE = timedelta(minutes=10)  # a mail that waits longer than this is stuck

Panel = dict[str, Any]


def messages_waiting(request: HttpRequest) -> Panel | None:
    """Messages to answer: worse or new symptoms first, then the longest wait."""
    if not request.user.has_perm("contact.view_contactrequest"):
        return None
    waiting = ContactRequest.objects.visible_to(request.user).waiting()
    count = waiting.count()
    today = Clinic.objects.current().today()
    rows = list(waiting.with_lateness(today).by_urgency().select_related("patient")[:SHOWN])
    return {
        "order": 10,
        "id": "messages",
        "template": "admin/contact/messages_waiting.html",
        "title": _("Messages waiting (%(count)d)") % {"count": count},
        "tile": {
            "count": count,
            "label": ngettext("message waits", "messages wait", count),
            "flag": bool(rows) and rows[0].is_worrying,
        },
        "rows": rows,
    }


def mail_not_sent(request: HttpRequest) -> Panel | None:
    """Mail given up or stuck; nothing while all is well."""
    if not request.user.has_perm("people.view_outgoingmail"):
        return None
    stuck = OutgoingMail.objects.waiting().filter(queued_at__lt=timezone.now() - OVERDUE)
    unsent = (stuck | OutgoingMail.objects.failed()).select_related("user")
    count = unsent.count()
    if not count:
        return None
    return {
        "order": 90,
        "id": "mail",
        "template": "admin/contact/mail_not_sent.html",
        "title": _("Mail not sent (%(count)d)") % {"count": count},
        "tile": {"count": count, "label": ngettext("mail not sent", "mails not sent", count)},
        "rows": [
            {"mail": mail, "kind": mail.kind.replace("_", " ").capitalize()}
            for mail in unsent.order_by("queued_at")[:SHOWN]
        ],
    }
