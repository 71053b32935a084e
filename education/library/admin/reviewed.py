"""Content that somebody answers for: its state, its check, and the buttons that move it on."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.forms import BaseFormSet, ModelForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.dateparse import parse_date
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from education.library.clinic import clinic_of
from education.library.models import Reviewed
from education.library.publishing import Content, PublishRefused, publish_check
from education.library.publishing.actions import drop_review, overrule_findings, review
from education.library.publishing.states import LONGEST_REVIEW, REVIEWED_FOR, StateRefused
from education.library.uses import shown_by, uses_of

from .acts import ACTS, MOVES, PUBLISH_CHANGES, RETIRE, Act, acts_for
from .base import LinesOfATable
from .proposals import BECAUSE, SEEN, ProposingAdmin, Waiting

REASON = "why-"  # and the token of a finding: the field for why it may stay
NEXT_REVIEW = "_next_review_on"
CONFIRMED = "_confirmed"


class WaitsFor(admin.SimpleListFilter):
    """Content that somebody still has to look at."""

    title = gettext_lazy("waits for")
    parameter_name = "waits_for"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        choices = [
            ("publishing", _("a clinician to publish it")),
            ("review", _("a review")),
            ("overdue", _("a review that is overdue")),
            ("editor", _("an editor: changes were sent back")),
        ]
        if hasattr(model_admin.model, "demands"):
            choices.append(("answers", _("demands or precautions")))
        return choices

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "publishing":
            return queryset.waiting_for_review()
        if self.value() == "review":
            return queryset.filter(reviewed_on=None)
        if self.value() == "overdue":
            return queryset.review_overdue(clinic_of(request).today())
        if self.value() == "editor":
            return queryset.with_changes_sent_back()
        if self.value() == "answers":
            return queryset.filter(Q(demands__isnull=True) | Q(precautions__isnull=True))
        return queryset


class ReviewedAdmin(ProposingAdmin):
    """Content that a clinician answers for. A review holds for the words that were read.

    The state changes by buttons alone. Whoever may change the words presses one in the form, which
    saves first; whoever only reads them posts to an address of its own.
    """

    #: Fields that say where content is shown, not what it says.
    about_showing = frozenset({"order", "family", "is_home", "families", "related"})
    readonly_fields = ["state", "reviewed_by", "reviewed_on", "next_review_on"]
    list_select_related = ["reviewed_by"]
    actions = ["mark_as_reviewed"]

    # ------------------------------------------------------------------ who

    def has_review_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("library.review_exercise")

    def may(self, request: HttpRequest, act: Act) -> bool:
        """Whether this person may press this button."""
        if self.has_review_permission(request):
            return self.has_view_permission(request)
        return act.for_editors and self.has_change_permission(request)

    def may_overrule(self, request: HttpRequest) -> bool:
        """Editors and clinicians write why a soft finding may stay."""
        return self.has_review_permission(request) or request.user.has_perm(
            "library.add_overruledfinding"
        )

    # ------------------------------------------------------------------ the page

    def get_urls(self) -> list[URLPattern]:
        name = f"library_{self.opts.model_name}"
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/state/<slug:act>/", wrap(self.state_view), name=f"{name}_state"),
            path("<int:pk>/overrule/", wrap(self.overrule_view), name=f"{name}_overrule"),
            path("<int:pk>/retire/", wrap(self.retire_view), name=f"{name}_retire"),
        ]
        return [*own, *super().get_urls()]

    def get_inline_instances(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """To a person who only reads, a table of lines is a list: the table has empty headings."""
        inlines = super().get_inline_instances(request, obj)
        if not self.has_change_permission(request, obj):
            for inline in inlines:
                if isinstance(inline, LinesOfATable):
                    inline.template = "admin/edit_inline/stacked.html"
        return inlines

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        row = kwargs.get("obj")
        if row is not None:
            today = clinic_of(request).today()
            waiting = getattr(request, "waiting", None) or Waiting(row, uses_of(row), None, [])
            content = waiting.content  # not the row, whose review ends with the proposed words
            acts = acts_for(content, waiting.proposal)
            context |= {
                "content": content,
                "check": self.check_of(request, row),
                "acts": [act for act in acts if self.may(request, act)],
                "waiting": waiting,
                "may_publish": self.has_review_permission(request),
                "may_drop": self.has_change_permission(request),
                "may_overrule": self.may_overrule(request),
                "review_overdue": content.is_review_overdue(today),
                "next_review_on": today + REVIEWED_FOR,
                "uses": waiting.uses,
                "state_url": f"admin:library_{self.opts.model_name}_state",
                "overrule_url": f"admin:library_{self.opts.model_name}_overrule",
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def check_of(self, request: HttpRequest, content: Content) -> Any:
        """The publish check of what is stored; the clinic's name is no hard word."""
        clinic = clinic_of(request)
        return publish_check(content, today=clinic.today(), names=[clinic.name])

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Where readers find it; nowhere before it is published."""
        published = obj is not None and obj.state == Reviewed.State.PUBLISHED
        return super().get_view_on_site_url(obj) if published else None

    @property
    def name_of_page(self) -> str:
        return f"admin:library_{self.opts.model_name}"

    def page_of(self, content: Content) -> str:
        return reverse(f"{self.name_of_page}_change", args=[content.pk])

    # ------------------------------------------------------------------ buttons

    def words_saved(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """The words are saved, or kept; now the reasons, and the button that was pressed."""
        self._keep_reasons(request, obj)
        pressed = next((act for act in MOVES if act.button in request.POST), None)
        if pressed is None:
            return super().words_saved(request, obj)
        return self._act(request, obj, pressed)

    @method_decorator(require_POST)
    def state_view(self, request: HttpRequest, pk: int, act: str) -> HttpResponse:
        """One button, for a person who reads the words and does not change them."""
        content = self._posted_on(request, pk)
        if act not in ACTS:
            raise Http404
        self._keep_reasons(request, content)
        return self._act(request, content, ACTS[act])

    @method_decorator(require_safe)
    def retire_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask before it leaves the public pages, with all that shows it now."""
        content = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.may(request, RETIRE):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("Retire “%(name)s”?") % {"name": content},
            "opts": self.opts,
            "content": content,
            "uses": uses_of(content),
            "shown_by": shown_by(content),
            "back_url": self.page_of(content),
            "state_url": f"{self.name_of_page}_state",
        }
        return TemplateResponse(request, "admin/library/publishing/retire.html", context)

    @method_decorator(require_POST)
    def overrule_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Keep why findings may stay, for a person who does not change the words."""
        content = self._posted_on(request, pk)
        if not self.may_overrule(request):
            raise PermissionDenied
        self._keep_reasons(request, content)
        return HttpResponseRedirect(self.page_of(content))

    def _posted_on(self, request: HttpRequest, pk: int) -> Any:
        content = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_view_permission(request, content):
            raise PermissionDenied
        return content

    def _keep_reasons(self, request: HttpRequest, content: Content) -> None:
        typed = {
            name.removeprefix(REASON): str(reason)
            for name, reason in request.POST.items()
            if name.startswith(REASON) and str(reason).strip()
        }
        if not typed or not self.may_overrule(request):
            return
        clinic = clinic_of(request)
        try:
            kept = overrule_findings(
                content=content,
                reasons=typed,
                by=request.user,
                today=clinic.today(),
                names=[clinic.name],
            )
        except ValidationError:
            said = _("Write in a few words why it may stay, in 300 letters at most.")
            self.message_user(request, said, messages.ERROR)
        else:
            said = ngettext("%(n)d reason is kept.", "%(n)d reasons are kept.", kept)
            self.message_user(request, said % {"n": kept}, messages.SUCCESS)

    def _act(self, request: HttpRequest, content: Content, act: Act) -> HttpResponse:
        """Do what a button says, and tell how it went."""
        if not self.may(request, act):
            raise PermissionDenied
        if act.is_asked and CONFIRMED not in request.POST:
            asks = reverse(f"{self.name_of_page}_{act.name}", args=[content.pk])
            return HttpResponseRedirect(asks)
        clinic = clinic_of(request)
        typed = request.POST
        given = {
            "on": clinic.today(),
            "names": [clinic.name],
            "seen": typed.get(SEEN, ""),
            "because": typed.get(BECAUSE, ""),
        }
        if act.is_review:
            given["next_review_on"] = self._next_review_on(request, clinic.today())
            if given["next_review_on"] is None:
                return HttpResponseRedirect(self.page_of(content))
        try:
            act.run(content=content, by=request.user, **{name: given[name] for name in act.needs})
        except PublishRefused as refused:
            self._tell_refused(request, refused)
        except StateRefused as refused:
            self.message_user(request, str(refused), messages.WARNING)
        else:
            self.message_user(request, act.done, messages.SUCCESS)
            if act is PUBLISH_CHANGES:
                self._tell_plans(request, content)
        return HttpResponseRedirect(self.page_of(content))

    def _next_review_on(self, request: HttpRequest, today: date) -> date | None:
        """The day that was chosen, a year from now when none was; None, and told, for no day."""
        typed = request.POST.get(NEXT_REVIEW, "").strip()
        try:
            day = parse_date(typed) if typed else today + REVIEWED_FOR
        except ValueError:
            day = None
        if day is None or not today < day <= today + LONGEST_REVIEW:
            problem = _(
                "The next review must be on a day after today, within three years. Nothing was "
                "changed."
            )
            self.message_user(request, problem, messages.ERROR)
            return None
        return day

    def _tell_refused(self, request: HttpRequest, refused: PublishRefused) -> None:
        number = len(refused.findings)
        said = ngettext(
            "Not done. %(n)d thing stands in the way; it is named below.",
            "Not done. %(n)d things stand in the way; they are named below.",
            number,
        )
        self.message_user(request, said % {"n": number}, messages.WARNING)

    # ------------------------------------------------------------------ the list

    @admin.action(description=gettext_lazy("Mark as reviewed by me"), permissions=["review"])
    def mark_as_reviewed(self, request: HttpRequest, queryset: QuerySet) -> None:
        """The clinician has read these, today, and answers for them."""
        today = clinic_of(request).today()
        done = 0
        for content in list(queryset):
            try:
                review(content=content, by=request.user, on=today)
            except PublishRefused as refused:
                why = f"{content}: {refused.findings[0].message}"
                self.message_user(request, why, messages.WARNING)
            except StateRefused as refused:
                self.message_user(request, f"{content}: {refused}", messages.WARNING)
            else:
                done += 1
        if done:
            said = ngettext("%(n)d is now reviewed by you.", "%(n)d are now reviewed by you.", done)
            self.message_user(request, said % {"n": done}, messages.SUCCESS)

    # ------------------------------------------------------------------ what a save does

    def content_saved(
        self, request: HttpRequest, form: ModelForm, formsets: Sequence[BaseFormSet]
    ) -> None:
        content, changed = form.instance, self.what_changed(form, formsets)
        if content.is_read_by_patients:
            return  # its rows are taken back at once, and nothing that is drawn may know of them
        if content.is_reviewed and changed - self.about_showing:
            drop_review(content=content, by=request.user)
            self.message_user(
                request,
                _("The words have changed, so a clinician must review them again."),
                messages.WARNING,
            )
        super().content_saved(request, form, formsets)

    def _tell_plans(self, request: HttpRequest, content: Content) -> None:
        """Say how many plans in use clash now; their patients are asked to call already."""
        uses = uses_of(content)
        if not uses.to_look_at:
            return
        said = ngettext(
            "%(n)d plan in use now needs a look.",
            "%(n)d plans in use now need a look.",
            uses.to_look_at,
        ) % {"n": uses.to_look_at}
        if request.user.has_perm("plans.view_plan"):
            link = format_html('<a href="{}">{}</a>', uses.address, _("Show them"))
            said = format_html("{} {}", said, link)
        self.message_user(request, said, messages.WARNING)
