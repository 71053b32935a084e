"""Patients in the admin: add, invite, follow up, discharge."""

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from allauth.mfa.utils import is_mfa_enabled
from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from education.audit.actions import record_view

from .. import actions
from ..models import Clinic, Patient
from ..questions import CAN_QUESTIONS, CARE_QUESTIONS
from .acts import Act, ActAdmin, ChangeEmailForm, Confirmation, me, posted
from .filters import LogInFilter, StatusFilter, WhoseFilter
from .patient_form import PatientForm, clinicians_for

WHO = (
    None,
    {
        "fields": [
            ("given_name", "family_name"),
            ("preferred_name", "clinic_number"),
            ("date_of_birth", "phone"),
            "email",
            ("language", "clinician"),
            "consent_on",
        ]
    },
)
CLINICAL = (
    gettext_lazy("For the plan"),
    {"fields": ["equipment", "staff_notes", "answers_seen"]},
)


class PagePart(Protocol):
    """A part of the patient's page that another room brings, inside the page's own form.

    ``template`` is drawn with ``part``, what ``context`` gives; None leaves it out. The buttons in
    it are its ``acts``: each saves the page first.
    """

    template: str

    def context(self, request: HttpRequest, patient: Patient) -> dict[str, Any] | None: ...

    def acts(self, request: HttpRequest, patient: Patient) -> list[Act]: ...


