"""The list of plans, and the page on which a clinician makes one."""

from collections.abc import Callable
from typing import Any, Protocol

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import DateField, QuerySet, Value
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from education.audit.actions import record_view
from education.audit.admin import RefusesPlainly
from education.people.admin.acts import me
from education.people.models import Clinic, Patient

from ..actions import (
    activate_and_invite,
    activate_plan,
    publish_changes,
    resume_plan,
)
from ..checks import PlanRefused
from ..models import Plan
from ..starting import blank_plan
from . import ending, own_defaults, pages, picking, rungs, starting, typing
from .choosing import candidates
from .filters import MyPlansFilter, ReviewFilter
from .row_acts import OF_A_ROW, act_on_row
from .sheet import PlanSheet
from .starting import change_url

NOT_ACTIVATED = gettext_lazy("Saved as a draft, not activated yet.")
NOT_PUBLISHED = gettext_lazy("Saved, not published yet.")
NOT_DONE = gettext_lazy("Saved, but the status stays as it was.")

# What a button does once the form is saved, what it says then, and what when it is refused.
# Nothing here names a person: messages travel in a cookie.
ACTS: dict[str, tuple[Callable[..., Any], Any, Any]] = {
    "_activate": (
        activate_plan,
        gettext_lazy("Activated. The patient’s page shows this plan."),
        NOT_ACTIVATED,
    ),
    "_activate_invite": (
        activate_and_invite,
        gettext_lazy("Activated. A mail with the link to log in is on its way."),
        NOT_ACTIVATED,
    ),
    "_publish": (
        publish_changes,
        gettext_lazy("Published. The patient reads the new version."),
        NOT_PUBLISHED,
    ),
    "_resume": (resume_plan, gettext_lazy("Active again."), NOT_DONE),
}
# What is said instead when nobody reads the plan on the site.
ON_PAPER = {
    "_activate": gettext_lazy("Activated. There is no e-mail: print the plan for the patient."),
    "_publish": gettext_lazy("Published. There is no e-mail: print the new version."),
}
LEADS_TO = {
    "_pick": "admin:plans_plan_pick",
    "_add_from_template": "admin:plans_plan_add_from_template",
    "_copy": "admin:plans_plan_copy",
    "_preview": "admin:plans_plan_preview",
    "_hold": "admin:plans_plan_hold",
    "_complete": "admin:plans_plan_complete",
    "_revoke": "admin:plans_plan_revoke",
}
LONGEST_NUMBER = 19  # digits of a primary key: Python refuses to read thousands of them
TAG = '<span class="cl-tag cl-tag--{}">{}</span>'


class PlanPart(Protocol):
    """A part of a plan's page that another room brings, to be read only.

    ``template`` is drawn with ``part``, what ``context`` gives; None leaves it out.
    """

    template: str

    def context(self, request: HttpRequest, plan: Plan) -> dict[str, Any] | None: ...


