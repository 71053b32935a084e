"""Settings of the test suite: the site's own, with nothing that waits, sends or compiles.

``TEST_DATABASE=postgres`` runs the same tests on PostgreSQL (see tests/postgres.py).
"""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("CLINIC_DEVELOPMENT", "1")

from clinic.settings import *  # noqa: E402, F403
from clinic.settings import CACHES, DATABASES, STORAGES  # noqa: E402

if os.environ.get("TEST_DATABASE") == "postgres":
    from tests.postgres import database

    DATABASES["default"] = database()
else:
    # A file, as in production: in memory the threads of a live server would share one connection.
    DATABASES["default"]["TEST"] = {
        "NAME": Path(tempfile.gettempdir()) / f"clinic-tests-{os.getpid()}.sqlite3"
    }

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES["default"] |= {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    **STORAGES,
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
