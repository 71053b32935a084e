"""``manage.py load_demo``: the content pack, and invented people with plans and diaries."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from education.diary.demo import add_demo_diaries
from education.library.actions import load_pack
from education.people.demo import add_demo_people
from education.people.models import User
from education.plans.demo import add_demo_plans
from education.plans.loading import load_templates


class Command(BaseCommand):
    """Fills an empty clinic, all or nothing. Never runs on a production site."""

    help = "Fill an empty development site with the demo clinic."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Load everything, or say why not."""
        if not settings.DEVELOPMENT:
            raise CommandError(
                "The demo clinic has a password that everybody knows: it is for development only."
            )
        if User.objects.exists():
            self.stdout.write("This clinic has people already. Everything stays as it is.")
            return
        self.stdout.write("Making the demo clinic")
        with transaction.atomic():
            load_pack(by=None)
            load_templates(by=None)
            add_demo_people()
            add_demo_plans()
            add_demo_diaries()
