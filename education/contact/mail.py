"""Mail about messages: only that something waits, never what, from whom or why."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from education.people.mail import builds, site_link, write_mail
from education.people.models import Clinic, OutgoingMail

from .models import ContactRequest


@builds("request_waiting")
def request_waiting(mail: OutgoingMail) -> EmailMessage | None:
    """To one member of staff, or to the clinic's own address; not when somebody was faster."""
    if not ContactRequest.objects.waiting().filter(pk=mail.key).exists():
        return None
    if mail.user is not None and not mail.user.is_active:
        return None
    to = mail.user.email if mail.user else Clinic.objects.current().alert_email
    if not to:
        return None
    return write_mail(
        mail.kind,
        to=to,
        language=mail.user.language if mail.user else settings.LANGUAGE_CODE,
        context={"link": site_link("admin:contact_contactrequest_changelist")},
    )


@builds("answer_ready")
def answer_ready(mail: OutgoingMail) -> EmailMessage | None:
    """To the patient, who logs in to read it, or to the visitor, with a link that works once."""
    request = ContactRequest.objects.select_related("patient__user").filter(pk=mail.key).first()
    if request is None:
        return None
    if request.patient is None:
        return _to_visitor(request)
    user = request.patient.user
    if user is None or not user.is_active:
        return None
    return write_mail(
        "answer_ready",
        to=user.email,
        language=user.language,
        context={"link": site_link("own_requests")},
    )


def _to_visitor(request: ContactRequest) -> EmailMessage | None:
    """The link is made here and kept as a hash: nothing that opens the answer is ever stored."""
    if not request.email:
        return None
    token = request.renew_link(timezone.now())
    request.save(
        update_fields=["answer_token_hash", "answer_token_expires_at", "answer_token_used_at"]
    )
    return write_mail(
        "answer_ready_visitor",
        to=request.email,
        language=request.language,
        context={
            "link": site_link("visitor_answer", token),
            "days": request.LINK_DAYS,
        },
    )
