"""Staff read and answer messages. Nothing is typed over, nothing is deleted."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _

from education.audit.actions import record_view
from education.audit.admin import RefusesPlainly
from education.people.admin.acts import me
from education.people.models import Clinic

from .actions import answer_request, close_request
from .forms import AnswerForm
from .models import ContactRequest

SHORT_WAYS = {
    ContactRequest.AnswerBy.SITE: _("Site"),
    ContactRequest.AnswerBy.EMAIL: _("E-mail link"),
    ContactRequest.AnswerBy.PHONE: _("Call"),
}
TAG = '<span class="cl-tag cl-tag--{}">{}</span>'


class WaitingFilter(admin.SimpleListFilter):
    """What the person who asks has to do."""

    title = _("to do")
    parameter_name = "todo"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("waiting", _("Waiting")), ("mine", _("Waiting, of my patients"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "mine":
            return queryset.waiting().filter(patient__clinician=request.user)
        return queryset.waiting() if self.value() == "waiting" else queryset


@admin.register(ContactRequest)
class ContactRequestAdmin(RefusesPlainly):
    """The list says who waits for what since when; the words are on the message's own page."""

    form = AnswerForm
    fieldsets = [(_("Answer"), {"fields": ["text", "replies_seen"]})]
    records_views = True
    list_display = ["why", "sender", "since", "due", "how", "status"]
    list_filter = [WaitingFilter, "status", "reason", "answer_by", "held"]
    search_fields = [
        "name",
        "email",
        "patient__given_name",
        "patient__family_name",
        "patient__clinic_number",
    ]
    list_select_related = ["patient", "about"]
    list_per_page = 50
    sortable_by = ()
    actions = None

    def get_queryset(self, request: HttpRequest) -> Any:
        today = Clinic.objects.current().today()
        return ContactRequest.objects.visible_to(request.user).with_lateness(today).by_urgency()

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        return ContactRequest.URGENT_FIRST

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    # ------------------------------------------------------------------ the list

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(request, {"title": _("Messages"), **(extra_context or {})})

    @admin.display(description=_("about"))
    def why(self, row: ContactRequest) -> SafeString:
        """The reason; worse or new symptoms and held messages carry a tag with a word."""
        tags = [
            (kind, word)
            for shown, kind, word in (
                (row.is_worrying, "worse", _("Look first")),
                (row.held, "draft", _("Held")),
            )
            if shown
        ]
        return format_html("{} {}", row.get_reason_display(), format_html_join(" ", TAG, tags))

    @admin.display(description=_("who"))
    def sender(self, row: ContactRequest) -> str:
        return row.sender if row.patient_id else _("%(name)s (visitor)") % {"name": row.sender}

    @admin.display(description=_("sent"))
    def since(self, row: ContactRequest) -> str:
        return _("%(time)s ago") % {"time": timesince(row.created_at, depth=1)}

    @admin.display(description=_("answer due"))
    def due(self, row: Any) -> str:
        """The promised day while it is awaited; honey when it has passed."""
        if not row.is_waiting:
            return ""
        day = date_format(row.answer_due_on, "D, M j")
        return format_html(TAG, "late", _("was due %(day)s") % {"day": day}) if row.late else day

    @admin.display(description=_("answer"))
    def how(self, row: ContactRequest) -> str:
        """The choice in few words: the sender's own are long."""
        return str(SHORT_WAYS[ContactRequest.AnswerBy(row.answer_by)])

    # ------------------------------------------------------------------ one message

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The message, its answers and a box for the next one."""
        found: ContactRequest = kwargs["obj"]
        record_view(record=found, by=me(request))  # also beside an answer that was refused
        context |= {
            "title": found.get_reason_display(),
            "subtitle": None,
            "contact_request": found,
            "replies": found.replies.select_related("by"),
            "clinic": Clinic.objects.current(),
            "may_see_patient": request.user.has_perm("people.view_patient"),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(
        self, request: HttpRequest, obj: ContactRequest, form: AnswerForm, change: bool
    ) -> None:
        """The answer or the closing; the message itself is never written over."""
        if not request.user.has_perm("contact.add_reply"):
            raise PermissionDenied
        seen = form.cleaned_data["replies_seen"]
        if form.closes:
            close_request(request=obj, replies_seen=seen, by=me(request))
            return
        text = form.cleaned_data["text"]
        answer_request(request=obj, text=text, replies_seen=seen, by=me(request))

    def response_change(self, request: HttpRequest, obj: ContactRequest) -> HttpResponse:
        """Say what happens next, and go back to what still waits.

        Nobody is named: messages travel in a cookie.
        """
        if "_close" in request.POST:
            done = _("The message is closed. Nobody is told.")
        elif obj.by_phone:
            done = _("What you told them is kept. No mail goes out.")
        else:
            done = _("Your answer is kept. They get a mail that it waits.")
        messages.success(request, done)
        return HttpResponseRedirect(reverse("admin:contact_contactrequest_changelist"))
