"""How a session went: the two questions after it, and what the rule answers."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from education.library.red_flags import red_flag_panel
from education.people import kept_posts
from education.people.models import Clinic, ClosedDay
from education.people.views import MemberRequest

from ..actions.finishing import finish_session
from ..forms.finish import SessionForm
from ..last_days import TooLongAgo, is_of_other_days, is_open
from ..models import ExerciseLog, Session
from ..pain_rule import is_high
from .own import own_session


@require_http_methods(["GET", "HEAD", "POST"])
def session_finish(request: MemberRequest, key: UUID) -> HttpResponse:
    """Two questions. Sent twice they are answered once; other answers correct the first."""
    session = own_session(request, key)
    posted = request.method == "POST"
    if session.is_finished and session.pain_after is not None and not posted:
        return redirect("session_saved", key)
    if not posted and is_of_other_days(session.day, Clinic.objects.current().today()):
        return redirect("session_entry", session.day, session.occurrence)
    form = SessionForm(request.POST if posted else None, session=session)
    if posted and form.is_valid():
        try:
            finish_session(session=session, said=form.said(), by=request.user)
        except TooLongAgo:
            return too_long_ago(request, session)
        return redirect("session_saved", key)
    context = asking(request, form, Clinic.objects.current())
    return render(request, "diary/session_finish.html", context)


def asking(request: MemberRequest, form: SessionForm, clinic: Clinic) -> dict[str, Any]:
    """What a page needs that asks how ``form.session`` went."""
    return {
        "form": form,
        "session": form.session,
        "past": form.past,
        "did_some": did_some(form.session),
        "clinic": clinic,
        "clinician": form.session.version.body["clinician"]["given_name"],
        "stops_from": form.stops_from(clinic),
        "red_flags": red_flag_panel(clinic),
        "whose": kept_posts.person_of(request.user),
    }


def did_some(session: Session) -> bool:
    """Whether an exercise was done in it, or a part of one."""
    done = ExerciseLog.objects.filter(session=session.pk, outcome__in=ExerciseLog.COUNTED)
    return done.exists()


def too_long_ago(request: HttpRequest, session: Session) -> HttpResponse:
    """A page that stayed open for a week: nothing can be kept any more, and whom to tell."""
    context = {"clinic": Clinic.objects.current(), "session": session}
    return render(request, "diary/session_too_long_ago.html", context, status=409)


@require_safe
def session_saved(request: MemberRequest, key: UUID) -> HttpResponse:
    """What was said is kept: what the rule answers, who reads it and when."""
    session = own_session(request, key)
    if not session.is_finished:
        return redirect("session_finish", key)
    clinic = Clinic.objects.current()
    today = clinic.today()
    context = {
        "session": session,
        "clinic": clinic,
        "clinician": session.version.body["clinician"]["given_name"],
        "read_on": clinic.next_open_day(today, ClosedDay.objects.days_from(today)),
        "high": is_high(session),
        "past": session.day < today,
        "asked_tomorrow": session.day == today and did_some(session),
        "may_change": is_open(session.day, today),
        "red_flags": red_flag_panel(clinic),
    }
    return render(request, "diary/session_saved.html", context)
