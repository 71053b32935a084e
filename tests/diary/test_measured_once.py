"""The start of a plan is measured once, though many forms come in the same moment."""

import pytest
from django.urls import reverse

from clinic import roles
from education.diary.models import ActivityScore, FunctionActivity, Outcome
from education.people.models import User
from tests import factories
from tests.diary.at_once import post_at_once
from tests.diary.measures import first_answers

AT_ONCE = 10

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def user() -> User:
    """A patient with a plan."""
    clinician = factories.make_staff("both@clinic.example", "Bo", "Sample", roles.CLINICIANS)
    patient = factories.make_patient("once@patient.example", "Once", "Testperson", clinician)
    factories.make_plan(patient, clinician)
    return patient.user


@pytest.mark.parametrize("keys", [1, 2], ids=["one form", "two tabs"])
def test_forms_of_the_same_moment_make_one_measure(user, keys):
    forms = [first_answers(3, 4, 5) for _key in range(keys)]
    answers = post_at_once(user, AT_ONCE, reverse("outcome_measure"), *forms)
    assert answers == {reverse("progress"): AT_ONCE}
    assert Outcome.objects.count() == 1
    assert FunctionActivity.objects.count() == ActivityScore.objects.count() == 3
