"""What of the diary the admin's front page shows: patients to look at."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from education.people.models import Clinic

from .alerts.lines import lines_of
from .models import Alert

SHOWN = 8


def needs_a_look(request: HttpRequest) -> dict[str, Any] | None:
    """Reasons to look at a patient, a red flag first. Reviews have a panel of their own."""
    if not request.user.has_perm("diary.view_alert"):
        return None
    clinic = Clinic.objects.current()
    waiting = Alert.objects.visible_to(request.user).needs_a_look(clinic.today())
    waiting = waiting.exclude(kind=Alert.Kind.REVIEW_DUE)
    flags = Count("pk", filter=Q(kind=Alert.Kind.RED_FLAG))
    mine = Count("pk", filter=Q(patient__clinician=request.user))
    count = waiting.aggregate(all=Count("pk"), flags=flags, mine=mine)
    rows = waiting.most_urgent_first().with_facts()[:SHOWN]
    return {
        "order": 1,
        "id": "needs-a-look",
        "title": _title(count["all"]),
        "template": "admin/diary/alert/panel.html",
        "lines": lines_of(rows, clinic) if count["all"] else [],
        "mine": count["mine"],
        "back": request.path,
        "csrf_token": get_token(request),
        "may_acknowledge": request.user.has_perm("diary.change_alert"),
        "tile": _tile(count),
    }


def _title(count: int) -> str:
    if not count:
        return _("Needs a look")
    words = _("Needs a look (%(count)d): a flag first, then worse, then the longest wait")
    return words % {"count": count}


def _tile(count: dict[str, int]) -> dict[str, Any]:
    """How many wait; while there is a red flag, how many of those."""
    if count["flags"]:
        label = ngettext("red flag", "red flags", count["flags"])
        return {"count": count["flags"], "label": label, "flag": True}
    label = ngettext("needs a look", "need a look", count["all"])
    return {"count": count["all"], "label": label, "flag": False}
