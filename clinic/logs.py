"""What never reaches a log."""

import logging
import re
import traceback
from typing import Any

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


class KindAndPlace(logging.Formatter):
    """Writes an error as its kind and its places in the code, without what it says.

    That may be a patient's: PostgreSQL puts the whole row it refuses into the error's text.
    """

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the standard library's name
        parts: list[str] = []
        error: BaseException | None = ei[1]
        while error is not None:
            kind = f"{type(error).__module__}.{type(error).__qualname__}"
            parts.insert(0, "".join(traceback.format_tb(error.__traceback__)) + kind)
            hidden = error.__suppress_context__
            error = error.__cause__ or (None if hidden else error.__context__)
        return "\n\n".join(parts)
