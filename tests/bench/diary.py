"""``python -m tests.bench.diary``: how long the server takes with two years of a diary.

In a test database of its own, in one process and without a network: time of the whole answer, the
page drawn. The patient did two sessions a day for two years.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.test import Client

from .database import in_test_database

TIMES = 15
SAVES = 12  # each another session of the last days
MOST_MS = {"progress": 150}  # the goals

Clock = Callable[[], float]


def read(client: Client, address: str, clock: Clock) -> Iterator[float]:
    """Milliseconds of TIMES answers."""
    for _ in range(TIMES):
        begun = clock()
        response = client.get(address)
        yield (clock() - begun) * 1000
        assert response.status_code == 200, f"{address}: {response.status_code}"


def save(client: Client, patient: Any, clock: Clock) -> Iterator[float]:
    """Milliseconds of saving how a session went, each another session."""
    from education.people.models import Clinic
    from tests import factories

    today = Clinic.objects.current().today()
    for number in range(SAVES):
        days, occurrence = divmod(number, 2)
        # The years hold the first and the second session of each day before today.
        session = factories.make_session(
            patient,
            day=today - timedelta(days),
            occurrence=3 + occurrence,
            logs=False,
            pain_before=4,
        )
        sent = {"pain_after": "3", "moved": "same", "comment": "It went well."}
        begun = clock()
        response = client.post(f"/session/{session.submission_key}/finish/", sent)
        yield (clock() - begun) * 1000
        assert response.status_code == 302, response.status_code


def report() -> None:
    """Make the diary and print a line per page: the first answer, the median, the slowest."""
    from clinic import roles
    from tests import factories
    from tests.diary.two_years import make_two_years

    dana = factories.make_staff("dana@clinic.example", "Dana", "Example", roles.CLINICIANS, "PT")
    patient = factories.make_patient("lee@patient.example", "Lee", "Testperson", dana)
    factories.make_plan(patient, dana, exercises=4)
    make_two_years(patient)
    client = Client()
    client.force_login(patient.user)
    sessions = patient.sessions.count()
    print(f"{sessions} sessions, ms{'':<12}{'first':>9}{'median':>9}{'most':>9}{'goal':>7}")
    clock = time.perf_counter
    for name, times in (
        ("/plan/", read(client, "/plan/", clock)),
        ("progress", read(client, "/progress/", clock)),
        ("save a session", save(client, patient, clock)),
    ):
        taken = list(times)
        numbers = (taken[0], statistics.median(taken), max(taken))
        goal = f"{MOST_MS[name]:>7}" if name in MOST_MS else ""
        print(f"{name:<26}" + "".join(f"{ms:>9.1f}" for ms in numbers) + goal)


if __name__ == "__main__":
    in_test_database(report)
