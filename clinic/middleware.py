"""What holds for every request: language, private pages, time-outs, the staff's second factor."""

import time
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode

from education.people import kept_posts
from education.people.models import Clinic
from education.people.second_factor import used_second_factor

GetResponse = Callable[[HttpRequest], HttpResponse]


class LanguageMiddleware:
    """The language the reader chose, kept in a cookie; English until then.

    The browser's own wish is not followed while the Spanish texts are being written: it would mix
    Spanish dates and form messages into English pages. Reads no session and no user.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        known = chosen in dict(settings.LANGUAGES)
        language = chosen if chosen and known else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if "text/html" in response.get("Content-Type", ""):
            patch_vary_headers(response, ("Cookie",))
        return response


class ClinicMiddleware:
    """Puts the clinic's row on the request, read once and only when somebody asks.

    Rooms below the people (the library) and the templates get it from here.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.clinic = SimpleLazyObject(Clinic.objects.current)  # type: ignore[attr-defined]
        return self.get_response(request)


class PrivatePagesMiddleware:
    """Keeps private pages out of caches and search engines, and ends log-ins that last too long.

    Idle: a session lives SESSION_COOKIE_AGE from its last save. It is saved at most once a minute,
    so a page that is only read costs no write otherwise. Busy: nobody stays logged in longer than
    SESSION_LIFETIME_SECONDS. Visitors without a cookie cause no query.
    """

    SAVE_EVERY = 60  # seconds

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        was_logged_in = self._keep_time(request)
        response = self.get_response(request)
        # Both, before and after: the answers to logging in and to logging out are private too.
        if was_logged_in or (request.session.session_key and request.user.is_authenticated):
            response.headers["Cache-Control"] = self._private(response)
            response.headers["X-Robots-Tag"] = "noindex"
        return response

    @staticmethod
    def _private(response: HttpResponse) -> str:
        """Nothing is kept. What is the same for everybody the person's own browser may keep:
        no cache on the way, for the answer may carry the cookie of the log-in.
        """
        said = response.headers.get("Cache-Control", "")
        if said.startswith("public"):
            return said.replace("public", "private", 1)
        return "no-store, private"

    def _keep_time(self, request: HttpRequest) -> bool:
        """Whether a living log-in stands behind the request; ends one that is too old."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return False
        if not request.user.is_authenticated:
            return False
        now = int(time.time())
        started = request.session.setdefault("started_at", now)
        if now - started > settings.SESSION_LIFETIME_SECONDS:
            logout(request)
            return False
        if now - request.session.get("seen_at", 0) > self.SAVE_EVERY:
            request.session["seen_at"] = now
        return True


class KeptPostMiddleware:
    """A form of a log-in that timed out is kept until after the next one (see kept_posts.py)."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        was_in = settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
        response = self.get_response(request)
        if request.session.session_key and request.user.is_authenticated:
            kept_posts.remember_person(request, response)
        elif was_in:
            kept_posts.forget_person(response)
        return response

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """Lead a visitor to the log-in with the form kept, or leave that to the next in line."""
        if request.method != "POST" or request.user.is_authenticated:
            return None
        return kept_posts.keep_post(request)


class SavingMiddleware:
    """Tells a script that saves a form (static/js/saving.js) where its answer leads.

    A script cannot read a redirect, only follow it, and would draw the next page unseen. The
    header is the script's own: no form and no other site can send it.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "X-Saving" in request.headers and isinstance(response, HttpResponseRedirect):
            response.headers["X-Go-To"] = response.url
            del response.headers["Location"]
            response.status_code = HTTPStatus.NO_CONTENT
        return response


class StaffSecondFactorMiddleware:
    """The admin opens to staff only, and to a log-in that used a second factor (docs/security.md).

    Off only under the development switch.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """Raise PermissionDenied for others; send staff to the step that is missing."""
        match = request.resolver_match
        if match is None or "admin" not in match.app_names or not request.user.is_authenticated:
            return None
        if not request.user.is_staff:
            raise PermissionDenied
        if not settings.STAFF_SECOND_FACTOR_REQUIRED or used_second_factor(request):
            return None
        query = urlencode({"next": request.get_full_path()})
        return redirect(f"{reverse('second_factor')}?{query}")
