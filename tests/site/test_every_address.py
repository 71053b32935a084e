"""Every address of the project, for every member of the cast, reading and writing.

`every_address.txt` is the written table. An address without a row fails, and so does a row whose
answer has changed. An answer is a status; 302 is the log-in page for a visitor.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tests.conftest import logged_in
from tests.site.addresses import MESSAGE_SECRET, PLAN_SECRET, World, every_name

CAST = ("visitor", "patient", "stranger", "clinician", "front_desk", "editor", "administrator")
MAY_READ = {
    PLAN_SECRET: {"patient", "clinician", "administrator"},
    MESSAGE_SECRET: {"patient", "clinician", "front_desk", "administrator"},
    "Testperson": {"patient", "clinician", "front_desk", "administrator"},
}


def written_table() -> dict[str, tuple[list[str], list[str]]]:
    """name -> (answers to GET, answers to POST), in the order of the cast."""
    table = {}
    text = Path(__file__).with_name("every_address.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, reading, writing = (part.strip() for part in line.split("|"))
            table[name] = (reading.split(), writing.split())
    return table


TABLE = written_table()


@pytest.fixture
def clients(patient, other_patient, clinician, front_desk, editor, administrator):
    """A client for each member of the cast, in the order of CAST."""
    people = (patient.user, other_patient.user, clinician, front_desk, editor, administrator)
    return dict(zip(CAST, [Client(), *map(logged_in, people)], strict=True))


@pytest.fixture
def world(patient, clinician) -> World:
    return World(patient, clinician)


@contextmanager
def undone(client: Client) -> Iterator[None]:
    """Take back what a request changed: the rows, and the client's cookies."""
    cookies = client.cookies.copy()
    point = transaction.savepoint()
    yield
    transaction.savepoint_rollback(point)
    client.cookies = cookies


def answers(world: World, clients: dict[str, Client], name: str, method: str) -> list[str]:
    """The statuses of all members of the cast; fails when one reads what is not theirs."""
    address, statuses = world.address(name), []
    for member, client in clients.items():
        with undone(client):
            response = getattr(client, method)(address)
        statuses.append(str(response.status_code))
        assert_keeps_secrets(response, member, f"{method} {address}")
    return statuses


def assert_keeps_secrets(response: HttpResponse, member: str, what: str) -> None:
    body = response.content.decode(errors="replace")  # one answer is a photo
    for secret, readers in MAY_READ.items():
        assert member in readers or secret not in body, f"{member} reads “{secret}”: {what}"


def test_every_address_has_a_row():
    assert sorted(every_name()) == sorted(TABLE)


@pytest.mark.parametrize("name", TABLE)
def test_an_address_answers_everybody_as_written(world, clients, name):
    reading, writing = TABLE[name]
    assert answers(world, clients, name, "get") == reading
    assert answers(world, clients, name, "post") == writing
