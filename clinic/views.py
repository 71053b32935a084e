"""Pages that belong to the site, not to a room."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from .context_processors import THEMES

YEAR = 365 * 24 * 60 * 60  # seconds


def back_to(request: HttpRequest) -> str:
    """The page the form was on, if it is ours, else the home page."""
    url = request.POST.get("next") or request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return url if safe else reverse("home")


@login_not_required
@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Keep the colours the reader chose in a cookie, so that no script is needed to show them."""
    response = HttpResponseRedirect(back_to(request))
    theme = request.POST.get("theme", "")
    if theme == "auto":
        response.delete_cookie("theme")
    elif theme in THEMES:
        response.set_cookie(
            "theme", theme, max_age=YEAR, secure=request.is_secure(), httponly=True, samesite="Lax"
        )
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without its token: say what to do, in the site's own look."""
    return render(request, "403_csrf.html", status=403)
