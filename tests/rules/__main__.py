"""``python -m tests.rules [rule ...]``: take the code of each rule out and see its test fail.

Works in a copy of the project in the temporary folder; the project itself is not touched. First
every named test must pass, then each must fail with its rule's code gone.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from .mutations import MUTATIONS, ROOT, RULES, Mutation

LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "node_modules", "var", "*_cache", "__pycache__", "docs"
)
PASSED, FAILED = 0, 1  # what pytest ends with; anything else is a mistake in the table


def say(line: str) -> None:
    print(line, flush=True)


def run(copy: Path, tests: Iterable[str], database: str, *, migrates: bool = False) -> int:
    """Run tests in the copy; the code that pytest ends with.

    Tables come from the models, which is three times as fast, unless ``migrates``.
    """
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("CLINIC_", "TEST_"))}
    environment |= {"PYTHONDONTWRITEBYTECODE": "1"}
    if database != "sqlite":
        environment["TEST_DATABASE"] = database
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider"]
    command += [] if migrates else ["--no-migrations"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.run([*command, *tests], cwd=copy, env=environment, **quiet).returncode


def is_noticed(copy: Path, mutation: Mutation) -> bool:
    """Whether the mutation's test fails without the rule's code. The copy is mended again."""
    file = copy / mutation.file
    text = file.read_text()
    if text.count(mutation.old) != 1:
        say(f"       the code is no longer there once: {mutation.file}")
        return False
    file.write_text(text.replace(mutation.old, mutation.new))
    try:
        migrates = "/migrations/" in mutation.file
        ended = run(copy, [mutation.test], mutation.database, migrates=migrates)
    finally:
        file.write_text(text)
    if ended not in (PASSED, FAILED):
        say(f"       pytest ended with {ended}")
    return ended == FAILED


def all_pass(copy: Path, mutations: list[Mutation]) -> bool:
    """Whether the named tests pass while nothing is taken out, on the databases they name."""
    for database in sorted({mutation.database for mutation in mutations}):
        tests = sorted({m.test for m in mutations if m.database == database})
        if run(copy, tests, database) != PASSED:
            say(f"The tests do not pass as they are, on {database}: run them first.")
            return False
    return True


def main() -> None:
    wanted = {int(number) for number in sys.argv[1:]} or set(RULES)
    mutations = [mutation for mutation in MUTATIONS if mutation.rule in wanted]
    survived = []
    with tempfile.TemporaryDirectory(prefix="clinic-rules-") as folder:
        copy = Path(folder) / "project"
        shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
        if not all_pass(copy, mutations):
            sys.exit(1)
        for mutation in mutations:
            started = time.monotonic()
            noticed = is_noticed(copy, mutation)
            seconds = time.monotonic() - started
            mark = "noticed" if noticed else "MISSED "
            say(f"{mark} {seconds:5.1f} s  rule {mutation.name}  ({mutation.test})")
            survived += [] if noticed else [mutation]
    if survived:
        sys.exit(f"{len(survived)} of {len(mutations)} went unnoticed")
    say(f"All {len(mutations)} were noticed.")


if __name__ == "__main__":
    main()
