"""What the pages of a patient and of a plan show of the diary, and the page of the sessions."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from education.audit.actions import record_view
from education.people.admin.acts import Act, me
from education.people.models import Clinic, Patient
from education.plans.models import Plan

from ..corrections import corrections_of, exercise_title, outcome_words
from ..models import MorningCheck, Session
from ..summary import summary_of

PAGE = 20  # sessions


class DiaryPart:
    """The summary on a patient's page; it has no buttons. Left out without an account."""

    template = "admin/diary/patient_part.html"

    def context(self, request: HttpRequest, patient: Patient) -> dict[str, Any] | None:
        """None for whoever may not read diaries, and for a patient who keeps none here."""
        if patient.user_id is None or not request.user.has_perm("diary.view_session"):
            return None
        return {"diary": summary_of(patient, Clinic.objects.current())}

    def acts(self, request: HttpRequest, patient: Patient) -> list[Act]:
        return []


class PlanDiaryPart:
    """The same on the page of a plan that was ever published."""

    template = "admin/diary/summary.html"

    def context(self, request: HttpRequest, plan: Plan) -> dict[str, Any] | None:
        """None for a draft: what was logged belongs to another plan."""
        if plan.status == Plan.Status.DRAFT:
            return None
        return DiaryPart().context(request, plan.patient)


@require_safe
def patient_sessions(request: HttpRequest, *, admin: Any, pk: int) -> HttpResponse:
    """The sessions of a patient, the last first, from ``?session=`` on; to be read only."""
    if not request.user.has_perm("diary.view_session"):
        raise PermissionDenied
    patient = get_object_or_404(Patient.objects.visible_to(request.user), pk=pk)
    sessions = Session.objects.visible_to(request.user).filter(patient=patient).latest_first()
    start = _start(sessions, request.GET.get("session", ""))
    if start:
        same_day = Q(day=start.day, occurrence__lte=start.occurrence)
        sessions = sessions.filter(same_day | Q(day__lt=start.day))
    mornings = Prefetch("mornings", MorningCheck.objects.with_settled())
    found = list(sessions.prefetch_related("version", "logs", "corrections", mornings)[: PAGE + 1])
    # The patient reads that the diary was opened, not their details.
    record_view(record=found[0] if found else patient, by=me(request))
    clinic = Clinic.objects.current()
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": _("Sessions"),
        "patient": patient,
        "clinic": clinic,
        "entries": [_entry(session) for session in found[:PAGE]],
        "start": start,
        "older": found[PAGE] if len(found) > PAGE else None,
        "summary": None
        if start
        else {"diary": summary_of(patient, clinic), "is_with_sessions": True},
    }
    return TemplateResponse(request, "admin/diary/sessions.html", context)


def _start(sessions: Any, pk: str) -> Session | None:
    """The session that the page begins with, if the address names one of this patient."""
    return sessions.filter(pk=int(pk)).first() if pk.isdecimal() and len(pk) < 19 else None


def _entry(session: Session) -> dict[str, Any]:
    """One session with everything that is said of it; ``logs``: what became of which exercises."""
    logs: dict[str, list[str]] = {}
    for log in session.logs.all():
        became = outcome_words(log.outcome, log.why_not).capitalize()
        logs.setdefault(became, []).append(exercise_title(session, str(log.key), log.exercise))
    return {
        "session": session,
        "logs": logs.items(),
        "morning": next(iter(session.mornings.all()), None),
        "corrections": corrections_of(session),
        "is_flag": session.is_red_flag,
        "is_down": session.went_further_down,
    }
