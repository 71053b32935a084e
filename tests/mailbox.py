"""A mail server of a few lines, for what another process sends."""

import email
import email.policy
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage


class _Conversation(socketserver.StreamRequestHandler):
    """One sender: every command is fine, and what stands between DATA and a dot is kept."""

    server: "Mailbox"

    def handle(self) -> None:
        self._say("220 localhost")
        while command := self.rfile.readline().strip().upper():
            if command == b"DATA":
                self._say("354 go on")
                self.server.keep(b"".join(iter(self._line, None)))
                self._say("250 kept")
            else:
                self._say("221 good bye" if command == b"QUIT" else "250 fine")

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def _line(self) -> bytes | None:
        """The next line of a message; None after the last."""
        line = self.rfile.readline()
        return None if line in (b".\r\n", b"") else line.removeprefix(b".")


class Mailbox(socketserver.ThreadingTCPServer):
    """Keeps what is sent to it, on a free port of this machine."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.messages: list[EmailMessage] = []

    @property
    def port(self) -> int:
        return self.server_address[1]

    def keep(self, message: bytes) -> None:
        self.messages.append(email.message_from_bytes(message, policy=email.policy.default))


@contextmanager
def open_mailbox() -> Iterator[Mailbox]:
    """A mailbox that takes mail until the end of the block."""
    with Mailbox() as mailbox:
        threading.Thread(target=mailbox.serve_forever, daemon=True).start()
        yield mailbox
        mailbox.shutdown()
