"""Who is acting now: the name that the audit log writes beside a change."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import transaction

P = ParamSpec("P")
R = TypeVar("R")

_actor: ContextVar[Callable[[], Any] | None] = ContextVar("audit_actor", default=None)


@contextmanager
def acting(actor: Callable[[], Any]) -> Iterator[None]:
    """Name ``actor()`` beside every change made inside; called only when something is logged."""
    token = _actor.set(actor)
    try:
        yield
    finally:
        _actor.reset(token)


def name_the_actor(sender: Any, instance: Any, **_kwargs: Any) -> None:
    """Receiver: put the present actor on a new log entry."""
    find = _actor.get()
    user = find() if find and instance.actor_id is None else None
    if user is not None and getattr(user, "is_authenticated", False):
        instance.actor_id = user.pk
        instance.actor_email = ""  # the account already names the person


def action(function: Callable[P, R]) -> Callable[P, R]:
    """A write of the domain: all or nothing, and its author in the audit log.

    The function takes keyword arguments only, ``by=`` (a User, or None for a visitor or the
    system) among them.
    """

    @wraps(function)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        by = kwargs.get("by")
        with transaction.atomic():
            if by is None:
                return function(*args, **kwargs)
            with acting(lambda: by):
                return function(*args, **kwargs)

    return wrapped
