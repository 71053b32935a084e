"""Things drawn once and kept in this process: page parts, and verdicts that are dear to compute.

A key names everything the result depends on (version, language, library revision, day), so that
nothing is ever invalidated: a changed library makes new keys, and old ones fall out at the end.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from django.conf import settings

T = TypeVar("T")

MOST = 1024  # entries; a drawn plan is about 10 KB

_kept: OrderedDict[Hashable, Any] = OrderedDict()
_lock = Lock()


def drawn(key: Hashable, draw: Callable[[], T]) -> T:
    """What ``draw()`` returned for this key, drawn now if this process has not kept it."""
    if settings.DEBUG:  # `make dev`: an edited template shows at the next request
        return draw()
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    value = draw()  # outside the lock: two threads may draw the same thing, and both are right
    with _lock:
        _kept[key] = value
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return value


def forget_all() -> None:
    """Drop everything. For tests, which use the same primary keys again."""
    with _lock:
        _kept.clear()
