"""What search engines read about a page: schema.org data as JSON-LD, and only what is so.

The data stands in ``<script type="application/ld+json">``, which no browser runs: the content
security policy has nothing to say about it.
"""

import json
from collections.abc import Mapping
from datetime import time
from typing import Any, Protocol

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .models import Reviewed

Data = Mapping[str, Any]

# Characters that could end the script element, or begin a comment in it.
ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class ClinicAddress(Protocol):
    """The clinic as search engines know it. ``open_weekdays``: a bit per weekday, Monday first."""

    name: str
    phone: Any
    address: str
    open_weekdays: int
    opens_at: time
    closes_at: time


def json_ld(*things: Data) -> SafeString:
    """The things as one JSON document for a script element."""
    document = {"@context": "https://schema.org", "@graph": list(things)}
    text = json.dumps(document, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(text)  # noqa: S308 - no sign of HTML is left in it


def breadcrumbs(*trail: tuple[str, str]) -> Data:
    """The way to a page: (title, path) of each step; the start page is put first."""
    steps = [(_("Learn"), reverse("home")), *trail]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": at(path)}
            for number, (name, path) in enumerate(steps, start=1)
        ],
    }


def medical_page(content: Reviewed, *, title: str, description: str, path: str) -> Data:
    """A page that teaches patients. Who reviewed it and when stands in it only if somebody did."""
    data: dict[str, Any] = {
        "@type": "MedicalWebPage",
        "name": title,
        "description": description,
        "url": at(path),
        "inLanguage": get_language(),
        "audience": {"@type": "MedicalAudience", "audienceType": "Patient"},
    }
    if content.is_reviewed and content.reviewed_on:
        data["lastReviewed"] = content.reviewed_on.isoformat()
        data["reviewedBy"] = {"@type": "Person", "name": str(content.reviewed_by)}
    return data


def clinic_data(clinic: ClinicAddress) -> Data:
    """The clinic: how to reach it and when it is open."""
    days = [day for bit, day in enumerate(WEEKDAYS) if clinic.open_weekdays & (1 << bit)]
    return {
        "@type": "MedicalClinic",
        "name": clinic.name,
        "url": at(reverse("home")),
        "address": clinic.address,
        **({"telephone": clinic.phone.as_e164} if clinic.phone else {}),
        "openingHoursSpecification": {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": days,
            "opens": clinic.opens_at.strftime("%H:%M"),
            "closes": clinic.closes_at.strftime("%H:%M"),
        },
    }


def at(path: str) -> str:
    """The whole address of a page of this site."""
    return f"{settings.SITE_URL}{path}"
