"""Load the plan templates that come with the site."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from education.library.loading import PackError
from education.plans.loading import load_templates


class Command(BaseCommand):
    help = (
        "Loads the plan templates that come with the site, for demonstration; load_content comes "
        "first. What staff have edited is skipped and listed; --take takes it all the same."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--take",
            action="append",
            default=[],
            metavar="KEY",
            help="Take this template from the file although staff edited it, such as keep-going.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = load_templates(take=options["take"], by=None)
        except PackError as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        self.stdout.write(
            f"{len(report.created)} created, {len(report.updated)} updated, "
            f"{len(report.unchanged)} unchanged, {len(report.skipped)} skipped."
        )
        for key in report.skipped:
            self.stdout.write(f"Edited here, left as it is: {key}. load_templates --take {key}")
