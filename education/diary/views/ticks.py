"""Today's exercises, done by one tap and undone by one."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from education.library.wording import day_words
from education.people.models import Clinic
from education.people.views import MemberRequest

from .. import actions
from ..forms.ticks import TickForm
from ..guided import may_go_on
from .session import own_version


@require_POST
def tick_exercise(request: MemberRequest, key: UUID, occurrence: int) -> HttpResponse:
    """Done, or not after all; the page opens again where the tap was.

    A tap after midnight belongs to the day of its page. What is not planned is not kept: the page
    shows what is.
    """
    version, clinic = own_version(request), Clinic.objects.current()
    if version is None or str(key) not in version.planned:
        raise Http404
    form = TickForm(request.POST, version=version, key=key, occurrence=occurrence, clinic=clinic)
    if not may_go_on(version, clinic):
        return redirect("plan_today")
    if not form.is_valid():
        messages.warning(request, _("That was not saved. Here is your plan of today."))
        return redirect("plan_today")
    actions.tick_exercise(version=version, **form.entries(), by=request.user)
    if form.day < clinic.today():
        saved = _("Saved for %(day)s. Here is your plan of today.")
        messages.success(request, saved % {"day": day_words(form.day)})
    return redirect(f"{reverse('plan_today')}#ex-{key}")
