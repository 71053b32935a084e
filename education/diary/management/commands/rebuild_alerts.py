"""``manage.py rebuild_alerts``: every alert from the diaries anew."""

from typing import Any

from django.core.management.base import BaseCommand

from education.diary.alerts import rebuild_alerts
from education.people.models import Clinic


class Command(BaseCommand):
    """Raises what is missing and closes what has no cause. What staff have seen stays seen."""

    help = "Work out all alerts from the diaries. Safe to repeat, and while patients write."

    def handle(self, *_args: Any, **options: Any) -> None:
        number = sum(rebuild_alerts(Clinic.objects.current().today()))
        if options["verbosity"]:
            self.stdout.write(f"{number} {'alert was' if number == 1 else 'alerts were'} changed.")
