"""The start of a plan is measured once, though many forms come in the same moment."""

from collections import Counter
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from clinic import roles
from education.diary.models import ActivityScore, FunctionActivity, Outcome
from tests import factories
from tests.diary.measures import first_answers

AT_ONCE = 10
LONGEST = 60  # seconds until a test gives up

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cookies() -> dict[str, str]:
    """Those of a browser in which a patient with a plan is logged in."""
    clinician = factories.make_staff("both@clinic.example", "Bo", "Sample", roles.CLINICIANS)
    patient = factories.make_patient("once@patient.example", "Once", "Testperson", clinician)
    factories.make_plan(patient, clinician)
    browser = Client()
    browser.force_login(patient.user)
    browser.get("/account/")
    return {name: cookie.value for name, cookie in browser.cookies.items()}


def post_at_once(cookies: dict[str, str], *forms: dict[str, str]) -> Counter:
    """How often each answer came to these forms, sent by turns."""
    ready, answers = Barrier(AT_ONCE), []

    def post(number: int) -> None:
        client = Client()
        client.cookies.load(cookies)
        try:
            ready.wait(LONGEST)
            response = client.post(reverse("outcome_measure"), forms[number % len(forms)])
            answers.append(response.headers.get("Location", response.status_code))
        except Exception as error:
            answers.append(repr(error))
        finally:
            connection.close()

    threads = [Thread(target=post, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONGEST)
    return Counter(answers)


@pytest.mark.parametrize("keys", [1, 2], ids=["one form", "two tabs"])
def test_forms_of_the_same_moment_make_one_measure(cookies, keys):
    forms = [first_answers(3, 4, 5) for _key in range(keys)]
    assert post_at_once(cookies, *forms) == {reverse("progress"): AT_ONCE}
    assert Outcome.objects.count() == 1
    assert FunctionActivity.objects.count() == ActivityScore.objects.count() == 3