@admin.register(Patient)
class PatientAdmin(ActAdmin):
    """Rooms above this one add filters (``extra_filters``), parts of the page, and pages.

    ``extra_pages`` are (route, view, name), with ``view(request, *, admin, pk)``.
    """

    records_views = True
    form = PatientForm
    change_form_template = "admin/people/patient/change_form.html"
    list_display = ["name", "clinic_number", "clinician", "log_in"]
    list_per_page = 50
    search_fields = ["family_name", "given_name", "preferred_name", "clinic_number", "user__email"]
    search_help_text = gettext_lazy("Name, clinic number or e-mail")
    extra_filters: list[Any] = []
    extra_parts: list[PagePart] = []
    extra_pages: list[tuple[str, Callable, str]] = []

    class Media:
        css = {"all": ["css/admin-people.css"]}

    # -- which patients, which fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Patient]:
        patients = Patient.objects.visible_to(request.user).with_log_in()
        return patients.order_by("family_name", "given_name", "pk")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Patient], search_term: str
    ) -> tuple[QuerySet[Patient], bool]:
        found, may_have_duplicates = super().get_search_results(request, queryset, search_term)
        if request.resolver_match and request.resolver_match.url_name == "autocomplete":
            found = found.filter(
                status=Patient.Status.CURRENT
            )  # nobody starts a plan for a discharged patient
        return found, may_have_duplicates

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        return [WhoseFilter, LogInFilter, *self.extra_filters, StatusFilter]

    def get_fieldsets(self, request: HttpRequest, obj: Patient | None = None) -> list[Any]:
        name, options = WHO
        fields = [field for field in options["fields"] if obj is None or field != "email"]
        who = (name, {"fields": fields})
        return [who, CLINICAL] if self.may_answer(request) else [who]

    def may_answer(self, request: HttpRequest) -> bool:
        """The front desk sees neither answers nor notes."""
        return request.user.has_perm("people.change_answer")

    def get_form(
        self, request: HttpRequest, obj: Patient | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        form = super().get_form(request, obj, change, **kwargs)
        form.with_answers = self.may_answer(request)  # type: ignore[attr-defined]
        if "clinician" in form.base_fields:
            form.base_fields["clinician"].queryset = clinicians_for(obj)  # type: ignore[attr-defined]
        return form

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "clinician":
            wrapper = field.widget  # no pencil, plus or eye beside it: staff have their own page
            wrapper.can_add_related = wrapper.can_change_related = wrapper.can_view_related = False
        return field

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        is_clinician = clinicians_for(None).filter(pk=request.user.pk).exists()
        own = {"clinician": request.user.pk} if is_clinician else {}
        return {**own, **super().get_changeform_initial_data(request)}

    # -- the list

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, {"title": _("Patients"), **(extra_context or {})})

    @admin.display(description=gettext_lazy("name"), ordering="family_name")
    def name(self, patient: Patient) -> str:
        called = f" ({patient.preferred_name})" if patient.preferred_name else ""
        return f"{patient.family_name}, {patient.given_name}{called}"

    @admin.display(description=gettext_lazy("log-in"))
    def log_in(self, patient: Any) -> str:
        """How far the patient has come with logging in, in words."""
        user = patient.user
        if user is None:
            return _("On paper, no e-mail")
        if not user.is_active:
            return _("Ended")
        if user.last_login:
            day = date_format(localtime(user.last_login, Clinic.objects.current().zone))
            return _("Last here on %(day)s") % {"day": day}
        if user.has_usable_password():
            return _("Has a password, not here yet")
        if patient.has_open_invitation:
            return _("Invited, not here yet")
        return _("Invitation ran out") if patient.was_invited else _("Not invited yet")

    # -- saving

    def save_model(self, request: HttpRequest, obj: Patient, form: Any, change: bool) -> None:
        answers, by = form.answers(), me(request)
        if change:
            changed = form.changed_record()
            actions.change_patient(patient=obj, changed=changed, answers=answers, by=by)
        else:
            email = form.cleaned_data["email"] or None
            actions.add_patient(patient=obj, email=email, answers=answers, by=by)

    # -- the page

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        patient, form = kwargs.get("obj"), context["adminform"].form
        if self.may_answer(request) and hasattr(form, "question_rows"):
            context["question_groups"] = [
                (_("What the patient can do"), form.question_rows([*CAN_QUESTIONS])),
                (_("What needs care"), form.question_rows([*CARE_QUESTIONS])),
            ]
        if patient is not None:
            record_view(record=patient, by=me(request))  # also beside a save that was refused
            context["strip"] = self._strip(request, patient)
            parts = [(part.template, part.context(request, patient)) for part in self.extra_parts]
            context["parts"] = [(template, part) for template, part in parts if part is not None]
        return super().render_change_form(request, context, *args, **kwargs)

    def _strip(self, request: HttpRequest, patient: Patient) -> dict[str, Any]:
        """What staff need to know before they read on."""
        answers = [*patient.answers.all()] if self.may_answer(request) else None
        return {
            "age": patient.age_on(Clinic.objects.current().today()),
            "log_in": self.log_in(patient),
            "care": answers and [answer for answer in answers if answer.asks_for_care],
            "asked": None if answers is None else len(answers),
            "questions": len(CAN_QUESTIONS) + len(CARE_QUESTIONS),
        }

    def acts_elsewhere(self, request: HttpRequest, obj: Patient) -> list[Act]:
        return [act for part in self.extra_parts for act in part.acts(request, obj)]

    def acts(self, request: HttpRequest, obj: Patient) -> list[Act]:
        if obj.status == Patient.Status.DISCHARGED:
            return [Act("_readmit", _("Readmit"), lambda: self._readmit(request, obj))]
        email = Act(
            "_change_email",
            _("Change e-mail") if obj.user else _("Add e-mail"),
            lambda: reverse("admin:people_patient_email", args=[obj.pk]),
        )
        discharge = Act(
            "_discharge",
            _("Discharge"),
            lambda: reverse("admin:people_patient_discharge", args=[obj.pk]),
        )
        return [*self._log_in_acts(request, obj), email, discharge]

    def _log_in_acts(self, request: HttpRequest, patient: Patient) -> list[Act]:
        user = patient.user
        if user is None:
            return []
        never_in = user.last_login is None
        invite = Act(
            "_invite",
            _("Invite") if never_in else _("Send a new invitation"),
            lambda: self._invite(request, patient),
        )
        unlock = Act("_unlock", _("Unlock log-in"), lambda: self._unlock(request, patient))
        reset = Act(
            "_reset_second_factor",
            _("Remove second step"),
            lambda: self._reset_second_factor(request, patient),
        )
        return [invite, *([] if never_in else [unlock]), *([reset] if is_mfa_enabled(user) else [])]

    def _invite(self, request: HttpRequest, patient: Patient) -> None:
        assert patient.user is not None
        actions.invite(user=patient.user, by=me(request))
        messages.success(request, _("The invitation is on its way. Its link works for 14 days."))

    def _unlock(self, request: HttpRequest, patient: Patient) -> None:
        assert patient.user is not None
        actions.unlock_account(user=patient.user, by=me(request))
        messages.success(request, _("The log-in is unlocked. The patient can try again now."))

    def _reset_second_factor(self, request: HttpRequest, patient: Patient) -> None:
        assert patient.user is not None
        actions.reset_second_factor(user=patient.user, by=me(request))
        messages.success(request, _("The second step is gone. The password alone logs in now."))

    def _readmit(self, request: HttpRequest, patient: Patient) -> None:
        actions.readmit_patient(patient=patient, by=me(request))
        messages.success(request, _("The patient is back, and may log in again."))

    # -- pages that ask first

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        extra = [
            path(route, view(partial(page, admin=self)), name=f"people_{name}")
            for route, page, name in self.extra_pages
        ]
        return [
            *extra,
            path("<int:pk>/email/", view(self.email_view), name="people_patient_email"),
            path("<int:pk>/discharge/", view(self.discharge_view), name="people_patient_discharge"),
            *super().get_urls(),
        ]

    def discharge_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """End the care of one patient."""
        patient = self.found(request, pk)
        record_view(record=patient, by=me(request))
        page = Confirmation(
            title=_("Discharge %(patient)s") % {"patient": patient},
            text=_("The patient can no longer log in and is logged out now. The record is kept."),
            button=_("Discharge"),
            form=forms.Form(posted(request)),
            run=lambda: actions.discharge_patient(patient=patient, by=me(request)),
            done=_("The patient is discharged."),
        )
        return self.confirm(request, patient, page)

    def email_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Give a patient another address, or a first one."""
        patient = self.found(request, pk)
        record_view(record=patient, by=me(request))
        needs_invitation = patient.user is None or not patient.user.has_usable_password()
        form = ChangeEmailForm(
            posted(request),
            user=patient.user,
            labels={"email": _("New e-mail"), "invite": _("Send an invitation to it now")},
            initial={"invite": needs_invitation},
        )
        page = Confirmation(
            title=_("E-mail of %(patient)s") % {"patient": patient},
            text=_(
                "Links and log-ins of the old e-mail end now. We write to it that it is no longer "
                "used."
            )
            if patient.user
            else _("With an e-mail the patient can log in, once invited."),
            button=_("Save the e-mail"),
            form=form,
            run=lambda: self._change_email(request, patient, form.cleaned_data),
            done=_("The e-mail is saved."),
        )
        return self.confirm(request, patient, page)

    def _change_email(self, request: HttpRequest, patient: Patient, chosen: dict[str, Any]) -> None:
        user, email, by = patient.user, chosen["email"], me(request)
        if user is None:
            user = actions.give_account(patient=patient, email=email, by=by)
        else:
            actions.change_email(user=user, email=email, by=by)
        if chosen["invite"]:
            actions.invite(user=user, by=by)
