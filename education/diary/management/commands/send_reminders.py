"""``manage.py send_reminders``: queue the reminders that are due. Run it every ten minutes."""

from typing import Any

from django.core.management.base import BaseCommand

from education.diary.actions.reminders import clinic_now, forget_old_reminders, queue_reminders


class Command(BaseCommand):
    """Each mail goes once a day and time, however often this runs."""

    help = "Queue the reminders that are due now."

    def handle(self, *_args: Any, **options: Any) -> None:
        now = clinic_now()
        number = queue_reminders(now)
        forget_old_reminders(now)
        if options["verbosity"]:
            self.stdout.write(f"{number} {'reminder' if number == 1 else 'reminders'} queued.")
