"""The diaries of the demonstration: two weeks that show what the pages are for."""

from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from education.diary.adherence import adherence
from education.diary.demo import BEGAN, add_demo_diaries
from education.diary.models import Alert, MorningCheck, Session
from education.library.actions import load_pack
from education.people.demo import add_demo_people
from education.people.models import Clinic, Patient
from education.plans.demo import add_demo_plans

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(db):
    load_pack(by=None)
    add_demo_people()
    add_demo_plans()
    add_demo_diaries()


def patient(name: str) -> Patient:
    return Patient.objects.get(user__email=f"patient-{name}@clinic.example")


def test_one_gets_better_and_one_is_to_be_looked_at(demo):
    today = Clinic.objects.current().today()
    alerts = Alert.objects.needs_a_look(today)
    assert not alerts.filter(patient=patient("left")).exclude(kind="comment").exists()
    kinds = set(alerts.filter(patient=patient("right")).values_list("kind", flat=True))
    assert {"further_down", "not_settled"} <= kinds


def test_today_is_still_to_be_done_and_a_second_load_changes_nothing(demo):
    today = Clinic.objects.current().today()
    left, yesterday = patient("left"), today - timedelta(days=1)
    assert Session.objects.filter(patient=left).latest("day").day == yesterday
    assert not MorningCheck.objects.filter(patient=left, day=today).exists()
    counted = adherence(left, today - BEGAN, yesterday)
    assert 10 < counted.done < counted.planned
    before = Session.objects.count()
    add_demo_diaries()
    assert Session.objects.count() == before


@override_settings(DEVELOPMENT=False)
def test_never_on_a_production_site(db):
    with pytest.raises(ImproperlyConfigured):
        add_demo_diaries()
