"""``python -m tests.bench.finding``: how long the server takes to find exercises among a thousand.

In a test database of its own, in one process and without a network: time of the whole answer, the
page drawn. Cold is the first answer after the library changed, when the index has to be made.
"""

import gc
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.test import Client

from .database import in_test_database

NUMBER = 1000  # exercises
TIMES = 9
TIMES_COLD = 3
MOST_MS = 100  # the goal, of a warm answer

Ask = tuple[str, str, dict[str, Any] | None]  # what it is, the address, what is sent by POST

PUBLIC: list[Ask] = [
    ("words with a typo", "/exercises/?q=hamstrng+strech", None),
    ("words and choices", "/exercises/?q=hip&area=hip&position=supine&cannot=floor", None),
    ("choices", "/exercises/?kind=stretch&have=chair&have=wall&cannot=kneels", None),
    ("nothing found", "/exercises/?q=hip+moonwalk&kind=aerobic", None),
]


def picker(plan_pk: int) -> list[Ask]:
    """What a clinician asks for a plan."""
    address = f"/admin/plans/plan/{plan_pk}/pick/"
    return [
        ("picker, first look", address, None),
        ("picker, search", address, {"q": "hip strech", "area": "hip", "fits": "on"}),
    ]


def plan_page(plan_pk: int) -> list[Ask]:
    """The page the picker leads back to. It has no goal: it must not grow with the library."""
    return [("plan page", f"/admin/plans/plan/{plan_pk}/change/", None)]


class Times(NamedTuple):
    """How long the answers to one question took, in milliseconds."""

    name: str
    cold: list[float]
    warm: list[float]


def milliseconds(client: Client, ask: Ask, clock: Callable[[], float]) -> float:
    """How long one answer takes, by ``clock`` (seconds)."""
    _name, address, sent = ask
    begun = clock()
    response = client.get(address) if sent is None else client.post(address, sent)
    took = (clock() - begun) * 1000
    assert response.status_code == 200, f"{address}: {response.status_code}"
    return took


@contextmanager
def own_rubbish_only() -> Iterator[None]:
    """Set aside what is in memory now: Python's collector then walks only through what comes.

    A test run has a large memory, and a server has not: a walk through all of it takes longer
    than an answer, and hits any one of them.
    """
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def measured(
    client: Client, asks: list[Ask], clock: Callable[[], float] = time.perf_counter
) -> Iterator[Times]:
    """How long each of ``asks`` takes, cold and warm, by ``clock`` (seconds)."""
    from education.library.drawn import forget_all

    for ask in asks:
        milliseconds(client, ask, clock)  # reads templates and addresses, once in a process's life
        times = Times(ask[0], [], [])
        with own_rubbish_only():
            for _ in range(TIMES_COLD):
                forget_all()
                times.cold.append(milliseconds(client, ask, clock))
            times.warm.extend(milliseconds(client, ask, clock) for _ in range(TIMES))
        yield times


def report() -> None:
    """Make the library and a plan, and print a line per question."""
    from clinic import roles
    from tests import factories
    from tests.library.many import make_many_exercises

    exercises = make_many_exercises(NUMBER)
    dana = factories.make_staff("dana@clinic.example", "Dana", "Example", roles.CLINICIANS, "PT")
    patient = factories.make_patient("lee@patient.example", "Lee", "Testperson", dana)
    factories.answer(patient, "floor", "no")
    plan = factories.make_plan(patient, dana, exercises=exercises[:4], published=False)
    staff = Client()
    staff.force_login(dana)
    print(f"{NUMBER} exercises{'':<12}{'cold ms':>9}{'warm ms':>9}{'goal':>7}")
    for client, asks in ((Client(), PUBLIC), (staff, picker(plan.pk) + plan_page(plan.pk))):
        for name, cold, warm in measured(client, asks):
            usual = (statistics.median(times) for times in (cold, warm))
            print(f"{name:<26}", *(f"{ms:>8.1f}" for ms in usual), f"{MOST_MS:>6}")


if __name__ == "__main__":
    in_test_database(report)
