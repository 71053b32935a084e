"""Where staff put a plan on hold, end it, or finish it with one to keep going."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from education.audit.actions import record_view
from education.people.admin.acts import me

from ..actions import change_hold, complete_plan, hold_plan, revoke_plan
from ..checks import PlanRefused
from ..finishing import finish_with_maintenance
from ..forms.hold import HoldForm
from ..models import Plan
from .picking import plan_to_change
from .starting import change_url

if TYPE_CHECKING:
    from .plans import PlanAdmin


def put_beside(form: Form, refused: PlanRefused) -> None:
    """Put each finding beside its field, or above the form when it has none there."""
    for finding in refused.findings:
        form.add_error(finding.field if finding.field in form.fields else None, finding.message)


def hold(request: HttpRequest, admin: "PlanAdmin", pk: int) -> HttpResponse:
    """Put a plan on hold, until a day or until somebody resumes it; or change that day."""
    plan = plan_to_change(request, admin, pk)
    typed = request.POST if request.method == "POST" else None
    form = HoldForm(typed, initial={"until": plan.held_until})
    if request.method == "POST" and form.is_valid():
        act = change_hold if plan.status == Plan.Status.ON_HOLD else hold_plan
        until = form.cleaned_data["until"]
        try:
            held = act(plan=plan, until=until, by=me(request))
        except PlanRefused as refused:
            put_beside(form, refused)
        else:
            _say_held(request, held)
            return HttpResponseRedirect(change_url(plan))
    record_view(record=plan, by=me(request))
    context = admin.page_context(request, plan, title=_("Put on hold"))
    context |= {"form": form, "is_held": plan.status == Plan.Status.ON_HOLD}
    return TemplateResponse(request, "admin/plans/plan/hold.html", context)


def _say_held(request: HttpRequest, plan: Plan) -> None:
    """What the patient is asked; on paper somebody has to say it. No day: messages travel."""
    if plan.patient.user_id:
        messages.success(request, _("On hold. The patient is asked to wait."))
    else:
        messages.success(request, _("On hold. There is no e-mail: tell the patient to wait."))
    if plan.held_until and plan.review_on and plan.review_on < plan.held_until:
        messages.warning(
            request, _("The review is before the plan goes on. Choose a later day for it.")
        )


def complete(request: HttpRequest, admin: "PlanAdmin", pk: int) -> HttpResponse:
    """Ask, then end a plan because it is done; or begin the one to keep going with."""
    ending = {
        "act": complete_plan,
        "question": _("Complete this plan?"),
        "then": _("The patient is told, and reads that the plan is done. It stays on record."),
        "button": _("Complete the plan"),
        "done": _("Completed. It stays on record."),
        "may_keep_going": True,
    }
    return _end(request, admin, pk, ending)


def revoke(request: HttpRequest, admin: "PlanAdmin", pk: int) -> HttpResponse:
    """Ask, then take a plan back because it was a mistake."""
    ending = {
        "act": revoke_plan,
        "question": _("Take this plan back?"),
        "then": _("A patient who follows it is told to stop. It stays on record as a mistake."),
        "button": _("Take the plan back"),
        "done": _("Taken back. It stays on record."),
    }
    return _end(request, admin, pk, ending)


def _end(request: HttpRequest, admin: "PlanAdmin", pk: int, ending: dict[str, Any]) -> HttpResponse:
    plan = plan_to_change(request, admin, pk)
    if request.method != "POST":
        record_view(record=plan, by=me(request))
        context = admin.page_context(request, plan, title=ending["question"]) | ending
        return TemplateResponse(request, "admin/plans/plan/end.html", context)
    try:
        ending["act"](plan=plan, by=me(request))
    except PlanRefused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, ending["done"])
    return HttpResponseRedirect(change_url(plan))


@require_POST
def finish(request: HttpRequest, admin: "PlanAdmin", pk: int) -> HttpResponse:
    """Begin the plan to keep going with, and lead to it. The plan goes on until that one starts."""
    plan = plan_to_change(request, admin, pk)
    try:
        draft = finish_with_maintenance(plan=plan, by=me(request))
    except PlanRefused as refused:
        messages.warning(request, str(refused))
        return HttpResponseRedirect(change_url(plan))
    messages.success(
        request,
        _(
            "A draft to keep going with. Look at the days and at what to do in a flare-up, then "
            "activate it."
        ),
    )
    return HttpResponseRedirect(change_url(draft))
