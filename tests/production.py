"""The environment of a production site, for what can only be tested from outside the process."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

ENVIRONMENT = {
    "CLINIC_SECRET_KEY": "tests-only-a7d1c0f4e9b25836-not-the-development-key-0f1e2d3c4b5a",
    "CLINIC_SITE_URL": "https://plans.example.org",
    "CLINIC_ALLOWED_HOSTS": "plans.example.org,localhost",
    "CLINIC_FROM_EMAIL": "plans@example.org",
    "CLINIC_EMAIL_URL": "smtp+tls://user:password@mail.example.org:587",
}


def environment(**changes: str | None) -> dict[str, str]:
    """The whole environment of a process; None takes a variable away.

    Nothing of the tests' own switches reaches it.
    """
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("CLINIC")}
    inherited.update(ENVIRONMENT, DJANGO_SETTINGS_MODULE="clinic.settings")
    inherited.update({name: value for name, value in changes.items() if value is not None})
    return {name: value for name, value in inherited.items() if changes.get(name, "") is not None}


def python(
    *arguments: str, env: dict[str, str], timeout: float = 60
) -> subprocess.CompletedProcess[str]:
    """Run Python with ``arguments`` at the root of the project; never raises on its exit code."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=env,
        timeout=timeout,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
