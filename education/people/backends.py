"""Who may be logged in at all."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend as AllauthBackend
from django.conf import settings
from django.http import HttpRequest

from . import demo
from .models import User

DEMO_ADDRESSES = frozenset(person.email for person in (*demo.STAFF, *demo.PATIENTS))


class AuthenticationBackend(AllauthBackend):
    """allauth's, closed to the demo people outside development: everybody knows their password.

    They are in a production database only when somebody copied one from development.
    """

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        return self._allowed(super().authenticate(request, **credentials))

    def get_user(self, user_id: int) -> User | None:
        """The account of a session; none for a demo person, however the session came about."""
        return self._allowed(super().get_user(user_id))

    def _allowed(self, user: Any) -> User | None:
        if user and user.email in DEMO_ADDRESSES and not settings.DEVELOPMENT:
            return None
        return user
