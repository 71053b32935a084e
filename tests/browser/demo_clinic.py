"""The demo clinic as tests of its pages find it, and its people."""

from typing import Any
from uuid import uuid4

from education.contact.actions import answer_request
from education.contact.models import ContactRequest
from education.library.actions import load_pack
from education.people import demo
from education.people.models import Clinic, Patient, User
from education.plans.demo import add_demo_plans
from education.plans.loading import load_templates


def open_clinic() -> None:
    """The demo clinic, with one message answered and one that waits."""
    load_pack(by=None)
    load_templates(by=None)
    demo.add_demo_people()
    add_demo_plans()
    patient, clinician = lefty(), person("clinician")
    make_message(patient=patient, reason="exercise", message="May I use a pillow?")
    answer_request(
        request=ContactRequest.objects.get(), text="Yes, a thin one.", replies_seen=0, by=clinician
    )
    make_message(patient=patient, reason="pain_worse", message="My leg aches more since Monday.")


def person(who: str) -> User:
    return User.objects.get(email=f"{who}@clinic.example")


def lefty() -> Patient:
    """The patient of the active plan for the left side."""
    return Patient.objects.get(user=person("patient-left"))


def make_message(**fields: Any) -> ContactRequest:
    today = Clinic.objects.current().today()
    return ContactRequest.objects.create(
        submission_key=uuid4(), answer_by="site", answer_due_on=today, **fields
    )
