"""How allauth behaves here."""

import base64
import time
from typing import Any

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathFillImage

from . import actions, kept_posts
from .languages import remember_language
from .letters import ALLAUTH_KINDS
from .models import User


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up: accounts come from invitations. Mail is queued, never sent in a request."""

    FRESH_LOGIN = 5 * 60  # seconds in which a log-in needs no second proof

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "The e-mail or the password is not right. Check both, then try again."
        ),
        "too_many_login_attempts": _(
            "That was too many tries. Wait 5 minutes, then try again. Or call us: we can unlock it."
        ),
        "enter_current_password": _("This is not your password now. Try again."),
        "incorrect_password": _("This password is not right. Try again."),
        "incorrect_code": _("This code is not right. Wait for the next one, then try again."),
        "rate_limited": _("That was too many tries. Wait a few minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    # -- mail: only a kind and an account are queued; the worker makes the text and the link

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue our mail for allauth's. Raises KeyError for one that nobody has thought of."""
        actions.notify_account(user=context["user"], kind=ALLAUTH_KINDS[template_prefix], by=None)

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """Only for somebody with a password: the first one is set through an invitation."""
        if user.has_usable_password():
            super().send_password_reset_mail(user, email, context)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        # allauth's own would add the reader's network address and browser; ours says neither.
        self.send_mail(template_prefix, user.email, {"user": user})

    # -- log-in

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count failed tries per address alone.

        allauth's key holds the host name too: a second host would give five more tries, and
        ``actions.unlock_account`` could not know what to clear.
        """
        return str(credentials.get("email", "")).lower()

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        response = super().pre_login(request, user, **kwargs)
        if response is None:  # `createsuperuser` knows nothing of allauth's addresses
            actions.keep_address(user=user, by=user)
        return response

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        request.session["started_at"] = int(time.time())  # of clinic.middleware

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        response = super().post_login(request, user, **kwargs)
        if kept_posts.KEPT in request.session:  # a form that the log-in had stopped comes first
            response = redirect("kept_post")
        return remember_language(response, user.language)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff to their site, patients to their plan."""
        return reverse("admin:index" if request.user.is_staff else settings.LOGIN_REDIRECT_URL)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within minutes of the log-in: who sets up a second step just typed the password."""
        request = allauth_context.request
        records = get_authentication_records(request, request.user)
        if records and time.time() - records[-1]["at"] < self.FRESH_LOGIN:
            return False
        return super().is_reauthentication_required(app=app, **kwargs)


def _cipher() -> MultiFernet:
    """Fernet with a key from SECRET_KEY; keys from the fallbacks still decrypt."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (
        salted_hmac("education.people.second_factor", "", secret=secret, algorithm="sha256")
        for secret in secrets
    )
    return MultiFernet([Fernet(base64.urlsafe_b64encode(mac.digest())) for mac in digests])


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps the secrets of second factors encrypted, and its pictures free of ``data:`` links."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Raises cryptography's InvalidToken when no key of the site made the text."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """What a new key is called until its owner says otherwise."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Key %(number)s") % {"number": number}

    def build_totp_svg(self, url: str) -> SafeString:
        """The QR code as an element to put into the page: black on white in every theme."""
        image = qrcode.make(url, image_factory=SvgPathFillImage)
        # Squares only: of what is encoded, no character reaches the markup.
        return mark_safe(image.to_string(encoding="unicode"))  # noqa: S308
