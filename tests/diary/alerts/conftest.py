"""A plan of October 5, looked at on November 20, 2026, at noon at the clinic."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from tests import factories


@pytest.fixture(autouse=True)
def _noon():
    """Noon at the clinic."""
    with time_machine.travel(datetime(2026, 11, 20, 20, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def plan(patient, clinician):
    with time_machine.travel(datetime(2026, 10, 5, 20, tzinfo=UTC), tick=False):
        return factories.make_plan(patient, clinician, exercises=1, review_on=date(2026, 12, 3))
