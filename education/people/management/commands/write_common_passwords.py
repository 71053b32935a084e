import gzip
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand

from education.people.common_passwords import common_passwords


class Command(BaseCommand):
    help = "Writes the list of long passwords that nobody may choose (docs/security.md)."

    def handle(self, *args: Any, **options: Any) -> None:
        passwords = common_passwords()
        text = "\n".join(passwords) + "\n"
        # No time stamp inside: the same words give the same file.
        packed = gzip.compress(text.encode(), compresslevel=9, mtime=0)
        (settings.PEOPLE_DIR / "common_passwords.txt.gz").write_bytes(packed)
        self.stdout.write(f"{len(passwords)} passwords, {len(packed) // 1024} KiB")
