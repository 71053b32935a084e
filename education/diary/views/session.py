"""The guided session: before it, one exercise at a time, and when something feels wrong."""

from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from education.library.red_flags import red_flag_panel
from education.people import kept_posts
from education.people.models import Clinic
from education.people.views import MemberRequest
from education.plans.harder_days import take_harder_day
from education.plans.models import PlanVersion

from .. import guided
from ..actions import begin_session, log_exercise
from ..actions.stopping import ease_session, stop_session
from ..forms.session import LogForm, StartForm, Way, WrongForm
from ..last_days import TooLongAgo
from ..models import ExerciseLog, Session
from ..pain_rule import thresholds_of
from ..pain_words import pain_words
from .finish import too_long_ago
from .own import own_session


def own_version(request: HttpRequest) -> PlanVersion | None:
    """What the patient reads today, or None; 404 for staff."""
    if request.user.is_staff:
        raise Http404
    return PlanVersion.objects.visible_to(request.user).current()


# ------------------------------------------------------------------ before it


@require_http_methods(["GET", "HEAD", "POST"])
def session_start(request: MemberRequest) -> HttpResponse:
    """Begin the next session of today, or go on with the one that is open."""
    version, clinic = own_version(request), Clinic.objects.current()
    posted = request.method == "POST"
    form = StartForm(request.POST if posted else None, initial={"submission_key": uuid4()})
    if posted and form.is_valid() and form.was_sent:
        return redirect("session_now", form.key)  # where somebody else's is not found
    sessions = Session.objects.visible_to(request.user).with_logs()
    today = sessions.between(clinic.today(), clinic.today()).in_order()
    start = guided.to_start(version, clinic, today)
    if not isinstance(start, guided.Start):
        return nothing_to_start(request, clinic, start, version, today)
    if start.session and start.is_under_way and not posted:
        return redirect("session_now", start.session.submission_key)
    if posted and form.is_valid():
        return begin(request, form, start, clinic)
    whose = kept_posts.person_of(request.user)
    context = {"form": form, "start": start, "clinic": clinic, "whose": whose}
    return render(request, "diary/session_start.html", context)


def nothing_to_start(
    request: HttpRequest,
    clinic: Clinic,
    why: str,
    version: PlanVersion | None,
    today: guided.Sessions,
) -> HttpResponse:
    """One calm page. A session whose exercises are through still asks how it went."""
    context = {
        "why": why,
        "version": version,
        "open": next((session for session in today if not session.is_finished), None),
        "stopped": next((session for session in today if session.told in guided.STOPPED), None),
        "clinic": clinic,
    }
    return render(request, "diary/session_none.html", context)


def begin(
    request: MemberRequest, form: StartForm, start: guided.Start, clinic: Clinic
) -> HttpResponse:
    """Begin it; with much pain the harder-day plan is offered first."""
    if form.is_high and not start.harder:
        lighter = start.lighter(clinic.today())
        context = {"form": form, "start": start, "lighter": lighter, "clinic": clinic}
        return render(request, "diary/session_high.html", context)
    version, day = start.version, clinic.today()
    harder = start.harder or form.cleaned_data["way"] == Way.HARDER
    if harder and not start.harder:
        take_harder_day(patient=version.plan.patient, day=day, by=request.user)
    session = begin_session(
        version=version,
        day=day,
        occurrence=start.occurrence,
        harder=harder,
        pain_before=form.cleaned_data["pain_before"],
        submission_key=form.key,
        by=request.user,
    )
    return redirect("session_now", session.submission_key)


# ------------------------------------------------------------------ one exercise at a time


def sitting_of(
    request: HttpRequest, session: Session, clinic: Clinic | None = None
) -> guided.Sitting | None:
    """The session beside the patient's plan of now; None when it is not to be gone on with."""
    clinic = clinic or Clinic.objects.current()
    if not guided.may_be_followed(session, clinic.today()):
        return None
    present = own_version(request)
    if present is None or not guided.may_go_on(present, clinic):
        return None
    return guided.Sitting(session, present)


