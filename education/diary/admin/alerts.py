"""“Needs a look”: the list that a clinician works through, and the word that it was seen."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from education.audit.admin import RefusesPlainly
from education.people.admin.acts import me, posted
from education.people.models import Clinic

from ..actions.alerts import acknowledge_alert
from ..alerts.lines import lines_of
from ..models import Alert

MOST_URGENT_FIRST = ("level", "opens_on", "raised_at", "pk")
LAST_SEEN_FIRST = ("-acknowledged_at", "-pk")


class WhosePatientFilter(admin.SimpleListFilter):
    """Of the person who looks."""

    title = gettext_lazy("clinician")
    parameter_name = "whose"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("mine", _("My patients"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        mine = self.value() == "mine"
        return queryset.filter(patient__clinician=request.user) if mine else queryset


class SeenFilter(admin.SimpleListFilter):
    """What waits, unless what was seen is asked for."""

    title = gettext_lazy("to do")
    parameter_name = "seen"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Seen, the last first"))]

    def choices(self, changelist: Any) -> Any:
        for value, label in [(None, _("To look at")), *self.lookup_choices]:
            query = {self.parameter_name: value} if value else {}
            yield {
                "selected": self.value() == value,
                "query_string": changelist.get_query_string(query, [self.parameter_name]),
                "display": label,
            }

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "yes":
            return queryset.filter(acknowledged_at__isnull=False)
        return queryset.needs_a_look(Clinic.objects.current().today())


class AcknowledgeForm(forms.ModelForm):
    """What was done about it, for colleagues; may stay empty."""

    class Meta:
        model = Alert
        fields = ["note"]


@admin.register(Alert)
class AlertAdmin(RefusesPlainly):
    """The list with a form in each row; a row has no page to change it."""

    change_list_template = "admin/diary/alert/change_list.html"
    list_filter = [SeenFilter, WhosePatientFilter, "kind"]
    links_to = ["patient"]
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    search_fields = [
        "patient__given_name",
        "patient__family_name",
        "patient__preferred_name",
        "patient__clinic_number",
    ]
    search_help_text = gettext_lazy("Name or clinic number of the patient")
    sortable_by = ()
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Alert]:
        return Alert.objects.visible_to(request.user).most_urgent_first().with_facts()

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        return LAST_SEEN_FIRST if request.GET.get("seen") else MOST_URGENT_FIRST

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Alert | None = None) -> bool:
        """Nothing of a row is typed over: it is acknowledged, or its cause goes."""
        return obj is None and super().has_change_permission(request)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {"title": _("Needs a look"), **(extra_context or {})}
        response = super().changelist_view(request, context)
        if isinstance(response, TemplateResponse) and response.context_data:
            clinic, found = Clinic.objects.current(), response.context_data["cl"].result_list
            response.context_data |= {
                "lines": lines_of(found, clinic),
                "clinic": clinic,
                "back": request.get_full_path(),
                "may_acknowledge": self.has_change_permission(request),
            }
        return response

    # ------------------------------------------------------------------ seen

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.acknowledge_view)
        page = path("<int:pk>/acknowledge/", view, name="diary_alert_acknowledge")
        return [page, *super().get_urls()]

    def acknowledge_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say that an alert was seen, with a word for colleagues if there is one."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        alert = get_object_or_404(self.get_queryset(request), pk=pk)
        form = AcknowledgeForm(posted(request))
        if request.method == "POST" and form.is_valid():
            first = acknowledge_alert(alert=alert, note=form.cleaned_data["note"], by=me(request))
            words = _("Seen. It is off the list.") if first else _("A colleague was faster.")
            messages.success(request, words)  # nobody is named: messages travel in a cookie
            return HttpResponseRedirect(self._back(request))
        clinic = Clinic.objects.current()
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Seen"),
            "line": lines_of([alert], clinic)[0],
            "clinic": clinic,
            "form": form,
            "back": self._back(request),
        }
        return TemplateResponse(request, "admin/diary/alert/acknowledge.html", context)

    def _back(self, request: HttpRequest) -> str:
        """The page that the form stood on, if it is one of this site."""
        back = request.POST.get("back", "")
        if url_has_allowed_host_and_scheme(back, allowed_hosts=None):
            return back
        return reverse("admin:diary_alert_changelist")
