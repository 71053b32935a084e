"""Bring the exercises of a published collection into the library, as drafts."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from education.library.actions import import_exercises
from education.library.importing import FORMATS, FileContent, ImportRefused, ImportReport


class Command(BaseCommand):
    help = (
        "Imports the exercises of a collection as drafts: no patient sees them, and what they ask "
        "of a body is not answered. Run it again for a newer file: there are no duplicates, and "
        "what staff have edited stays as it is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="The file of the collection.")
        parser.add_argument(
            "--format", required=True, choices=sorted(FORMATS), help="How the file is written."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            content = FORMATS[options["format"]](options["file"])
        except ImportRefused as error:
            raise CommandError(f"Nothing was imported. {error}") from error
        self.write(content, import_exercises(content=content, by=None))

    def write(self, content: FileContent, report: ImportReport) -> None:
        """Print the counts, what staff have edited, and what had no place in our words."""
        self.stdout.write(
            f"{len(report.created)} created, {len(report.updated)} updated, "
            f"{len(report.unchanged)} unchanged, {len(report.edited)} left as staff edited them."
        )
        for entry in report.edited:
            self.stdout.write(f"Edited here, left as it is: {entry}")
        if report.not_mapped:
            self.stdout.write("No place in our words, with the number of exercises:")
        for line, count in sorted(report.not_mapped.items(), key=lambda item: (-item[1], item[0])):
            self.stdout.write(f"  {line} ({count})")
        if content.left_out:
            self.stdout.write(f"Fields the library does not keep: {', '.join(content.left_out)}")
