"""The sheet that patient and clinic go through together at the first log-in.

It names the site, the person's own e-mail and whom to call. No link of an invitation, no token and
no password is ever on paper.
"""

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language

from education.people.models import Clinic, Patient

from .kept import kept_pdf
from .pdf import draw_pdf
from .qr import log_in_address, qr_inline, qr_source


def first_log_in_context(patient: Patient, clinic: Clinic) -> dict[str, Any]:
    """What the sheet says. ``patient`` has an account.

    ``has_password``: the invitation has been used; its steps are left out.
    """
    assert patient.user is not None
    return {
        "patient": patient,
        "email": patient.user.email,
        "has_password": patient.user.has_usable_password(),
        "clinic": clinic,
        "log_in": log_in_address().partition("//")[2].rstrip("/"),
        "qr_inline": qr_inline(),
        "printed_on": clinic.today(),
        "language": get_language(),
    }


def first_log_in_pdf(patient: Patient, clinic: Clinic) -> bytes:
    """The sheet in the active language. Raises Busy or NoLibrary (see kept.py and pdf.py)."""
    context = first_log_in_context(patient, clinic)
    key = (
        *("first log-in", patient.pk, patient.called, clinic.changed_at, context["printed_on"]),
        *(context["language"], context["email"], context["has_password"]),
    )

    def draw() -> bytes:
        html = render_to_string("portal/first_log_in.html", {**context, "qr": qr_source()})
        return draw_pdf(html, paper=clinic.paper)

    return kept_pdf(key, draw)
