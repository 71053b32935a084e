"""A form that was sent after its log-in had timed out: kept until its sender has logged in again.

One form a browser, at most MOST bytes, for LASTS seconds, only for addresses that a room has named
(``keep_posts_to``), and only in a browser where somebody had logged in and not out. The copy is in
the visitor's session, locked: its key is in a cookie of that browser and nowhere else, so neither
the database nor its backups can be read for it. It names the person of the last log-in, and is
handed to no other (docs/security.md).
"""

import copy
import json
from dataclasses import dataclass
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.signing import BadSignature, TimestampSigner
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import resolve, reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.datastructures import MultiValueDict

MOST = 64 * 1024  # bytes of a form
LASTS = 30 * 60  # seconds
RENEWED = 24 * 60 * 60  # seconds after which the cookie that names a person is made anew
REMEMBERED = 7 * RENEWED  # seconds: as long as a session of the diary can be written down

KEPT = "kept_post"  # in the session
_host = "" if settings.DEVELOPMENT else "__Host-"
KEY_COOKIE = f"{_host}kept_key"
PERSON_COOKIE = f"{_host}person"

_names: set[str] = set()
_signer = TimestampSigner(salt="education.people.kept_posts")


def keep_posts_to(*names: str) -> None:
    """Keep what is sent to the addresses of these names; a room says so in its ``ready``.

    Their forms name their address (``action``): after the log-in a form with an error is drawn
    at another one.
    """
    _names.update(names)


@dataclass(frozen=True)
class KeptPost:
    """What was sent: ``path``, ``query`` and ``body`` as they came, and whose browser it was."""

    path: str
    query: str
    body: str
    person: str

    def is_of(self, user: Any) -> bool:
        """Whether this user was the last to log in where it was sent."""
        return constant_time_compare(self.person, person_of(user))


# ------------------------------------------------------------------ whose browser it is


def person_of(user: Any) -> str:
    """A name for a user that nobody else can make, and that tells nothing.

    A form that is saved by a script bears it: a page of one person never saves as another.
    """
    return salted_hmac("education.people.person", str(user.pk), algorithm="sha256").hexdigest()


def _person_in(request: HttpRequest, max_age: int) -> str:
    try:
        return _signer.unsign(request.COOKIES.get(PERSON_COOKIE, ""), max_age=max_age)
    except BadSignature:
        return ""


def remember_person(request: HttpRequest, response: HttpResponse) -> None:
    """Note in the browser who is logged in, as a name that means nothing elsewhere."""
    person = person_of(request.user)
    if _person_in(request, RENEWED) != person:
        _set_cookie(response, PERSON_COOKIE, _signer.sign(person), REMEMBERED)


def forget_person(response: HttpResponse) -> None:
    """Who logs out leaves nothing behind."""
    for name in (PERSON_COOKIE, KEY_COOKIE):
        response.delete_cookie(name, samesite="Lax")


def _set_cookie(response: HttpResponse, name: str, value: str, seconds: int) -> None:
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(name, value, max_age=seconds, httponly=True, samesite="Lax", secure=secure)


# ------------------------------------------------------------------ keeping and handing over


def keep_post(request: HttpRequest) -> HttpResponse | None:
    """Keep the form of a visitor and lead to the log-in; None when it is not to be kept.

    Called after the check of the token against forged requests.
    """
    match, person = request.resolver_match, _person_in(request, REMEMBERED)
    if request.method != "POST" or match is None or match.view_name not in _names or not person:
        return None
    typed = request.POST.copy()
    typed.pop("csrfmiddlewaretoken", None)
    body = typed.urlencode()
    if len(body) > MOST or request.FILES:
        return None
    kept = (request.path_info, request.META.get("QUERY_STRING", ""), body, person)
    key = Fernet.generate_key()
    request.session[KEPT] = Fernet(key).encrypt(json.dumps(kept).encode()).decode()
    response = redirect_to_login(reverse("kept_post"))
    _set_cookie(response, KEY_COOKIE, key.decode(), LASTS)
    return response


def take_post(request: HttpRequest) -> KeptPost | None:
    """What was kept, once: the copy is gone with it. None when there is none, or it is too old."""
    locked, key = request.session.pop(KEPT, ""), request.COOKIES.get(KEY_COOKIE, "")
    try:
        return KeptPost(*json.loads(Fernet(key).decrypt(locked, ttl=LASTS)))
    except (InvalidToken, ValueError):
        return None


def send_post(request: HttpRequest, kept: KeptPost) -> HttpResponse:
    """The answer of the very view that ``kept`` was meant for. Raises Http404 as that view does."""
    match = resolve(kept.path)
    if match.view_name not in _names:
        raise Http404
    again = copy.copy(request)
    again.method = "POST"
    again.path = again.path_info = kept.path
    again.META = request.META | {"REQUEST_METHOD": "POST", "QUERY_STRING": kept.query}
    again.GET = QueryDict(kept.query)
    again.POST = QueryDict(kept.body)
    again._files = MultiValueDict()  # type: ignore[attr-defined]
    again.resolver_match = match
    return match.func(again, *match.args, **match.kwargs)
