"""``manage.py resume_plans``: plans on hold until a day go on. Run it once a day."""

from typing import Any

from django.core.management.base import BaseCommand

from education.plans.actions import resume_plans_due


class Command(BaseCommand):
    """Lets the status follow what patients read already, and queues their mail. Safe to repeat."""

    help = "Resume the plans whose hold has ended, and tell their patients."

    def handle(self, *_args: Any, **options: Any) -> None:
        number = resume_plans_due()
        if options["verbosity"]:
            self.stdout.write(f"{number} {'plan goes' if number == 1 else 'plans go'} on.")
