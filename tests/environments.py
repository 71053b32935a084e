"""Environments for what can only be tested from outside the process: settings are read once."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

PRODUCTION = {
    "CLINIC_SECRET_KEY": "tests-only-a7d1c0f4e9b25836-not-the-development-key-0f1e2d3c4b5a",
    "CLINIC_SITE_URL": "https://plans.example.org",
    "CLINIC_ALLOWED_HOSTS": "plans.example.org,localhost",
    "CLINIC_FROM_EMAIL": "plans@example.org",
    "CLINIC_EMAIL_URL": "smtp+tls://user:password@mail.example.org:587",
}
DEVELOPMENT = {"CLINIC_DEVELOPMENT": "1"}
OURS = ("CLINIC_", "DJANGO_", "TEST_", "PORT")  # of the caller: they must not reach the process


def _environment(kind: dict[str, str], changes: dict[str, str | None]) -> dict[str, str]:
    """The caller's environment with none of its own switches, of this kind, with the changes."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    wanted = inherited | {"DJANGO_SETTINGS_MODULE": "clinic.settings"} | kind | changes
    return {name: value for name, value in wanted.items() if value is not None}


def production(**changes: str | None) -> dict[str, str]:
    """A whole environment of a production site; None takes a variable away."""
    return _environment(PRODUCTION, changes)


def development(**changes: str | None) -> dict[str, str]:
    """A whole environment of a development site; None takes a variable away."""
    return _environment(DEVELOPMENT, changes)


def python(
    *arguments: str, env: dict[str, str], timeout: float = 120
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