@require_safe
def session_now(request: MemberRequest, key: UUID) -> HttpResponse:
    """To the place where the session is: an exercise, how it went, or what was saved."""
    session = own_session(request, key, with_logs=True)
    if session.is_finished:
        return redirect("session_saved", key)
    sitting = sitting_of(request, session)
    if sitting is None:
        return redirect("plan_today")
    if sitting.first_open is None:
        return redirect("session_finish", key)
    return redirect("session_exercise", key, sitting.first_open)


@require_http_methods(["GET", "HEAD", "POST"])
def session_exercise(request: MemberRequest, key: UUID, place: int) -> HttpResponse:
    """One exercise of the session; a POST says what became of it and leads on."""
    session, clinic = own_session(request, key, with_logs=True), Clinic.objects.current()
    if session.is_finished:
        return redirect("session_saved", key)
    sitting = sitting_of(request, session, clinic)
    if request.method == "POST":
        return log(request, session, sitting, place)
    if sitting is None or not 1 <= place <= len(sitting.keys):
        return redirect("session_now", key)
    context = {
        "clinic": clinic,
        "sitting": sitting,
        "place": place,
        "guided": sitting.exercise_at(place),
        "reasons": ExerciseLog.WhyNot.choices,
        "whose": kept_posts.person_of(request.user),
    }
    return render(request, "diary/session_exercise.html", context)


def log(
    request: MemberRequest, session: Session, sitting: guided.Sitting | None, place: int
) -> HttpResponse:
    """Write what became of the exercise that was on the screen; then the next, or how it went."""
    form, key = LogForm(request.POST), session.submission_key
    if not form.is_valid():
        return redirect("session_exercise", key, place)
    exercise = form.cleaned_data["exercise"]
    try:
        log_exercise(session=session, key=exercise, **form.outcome(), by=request.user)
    except KeyError as error:  # not planned, or not to be done alone
        raise Http404 from error
    except TooLongAgo:
        return too_long_ago(request, session)
    after = sitting.place_after(str(exercise)) if sitting else None
    return redirect("session_exercise", key, after) if after else redirect("session_finish", key)


# ------------------------------------------------------------------ something feels wrong


@require_http_methods(["GET", "HEAD", "POST"])
def session_wrong(request: MemberRequest, key: UUID) -> HttpResponse:
    """What to do now, dangerous things first. Nothing has to be sent for that."""
    session, clinic = own_session(request, key, with_logs=True), Clinic.objects.current()
    form = WrongForm(request.POST if request.method == "POST" else None)
    said = form.cleaned_data if form.is_valid() else {}
    if said.get("wrong"):
        return stop(request, session, said["wrong"])
    place, sitting = place_from(request), sitting_of(request, session, clinic)
    there = place if sitting and place <= len(sitting.keys) else 0
    if said.get("ease") and sitting:
        ease_session(session=session, by=request.user)
        return redirect(way_back(session, there))
    limits = thresholds_of(session.version, clinic)
    context = {
        "clinic": clinic,
        "session": session,
        "place": there,
        "back": way_back(session, there),
        "exercise": sitting.keys[there - 1] if sitting and there else "",
        "pain": pain_words(limits, session.pain_before),
        "red_flags": red_flag_panel(clinic),
    }
    return render(request, "diary/session_wrong.html", context)


def stop(request: MemberRequest, session: Session, wrong: str) -> HttpResponse:
    """End the session because of ``wrong``; the page of what was saved says what to do."""
    try:
        stop_session(session=session, wrong=wrong, by=request.user)
    except TooLongAgo:
        return too_long_ago(request, session)
    return redirect("session_saved", session.submission_key)


def place_from(request: HttpRequest) -> int:
    """The place in ``?from=``, or 0."""
    said = request.GET.get("from", "")[:3]
    return int(said) if said.isascii() and said.isdigit() else 0


def way_back(session: Session, place: int) -> str:
    """Address of the exercise at ``place``; for 0 that of where the session is."""
    key = session.submission_key
    return (
        reverse("session_exercise", args=[key, place])
        if place
        else reverse("session_now", args=[key])
    )
