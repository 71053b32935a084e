"""Accounts: address, language, sessions, lock-outs, and who works here."""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from allauth.core.internal import ratelimit
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from auditlog.models import LogEntry
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from education.audit.actor import action

from ..mail import deliver_mail, queue_mail
from ..models import Invitation, OutgoingMail, Patient, User


def check_new_email(email: str, *, except_user: User | None = None) -> str:
    """The address in lower case. Raises ValidationError when another account has it."""
    email = email.strip().lower()
    others = User.objects.exclude(pk=except_user.pk) if except_user else User.objects.all()
    if others.filter(email=email).exists():
        raise ValidationError(
            _("Another account has this e-mail address. Each person needs their own."),
            code="taken",
        )
    return email


@action
def keep_address(*, user: User, by: User | None) -> None:
    """Make the account's e-mail its one address for log-in and reset, in allauth's table too.

    The clinic vouches for it: it is where an invitation was sent, or whom the operator made.
    """
    own = EmailAddress.objects.filter(user=user)
    if not own.filter(email=user.email, primary=True, verified=True).exists():
        own.delete()
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)


@action
def change_email(*, user: User, email: str, by: User | None) -> None:
    """Move an account to another address: the only way to do so.

    Links and log-ins of the old address end at once, and it is told that something changed.
    Raises ValidationError when another account has the address.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    email = check_new_email(email, except_user=user)
    if email == user.email:
        return
    user.email = email
    user.save(update_fields=["email"])
    keep_address(user=user, by=by)
    Invitation.objects.filter(user=user).unsettled().revoke()
    end_sessions(user=user, by=by)
    # The queue keeps no address. The one to tell is the old one, which the audit log holds.
    change = LogEntry.objects.get_for_object(user).filter(changes__has_key="email").latest("pk")
    queue_mail(kind="email_changed", key=change.pk, user=user)


@action
def set_language(*, user: User, language: str, by: User | None) -> None:
    """The language of the site and of mails; the patient's record follows the account."""
    user.language = language
    user.save(update_fields=["language"])
    patient = Patient.objects.filter(user=user).exclude(language=language).first()
    if patient:
        patient.language = language
        patient.save(update_fields=["language"])


@action
def end_sessions(*, user: User, by: User | None, except_key: str | None = None) -> int:
    """Log the account out everywhere but in the session ``except_key``. Answers how many ended."""
    sessions = UserSession.objects.filter(user=user).exclude(session_key=except_key or "")
    for session in sessions:
        session.end()
    return len(sessions)


@action
def unlock_account(*, user: User, by: User | None) -> None:
    """Forget failed tries, so that the person need not wait until a lock-out is over."""
    keys = {
        "login_failed": [user.email, f"mfa-auth-user-{user.pk}"],
        "reset_password": [user.email],
    }
    for name, counted in keys.items():
        for rate in ratelimit.get_rates(app="allauth.account", action=name):
            if rate.per == "key":
                cache.delete_many(_counter(name, rate, key) for key in counted)


def _counter(name: str, rate: ratelimit.Rate, key: str) -> str:
    """Cache key under which allauth counts. A limit per key, not per visitor, needs no request."""
    return ratelimit.get_cache_key(None, app="allauth.account", action=name, rate=rate, key=key)


@action
def reset_second_factor(*, user: User, by: User | None) -> None:
    """For somebody who lost phone and codes: take the second step away; staff set up a new one."""
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user=user, by=by)
    notify_account(user=user, kind="second_factor_removed", by=by)


@action
def notify_account(*, user: User, kind: str, by: User | None) -> None:
    """Queue one of the mails about an account itself (``people/letters.py``)."""
    queue_mail(kind=kind, key=user.pk, user=user)


@action
def send_mail_again(*, mail: OutgoingMail, by: User | None) -> None:
    """Give a mail that failed or waits a fresh row of tries, beginning now."""
    mail.state, mail.tries = OutgoingMail.State.QUEUED, 0
    mail.save(update_fields=["state", "tries"])
    transaction.on_commit(lambda: deliver_mail.enqueue(mail.pk))


@action
def add_staff(*, user: User, groups: Iterable[Group], by: User | None) -> User:
    """Save the new account of somebody who works here. They set a password when invited.

    Raises ValidationError when another account has the address.
    """
    user.email = check_new_email(user.email)
    user.is_staff = True
    user.set_unusable_password()
    user.save()
    user.groups.set(groups)
    keep_address(user=user, by=by)
    return user


@action
def change_staff(
    *, user: User, changed: Iterable[str], groups: Iterable[Group], by: User | None
) -> User:
    """Save what was changed on a member of staff; somebody who may no longer log in is out now."""
    user.save(update_fields=list(changed))
    user.groups.set(groups)
    if not user.is_active:
        Invitation.objects.filter(user=user).unsettled().revoke()
        end_sessions(user=user, by=by)
    return user
