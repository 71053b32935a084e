"""Letting people in: one mailed link, used once."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from education.audit.actor import action

from ..mail import queue_mail
from ..models import Invitation, User
from .accounts import end_sessions, keep_address, unlock_account


class InvitationClosed(Exception):
    """The link was used, replaced or has run out, or the person may no longer log in."""


@action
def invite(*, user: User, by: User | None) -> Invitation:
    """Send the person a new link to set a password with; an older link stops working.

    Raises ValidationError when the account has ended.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.is_active:
        raise ValidationError(
            _("This person may not log in now. Take them back first, then invite."), code="inactive"
        )
    Invitation.objects.filter(user=user).unsettled().revoke()
    invitation = Invitation.objects.create(
        user=user, by=by, expires_at=timezone.now() + timedelta(days=Invitation.VALID_DAYS)
    )
    queue_mail(kind="invitation", key=invitation.pk, user=user)
    return invitation


@action
def invite_staff(*, user: User, by: User | None) -> Invitation:
    """As ``invite``, for somebody who works here. Raises ValueError for anybody else."""
    if not user.is_staff:
        raise ValueError("Only staff are invited to the staff site.")
    return invite(user=user, by=by)


@action
def accept_invitation(*, invitation: Invitation, password: str, by: User | None) -> User:
    """Set the password chosen behind a link, which is then used up; other log-ins end.

    Raises InvitationClosed when the link was used, replaced or ran out in between.
    """
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("user")
        .get(pk=invitation.pk)
    )
    user = invitation.user
    if not invitation.is_open:
        raise InvitationClosed
    user.set_password(password)
    user.save(update_fields=["password"])
    invitation.used_at = timezone.now()
    invitation.save(update_fields=["used_at"])
    keep_address(user=user, by=by)
    end_sessions(user=user, by=by)
    unlock_account(user=user, by=by)
    return user
