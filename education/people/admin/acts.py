"""Buttons inside a change form that save what was typed, then act."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminEmailInputWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from education.audit.admin import RefusesPlainly

from .. import actions
from ..models import User


def me(request: HttpRequest) -> User:
    """Who is acting. The admin lets nobody in who is not logged in."""
    assert isinstance(request.user, User)
    return request.user


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: also to nothing, when nothing but the button was sent."""
    return request.POST if request.method == "POST" else None


@dataclass(frozen=True)
class Act:
    """One button. ``run`` answers where to go next, or None for the record's own page.

    Its ValidationError is told to the person; nothing but the save has happened then.
    """

    name: str  # of the button, with a leading underscore
    label: str
    run: Callable[[], str | None]


@dataclass(frozen=True)
class Confirmation:
    """What a page says that asks before it acts."""

    title: str
    text: str
    button: str
    form: Form
    run: Callable[[], None]
    done: str


class ActAdmin(RefusesPlainly):
    """A ModelAdmin whose change form has acts in place of "delete"."""

    change_form_template = "admin/people/change_form.html"
    save_on_top = False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def acts(self, request: HttpRequest, obj: Any) -> list[Act]:
        """The buttons that make sense for ``obj`` now."""
        return []

    def acts_elsewhere(self, request: HttpRequest, obj: Any) -> list[Act]:
        """Those whose buttons stand in another part of the page."""
        return []

    def page_of(self, obj: Any) -> str:
        """Address of the record's own page."""
        return reverse(f"admin:people_{self.opts.model_name}_change", args=[obj.pk])

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj = kwargs.get("obj")
        context["acts"] = self.acts(request, obj) if obj is not None else []
        context["show_save_and_add_another"] = False
        return super().render_change_form(request, context, *args, **kwargs)

    def message_user(self, request: HttpRequest, message: Any, *args: Any, **kwargs: Any) -> None:
        """The stock words after a save name the person, and messages travel in a cookie."""
        super().message_user(request, _("Saved."), *args, **kwargs)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except (IntegrityError, ValidationError):
            # Somebody else saved the same number or address in this very moment. The form's own
            # checks see that row now, and answer with what was typed.
            return super().changeform_view(request, *args, **kwargs)

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        if acted := self._act(request, obj):
            return acted
        super().response_add(request, obj, post_url_continue)  # says that it is saved
        return HttpResponseRedirect(self.page_of(obj))  # where the next thing is done

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self._act(request, obj) or super().response_change(request, obj)

    def _act(self, request: HttpRequest, obj: Any) -> HttpResponse | None:
        """Run the act whose button was pressed, if any."""
        acts = [*self.acts(request, obj), *self.acts_elsewhere(request, obj)]
        pressed = next((act for act in acts if act.name in request.POST), None)
        if pressed is None:
            return None
        try:
            next_url = pressed.run()
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
            next_url = None
        return HttpResponseRedirect(next_url or self.page_of(obj))

    def confirm(self, request: HttpRequest, obj: Any, confirmation: Confirmation) -> HttpResponse:
        """A page of its own that asks before it acts, for what is not easily undone."""
        if request.method == "POST" and confirmation.form.is_valid():
            try:
                confirmation.run()
            except ValidationError as problem:
                confirmation.form.add_error(None, problem)
            else:
                messages.success(request, confirmation.done)
                return HttpResponseRedirect(self.page_of(obj))
        context = {
            **self.admin_site.each_context(request),
            "title": confirmation.title,
            "subtitle": None,
            "opts": self.opts,
            "original": obj,
            "confirmation": confirmation,
            "back_url": self.page_of(obj),
        }
        return TemplateResponse(request, "admin/people/confirm.html", context)

    def found(self, request: HttpRequest, pk: int) -> Any:
        """The record of a page of our own. Raises Http404, or PermissionDenied."""
        obj = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_change_permission(request, obj):
            raise PermissionDenied
        return obj


class ChangeEmailForm(forms.Form):
    """A new address, and whether to write to it."""

    email = forms.EmailField(max_length=254, widget=AdminEmailInputWidget)
    invite = forms.BooleanField(required=False)

    def __init__(self, *args: Any, user: User | None, labels: dict[str, Any], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.user = user
        for name, label in labels.items():
            self.fields[name].label = label

    def clean_email(self) -> str:
        return actions.check_new_email(self.cleaned_data["email"], except_user=self.user)
