"""Every check and every test of the project, one after the other (``make test``).

All steps run even when one fails, so that one run tells everything; the last lines say what each
took and how it ended. ``.venv/bin/python .ci/test.py types sqlite`` runs only the steps named.
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests import environments  # noqa: E402
from tests.chromium import find_chromium  # noqa: E402

BIN = Path(sys.executable).parent
PYTHON = sys.executable
POSTGRES = {"TEST_DATABASE": "postgres"}

# name -> (what is said, command, environment)
STEPS: dict[str, tuple[str, list[str], dict[str, str]]] = {
    "lint": ("lint (ruff)", [f"{BIN}/ruff", "check", "."], {}),
    "format": ("format (ruff)", [f"{BIN}/ruff", "format", "--check", "."], {}),
    "types": ("types (mypy)", [f"{BIN}/mypy"], environments.DEVELOPMENT),
    "templates": (
        "template lint (djlint)",
        [f"{BIN}/djlint", "--lint", "--quiet", "templates"],
        {},
    ),
    "imports": (
        "order of the rooms (import-linter)",
        [f"{BIN}/lint-imports", "--no-logo"],
        environments.DEVELOPMENT,
    ),
    "migrations": (
        "no migration is missing",
        [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
        environments.DEVELOPMENT,
    ),
    "deploy": (
        "safe to deploy (check --deploy)",
        [PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        environments.PRODUCTION,
    ),
    "sqlite": ("every test, on SQLite", [PYTHON, "-m", "pytest", "-q"], {}),
    "postgres": (
        "every test without a browser, on PostgreSQL (pages do not depend on the database)",
        [PYTHON, "-m", "pytest", "-q", "-m", "not browser"],
        POSTGRES,
    ),
}


def say(line: str) -> None:
    print(line, flush=True)


def ensure_chromium() -> None:
    """Find Chromium, or install it where the platform has a way; else say what to do and end."""
    if find_chromium():
        return
    apt = shutil.which("apt-get")
    if apt and os.geteuid() == 0:
        say("Installing chromium with apt-get")
        quiet = {"stdout": subprocess.DEVNULL, "stdin": subprocess.DEVNULL}
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run([apt, "-q", "update"], env=environment, **quiet)
        install = [apt, "-q", "-y", "--no-install-recommends", "install", "chromium"]
        subprocess.run(install, env=environment, **quiet)
    if not find_chromium():
        how = "sudo apt-get install chromium" if apt else "install Chromium or Google Chrome"
        sys.exit(f"The browser tests need Chromium on the PATH: {how}, or set CHROMIUM to its path")


def run(name: str) -> tuple[bool, float]:
    """Run one step and tell whether it went well and how many seconds it took."""
    title, command, extra = STEPS[name]
    say(f"\n== {name}: {title}")
    # Settings of whoever runs this must not decide how the tests end.
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("CLINIC_", "TEST_"))}
    started = time.monotonic()
    result = subprocess.run(command, cwd=ROOT, env=inherited | extra, stdin=subprocess.DEVNULL)
    return result.returncode == 0, time.monotonic() - started


def main() -> None:
    names = sys.argv[1:] or list(STEPS)
    if unknown := set(names) - set(STEPS):
        sys.exit(f"No step {', '.join(sorted(unknown))}. The steps are: {', '.join(STEPS)}")
    if "sqlite" in names:
        ensure_chromium()
    results = {name: run(name) for name in names}
    say("")
    for name, (well, seconds) in results.items():
        say(f"{'ok    ' if well else 'FAILED'} {seconds:6.1f} s  {STEPS[name][0]}")
    if failed := [name for name, (well, _seconds) in results.items() if not well]:
        sys.exit(f"Failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
