"""Mail that waits and invitations that are out: to look at, and to send again."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from education.audit.admin import RefusesPlainly

from .. import actions
from ..mail import BUILDERS
from ..models import Invitation, OutgoingMail
from .acts import me


class LookOnly(RefusesPlainly):
    """Nobody writes these by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})


def in_words(kind: str) -> str:
    """A kind of mail for people: “Plan ready”."""
    return kind.replace("_", " ").capitalize()


class KindFilter(admin.SimpleListFilter):
    """What a mail is about."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(kind, in_words(kind)) for kind in sorted(BUILDERS)]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(kind=self.value()) if self.value() else queryset


@admin.register(OutgoingMail)
class OutgoingMailAdmin(LookOnly):
    """Neither text nor link is kept, so there is none to see."""

    list_display = ["about", "user", "state", "problem", "queued_at"]
    list_filter = ["state", KindFilter]
    list_select_related = ["user"]
    date_hierarchy = "queued_at"
    fields = ["about", "user", "state", "tries", "problem", "queued_at", "sent_at"]
    readonly_fields = ["about"]
    actions = ["send_again"]

    @admin.display(description=_("kind"), ordering="kind")
    def about(self, mail: OutgoingMail) -> str:
        return in_words(mail.kind)

    @admin.action(description=_("Send again"), permissions=["view"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[OutgoingMail]) -> None:
        waiting = OutgoingMail.objects.filter(pk__in=queryset.values("pk")).waiting()
        for mail in waiting:
            actions.send_mail_again(mail=mail, by=me(request))
        count = len(waiting)
        messages.success(
            request,
            ngettext("%(count)s mail is on its way.", "%(count)s mails are on their way.", count)
            % {"count": count},
        )


@admin.register(Invitation)
class InvitationAdmin(LookOnly):
    list_display = ["user", "state_in_words", "by", "created_at", "expires_at"]
    list_select_related = ["user", "by"]
    date_hierarchy = "created_at"
    fields = ["user", "by", "created_at", "sent_at", "expires_at", "used_at", "revoked_at"]

    @admin.display(description=_("state"))
    def state_in_words(self, invitation: Invitation) -> str:
        return str(invitation.state.label)
