"""Where staff start a plan: from a template, from the plan before, or empty."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from education.audit.actions import record_view
from education.library.models import Exercise
from education.library.wording import dosage_sentence
from education.people.admin.acts import Act, me, posted
from education.people.models import Patient

from ..checks import PlanRefused, answers_of, clash_sentence, clashes
from ..forms.start import SideForm, StartForm
from ..models import Plan, PlanTemplate
from ..shelf import default_side
from ..starting import Started, copy_plan, start_from_template
from ..starting import add_from_template as put_in
from .picking import plan_to_change

if TYPE_CHECKING:
    from .plans import PlanAdmin

Held = frozenset[tuple[int, str]]  # exercise and side of the rows that a plan has


@dataclass(frozen=True)
class Line:
    """An exercise of a template as it would stand in this patient's plan."""

    exercise: Exercise
    dosage: str  # in words
    clashes: list[str]  # sentences
    is_in_plan: bool

    @property
    def is_offered(self) -> bool:
        """Whether it comes along: the library may have taken it back."""
        return self.exercise.state == Exercise.State.PUBLISHED


@dataclass(frozen=True)
class Card:
    """A template with its exercises in words."""

    template: PlanTemplate
    lines: list[Line]


def cards(
    answers: Mapping[str, str], side: str = Plan.AffectedSide.UNKNOWN, held: Held = frozenset()
) -> list[Card]:
    """The templates that are offered, each exercise with what it means for this patient."""
    return [
        Card(template, [_line(row, answers, side, held) for row in template.exercises.all()])
        for template in PlanTemplate.objects.offered()
    ]


def _line(row: Any, answers: Mapping[str, str], side: str, held: Held) -> Line:
    works = default_side(row.exercise, side)
    return Line(
        row.exercise,
        dosage_sentence(row.spec, works),
        [clash_sentence(code) for code in clashes(row.exercise.topics, answers)],
        (row.exercise_id, works) in held,
    )


# ------------------------------------------------------------------ pages


def start(request: HttpRequest, admin: "PlanAdmin", patient: int) -> HttpResponse:
    """Show every template as it would be for this patient, and make the plan from one."""
    if not admin.has_add_permission(request):
        raise PermissionDenied
    whose = admin.patient_of(request, str(patient))
    form = StartForm(posted(request))
    if request.method == "POST" and form.is_valid():
        started = _tried(form, lambda: _start(request, whose, form))
        if started:
            return HttpResponseRedirect(change_url(started.plan))
    record_view(record=whose, by=me(request))
    context = admin.page_context(request, None, title=_("How should the plan start?"))
    context |= {"patient": whose, "form": form, "cards": cards(answers_of(whose))}
    return TemplateResponse(request, "admin/plans/plan/start.html", context)


def add_from_template(request: HttpRequest, admin: "PlanAdmin", pk: int) -> HttpResponse:
    """Show every template as it would stand in this plan, and put one's exercises into it."""
    plan = plan_to_change(request, admin, pk)
    form = StartForm(posted(request))
    if request.method == "POST" and form.is_valid():
        template = form.cleaned_data["template"]
        started = _tried(form, lambda: put_in(plan=plan, template=template, by=me(request)))
        if started:
            messages.success(request, added_words(started))
            return HttpResponseRedirect(change_url(plan) + _first_new(plan, started))
    record_view(record=plan, by=me(request))
    held = frozenset(plan.planned_exercises.in_plan().values_list("exercise", "working_side"))
    context = admin.page_context(request, plan, title=_("Add from a template"))
    found = cards(answers_of(plan.patient), plan.affected_side, held)
    context |= {"patient": plan.patient, "form": form, "cards": found}
    return TemplateResponse(request, "admin/plans/plan/add_from_template.html", context)


def copy(request: HttpRequest, admin: "PlanAdmin", pk: int) -> HttpResponse:
    """Ask which side hurts now, then make a draft that asks for the same as this plan."""
    if not admin.has_add_permission(request):
        raise PermissionDenied
    plan = admin.plan_of(request, pk)
    form = SideForm(posted(request), later=_("As in this plan"))
    if request.method == "POST" and form.is_valid():
        started = _tried(form, lambda: _copy(request, plan, form))
        if started:
            return HttpResponseRedirect(change_url(started.plan))
    record_view(record=plan, by=me(request))
    context = admin.page_context(request, plan, title=_("Copy this plan?"))
    context |= {"patient": plan.patient, "form": form}
    return TemplateResponse(request, "admin/plans/plan/copy.html", context)


def _tried(form: SideForm, act: Callable[[], Started]) -> Started | None:
    """What the act made; None, with the reason on the form, when it was refused."""
    try:
        return act()
    except PlanRefused as refused:
        form.add_error(None, str(refused))
        return None


