"""``make run``: one command prepares the demo clinic and keeps its two programs together."""

import re
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests import environments
from tests.environments import ROOT, python


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def development(folder: Path, port: int) -> dict[str, str]:
    return environments.development(CLINIC_VAR_DIR=str(folder), PORT=str(port))


def start(env: dict[str, str]) -> tuple[subprocess.Popen, list[str]]:
    """Start ``serve`` and read what it says until the site is open."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve"],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said = []
    for line in process.stdout:
        said.append(line.rstrip())
        if line.startswith("Ctrl-C"):
            break
    return process, said


def stop(process: subprocess.Popen, number: signal.Signals = signal.SIGTERM) -> int:
    """Send the signal and return how the process ended."""
    process.send_signal(number)
    with process.stdout:
        return process.wait(timeout=20)


@pytest.fixture(scope="module")
def clinic(tmp_path_factory) -> Iterator[tuple[subprocess.Popen, dict[str, str], list[str]]]:
    """A clinic that is being served: the process, its environment and what it has said so far."""
    env = development(tmp_path_factory.mktemp("serve"), free_port())
    process, said = start(env)
    yield process, env, said
    if process.poll() is None:
        stop(process)


def test_it_makes_the_demo_clinic_and_says_where_it_is_and_who_can_log_in(clinic):
    _process, env, said = clinic
    assert f"The clinic is open: http://localhost:{env['PORT']}" in said
    assert "Demo log-ins, all with the password move-gently-2026" in said
    assert [line.split()[0] for line in said if line.startswith("  ") and "@" in line] == [
        "admin@clinic.example",
        "clinician@clinic.example",
        "frontdesk@clinic.example",
        "editor@clinic.example",
        "patient-left@clinic.example",
        "patient-right@clinic.example",
        "patient-new@clinic.example",
    ]


def test_pages_and_compiled_style_sheets_are_served(clinic):
    _process, env, _said = clinic
    address = f"http://localhost:{env['PORT']}"
    page = urlopen(f"{address}/accounts/login/", timeout=10).read().decode()
    sheet = re.search(r'href="(/static/css/clinic\.[0-9a-f]{12}\.css)"', page)
    assert sheet, "a name that changes with the content"
    answer = urlopen(address + sheet[1], timeout=10)
    assert "immutable" in answer.headers["Cache-Control"]


def test_a_port_in_use_is_one_clear_line(clinic):
    _process, env, _said = clinic
    result = python("manage.py", "serve", env=env)
    assert result.returncode == 1
    assert result.stderr.splitlines() == [
        f"CommandError: Port {env['PORT']} is in use by another program. "
        f"Choose another one: PORT={int(env['PORT']) % 65535 + 1} make run"
    ]


def test_ctrl_c_stops_everything_and_the_next_start_changes_nothing(clinic):
    process, env, _said = clinic
    assert stop(process, signal.SIGINT) == 0
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", int(env["PORT"])), timeout=1)

    with closing(sqlite3.connect(Path(env["CLINIC_VAR_DIR"]) / "clinic.sqlite3")) as database:
        database.execute("UPDATE people_user SET given_name = 'Entered'")
        database.commit()
        again, said = start(env)
        assert stop(again) == 0
        names = {name for (name,) in database.execute("SELECT given_name FROM people_user")}
    assert not {"Compiling the static files", "Making the demo clinic"} & set(said)
    assert names == {"Entered"}


@pytest.mark.parametrize("port", ["eighty", "0", "70000"])
def test_a_port_that_is_none_is_one_clear_line(tmp_path, port):
    env = environments.development(CLINIC_VAR_DIR=str(tmp_path), PORT=port)
    result = python("manage.py", "serve", env=env)
    assert result.returncode == 1
    assert result.stderr.splitlines() == [
        f"CommandError: PORT must be a number from 1 to 65535, not {port}."
    ]


def test_production_is_not_served_this_way(tmp_path):
    result = python("manage.py", "serve", env=environments.production(CLINIC_VAR_DIR=str(tmp_path)))
    assert result.returncode == 1
    assert "serve is for development" in result.stderr
