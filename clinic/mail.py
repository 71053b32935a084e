"""Mail in development: on the console, so that a newcomer sees the link, and in a folder."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.console import EmailBackend as ConsoleBackend
from django.core.mail.backends.filebased import EmailBackend as FileBackend


class ConsoleAndFolderBackend(ConsoleBackend):
    """Writes every message twice: to standard output and to a file in EMAIL_FILE_PATH."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        FileBackend().send_messages(list(messages))
        return super().send_messages(messages) or 0
