"""The last days: what was said of each session, and putting it right."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from education.people.models import Clinic, Patient
from education.people.views import MemberRequest

from ..actions.finishing import add_session, correct_session
from ..forms.finish import SessionForm
from ..last_days import is_open, last_days, planned_session
from ..models import Session
from .finish import asking
from .own import own_patient


@require_safe
def diary_days(request: MemberRequest) -> HttpResponse:
    """The last days, today first, each session with what was said of it."""
    clinic = Clinic.objects.current()
    context = {"clinic": clinic, "days": last_days(own_patient(request), clinic)}
    return render(request, "diary/diary_days.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def session_entry(request: MemberRequest, day: date, occurrence: int) -> HttpResponse:
    """Correct a session of the last days, or add one that the plan had asked for."""
    clinic = Clinic.objects.current()
    session = own_entry(own_patient(request), day, occurrence, clinic)
    posted = request.POST if request.method == "POST" else None
    form = SessionForm(posted, session=session, past=day < clinic.today())
    if form.is_valid():
        saved = keep(session, form, request)
        return redirect("session_saved", saved.submission_key)
    return render(request, "diary/session_entry.html", asking(request, form, clinic))


def own_entry(patient: Patient, day: date, occurrence: int, clinic: Clinic) -> Session:
    """The session, or an unsaved one for what was planned; 404 for a day or number without any."""
    if not is_open(day, clinic.today()):
        raise Http404
    sessions = Session.objects.filter(patient=patient, day=day, occurrence=occurrence)
    if session := sessions.with_plan().first():
        return session
    planned = planned_session(patient, day, occurrence, clinic)
    if planned is None:
        raise Http404
    return Session(
        patient=patient,
        version=planned.version,
        day=day,
        occurrence=occurrence,
        harder=planned.harder,
    )


def keep(session: Session, form: SessionForm, request: MemberRequest) -> Session:
    """Correct the session with what the form says, or add it."""
    said = form.said()
    if session.pk:
        return correct_session(session=session, said=said, by=request.user)
    return add_session(
        version=session.version,
        day=session.day,
        occurrence=session.occurrence,
        harder=session.harder,
        said=said,
        by=request.user,
    )
