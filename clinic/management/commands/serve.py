"""``manage.py serve``: the demo clinic on this machine, as ``make run`` and ``make dev`` start it.

A production site runs the same two programs under the system's own supervisor
(docs/operations.md).
"""

import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from clinic.processes import answers, loopback_addresses, run_together
from education.people import demo
from education.people.models import User


class Command(BaseCommand):
    """Prepares database and static files, then runs web server and mail worker together."""

    help = "Run the demo clinic: web server and mail worker together (development only)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reload", action="store_true", help="restart when a file changes")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run until Ctrl-C, or until one of the programs ends."""
        if not settings.DEVELOPMENT:
            raise CommandError(
                "serve is for development. docs/operations.md says how a production site runs."
            )
        port = self._port()
        addresses = self._addresses(port)
        self._prepare()
        connection.close()
        ended = run_together(
            {
                "web server": web_server(addresses, reload=options["reload"]),
                "mail worker": mail_worker(reload=options["reload"]),
            },
            env={**os.environ, "PORT": str(port), "PYTHONUNBUFFERED": "1"},
            ready=lambda: answers(port),
            when_ready=self._welcome,
        )
        if ended:
            raise CommandError(f"The {ended} ended, so everything was stopped.")

    def _port(self) -> int:
        given = os.environ.get("PORT", "8000")
        if not given.isdecimal() or not 0 < int(given) < 65536:
            raise CommandError(f"PORT must be a number from 1 to 65535, not {given}.")
        return int(given)

    def _addresses(self, port: int) -> list[str]:
        """Where to listen, as gunicorn writes it."""
        try:
            found = loopback_addresses(port)
        except PermissionError as error:
            raise CommandError(f"Port {port} is not free to use: {error.strerror}.") from None
        except OSError:
            raise CommandError(
                f"Port {port} is in use by another program. "
                f"Choose another one: PORT={port % 65535 + 1} make run"
            ) from None
        return [f"[{host}]:{port}" if ":" in host else f"{host}:{port}" for host, port in found]

    def _prepare(self) -> None:
        """Tables, cache, static files and, in an empty database, the demo clinic."""
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        if not settings.DEBUG:  # with DEBUG they are served from where they lie
            call_command("compile_static", stdout=self.stdout)
        if not User.objects.exists():
            call_command("load_demo", stdout=self.stdout)
        call_command("resume_plans", verbosity=0)  # a production site does it every day

    def _welcome(self) -> None:
        """Where the site is and who can log in."""
        lines = ["", f"The clinic is open: {settings.SITE_URL}", *demo_log_ins(), ""]
        lines += [f"Mail is shown here and kept in {settings.EMAIL_FILE_PATH}", "Ctrl-C stops."]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()


def demo_log_ins() -> list[str]:
    """Lines about the demo people of this database; none when they are not there."""
    staff = {person.email: f"staff, {person.group}" for person in demo.STAFF}
    patients = {person.email: "patient" for person in demo.PATIENTS}
    everybody = staff | patients
    known = set(User.objects.filter(email__in=everybody).values_list("email", flat=True))
    connection.close()
    lines = [f"  {email:<32}{who}" for email, who in everybody.items() if email in known]
    return ["", f"Demo log-ins, all with the password {demo.PASSWORD}", *lines] if lines else []


def web_server(addresses: list[str], *, reload: bool) -> list[str]:
    """gunicorn; or Django's own server, which starts again when a file changes."""
    if reload:
        return [sys.executable, "manage.py", "runserver", addresses[0]]
    os.environ["CLINIC_BIND"] = ",".join(addresses)
    server = [sys.executable, "-m", "gunicorn", "--config", "python:clinic.gunicorn_conf"]
    return [*server, "--log-level", "warning"]


def mail_worker(*, reload: bool) -> list[str]:
    """The program that sends queued mail."""
    worker = [sys.executable, "manage.py", "db_worker", "--no-startup-delay"]
    return [*worker, "--reload" if reload else "--no-reload"]
