"""Changing the secret key of the site must not lock the staff out."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from cryptography.fernet import InvalidToken
from django.core.management import call_command

OLD = "the-old-key-of-the-site-0123456789-0123456789-0123456789"
NEW = "the-new-key-of-the-site-9876543210-9876543210-9876543210"
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def protected(clinician, settings):
    """Dana has an app and recovery codes, made under the old key."""
    settings.SECRET_KEY = OLD
    TOTP.activate(clinician, SECRET)
    RecoveryCodes.activate(clinician)
    return clinician


def app_code() -> str:
    return format_hotp_value(hotp_value(SECRET, next(yield_hotp_counters_from_time())))


def app_of(user) -> TOTP:
    return Authenticator.objects.get(user=user, type="totp").wrap()


def test_after_renewal_the_old_key_is_not_needed_any_more(protected, settings, capsys):
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]
    call_command("renew_encryption")
    settings.SECRET_KEY_FALLBACKS = []

    assert "2 second factors" in capsys.readouterr().out
    assert app_of(protected).validate_code(app_code())
    assert Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes() == codes


def test_without_renewal_the_old_key_is_needed(protected, settings):
    settings.SECRET_KEY = NEW
    with pytest.raises(InvalidToken):
        app_of(protected).validate_code(app_code())


def test_a_secret_that_no_key_opens_changes_nothing(protected, settings):
    before = list(Authenticator.objects.order_by("pk").values_list("data", flat=True))
    settings.SECRET_KEY = NEW
    with pytest.raises(InvalidToken):
        call_command("renew_encryption")
    assert list(Authenticator.objects.order_by("pk").values_list("data", flat=True)) == before
