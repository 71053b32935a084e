"""Writing to the clinic and reading its answers. The signs that need a doctor come first."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from education.library.red_flags import red_flag_panel
from education.library.structured_data import clinic_data, json_ld
from education.people.models import Clinic, Patient

from .actions import mark_read, open_answer, promised_day, send_request
from .forms import RequestForm, SignsForm, has_sign
from .limits import is_over_limit
from .models import ContactRequest, ContactRequestQuerySet

# The red-flag question was answered with no in this session. Holds the key of the forms after it:
# one text sent again after "back", on a page loaded anew, is still the same message.
CHECKED = "contact_checked"
SENT = "contact_sent"  # what the thank-you page says: the promised day and the way of the answer
OPENED = "contact_opened"  # hash of the one-time link that was used in this session
PER_PAGE = 20


def sender_of(request: HttpRequest) -> Patient | None:
    """The patient who is logged in; None for a visitor.

    Raises PermissionDenied for staff, who do not write to themselves.
    """
    if not request.user.is_authenticated:
        return None
    patient = Patient.objects.filter(user=request.user).first()
    if patient is None:
        raise PermissionDenied
    return patient


def page(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    """A page that shows the signs in full."""
    clinic = Clinic.objects.current()
    panel = red_flag_panel(clinic)
    context = {"clinic": clinic, "red_flags": panel, "site_url": settings.SITE_URL, **context}
    return render(request, template, context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """First step: the signs, and whether there is one."""
    posted = request.POST if request.method == "POST" else None
    form = SignsForm(posted, initial=asked_about(request))
    if not form.is_valid():
        data = json_ld(clinic_data(Clinic.objects.current()))
        return page(request, "contact/contact.html", form=form, data=data)
    if has_sign(form):
        return onward("contact_stop", form)
    request.session[CHECKED] = str(uuid4())
    return onward("contact_write", form)


def asked_about(request: HttpRequest) -> dict[str, str]:
    """The article whose "Ask about this page" led here, as a form's first value."""
    return {"about": request.GET.get("about", "")}


def onward(name: str, form: SignsForm) -> HttpResponse:
    """To the next step, with the article a question is about."""
    query = {"about": form.about_page.key} if form.about_page else {}
    return redirect(reverse(name, query=query))


@login_not_required
@require_safe
def contact_stop(request: HttpRequest) -> HttpResponse:
    """There is a sign, or there may be: what to do instead of writing."""
    return page(request, "contact/contact_stop.html", form=SignsForm(initial=asked_about(request)))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact_write(request: HttpRequest) -> HttpResponse:
    """Second step: the message."""
    patient, checked = sender_of(request), CHECKED in request.session
    if request.method != "POST":
        if not checked:
            return redirect("contact")
        initial = {"submission_key": request.session[CHECKED], **asked_about(request)}
        form = RequestForm(patient=patient, initial=initial)
        return page(request, "contact/contact_write.html", form=form)
    form = RequestForm(request.POST, patient=patient, signs_checked=checked)
    valid = form.is_valid()
    if has_sign(form):
        return page(request, "contact/contact_stop.html", typed=form.typed())
    if not valid:
        logged_out = patient is None and "name" not in request.POST
        return page(request, "contact/contact_write.html", form=form, logged_out=logged_out)
    keep(request, form)
    return redirect("contact_thanks")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact_again(request: HttpRequest) -> HttpResponse:
    """Back from the stop page: the signs are read and none fits. What was typed comes along."""
    if request.method != "POST":
        return redirect("contact_write")
    typed = {name: request.POST[name] for name in RequestForm.base_fields if name in request.POST}
    form = RequestForm(patient=sender_of(request), initial=typed)
    request.session.setdefault(CHECKED, str(uuid4()))
    return page(request, "contact/contact_write.html", form=form)


def keep(request: HttpRequest, form: RequestForm) -> None:
    """Save the message of a valid form, and note for the thank-you page when the answer comes.

    A filled trap is thanked the same, and nothing is saved.
    """
    if form.is_trap_filled:
        due_on = promised_day()
    else:
        due_on = send_request(
            submission_key=form.cleaned_data["submission_key"],
            entries=form.entries(),
            patient=form.patient,
            language=request.LANGUAGE_CODE,
            held=is_over_limit(request, form.patient),
            by=form.patient.user if form.patient else None,
        ).answer_due_on
    answer_by = form.cleaned_data["answer_by"]
    request.session[SENT] = {"due_on": due_on.isoformat(), "answer_by": answer_by}


@login_not_required
@never_cache
@require_safe
def contact_thanks(request: HttpRequest) -> HttpResponse:
    """The message is kept: when the answer comes, and what to do until then."""
    sent = request.session.get(SENT)
    if sent is None:
        return redirect("contact")
    context = {
        "noindex": True,
        "due_on": date.fromisoformat(sent["due_on"]),
        "by_phone": sent["answer_by"] == ContactRequest.AnswerBy.PHONE,
    }
    return render(request, "contact/contact_thanks.html", context)


def own(request: HttpRequest) -> ContactRequestQuerySet:
    """The messages this person wrote, newest first, with their answers."""
    return ContactRequest.objects.visible_to(request.user).sent_by(request.user).newest_first()


@require_safe
def own_requests(request: HttpRequest) -> HttpResponse:
    """A patient's messages."""
    messages_page = Paginator(own(request), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "contact/own_requests.html", {"page": messages_page})


@require_safe
def own_request(request: HttpRequest, submission_key: UUID) -> HttpResponse:
    """One message of the patient, with the clinic's answers; a stranger's is a 404."""
    found = get_object_or_404(own(request), submission_key=submission_key)
    return render(request, "contact/own_request.html", {"contact_request": found})


@require_POST
def own_request_read(request: HttpRequest, submission_key: UUID) -> HttpResponse:
    """The patient says that the answer is read."""
    found = get_object_or_404(own(request), submission_key=submission_key)
    mark_read(request=found, by=request.user)
    messages.success(request, _("Thank you. We know that you have read our answer."))
    return redirect("own_requests")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def visitor_answer(request: HttpRequest, token: str) -> HttpResponse:
    """The answer to a visitor, behind a button: mail scanners open links, they press nothing.

    Once used, the link shows the answer in this browser only, until its session ends.
    """
    if request.method == "POST":
        opened = open_answer(token=token, by=None)
        if opened is not None:
            request.session[OPENED] = opened.answer_token_hash
        return redirect("visitor_answer", token)
    response = show_answer(request, token)
    response.headers["Referrer-Policy"] = "strict-origin"  # the address holds a key
    return response


def show_answer(request: HttpRequest, token: str) -> HttpResponse:
    """What the link shows now: the button, the answer, or that it is spent."""
    found = ContactRequest.objects.with_token(token).newest_first().first()
    context = {"contact_request": found, "noindex": True}
    if found and request.session.get(OPENED) == found.answer_token_hash:
        return render(request, "contact/visitor_answer.html", context)
    if found and found.link_works(timezone.now()):
        return render(request, "contact/visitor_answer_closed.html", context)
    return render(request, "contact/visitor_answer_spent.html", {"noindex": True}, status=404)
