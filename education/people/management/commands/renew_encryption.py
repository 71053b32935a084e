"""``manage.py renew_encryption``: the last step of changing the site's secret key."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand
from django.db import transaction

ENCRYPTED = ("secret", "seed")  # of an app, of recovery codes; a key of hardware has neither


class Command(BaseCommand):
    """Until it has run, the old key must stay in CLINIC_SECRET_KEY_FALLBACKS."""

    help = "Encrypt the secrets of all second factors with today's CLINIC_SECRET_KEY."

    @transaction.atomic
    def handle(self, *_args: Any, **_options: Any) -> None:
        """Read each secret with whichever key fits and write it with the present one.

        Raises cryptography's InvalidToken, and changes nothing, when no key fits one of them.
        """
        adapter = get_adapter()
        count = 0
        for authenticator in Authenticator.objects.select_for_update():
            names = [name for name in ENCRYPTED if name in authenticator.data]
            for name in names:
                plain = adapter.decrypt(authenticator.data[name])
                authenticator.data[name] = adapter.encrypt(plain)
            if names:
                authenticator.save(update_fields=["data"])
                count += 1
        self.stdout.write(f"{count} second factors are encrypted with the present key.")
