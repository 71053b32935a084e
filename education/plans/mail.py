"""Mail about plans: only that something waits, never what."""

from django.core.mail import EmailMessage

from education.people.mail import builds, site_link, write_mail
from education.people.models import OutgoingMail


def _plan_mail(mail: OutgoingMail) -> EmailMessage | None:
    """To a patient who can log in; anybody else gets the invitation instead, or paper."""
    user = mail.user
    if user is None or not user.is_active or not user.has_usable_password():
        return None
    context: dict[str, object] = {"link": site_link("plan_today")}
    return write_mail(mail.kind, to=user.email, language=user.language, context=context)


builds("plan_ready")(_plan_mail)
builds("plan_changed")(_plan_mail)
