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


# What WeasyPrint loads (education/portal/paper/pdf.py): library -> its Debian package.
PDF_LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}


def install(package: str) -> None:
    """Install a package of the system where the platform has a way; quietly nothing elsewhere."""
    apt = shutil.which("apt-get")
    if not apt or os.geteuid() != 0:
        return
    say(f"Installing {package} with apt-get")
    quiet = {"stdout": subprocess.DEVNULL, "stdin": subprocess.DEVNULL}
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([apt, "-q", "update"], env=environment, **quiet)
    command = [apt, "-q", "-y", "--no-install-recommends", "install", package]
    subprocess.run(command, env=environment, **quiet)


def how_to_install(package: str, elsewhere: str) -> str:
    return f"sudo apt-get install {package}" if shutil.which("apt-get") else elsewhere


def ensure_chromium() -> None:
    """Find Chromium, or install it where the platform has a way; else say what to do and end."""
    if not find_chromium():
        install("chromium")
    if not find_chromium():
        how = how_to_install("chromium", "install Chromium or Google Chrome")
        sys.exit(f"The browser tests need Chromium on the PATH: {how}, or set CHROMIUM to its path")


def loads(library: str) -> bool:
    """Whether a process of its own can load the library: one that is new is found too."""
    load = f"import ctypes; ctypes.CDLL({library!r})"
    return subprocess.run([PYTHON, "-c", load], capture_output=True).returncode == 0


def ensure_pdf_libraries() -> None:
    """The same for the libraries that draw PDFs; on macOS WeasyPrint knows their names."""
    if sys.platform != "linux":
        return
    for library, package in PDF_LIBRARIES.items():
        if not loads(library):
            install(package)
        if not loads(library):
            how = how_to_install(package, f"install the package that holds {library}")
            sys.exit(f"The tests of the hand-out need {library}: {how}")


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
    if {"sqlite", "postgres", "deploy"} & set(names):
        ensure_pdf_libraries()
    results = {name: run(name) for name in names}
    say("")
    for name, (well, seconds) in results.items():
        say(f"{'ok    ' if well else 'FAILED'} {seconds:6.1f} s  {STEPS[name][0]}")
    if failed := [name for name, (well, _seconds) in results.items() if not well]:
        sys.exit(f"Failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