class PlanList(ChangeList):
    """Plans, each with whether its review is late, and the day it is listed on."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet:
        plans = super().get_queryset(request, exclude_parameters)
        today = Clinic.objects.current().today()
        return plans.with_lateness(today).annotate(listed_on=Value(today, DateField()))


@admin.register(Plan)
class PlanAdmin(RefusesPlainly):
    """Plans are made on one page with one form, and end by their status: nothing is deleted.

    Rooms above this one add pages of a plan: ``PlanAdmin.extra_pages.append((route, view, name))``,
    with ``view(request, *, admin, pk)``, and parts of its page, under the patient.
    """

    extra_pages: list[tuple[str, Callable, str]] = []
    extra_parts: list[PlanPart] = []

    records_views = True
    list_display = ["whose", "title", "standing", "review", "clinician"]
    list_display_links = ["whose", "title"]
    list_filter = ["status", MyPlansFilter, ReviewFilter]
    links_to = ["patient"]
    list_select_related = ["patient", "clinician"]
    list_per_page = 50
    search_fields = [
        "patient__given_name",
        "patient__family_name",
        "patient__preferred_name",
        "patient__clinic_number",
    ]
    search_help_text = gettext_lazy("Name or clinic number of the patient")
    sortable_by = ()
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).visible_to(request.user)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return PlanList

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Plan | None = None) -> bool:
        """Plans that are over are read only."""
        if obj is not None and obj.is_ended:
            return False
        return super().has_change_permission(request, obj)

    # ------------------------------------------------------------------ the list

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, {"title": _("Plans"), **(extra_context or {})})

    @admin.display(description=gettext_lazy("patient"), ordering="patient__family_name")
    def whose(self, plan: Plan) -> str:
        return str(plan.patient)

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def standing(self, plan: Plan) -> SafeString:
        """The status. A hold that is over reads as active, as it does for the patient."""
        status = Plan.Status(plan.status)
        if plan.goes_on_by(plan.listed_on):
            status = Plan.Status.ACTIVE
        words = capfirst(str(status.label))
        if plan.held_until and plan.rests_on(plan.listed_on):
            day = date_format(plan.held_until, "M j")
            words = _("%(status)s until %(day)s") % {"status": words, "day": day}
        return format_html(TAG, status, words)

    @admin.display(description=gettext_lazy("review"), ordering="review_on")
    def review(self, plan: Plan) -> str:
        """The day of the next review; honey when it has passed."""
        if plan.review_on is None or plan.is_ended:
            return ""
        day = date_format(plan.review_on, "D, M j, Y")
        return format_html(TAG, "late", _("was %(day)s") % {"day": day}) if plan.is_late else day

    # ------------------------------------------------------------------ addresses

    def get_urls(self) -> list[URLPattern]:
        """Before the stock ones, whose last pattern takes every address."""

        def page(route: str, view: Callable, name: str) -> URLPattern:
            def shown(request: HttpRequest, **kwargs: Any) -> HttpResponse:
                return view(request, admin=self, **kwargs)

            return path(route, self.admin_site.admin_view(shown), name=f"plans_{name}")

        return [
            page("exercise/", typing.exercise_defaults, "exercise_defaults"),
            page("<int:pk>/pick/", picking.pick, "plan_pick"),
            page("<int:pk>/pick/add/", picking.pick_add, "plan_pick_add"),
            page("start/<int:patient>/", starting.start, "plan_start"),
            page("<int:pk>/template/", starting.add_from_template, "plan_add_from_template"),
            page("<int:pk>/copy/", starting.copy, "plan_copy"),
            page("<int:pk>/preview/", pages.preview, "plan_preview"),
            page("<int:pk>/versions/", pages.versions, "plan_versions"),
            page("<int:pk>/versions/<int:number>/", pages.version, "plan_version"),
            page("<int:pk>/rungs/<uuid:key>/", rungs.rungs, "plan_rungs"),
            page("<int:pk>/hold/", ending.hold, "plan_hold"),
            page("<int:pk>/complete/", ending.complete, "plan_complete"),
            page("<int:pk>/finish/", ending.finish, "plan_finish"),
            page("<int:pk>/revoke/", ending.revoke, "plan_revoke"),
            *(page(*extra) for extra in self.extra_pages),
            *super().get_urls(),
        ]

    # ------------------------------------------------------------------ one plan

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the plan's page, or save it and do what the pressed button says."""
        if object_id is None:
            return self._add(request)
        plan = self.plan_of(request, object_id)
        if not self.has_view_or_change_permission(request, plan):
            raise PermissionDenied
        if request.method == "POST":
            if not super().has_change_permission(request, plan):
                raise PermissionDenied
            return self._save(request, PlanSheet(plan, request.POST, by=me(request)))
        if not self.has_change_permission(request, plan):
            return pages.read_only(request, self, plan)
        return self._page(request, PlanSheet(plan, more="more" in request.GET, by=me(request)))

    def _add(self, request: HttpRequest) -> HttpResponse:
        """A new plan for the patient named in the address; without one, ask whose it is."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if not request.GET.get("patient"):
            words = request.GET.get("q", "")
            context = self.page_context(request, None, title=_("Whose plan is it?"))
            context |= {"words": words, "patients": candidates(me(request), words)}
            return TemplateResponse(request, "admin/plans/plan/whose.html", context)
        patient = self.patient_of(request, request.GET["patient"])
        plan = blank_plan(patient, me(request))
        if request.method == "POST":
            return self._save(request, PlanSheet(plan, request.POST, by=me(request)))
        return self._page(request, PlanSheet(plan, by=me(request)))

    def plan_of(self, request: HttpRequest, pk: object) -> Plan:
        """A plan with its people, or 404."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if not str(pk).isdecimal():
            raise Http404
        plans = self.get_queryset(request).with_people().select_related("template", "copied_from")
        return get_object_or_404(plans, pk=pk)

    def patient_of(self, request: HttpRequest, pk: str) -> Patient:
        """A patient this person may see, or 404."""
        if not pk.isdecimal() or len(pk) > LONGEST_NUMBER:
            raise Http404
        patients = Patient.objects.visible_to(request.user).select_related("user", "clinician")
        return get_object_or_404(patients, pk=pk)

    def _save(self, request: HttpRequest, sheet: PlanSheet) -> HttpResponse:
        """Save, then do what the button says: when that is refused, the draft is saved."""
        if not sheet.is_valid():
            return self._page(request, sheet)
        sheet.move(request.POST)
        if not sheet.save(by=me(request)):
            if sheet.is_new and (before := sheet.saved_before()):
                return HttpResponseRedirect(change_url(before))
            return self._page(request, sheet.answer)
        if own_defaults.is_pressed(request.POST):
            return own_defaults.keep(request, sheet)
        buttons = (*ACTS, *LEADS_TO, *OF_A_ROW)
        pressed = next((name for name in buttons if name in request.POST), None)
        if pressed in LEADS_TO:
            return HttpResponseRedirect(reverse(LEADS_TO[pressed], args=[sheet.plan.pk]))
        if pressed in ACTS:
            return self._act(request, sheet.plan, pressed)
        if pressed in OF_A_ROW:
            return act_on_row(request, sheet.plan, pressed)
        messages.success(request, saved_words(sheet.plan))
        place = "?more=1#add-row" if "_more" in request.POST else ""
        return HttpResponseRedirect(change_url(sheet.plan) + place)

    def _act(self, request: HttpRequest, plan: Plan, pressed: str) -> HttpResponse:
        """Do one of the acts on a plan that was saved now, and say how it went."""
        do, words, refusal = ACTS[pressed]
        try:
            do(plan=plan, by=request.user)
        except PlanRefused as refused:
            general = [f.message for f in refused.findings if not f.row and not f.field]
            messages.warning(request, " ".join([str(refusal), *general]))
            return HttpResponseRedirect(change_url(plan) + "#stands-in-the-way")
        on_paper = plan.patient.user_id is None
        messages.success(request, ON_PAPER.get(pressed, words) if on_paper else words)
        return HttpResponseRedirect(change_url(plan))

    def _page(self, request: HttpRequest, sheet: PlanSheet) -> HttpResponse:
        """The page with its form, also after a refused save. A new plan shows its patient."""
        record_view(record=sheet.patient if sheet.is_new else sheet.plan, by=me(request))
        title = _("New plan") if sheet.is_new else _("Plan")
        context = self.page_context(request, None if sheet.is_new else sheet.plan, title=title)
        today = sheet.clinic.today()
        parts = [(part.template, part.context(request, sheet.plan)) for part in self.extra_parts]
        context |= {
            "parts": [(template, part) for template, part in parts if part is not None],
            "sheet": sheet,
            "plan": sheet.plan,
            "patient": sheet.patient,
            "age": sheet.patient.age_on(today),
            "rests": sheet.plan.rests_on(today),
            "errors": bool(sheet.form.errors or sheet.rows.total_error_count()),
        }
        return TemplateResponse(request, "admin/plans/plan/page.html", context)

    def page_context(self, request: HttpRequest, plan: Plan | None, *, title: str) -> dict:
        """What the admin's frame needs on a page of ours."""
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "original": plan,
            "plan": plan,
        }


def saved_words(plan: Plan) -> str:
    """What was saved, and what the patient sees of it."""
    if plan.is_open:
        return _("Saved. The patient keeps reading the last version until you publish.")
    return _("Saved as a draft. The patient sees nothing yet.")
