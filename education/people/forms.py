"""Forms about accounts, in the site's words and without placeholders that vanish on typing."""

from typing import Any

from allauth.account import forms as account_forms
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

PASSWORD_HELP = _("At least 12 characters. Three or four words in a row work well.")


class Plain:
    """Takes away allauth's placeholders and sets the texts of ``wording`` and ``help_texts``.

    What is missing or not whole is asked for in the same words as on the site's other forms.
    """

    messages = {
        "required": _("Please fill this in."),
        "invalid": _("This is not a whole e-mail address. For example: lee@example.com."),
    }

    wording: dict[str, Any] = {}
    help_texts: dict[str, Any] = {}
    attributes: dict[str, dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, forms.Field] = self.fields  # type: ignore[attr-defined]
        for name, field in fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs.update(self.attributes.get(name, {}))
            field.label = self.wording.get(name, field.label)
            field.help_text = self.help_texts.get(name, "")
            field.error_messages["required"] = self.messages["required"]
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = self.messages["invalid"]


class LogInForm(Plain, account_forms.LoginForm):
    """E-mail and password. Answers an unknown address as it answers a wrong password."""

    wording = {"login": _("E-mail")}
    help_texts = {"password": _("Capital and small letters matter.")}
    attributes = {"login": {"autocomplete": "username"}}


class AskForResetForm(Plain, account_forms.ResetPasswordForm):
    wording = {"email": _("E-mail")}


class NewPassword(Plain):
    """Somebody types a new password twice."""

    wording = {
        "oldpassword": _("Password now"),
        "password1": _("New password"),
        "password2": _("New password, once more"),
    }
    help_texts = {"password1": PASSWORD_HELP}


class ResetPasswordForm(NewPassword, account_forms.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(NewPassword, account_forms.ChangePasswordForm):
    pass


class ChoosePasswordForm(NewPassword, account_forms.SetPasswordForm):
    """The first password, behind an invitation."""

    wording = {"password1": _("Password"), "password2": _("Password, once more")}


class ConfirmPasswordForm(Plain, account_forms.ReauthenticateForm):
    wording = {"password": _("Password")}


class CodeForm(Plain, mfa_forms.AuthenticateForm):
    """The second step of a log-in."""

    wording = {"code": _("Code")}
    help_texts = {"code": _("From your app. Or one of your recovery codes.")}


class ConfirmCodeForm(Plain, mfa_forms.ReauthenticateForm):
    wording = CodeForm.wording
    help_texts = CodeForm.help_texts


class AddAppForm(Plain, totp_forms.ActivateTOTPForm):
    wording = {"code": _("Code that the app shows")}
    attributes = {"code": {"inputmode": "numeric"}}


class KeyAnswerField(forms.JSONField):
    """What a browser sends for a key. Anything else is no answer, however deep it is nested."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput)

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except RecursionError:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None


class KeyAnswer(forms.Form):
    """A key's answer that lacks a part is a wrong one: allauth's own forms would break on it."""

    credential = KeyAnswerField()

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except (AttributeError, LookupError, TypeError, ValueError):
            raise get_adapter().validation_error("incorrect_code") from None


class LogInWithKeyForm(KeyAnswer, webauthn_forms.LoginWebAuthnForm):
    pass


class KeyForm(KeyAnswer, webauthn_forms.AuthenticateWebAuthnForm):
    """The second step of a log-in, with a key."""


class ConfirmKeyForm(KeyAnswer, webauthn_forms.ReauthenticateWebAuthnForm):
    pass


class AddKeyForm(Plain, webauthn_forms.AddWebAuthnForm):
    wording = {"name": _("Name of the key"), "passwordless": _("Log in with this key alone")}
    help_texts = {
        "name": _("Such as “My phone”. You tell your keys apart by it."),
        "passwordless": _("The key must then ask for your finger, face or PIN."),
    }


class RenameKeyForm(Plain, webauthn_forms.EditWebAuthnForm):
    wording = {"name": _("Name of the key")}


class LanguageForm(forms.Form):
    """The language of the site and of the clinic's mails."""

    language = forms.ChoiceField(
        label=_("Read the site and our e-mails in"),
        choices=[
            (code, get_language_info(code)["name_local"].capitalize())
            for code, _name in settings.LANGUAGES
        ],
        widget=forms.RadioSelect,
        help_text=_("The Spanish texts are on their way. Until then most words are in English."),
    )
