"""People who work here, in the admin."""

from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import actions
from ..models import User
from .acts import Act, ActAdmin, ChangeEmailForm, Confirmation, me, posted

# allauth's own pages would change an address, or show a secret, without our actions.
for model in (EmailAddress, EmailConfirmation, Authenticator, UserSession):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


class StaffForm(forms.ModelForm):
    """``editor`` is set by the admin: the person who looks."""

    editor: User

    groups = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Does the work of"),
        queryset=Group.objects.order_by("name"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = User
        fields = [
            "email",
            "given_name",
            "family_name",
            "credentials",
            "language",
            "is_active",
            "groups",
            "is_superuser",
        ]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in ("given_name", "family_name"):
            if name in self.fields:
                self.fields[name].required = True
        if self.instance.pk and "groups" in self.fields:
            self.initial["groups"] = list(self.instance.groups.all())

    def clean_email(self) -> str:
        return actions.check_new_email(self.cleaned_data["email"])

    def clean_is_active(self) -> bool:
        active = self.cleaned_data["is_active"]
        if not active and self.instance.pk == self.editor.pk:
            raise ValidationError(_("You cannot end your own log-in. Ask a colleague."))
        return active

    def changed_record(self) -> list[str]:
        """Names of the account's own columns that were changed."""
        return [name for name in self.changed_data if name != "groups"]


@admin.register(User)
class StaffAdmin(ActAdmin):
    """Staff only: a patient's account is kept on the patient's page."""

    form = StaffForm
    list_display = ["name", "email", "work", "is_active", "last_login"]
    list_filter = ["is_active", "groups"]
    search_fields = ["email", "given_name", "family_name"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        staff = User.objects.staff().prefetch_related("groups")
        return staff.order_by("family_name", "given_name", "pk")

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> list[Any]:
        rights = ["groups", *(["is_superuser"] if request.user.is_superuser else [])]
        log_in = [] if obj is None else ["last_login", "is_active"]
        return [
            (None, {"fields": ["email", ("given_name", "family_name"), "credentials", "language"]}),
            (_("Rights"), {"fields": [*rights, *log_in]}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        return [] if obj is None else ["email", "last_login"]

    def get_form(
        self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        form = super().get_form(request, obj, change, **kwargs)
        form.editor = request.user  # type: ignore[attr-defined]
        return form

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Who holds fewer rights may not take over, through its address, who holds them all."""
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    @admin.display(description=gettext_lazy("name"), ordering="family_name")
    def name(self, user: User) -> str:
        return str(user)

    @admin.display(description=gettext_lazy("does the work of"))
    def work(self, user: User) -> str:
        return ", ".join(group.name for group in user.groups.all())

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        groups, by = form.cleaned_data["groups"], me(request)
        if change:
            actions.change_staff(user=obj, changed=form.changed_record(), groups=groups, by=by)
        else:
            actions.add_staff(user=obj, groups=groups, by=by)

    # -- acts

    def acts(self, request: HttpRequest, obj: User) -> list[Act]:
        if not obj.is_active or not self.has_change_permission(request, obj):
            return []
        acts = [
            Act("_invite", _("Invite"), lambda: self._invite(request, obj)),
            Act("_unlock", _("Unlock log-in"), lambda: self._unlock(request, obj)),
            Act(
                "_change_email",
                _("Change e-mail"),
                lambda: reverse("admin:people_user_email", args=[obj.pk]),
            ),
        ]
        if is_mfa_enabled(obj):
            reset = Act(
                "_reset_second_factor",
                _("Remove second step"),
                lambda: reverse("admin:people_user_second_factor", args=[obj.pk]),
            )
            acts.append(reset)
        return acts

    def _invite(self, request: HttpRequest, user: User) -> None:
        actions.invite_staff(user=user, by=me(request))
        messages.success(request, _("The invitation is on its way. Its link works for 14 days."))

    def _unlock(self, request: HttpRequest, user: User) -> None:
        actions.unlock_account(user=user, by=me(request))
        messages.success(request, _("The log-in is unlocked."))

    # -- pages that ask first

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/email/", view(self.email_view), name="people_user_email"),
            path(
                "<int:pk>/second-step/",
                view(self.second_factor_view),
                name="people_user_second_factor",
            ),
            *super().get_urls(),
        ]

    def email_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Give a member of staff another address."""
        user = self.found(request, pk)
        form = ChangeEmailForm(
            posted(request),
            user=user,
            labels={"email": _("New e-mail"), "invite": _("Send an invitation to it now")},
            initial={"invite": not user.has_usable_password()},
        )
        page = Confirmation(
            title=_("E-mail of %(person)s") % {"person": user},
            text=_(
                "Links and log-ins of the old e-mail end now. We write to it that it is no longer "
                "used."
            ),
            button=_("Save the e-mail"),
            form=form,
            run=lambda: self._change_email(request, user, form.cleaned_data),
            done=_("The e-mail is saved."),
        )
        return self.confirm(request, user, page)

    def _change_email(self, request: HttpRequest, user: User, chosen: dict[str, Any]) -> None:
        actions.change_email(user=user, email=chosen["email"], by=me(request))
        if chosen["invite"]:
            actions.invite_staff(user=user, by=me(request))

    def second_factor_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """For somebody who lost phone and codes."""
        user = self.found(request, pk)
        page = Confirmation(
            title=_("Second step of %(person)s") % {"person": user},
            text=_(
                "Make sure it is them, face to face or on a number you know. They are logged out, "
                "and set up a new app or key at their next log-in."
            ),
            button=_("Remove the second step"),
            form=forms.Form(posted(request)),
            run=lambda: actions.reset_second_factor(user=user, by=me(request)),
            done=_("The second step is gone. They set up a new one at their next log-in."),
        )
        return self.confirm(request, user, page)
