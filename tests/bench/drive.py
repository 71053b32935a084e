"""The driver: asks one server for one page over and over, on a few connections kept open.

A process of its own, so that it shares no interpreter with what it measures. Bounded twice, in
requests and in seconds, and never leaves this machine.

Usage: ``python -m tests.bench.drive PORT PATH REQUESTS SECONDS [HEADER ...]``; prints JSON.
"""

import json
import socket
import sys
import threading
import time
from itertools import count

CONNECTIONS = 4


class Connection:
    """One kept-open HTTP connection to this machine."""

    def __init__(self, port: int, path: str, headers: list[str]):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        lines = [f"GET {path} HTTP/1.1", "Host: localhost", *headers, "", ""]
        self.question = "\r\n".join(lines).encode()
        self.pending = b""

    def ask(self) -> int:
        """Ask once and return the length of the answer's body. Raises on any status but 200."""
        self.socket.sendall(self.question)
        while b"\r\n\r\n" not in self.pending:
            self._read()
        head, _, self.pending = self.pending.partition(b"\r\n\r\n")
        status, *fields = head.split(b"\r\n")
        if b" 200 " not in status:
            raise RuntimeError(f"answered {status.decode()}")
        length = next(int(f[15:]) for f in fields if f.lower().startswith(b"content-length:"))
        while len(self.pending) < length:
            self._read()
        self.pending = self.pending[length:]
        return length

    def _read(self) -> None:
        received = self.socket.recv(65536)
        if not received:
            raise RuntimeError("the server closed the connection")
        self.pending += received


def drive(port: int, path: str, requests: int, seconds: float, headers: list[str]) -> dict:
    """Ask until either bound is reached; times in seconds, one per request."""
    times: list[float] = []
    problems: list[str] = []
    ticket = count(1)
    deadline = time.perf_counter() + seconds

    def work() -> None:
        try:
            connection = Connection(port, path, headers)
            while next(ticket) <= requests and time.perf_counter() < deadline:
                started = time.perf_counter()
                connection.ask()
                times.append(time.perf_counter() - started)
        except (OSError, RuntimeError) as error:
            problems.append(str(error))

    started = time.perf_counter()
    threads = [threading.Thread(target=work) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {"seconds": time.perf_counter() - started, "times": times, "problems": problems}


if __name__ == "__main__":
    port, path, requests, seconds, *headers = sys.argv[1:]
    print(json.dumps(drive(int(port), path, int(requests), float(seconds), headers)))
