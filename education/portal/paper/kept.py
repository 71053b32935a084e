"""Finished PDFs, kept in this process, and the turn that each one waits for.

A key names everything that a sheet depends on (version, language, library revision, clinic, day),
so nothing is ever invalidated: what has changed has another key, and the old sheet falls out at
the end. Kept in memory and nowhere else: they hold names and exercises, and no disk or table has a
second copy of them that a back-up would carry off.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import BoundedSemaphore, Lock

from django.conf import settings

MOST_BYTES = 16 * 1024 * 1024  # of a process: some hundred sheets
AT_ONCE = 1  # drawing is computing: two at once would each take twice as long
WAITING = 2  # of a process's four threads; the others go on answering pages
PATIENCE = 8.0  # seconds a reader waits for the turn before being told to come back

_kept: OrderedDict[Hashable, bytes] = OrderedDict()
_lock = Lock()
_places = BoundedSemaphore(AT_ONCE + WAITING)
_turn = BoundedSemaphore(AT_ONCE)


class Busy(Exception):
    """So many sheets are being drawn now that this one has to be asked for again."""


def kept_pdf(key: Hashable, draw: Callable[[], bytes]) -> bytes:
    """The PDF of this key: kept, or drawn now by ``draw()``, once however many ask for it.

    Raises Busy when no place in the queue is left, or the turn does not come in time.
    """
    if (found := _look_up(key)) is not None:
        return found
    if not _places.acquire(blocking=False):
        raise Busy
    try:
        if not _turn.acquire(timeout=PATIENCE):
            raise Busy
        try:
            # While we waited, somebody may have drawn the same one.
            return _look_up(key) or _keep(key, draw())
        finally:
            _turn.release()
    finally:
        _places.release()


def _look_up(key: Hashable) -> bytes | None:
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
        return _kept.get(key)


def _keep(key: Hashable, pdf: bytes) -> bytes:
    if settings.DEBUG:  # `make dev`: an edited template shows at the next request
        return pdf
    with _lock:
        _kept[key] = pdf
        while sum(map(len, _kept.values())) > MOST_BYTES:
            _kept.popitem(last=False)
    return pdf


def forget_paper() -> None:
    """Drop everything. For tests, which use the same primary keys again."""
    with _lock:
        _kept.clear()
