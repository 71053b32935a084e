"""Settings of the test suite: the site's own, with nothing that waits, sends or compiles.

``TEST_DATABASE=postgres`` runs the same tests on PostgreSQL (see tests/postgres.py).
"""

import os

os.environ.setdefault("CLINIC_DEVELOPMENT", "1")

from clinic.settings import *  # noqa: E402, F403
from clinic.settings import STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
