"""Draw the exercise pictures from the pose tables into the static files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from education.library.figures.files import stale_figures, write_figures


class Command(BaseCommand):
    help = "Draws the exercise pictures into static/figures and their sizes into sizes.json."
    requires_system_checks = ()  # it must work while a picture is still missing

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="Write nothing; fail and name the files that are not up to date.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.BASE_DIR) / "static"
        if not options["check"]:
            self.stdout.write(f"{write_figures(folder)} files changed.")
            return
        stale = stale_figures(folder)
        if stale:
            names = "\n".join(f"  {path.name}" for path in stale)
            raise CommandError(f"Not up to date, run draw_figures:\n{names}")
        self.stdout.write("All pictures are up to date.")
