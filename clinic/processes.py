"""Programs that live and die together: the web server and the mail worker of the demo."""

import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from types import FrameType

PATIENCE = 10  # seconds a program gets to end by itself


def loopback_addresses(port: int) -> list[tuple[str, int]]:
    """The addresses of this machine alone that ``localhost`` may mean: IPv4, and IPv6 if it has it.

    Raises OSError when another program holds the port on one of them.
    """
    addresses = [("127.0.0.1", port)]
    _listen(socket.AF_INET, "127.0.0.1", port)
    try:
        _listen(socket.AF_INET6, "::1", 0)
    except OSError:  # no IPv6 here
        return addresses
    _listen(socket.AF_INET6, "::1", port)
    return [*addresses, ("::1", port)]


def _listen(family: socket.AddressFamily, host: str, port: int) -> None:
    """Take the port for a moment, to see that nobody has it."""
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))


def answers(port: int) -> bool:
    """Whether somebody takes connections on the port."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def run_together(
    programs: Mapping[str, Sequence[str]],
    *,
    env: Mapping[str, str],
    ready: Callable[[], bool],
    when_ready: Callable[[], None],
) -> str | None:
    """Run named programs until one ends or somebody stops us, then end them all.

    ``when_ready`` is called once, when ``ready`` first says so. Returns the name of the program
    that ended by itself, or None after Ctrl-C, SIGTERM or the terminal's end.
    """
    stop = threading.Event()

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, on_signal)
    # Groups of their own: Ctrl-C reaches only us, and we end each program in the gentle way.
    running = {
        name: subprocess.Popen(command, env=dict(env), stdin=subprocess.DEVNULL, process_group=0)
        for name, command in programs.items()
    }
    try:
        waiting = True
        while not stop.wait(0.1):
            ended = [name for name, process in running.items() if process.poll() is not None]
            if ended:
                return ended[0]
            if waiting and ready():
                when_ready()
                waiting = False
        return None
    finally:
        _end(list(running.values()))


def _end(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Ask every program to end, wait, and take away whatever is left of its group."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + PATIENCE
    for process in processes:
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=max(0.1, deadline - time.monotonic()))
        with suppress(ProcessLookupError):  # nothing of it is left
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
