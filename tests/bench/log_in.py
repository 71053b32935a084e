"""Logs a person in without a browser and prints the session's cookie and the pages to measure.

Usage: ``python -m tests.bench.log_in EMAIL`` under the settings of the site or of the yardstick.
"""

import json
import sys

import django


def main(email: str) -> None:
    django.setup()
    from django.conf import settings
    from django.contrib.auth import (
        BACKEND_SESSION_KEY,
        HASH_SESSION_KEY,
        SESSION_KEY,
        get_user_model,
    )
    from django.contrib.sessions.backends.db import SessionStore

    users = get_user_model()
    user = users.objects.get(**{users.USERNAME_FIELD: email})
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    print(
        json.dumps(
            {
                "cookie": f"{settings.SESSION_COOKIE_NAME}={session.session_key}",
                "article": _article(),
            }
        )
    )


def _article() -> str:
    """Path of the site's first article; the yardstick has none."""
    from django.apps import apps
    from django.urls import reverse

    if not apps.is_installed("education.library"):
        return ""
    article = apps.get_model("library", "Article").objects.published().earliest("pk")
    return reverse("article", args=[article.key])


if __name__ == "__main__":
    main(sys.argv[1])
