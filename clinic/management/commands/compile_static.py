"""``manage.py compile_static``: collect, compress and name the static files, if any has changed."""

import hashlib
from importlib.metadata import version
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.checks import Tags
from django.core.management import call_command
from django.core.management.base import BaseCommand


def digest_of_sources() -> str:
    """Changes whenever a static file of any app, the way they are stored, or a package does."""
    digest = hashlib.sha256()
    digest.update(repr((settings.STORAGES, settings.STATIC_URL)).encode())
    digest.update(repr((django.VERSION, version("whitenoise"))).encode())
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            found = Path(storage.path(name)).stat()
            digest.update(f"{name} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


class Command(BaseCommand):
    """collectstatic with a memory. A failure is never hidden: it ends the command."""

    requires_system_checks = [Tags.staticfiles]
    help = "Compile the static files when one of them has changed since the last time."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Compile, and remember what was compiled only once that went well."""
        root = Path(settings.STATIC_ROOT)
        stamp = root.with_name(f"{root.name}.sha256")
        wanted = digest_of_sources()
        if root.is_dir() and stamp.exists() and stamp.read_text() == wanted:
            return
        self.stdout.write("Compiling the static files")
        stamp.unlink(missing_ok=True)
        root.mkdir(parents=True, exist_ok=True)
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(wanted)
