"""The mails about accounts: what each kind says, built by the worker when it is sent."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from auditlog.models import LogEntry
from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from .mail import builds, site_link, write_mail
from .models import Clinic, Invitation, OutgoingMail

HOUR = 60 * 60  # seconds

# Which of our kinds stands for a mail that allauth would send by itself.
ALLAUTH_KINDS = {
    "account/email/password_reset_key": "password_reset",
    "account/email/password_reset": "password_changed",
    "account/email/password_changed": "password_changed",
    "account/email/password_set": "password_changed",
    "mfa/email/totp_activated": "second_factor_added",
    "mfa/email/webauthn_added": "second_factor_added",
    "mfa/email/totp_deactivated": "second_factor_removed",
    "mfa/email/webauthn_removed": "second_factor_removed",
    "mfa/email/recovery_codes_generated": "recovery_codes_made",
}


def _letter(mail: OutgoingMail, *, to: str = "", **context: object) -> EmailMessage | None:
    """The text of this mail's kind, for its account; None when nobody is left to read it."""
    if mail.user is None or not mail.user.is_active:
        return None
    context = {"log_in_url": site_link("account_login"), **context}
    return write_mail(
        mail.kind, to=to or mail.user.email, language=mail.user.language, context=context
    )


@builds("invitation")
def write_invitation(mail: OutgoingMail) -> EmailMessage | None:
    """The link is made here, when the mail goes out: the database keeps only its hash."""
    invitation = Invitation.objects.select_related("user").filter(pk=mail.key).first()
    if invitation is None or not invitation.is_open:
        return None
    token = invitation.renew_token()
    invitation.sent_at = timezone.now()
    invitation.save(update_fields=["token_hash", "sent_at"])
    last_day = invitation.expires_at.astimezone(Clinic.objects.current().zone).date()
    return _letter(mail, link=site_link("accept_invitation", token), last_day=last_day)


@builds("password_reset")
def write_password_reset(mail: OutgoingMail) -> EmailMessage | None:
    """A reset link for somebody who has a password; an invitation is the only other way in."""
    if mail.user is None or not mail.user.has_usable_password():
        return None
    link = site_link(
        "account_reset_password_from_key",
        uidb36=user_pk_to_url_str(mail.user),
        key=default_token_generator.make_token(mail.user),
    )
    return _letter(mail, link=link, hours=settings.PASSWORD_RESET_TIMEOUT // HOUR)


@builds("email_changed")
def write_email_changed(mail: OutgoingMail) -> EmailMessage | None:
    """To the address before the change, which is read from the audit log's entry."""
    change = LogEntry.objects.filter(pk=mail.key).first()
    if change is None:
        return None
    old_address, _new_address = change.changes_dict["email"]
    return _letter(mail, to=old_address)


@builds("password_changed")
@builds("second_factor_added")
@builds("second_factor_removed")
@builds("recovery_codes_made")
def write_notice(mail: OutgoingMail) -> EmailMessage | None:
    """Tells the owner what happened to their account, and to call when it was not them."""
    return _letter(mail)
