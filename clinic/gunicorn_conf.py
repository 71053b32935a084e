"""How the web server runs, for the demo and in production alike (docs/operations.md).

Threads in few processes: this worker class keeps connections open between requests, each thread
keeps one database connection, and a slow reader does not hold up the next one. Two processes use
two cores, and one carries on while the other restarts.
"""

import os
import sys
import threading

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings")
try:
    settings.configured or settings.DEBUG  # noqa: B018 - reads the settings
except ImproperlyConfigured as problem:
    sys.exit(f"The site cannot start. {problem}")

wsgi_app = "clinic.wsgi:application"
bind = os.environ.get("CLINIC_BIND", "127.0.0.1:8000").split(",")
worker_class = "gthread"
workers = int(os.environ.get("CLINIC_WORKERS", "2"))
threads = 4
preload_app = True  # Django is loaded once, before the processes part
keepalive = 15  # seconds an idle connection is kept for the next request
timeout = 30  # seconds until a stuck process is replaced
graceful_timeout = 10  # seconds a request may still take when the server stops
control_socket_disable = True
# No access log: an invitation's address is a secret, and who read what is personal.
accesslog = None


def when_ready(_server: object) -> None:
    """Before the processes part: load what draws PDFs, and say in a line when it cannot be."""
    if "education.portal" not in settings.INSTALLED_APPS:
        return  # the yardstick of `make bench` draws nothing
    from education.portal.paper.pdf import what_is_missing  # needs the apps, which are loaded now

    what_is_missing()


def post_worker_init(_worker: object) -> None:
    """Beside the first requests: a first PDF costs this process a second more than the next."""
    if "education.portal" not in settings.INSTALLED_APPS:
        return
    from education.portal.paper.pdf import warm_up

    threading.Thread(target=warm_up, name="warm-up of paper", daemon=True).start()
