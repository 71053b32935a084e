"""What every page of the site needs."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from education.people.models import Clinic

THEMES = ("auto", "light", "dark")


def site(request: HttpRequest) -> dict[str, Any]:
    """The clinic's row (read when a template first asks) and the chosen colours."""
    theme = request.COOKIES.get("theme", "auto")
    clinic = getattr(request, "clinic", None)  # a request made by hand has met no middleware
    return {
        "clinic": SimpleLazyObject(Clinic.objects.current) if clinic is None else clinic,
        "theme": theme if theme in THEMES else "auto",
        "noindex": request.user.is_authenticated if hasattr(request, "_cached_user") else False,
    }
