"""The morning after a session: one question, and what its answer says."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from education.people.models import Clinic, Patient
from education.people.views import MemberRequest

from ..actions.mornings import NothingToAsk, answer_morning
from ..forms.mornings import MorningForm
from ..models import MorningCheck
from ..mornings import Settled, session_before, settled_by
from ..pain_rule import HIGH_START
from ..today import Today
from .session import own_version

LATER = "morning_later"  # in the log-in's session: the day on which somebody said "not now"

#: Answers that need no page of their own. They travel in a cookie, and say nothing of the pain.
THANKS = {
    Settled.YES: _("Thank you. Your answer is saved. Go on with your plan as it is."),
    Settled.UNKNOWN: _("Thank you. Your answer is saved."),
}


def asks_now(request: HttpRequest, today: Today) -> bool:
    """Whether the page of today asks the question on top; not after a "not now" in this visit."""
    return today.asks_morning and request.session.get(LATER) != today.day.isoformat()


@require_http_methods(["GET", "HEAD", "POST"])
def morning_check(request: MemberRequest) -> HttpResponse:
    """The question by itself, or what the answer of this morning says."""
    version, clinic = own_version(request), Clinic.objects.current()
    if version is None:
        return redirect("plan_today")
    if "later" in request.POST:
        request.session[LATER] = clinic.today().isoformat()
        return redirect("plan_today")
    posted = request.method == "POST"
    form = MorningForm(request.POST if posted else None, now=clinic.now())
    if posted and form.is_valid():
        return _answer(request, form, version.plan.patient, clinic)
    if answered := MorningCheck.objects.visible_to(request.user).on(clinic.today()):
        context = {
            "settled": settled_by(answered),
            "high": answered.pain >= HIGH_START,
            "version": version,
            "clinic": clinic,
        }
        return render(request, "diary/morning_answered.html", context)
    if "day" in form.errors or not session_before(version.plan.patient, clinic.today()):
        return redirect("plan_today")
    return render(request, "diary/morning_check.html", {"form": form})


def _answer(
    request: MemberRequest, form: MorningForm, patient: Patient, clinic: Clinic
) -> HttpResponse:
    """Keep it; the page leads on to the plan, or first to what to do today."""
    day, pain = form.cleaned_data["day"], form.cleaned_data["pain"]
    try:
        check = answer_morning(patient=patient, day=day, pain=pain, by=request.user)
    except NothingToAsk:
        return redirect("plan_today")
    settled = settled_by(check)
    if settled in THANKS:  # "go on as it is" is not said to much pain
        messages.success(request, THANKS[Settled.UNKNOWN if pain >= HIGH_START else settled])
        return redirect("plan_today")
    return redirect("morning_check")
