"""What people type when they write to the clinic, and when staff answer."""

from typing import Any
from uuid import uuid4

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from education.library.models import Article
from education.people.fields import SubmissionKeyField
from education.people.models import Patient

from .actions import AnsweredMeanwhile, lock_as_seen
from .models import ContactRequest, Reply

Reason = ContactRequest.Reason
AnswerBy = ContactRequest.AnswerBy
OWN_MESSAGES = {"novalidate": ""}  # the browser's bubbles vanish, and come one at a time


class Signs(models.TextChoices):
    """Answers to the red-flag question. "Not sure" is treated as "yes"."""

    NO = "no", _("No, none of them")
    YES = "yes", _("Yes")
    UNSURE = "unsure", _("I am not sure")


def signs_field(**kwargs: Any) -> forms.ChoiceField:
    """The red-flag question: radio buttons, none chosen beforehand."""
    return forms.ChoiceField(
        choices=Signs.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Choose one. If you are not sure, say so.")
        ),
        **kwargs,
    )


def has_sign(form: forms.Form) -> bool:
    """Whether the person said yes or not sure, however the rest of the form was filled in."""
    return getattr(form, "cleaned_data", {}).get("signs") in (Signs.YES, Signs.UNSURE)


class AsksAboutAPage(forms.Form):
    """Carries the key of the article a question is about. Nobody types it: it comes by a link."""

    about = forms.CharField(widget=forms.HiddenInput, required=False)

    @cached_property
    def about_page(self) -> Article | None:
        """The published article, or None for any other key; read only when the form names one."""
        key = self["about"].value()
        try:
            validate_slug(key)
        except ValidationError:
            return None
        return Article.objects.published().filter(key=key).first()


class SignsForm(AsksAboutAPage):
    """Before the message: the red-flag question alone."""

    signs = signs_field(label=_("Do you have any one of these signs?"))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_action = reverse("contact")
        self.helper.form_id = "signs"
        self.helper.attrs = OWN_MESSAGES
        self.helper.errors_above = True  # the form stands below the signs, its errors on top
        self.helper.add_input(Submit("go", _("Go on"), css_class="btn-lg pm-block"))


