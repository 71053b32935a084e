"""Servers of the site in processes of their own, as they run outside the tests."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests import environments
from tests.environments import ROOT

PATIENCE = 60  # seconds a server gets to start


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(*arguments: str, env: dict[str, str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run Python with ``arguments``: a server that is ready once it takes connections on ``port``.

    Raises RuntimeError when it ends before, or is not ready in time.
    """
    process = subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, env=env, stdin=subprocess.DEVNULL
    )
    try:
        _wait_for(process, port)
        yield process
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"The server ended with {process.returncode} before it was ready.")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("The server did not start in time.")


@dataclass(frozen=True)
class Site:
    """A site that is being served: its address, and the environment of its commands."""

    address: str
    env: dict[str, str]

    def command(self, *arguments: str) -> str:
        """Run Python in this site's environment and return what it said.

        Raises RuntimeError, with the command's own words, when it fails.
        """
        result = environments.python(*arguments, env=self.env)
        if result.returncode:
            raise RuntimeError(result.stderr or result.stdout)
        return result.stdout


@contextmanager
def demo_clinic(folder: Path) -> Iterator[Site]:
    """The demo clinic as ``make run`` serves it, with its data in ``folder``."""
    port = free_port()
    env = environments.development(CLINIC_VAR_DIR=str(folder), PORT=str(port))
    with running("manage.py", "serve", env=env, port=port):
        yield Site(f"http://localhost:{port}", env)
