"""Remove photos that no step and no section shows."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from education.library.actions import remove_unused_photos

KEPT_FOR = timedelta(days=1)  # an editor may still be at the form that a photo was uploaded in


class Command(BaseCommand):
    help = (
        "Removes photos that no step and no section shows, with their files, once they are a day "
        "old. Caches forget a photo within a day."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--now",
            action="store_true",
            help="Those of today too: for a person who has taken back their consent.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        before = timezone.now() - (timedelta() if options["now"] else KEPT_FOR)
        removed = remove_unused_photos(uploaded_before=before, by=None)
        self.stdout.write(f"Photos removed: {removed}.")
