"""Getting in, and a person's own account."""

from contextlib import suppress

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from . import actions, kept_posts
from .forms import ChoosePasswordForm, LanguageForm
from .languages import remember_language
from .models import Invitation, Patient, User
from .second_factor import used_second_factor


class MemberRequest(HttpRequest):
    """A request that the log-in middleware has let through."""

    user: User


@login_not_required
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Set the first password. Only a POST uses the link up: scanners of mail open links too."""
    invitation = Invitation.objects.with_token(token).select_related("user").first()
    if invitation is None or not invitation.is_open:
        return _closed(request, invitation)
    form = ChoosePasswordForm(data=request.POST or None, user=invitation.user)
    if not form.is_valid():
        context = {"form": form, "invited": invitation.user}
        return _keep_secret(render(request, "people/accept_invitation.html", context))
    try:
        user = actions.accept_invitation(
            invitation=invitation, password=form.cleaned_data["password1"], by=invitation.user
        )
    except actions.InvitationClosed:  # used by a second tap while this one was being checked
        invitation.refresh_from_db()
        return _closed(request, invitation)
    return _keep_secret(_log_in(request, user))


def _closed(request: HttpRequest, invitation: Invitation | None) -> HttpResponse:
    """What a link says that lets nobody in: why, and what to do."""
    context = {"state": invitation.state if invitation else "unknown"}
    status = 410 if invitation else 404
    return _keep_secret(render(request, "people/invitation_closed.html", context, status=status))


def _keep_secret(response: HttpResponse) -> HttpResponse:
    """The address holds a key: no cache keeps the page, no other page learns where it was."""
    add_never_cache_headers(response)
    response.headers["Referrer-Policy"] = "strict-origin"
    return response


def _log_in(request: HttpRequest, user: User) -> HttpResponse:
    """Log the invited person in, in the place of whoever used this browser before."""
    if request.user.is_authenticated:
        logout(request)
    record_authentication(request, user, method="invitation")
    return perform_login(request, Login(user=user, email=user.email))


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: MemberRequest) -> HttpResponse:
    """A person's own account. The form on it changes the language."""
    form = LanguageForm(request.POST or None, initial={"language": request.user.language})
    if form.is_valid():
        language = form.cleaned_data["language"]
        actions.set_language(user=request.user, language=language, by=request.user)
        with override(language):
            messages.success(request, _("Your language is saved."))
        return remember_language(redirect("account"), language)
    context = {
        "form": form,
        "patient": Patient.objects.filter(user=request.user).select_related("clinician").first(),
        "has_second_factor": is_mfa_enabled(request.user),
    }
    return render(request, "people/account.html", context)


@require_POST
def end_all_sessions(request: MemberRequest) -> HttpResponse:
    """Log out on every device, this one included."""
    actions.end_sessions(user=request.user, by=request.user)
    logout(request)
    messages.success(request, _("You are logged out on all devices."))
    return redirect("account_login")


@require_http_methods(["GET", "HEAD"])
def second_factor(request: MemberRequest) -> HttpResponse:
    """The step between a password and the staff site: set one up, or use the one there is."""
    next_url = get_next_redirect_url(request) or get_adapter().get_login_redirect_url(request)
    if used_second_factor(request):
        return redirect(next_url)
    kinds = Authenticator.objects.filter(user=request.user).values_list("type", flat=True)
    if Authenticator.Type.TOTP in kinds:
        return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': next_url})}")
    if Authenticator.Type.WEBAUTHN in kinds:
        return redirect(f"{reverse('mfa_reauthenticate_webauthn')}?{urlencode({'next': next_url})}")
    return render(request, "people/second_factor.html")


@require_GET
def kept_post(request: MemberRequest) -> HttpResponse:
    """After a log-in: save what was sent before it, by the view it was meant for.

    The form was sent and checked then; this only carries it over the log-in, once.
    """
    kept = kept_posts.take_post(request)
    response = _send_kept(request, kept) if kept else redirect(settings.LOGIN_REDIRECT_URL)
    response.delete_cookie(kept_posts.KEY_COOKIE, samesite="Lax")
    return response


def _send_kept(request: MemberRequest, kept: kept_posts.KeptPost) -> HttpResponse:
    """The answer to it; a calm page when it is another person's, or nothing of theirs any more."""
    if kept.is_of(request.user):
        with suppress(Http404):
            return kept_posts.send_post(request, kept)
    return render(request, "people/kept_not_saved.html", status=404)


@login_not_required
def closed_page(request: HttpRequest, **_kwargs: str) -> HttpResponse:
    """Pages of allauth that this site does not have: addresses are proven by invitations."""
    raise Http404
