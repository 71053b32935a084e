"""The list of long passwords that nobody may choose."""

import gzip

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from education.people.common_passwords import common_passwords


def test_the_file_is_what_the_command_writes(settings):
    with gzip.open(settings.PEOPLE_DIR / "common_passwords.txt.gz", "rt") as file:
        assert file.read().split("\n")[:-1] == common_passwords()


def test_it_holds_at_least_3000_that_are_long_enough():
    passwords = common_passwords()
    assert len(passwords) >= 3000
    assert min(map(len, passwords)) == 12
    assert all(password == password.lower() for password in passwords)


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "PassWord2026!",
        "qwertyuiop123",
        "123456789012",
        "iloveyou1234",
        "aaaaaaaaaaaa",
        "painmanagement",
        "InjuryRelief1",
        "sciatica2026",
        "physicaltherapy",
        "move-gently-2026",
    ],
)
def test_refuses_what_is_guessed_first(password):
    with pytest.raises(ValidationError, match="too common"):
        validate_password(password)


@pytest.mark.parametrize(
    "password", ["lemon boat quiet", "correct-horse-battery", "Xk2!fUq90-pW", "a" * 100 + "b" * 28]
)
def test_takes_long_ones_of_any_kind(password):
    validate_password(password)


def test_eleven_characters_are_too_few():
    with pytest.raises(ValidationError, match="at least 12"):
        validate_password("Xk2!fUq90-p")
