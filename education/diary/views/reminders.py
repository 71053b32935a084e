"""Reminders by mail: a patient chooses their times, and stops them from any mail."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from education.people.models import Clinic
from education.people.views import MemberRequest

from ..actions.reminders import choose_reminders, stop_reminders
from ..forms.reminders import RemindersForm
from ..models import Reminders
from .own import own_patient


@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request: MemberRequest) -> HttpResponse:
    """Choose when to be reminded; empty times stop it."""
    patient = own_patient(request)
    present = Reminders.objects.filter(patient=patient).first()
    form = RemindersForm(request.POST or None, instance=present)
    if request.method == "POST" and form.is_valid():
        choose_reminders(patient=patient, **form.cleaned_data, by=request.user)
        on = form.cleaned_data["first_at"]
        said = _("We remind you by e-mail.") if on else _("You get no reminders.")
        messages.success(request, said)
        return redirect("reminders")
    context = {"form": form, "clinic": Clinic.objects.current(), "email": request.user.email}
    return render(request, "diary/reminders.html", context)


@csrf_exempt  # a mail program posts here with one click (RFC 8058); the key is all it can know
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def stop_my_reminders(request: HttpRequest, stop_key: UUID) -> HttpResponse:
    """Stop the reminders of whoever has this link, without a log-in.

    Scanners of mail open links too: only a POST stops them. The page sends it by itself.
    """
    get_object_or_404(Reminders, stop_key=stop_key)
    stopped = request.method == "POST" and stop_reminders(stop_key=stop_key, by=None)
    context = {"stopped": stopped, "clinic": Clinic.objects.current()}
    response = render(request, "diary/stop_my_reminders.html", context)
    add_never_cache_headers(response)
    response.headers["Referrer-Policy"] = "strict-origin"  # the address holds a key
    return response
