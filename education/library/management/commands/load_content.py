"""Load the content pack into the library."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from education.library.actions import load_pack
from education.library.loading import PACK_FOLDER, PackError, PackReport
from education.library.loading.differences import in_short


class Command(BaseCommand):
    help = (
        "Loads the content pack: exercises, articles and red flags. What staff have edited is "
        "skipped and listed; --take takes it from the pack all the same."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--take",
            action="append",
            default=[],
            metavar="KIND:KEY",
            help="Take this object from the pack although staff edited it, "
            "such as exercise:hip-hinge. May be given more than once.",
        )
        parser.add_argument(
            "--folder", type=Path, default=PACK_FOLDER, help="A pack other than the one built in."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = load_pack(folder=options["folder"], take=options["take"], by=None)
        except PackError as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        self.write(report)

    def write(self, report: PackReport) -> None:
        """Print the counts, then every skipped object with its lines, here and in the pack."""
        self.stdout.write(
            f"{len(report.created)} created, {len(report.updated)} updated, "
            f"{len(report.unchanged)} unchanged, {len(report.skipped)} skipped."
        )
        for skipped in report.skipped:
            for line, found in zip(skipped.lines, skipped.differences, strict=True):
                self.stdout.write(
                    f"Edited here, left as it is: {line}\n"
                    f"    here: {in_short(found.here)}\n"
                    f"    pack: {in_short(found.pack)}"
                )
            self.stdout.write(f"    To take the pack's: load_content --take {skipped.name}")
        for name in report.to_review_again:
            self.stdout.write(f"Changed since its review, review it again: {name}")