class RequestForm(AsksAboutAPage):
    """A message to the clinic. A patient is who they are: only visitors say who and where.

    ``signs_checked``: the red-flag question was answered with no before this form. It is asked
    once more for the worrying reasons, and for all when it was not.
    """

    submission_key = SubmissionKeyField()
    reason = forms.ChoiceField(
        label=_("What is this about?"),
        choices=[("", _("Choose one")), *Reason.choices],
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Choose what this is about.")
        ),
    )
    signs = signs_field(
        label=_("Do you have any one of the signs now?"),
        required=False,
        help_text=_(
            "Answer this if your pain is worse or a symptom is new. "
            "<a href='#red-flags'>Read the signs again</a>"
        ),
    )
    message = forms.CharField(
        label=_("Your message"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("A few words are enough."),
        error_messages={
            "required": _("Tell us a little, even one line."),
            "max_length": _("Please use fewer words: %(limit_value)d letters at most."),
        },
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Tell us your name.")},
    )
    answer_by = forms.ChoiceField(
        label=_("How should we answer?"),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Choose how we should answer.")
        ),
    )
    email = forms.EmailField(
        label=_("Your e-mail (not needed if we call)"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Our e-mail says only that an answer waits."),
        error_messages={
            "invalid": _("This is not a whole e-mail address. For example: lee@example.com.")
        },
    )
    phone = PhoneNumberField(
        label=_("Your phone number (not needed if we write)"),
        required=False,
        region="US",
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        help_text=_("For example: 619-555-0123."),
        error_messages={
            "invalid": _("This is not a whole phone number. For example: 619-555-0123.")
        },
    )
    best_time = forms.CharField(
        label=_("Best time to call (not needed)"), required=False, max_length=80
    )
    nothing_here = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    FOR_VISITORS = ("name", "email", "nothing_here")

    def __init__(
        self, *args: Any, patient: Patient | None, signs_checked: bool = True, **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        self.patient, self.signs_checked = patient, signs_checked
        if not self.is_bound:
            self.initial.setdefault("submission_key", str(uuid4()))
        if patient is not None:
            for name in self.FOR_VISITORS:
                del self.fields[name]
            self.initial.setdefault("answer_by", AnswerBy.SITE)
            self.initial.setdefault("phone", patient.phone)
        answer_by = self.fields["answer_by"]
        assert isinstance(answer_by, forms.ChoiceField)
        answer_by.choices = self._ways()
        self.helper = self._helper()

    def _ways(self) -> list[tuple[str, Any]]:
        """A patient reads the answer here, a visitor behind a link; both may ask for a call."""
        written = AnswerBy.SITE if self.patient else AnswerBy.EMAIL
        return [(way.value, way.label) for way in (written, AnswerBy.PHONE)]

    def _helper(self) -> FormHelper:
        """The order of the fields; what only visitors see is left out by crispy for patients."""
        helper = FormHelper()
        helper.form_action = reverse("contact_write")
        helper.form_id = "write"
        helper.attrs = OWN_MESSAGES
        visitor = self.patient is None
        helper.layout = Layout(
            "submission_key",
            "about",
            "reason",
            Field("signs", wrapper_class="pm-again"),
            HTML("{% include 'components/watch.html' only %}"),
            "message",
            *(["name"] if visitor else []),
            "answer_by",
            *(["email"] if visitor else []),
            "phone",
            "best_time",
            *([Div("nothing_here", css_class="pm-honey", aria_hidden="true")] if visitor else []),
            Submit("send", _("Send my message"), css_class="btn-lg pm-block"),
        )
        return helper

    @property
    def is_trap_filled(self) -> bool:
        """Whether something filled in the field that people cannot see."""
        return bool(self.data.get("nothing_here")) and self.patient is None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        worrying = data.get("reason") in Reason.worrying()
        if (worrying or not self.signs_checked) and not data.get("signs"):
            self._ask_for("signs", self.fields["signs"].error_messages["required"])
        if data.get("answer_by") == AnswerBy.PHONE and not data.get("phone"):
            self._ask_for("phone", _("Add your phone number so that we can call you."))
        if data.get("answer_by") == AnswerBy.EMAIL and not data.get("email"):
            self._ask_for("email", _("Add your e-mail so that we can send you the link."))
        return data

    def _ask_for(self, name: str, message: Any) -> None:
        """One message a field: a number that is not whole is told so already."""
        if name not in self.errors:
            self.add_error(name, message)

    def entries(self) -> dict[str, Any]:
        """The columns of the request, for ``send_request``."""
        names = ("reason", "message", "answer_by", "phone", "best_time", "name", "email")
        entries = {name: self.cleaned_data.get(name, "") for name in names}
        entries["about"] = self.about_page
        if entries["answer_by"] == AnswerBy.SITE:  # the number on file was only offered
            entries |= {"phone": "", "best_time": ""}
        return entries

    def typed(self) -> list[tuple[str, str]]:
        """What was typed, to be carried through the stop page. The signs are asked again."""
        return [(name, self.data.get(name, "")) for name in self.fields if name != "signs"]


class AnswerForm(forms.ModelForm):
    """Staff answer one message, or close it. ``replies_seen`` tells whether somebody was faster."""

    text = forms.CharField(
        label=_("Your answer"),
        max_length=Reply._meta.get_field("text").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "class": "vLargeTextField"}),
    )
    replies_seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    class Meta:
        model = ContactRequest
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial["replies_seen"] = self.instance.replies.count()
        self.fields["text"].help_text = self._what_happens()

    def _what_happens(self) -> Any:
        """Who reads the answer where, said before it is written."""
        if self.instance.by_phone:
            return _("They asked for a call. Write down what you told them. No mail goes out.")
        if self.instance.patient_id:
            return _("The patient reads this after log-in. The mail says only that it waits.")
        return _(
            "The visitor reads this through a link that works once. "
            "The mail says only that it waits."
        )

    @property
    def closes(self) -> bool:
        """Whether "Close without an answer" was pressed."""
        return "_close" in self.data

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        if self.closes and text:
            raise ValidationError(
                _("You typed an answer. Send it, or clear it before you close the message.")
            )
        if not self.closes and not text:
            raise ValidationError(_("Write the answer first."))
        return text

    def clean(self) -> dict[str, Any]:
        """Keeps the message locked until the answer is saved: the admin's view is a transaction."""
        data = super().clean() or {}
        try:
            lock_as_seen(self.instance, data.get("replies_seen", 0))
        except AnsweredMeanwhile as error:
            # The page now shows that answer: pressing again sends this one too.
            seen = self.instance.replies.count()
            self.data = {"text": self.data.get("text", ""), "replies_seen": str(seen)}
            raise ValidationError(str(error)) from error
        return data
