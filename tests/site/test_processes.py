"""Programs that live and die together."""

import os
import signal
import subprocess
import sys

import pytest

from tests import environments
from tests.environments import ROOT, python

TOGETHER = r"""
import os, sys
from clinic.processes import run_together
program = "import os, time; os.write(1, b'%d\\n' % os.getpid()); time.sleep({})"
ended = run_together(
    {
        "short": [sys.executable, "-c", program.format(sys.argv[1])],
        "long": [sys.executable, "-c", program.format(60)],
    },
    env=os.environ,
    ready=lambda: True,
    when_ready=lambda: os.write(1, b"ready\n"),
)
print("ended:", ended)
"""


def assert_gone(pids: list[str]) -> None:
    assert len(pids) == 2
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(int(pid), 0)


def test_when_one_ends_the_other_is_ended_and_the_first_is_named():
    said = python("-c", TOGETHER, "0.5", env=environments.development(), timeout=30).stdout.split()
    assert said[-2:] == ["ended:", "short"]
    assert said.count("ready") == 1
    assert_gone([word for word in said if word.isdecimal()])


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_both(number):
    parent = subprocess.Popen(
        [sys.executable, "-c", TOGETHER, "60"],
        cwd=ROOT,
        env=environments.development(),
        stdout=subprocess.PIPE,
        text=True,
    )
    first = sorted(parent.stdout.readline().strip() for _ in range(3))
    assert first[2] == "ready"
    parent.send_signal(number)
    assert parent.communicate(timeout=30)[0].split() == ["ended:", "None"]
    assert_gone(first[:2])
