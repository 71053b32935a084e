"""What the tests of this room share: somebody who was invited, and the link in their mail."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.mail import EmailMessage

from education.people import actions
from education.people.models import Patient, User

NEW_PASSWORD = "lemon-boat-quiet-42"


def link_in(mail: EmailMessage) -> str:
    """Path of the one link in a mail that lets somebody in."""
    [path] = re.findall(
        r"https?://[^/\s]+(/(?:invitation|accounts/password/reset/key)/\S+)", mail.body
    )
    return path


def type_password(password: str = NEW_PASSWORD, again: str | None = None) -> dict[str, str]:
    """What the form of a new password posts."""
    return {"password1": password, "password2": password if again is None else again}


@pytest.fixture
def newcomer(clinician) -> Patient:
    """Noor, added by Dana with an e-mail, not invited yet."""
    return actions.add_patient(
        patient=Patient(given_name="Noor", family_name="Sampleperson", clinician=clinician),
        email="Noor@Patient.example",
        by=clinician,
    )


@pytest.fixture
def sends(django_capture_on_commit_callbacks) -> Callable[..., Any]:
    """``with sends(): …`` lets queued mail out when the block ends, as the worker would."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def invite(db, sends, mailoutbox) -> Callable[[User], str]:
    """Invite somebody and return the path of the link they got."""

    def send(user: User) -> str:
        with sends():
            actions.invite(user=user, by=None)
        return link_in(mailoutbox[-1])

    return send


@pytest.fixture
def link(newcomer, invite) -> str:
    """Path of Noor's invitation."""
    return invite(newcomer.user)
