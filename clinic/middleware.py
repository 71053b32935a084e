"""What holds for every request: language, private pages, the staff's second factor, time-outs."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject

from education.people.models import Clinic

GetResponse = Callable[[HttpRequest], HttpResponse]


class LanguageMiddleware:
    """The language of the cookie, else of the browser. Reads no session and no user."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = translation.get_language_from_request(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if "text/html" in response.get("Content-Type", ""):
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
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
    """Keeps private pages out of shared caches and search engines, and ends idle log-ins.

    The session is written at most once a minute: enough for the idle time-out, and a page that is
    only read costs no write otherwise.
    """

    SAVE_EVERY = 60  # seconds

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.session.accessed or not request.session.session_key:
            return response
        if request.user.is_authenticated:
            response.headers["Cache-Control"] = "no-store, private"
            response.headers["X-Robots-Tag"] = "noindex"
        return response

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object):
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        if not request.user.is_authenticated:
            return None
        now = int(time.time())
        started = request.session.setdefault("started_at", now)
        if now - started > settings.SESSION_LIFETIME_SECONDS:
            logout(request)
            return redirect(settings.LOGIN_URL)
        if now - request.session.get("seen_at", 0) > self.SAVE_EVERY:
            request.session["seen_at"] = now
        return None


class StaffSecondFactorMiddleware:
    """The admin opens only to a log-in that used a second factor (docs/security.md)."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)