def _start(request: HttpRequest, patient: Patient, form: StartForm) -> Started:
    """Make the plan that a valid form asks for, and say so."""
    typed = form.cleaned_data
    started = start_from_template(
        template=typed["template"],
        patient=patient,
        affected_side=typed["affected_side"] or Plan.AffectedSide.UNKNOWN,
        key=typed["key"],
        by=me(request),
    )
    words = _("A draft from the template. Look at the side, the dosage and the day of the review.")
    messages.success(request, _with_left_out(words, started))
    return started


def _copy(request: HttpRequest, plan: Plan, form: SideForm) -> Started:
    """Copy a plan for the side that a valid form names, and say so."""
    typed = form.cleaned_data
    started = copy_plan(
        plan=plan, affected_side=typed["affected_side"], key=typed["key"], by=me(request)
    )
    words = _("A draft that asks for the same. Look at the sides, and set the day of the review.")
    messages.success(request, _with_left_out(words, started))
    return started


# ------------------------------------------------------------------ words


def added_words(started: Started) -> str:
    """What a template added. It names no person and no exercise: messages travel in a cookie."""
    number = len(started.rows)
    if not number and not started.not_offered:
        return _("Nothing was added: they are in the plan already.")
    added = ngettext("%(n)d exercise added.", "%(n)d exercises added.", number) % {"n": number}
    words = f"{added} {_('Look at the dosage and the side of each.')}" if number else added
    return _with_left_out(words, started)


def _with_left_out(words: str, started: Started) -> str:
    """The words, and how many exercises did not come along, and why."""
    said = [words]
    if n := started.not_offered:
        said.append(
            ngettext(
                "%(n)d exercise was left out: the library does not offer it now.",
                "%(n)d exercises were left out: the library does not offer them now.",
                n,
            )
            % {"n": n}
        )
    if n := started.doubled:
        said.append(
            ngettext(
                "%(n)d was left out: it stands in the plan with this side already.",
                "%(n)d were left out: they stand in the plan with this side already.",
                n,
            )
            % {"n": n}
        )
    return " ".join(said)


def _first_new(plan: Plan, started: Started) -> str:
    """The place of the first new row on the plan's page."""
    return f"#row-{plan.planned_exercises.in_plan().count() - len(started.rows) + 1}"


def change_url(plan: Plan) -> str:
    """The page of a plan."""
    return reverse("admin:plans_plan_change", args=[plan.pk])


def start_url(patient: Patient) -> str:
    """The page on which a plan for this patient starts."""
    return reverse("admin:plans_plan_start", args=[patient.pk])


# ------------------------------------------------------------------ on the patient's page


class NewPlan:
    """The part of a patient's page on which a plan is begun. Its buttons save the page first."""

    template = "admin/plans/plan/new_plan.html"

    def context(self, request: HttpRequest, patient: Patient) -> dict[str, Any] | None:
        """What may be started from; None for those who make no plans, and after discharge."""
        if patient.status != Patient.Status.CURRENT or not may_add(request):
            return None
        plans = list(patient.plans.exclude(status=Plan.Status.REVOKED))
        form = StartForm(posted(request), prefix="start")
        form.fields["template"].required = False  # the page's own save needs none
        return {
            "form": form,
            "draft": next((plan for plan in plans if plan.status == Plan.Status.DRAFT), None),
            "last": _last(plans),
        }

    def acts(self, request: HttpRequest, patient: Patient) -> list[Act]:
        """From a template, from the plan before, empty."""
        if patient.status != Patient.Status.CURRENT or not may_add(request):
            return []
        return [
            Act("_start", _("Start from this template"), lambda: self._start(request, patient)),
            Act("_copy_last", _("Copy the last plan"), lambda: self._copy(request, patient)),
            Act("_words", _("See the templates in words"), lambda: start_url(patient)),
            Act(
                "_empty",
                _("Empty plan"),
                lambda: f"{reverse('admin:plans_plan_add')}?patient={patient.pk}",
            ),
        ]

    def _start(self, request: HttpRequest, patient: Patient) -> str:
        form = StartForm(request.POST, prefix="start")
        if not form.is_valid():  # nothing was chosen: all of them are shown in words
            return start_url(patient)
        return change_url(self._told(lambda: _start(request, patient, form)).plan)

    def _copy(self, request: HttpRequest, patient: Patient) -> str | None:
        form = SideForm(request.POST, prefix="start")
        last = _last(patient.plans.exclude(status=Plan.Status.REVOKED))
        if last is None or not form.is_valid():
            return None
        return change_url(self._told(lambda: _copy(request, last, form)).plan)

    @staticmethod
    def _told(act: Callable[[], Started]) -> Started:
        """Raises ValidationError, which the page tells, when the act is refused."""
        try:
            return act()
        except PlanRefused as refused:
            raise ValidationError(str(refused)) from refused


def _last(plans: Any) -> Plan | None:
    """The patient's newest plan that was ever in use."""
    return next((plan for plan in plans if plan.status != Plan.Status.DRAFT), None)


def may_add(request: HttpRequest) -> bool:
    """Whether this person makes plans."""
    return request.user.has_perms(["plans.view_plan", "plans.add_plan"])
