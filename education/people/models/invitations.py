"""The way in: one mailed link, used once, for patients and for staff."""

import hashlib
import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def hash_token(token: str) -> str:
    """SHA-256 of a link's token: what the database keeps. 256 random bits need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


class InvitationQuerySet(models.QuerySet):
    def open(self):
        """Invitations that still let somebody in."""
        return self.unsettled().filter(expires_at__gt=timezone.now())

    def unsettled(self):
        """Neither used nor replaced, though perhaps run out: at most one a person."""
        return self.filter(used_at__isnull=True, revoked_at__isnull=True)

    def revoke(self) -> int:
        """Let no link of these in any more. Answers how many there were."""
        return self.update(revoked_at=timezone.now())

    def with_token(self, token: str) -> "InvitationQuerySet":
        """The invitation behind a link, used or not."""
        return self.filter(token_hash=hash_token(token))


class Invitation(models.Model):
    """One invitation. Its token is made when the mail is built and kept only as a hash."""

    class State(models.TextChoices):
        """What became of a link; worked out, not stored."""

        OPEN = "open", _("open")
        USED = "used", _("used")
        REPLACED = "replaced", _("replaced")
        EXPIRED = "expired", _("expired")
        ENDED = "ended", _("ended")  # the person may no longer log in

    VALID_DAYS = 14

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    token_hash = models.CharField(max_length=64, unique=True, null=True)
    created_at = models.DateTimeField(_("invited"), default=timezone.now)
    sent_at = models.DateTimeField(_("mail sent"), null=True)
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("used"), null=True)
    revoked_at = models.DateTimeField(_("replaced"), null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                name="people_one_open_invitation",
                fields=["user"],
                condition=Q(used_at__isnull=True, revoked_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.created_at:%Y-%m-%d}"

    @property
    def state(self) -> State:
        """Reads ``user``: select it with the row."""
        if self.used_at:
            return self.State.USED
        if not self.user.is_active:
            return self.State.ENDED
        if self.revoked_at:
            return self.State.REPLACED
        if self.expires_at <= timezone.now():
            return self.State.EXPIRED
        return self.State.OPEN

    @property
    def is_open(self) -> bool:
        """Whether the link still lets its person in."""
        return self.state == self.State.OPEN

    def renew_token(self) -> str:
        """Make a new token, keep its hash on this row (unsaved) and return the token."""
        token = secrets.token_urlsafe(32)
        self.token_hash = hash_token(token)
        return token
