"""What never reaches a log."""

import logging
import re

# A part of an address that is long enough to be a key: of an invitation, a reset, an answer.
SECRET_PART = re.compile(r"(?<=/)[\w-]{20,}(?=[/?\s\"']|$)", re.ASCII)


def hide_secrets(text: str) -> str:
    """``text`` with every key in an address replaced by three dots."""
    return SECRET_PART.sub("...", text)


class HideSecrets(logging.Filter):
    """Links with a key let somebody in, also from a log: Django logs the address of every 4xx."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = hide_secrets(record.getMessage())
        record.args = ()
        return True
