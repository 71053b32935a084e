"""The fixed cast. Every test speaks of the same people; a client each is logged in as one."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import settings

from clinic import roles
from education.library.drawn import forget_all
from education.people.models import Patient, User
from education.portal.paper.kept import forget_paper
from tests import factories

# Every run tries the same examples, however busy the machine; --hypothesis-profile=explore looks
# further, and whatever it finds becomes an @example of its test.
settings.register_profile("same", max_examples=60, derandomize=True, deadline=None, database=None)
settings.register_profile("explore", deadline=None, max_examples=5000)
settings.load_profile("same")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A test that was skipped was not run: the whole run fails, so that nobody overlooks it."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and reporter.stats.get("skipped") and session.exitstatus == pytest.ExitCode.OK:
        reporter.write_line("")
        reporter.write_line("Tests were skipped, and none may be: the run counts as failed.")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Rate limits and drawn pages of one test do not reach the next."""
    cache.clear()
    forget_all()
    forget_paper()
    yield
    cache.clear()


@pytest.fixture
def clinician(db) -> User:
    """Dana, a physical therapist, who looks after the patient."""
    return factories.make_staff("dana@clinic.example", "Dana", "Example", roles.CLINICIANS, "PT")


@pytest.fixture
def colleague(db) -> User:
    """Another clinician of the same clinic."""
    return factories.make_staff("kim@clinic.example", "Kim", "Sample", roles.CLINICIANS, "PT")


@pytest.fixture
def front_desk(db) -> User:
    return factories.make_staff("desk@clinic.example", "Robin", "Sample", roles.FRONT_DESK)


@pytest.fixture
def editor(db) -> User:
    return factories.make_staff("editor@clinic.example", "Sam", "Sample", roles.CONTENT_EDITORS)


@pytest.fixture
def administrator(db) -> User:
    return factories.make_staff("admin@clinic.example", "Alex", "Sample", roles.ADMINISTRATORS)


@pytest.fixture
def patient(clinician) -> Patient:
    """Lee, whose left side hurts."""
    return factories.make_patient("lee@patient.example", "Lee", "Testperson", clinician)


@pytest.fixture
def other_patient(colleague) -> Patient:
    """Pat: the stranger of every test about the patient."""
    return factories.make_patient("pat@patient.example", "Pat", "Otherperson", colleague)


@pytest.fixture
def visitor() -> Client:
    """Somebody who is not logged in."""
    return Client()


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def as_patient(patient) -> Client:
    return logged_in(patient.user)


@pytest.fixture
def as_stranger(other_patient) -> Client:
    return logged_in(other_patient.user)


@pytest.fixture
def as_clinician(clinician) -> Client:
    return logged_in(clinician)


@pytest.fixture
def as_colleague(colleague) -> Client:
    return logged_in(colleague)


@pytest.fixture
def as_front_desk(front_desk) -> Client:
    return logged_in(front_desk)


@pytest.fixture
def as_editor(editor) -> Client:
    return logged_in(editor)


@pytest.fixture
def as_administrator(administrator) -> Client:
    return logged_in(administrator)
