"""Where a clinician moves a patient to another rung of the ladder."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from education.audit.actions import record_view
from education.people.admin.acts import me

from ..actions import move_and_publish, move_to_rung
from ..checks import PlanRefused
from ..forms.rung import RungForm
from ..ladder import Ladder
from .ending import put_beside
from .picking import plan_to_change
from .starting import change_url

if TYPE_CHECKING:
    from .plans import PlanAdmin


def rungs(request: HttpRequest, admin: "PlanAdmin", pk: int, key: UUID) -> HttpResponse:
    """The rungs around one exercise of a plan; with a reason, the patient is moved to one."""
    plan = plan_to_change(request, admin, pk)
    ladder = Ladder.beside(plan, key, by=me(request))
    if ladder is None:
        raise Http404
    form = RungForm(
        request.POST if request.method == "POST" else None,
        rungs=[rung.exercise.pk for rung in ladder.rungs],
        here=ladder.row.exercise_id,
    )
    if request.method == "POST" and form.is_valid() and move(request, ladder, form):
        return HttpResponseRedirect(f"{change_url(plan)}#row-{ladder.number}")
    record_view(record=plan, by=me(request))
    context = admin.page_context(request, plan, title=_("Easier or harder"))
    context |= {"ladder": ladder, "form": form, "patient": plan.patient}
    return TemplateResponse(request, "admin/plans/plan/rungs.html", context)


def move(request: HttpRequest, ladder: Ladder, form: RungForm) -> bool:
    """Do what the button says; False, with what stands in the way on the form, when refused."""
    publishes = "_publish" in request.POST
    act = move_and_publish if publishes else move_to_rung
    try:
        act(
            planned=ladder.row,
            to_exercise=form.cleaned_data["to_exercise"],
            reason=form.cleaned_data["reason"],
            by=me(request),
        )
    except PlanRefused as refused:
        put_beside(form, refused)
        return False
    if publishes:
        messages.success(request, _("Moved and published."))
    else:
        messages.success(request, _("Moved. It is not published yet."))
    return True
