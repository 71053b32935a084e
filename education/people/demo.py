"""Invented people to try the site with. Development only."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from education.library.models import Demand, Equipment, Precaution

from . import actions
from .models import Answer, Clinic, Patient, User

PASSWORD = "move-gently-2026"  # noqa: S105  of the demonstration, printed when it starts
YES, NO = Answer.Value.YES, Answer.Value.NO


@dataclass(frozen=True)
class DemoPerson:
    """Anybody with a demonstration log-in."""

    email: str
    given_name: str
    family_name: str


@dataclass(frozen=True)
class DemoStaff(DemoPerson):
    """Somebody who works at the demonstration clinic."""

    group: str
    credentials: str = ""


@dataclass(frozen=True)
class DemoPatient(DemoPerson):
    """A patient; topics that are in no list below were answered "yes, can" and "no, no care"."""

    clinic_number: str
    age: int
    equipment: list[str]
    notes: str = ""
    limits: dict[str, str] = field(default_factory=dict)  # topic -> note
    not_asked: tuple[str, ...] = ()


STAFF = [
    DemoStaff("admin@clinic.example", "Alex", "Demoadmin", "Administrators"),
    DemoStaff("clinician@clinic.example", "Dana", "Demotherapist", "Clinicians", "PT"),
    DemoStaff("frontdesk@clinic.example", "Robin", "Demodesk", "Front desk"),
    DemoStaff("editor@clinic.example", "Erin", "Demoeditor", "Content editors"),
]
PATIENTS = [
    DemoPatient(
        email="patient-left@clinic.example",
        given_name="Lefty",
        family_name="Demopatient",
        clinic_number="DEMO-1",
        age=52,
        equipment=[Equipment.CHAIR, Equipment.WALL, Equipment.MAT, Equipment.PILLOW],
        notes="Invented. Sits at a desk all day; the left leg aches after an hour.",
        limits={Precaution.BEND_LOADED: "Not yet: lifting brings the leg pain on."},
    ),
    DemoPatient(
        email="patient-right@clinic.example",
        given_name="Righty",
        family_name="Demopatient",
        clinic_number="DEMO-2",
        age=67,
        equipment=[Equipment.CHAIR, Equipment.COUNTER, Equipment.WALL],
        notes="Invented. Gardens. Fell once in the spring, unhurt.",
        limits={
            Demand.KNEELS: "Sore right knee.",
            Precaution.FALL_RISK: "Fell once this year. A hand on the counter.",
            Precaution.HEAD_LOW: "Dizzy when the head is low.",
        },
    ),
    DemoPatient(
        email="patient-new@clinic.example",
        given_name="Newly",
        family_name="Demopatient",
        clinic_number="DEMO-3",
        age=35,
        equipment=[Equipment.CHAIR],
        notes="Invented. First visit; the rest is asked at the second.",
        not_asked=(
            *(Demand.FLOOR, Demand.ONE_LEG, Demand.KNEELS),
            *(Precaution.BEND_END_RANGE, Precaution.BEND_LOADED, Precaution.BREATH_HOLD),
        ),
    ),
]


@transaction.atomic
def add_demo_people() -> None:
    """Add the demonstration’s seven people; those who are there stay as they are.

    Raises ImproperlyConfigured outside development: everybody knows their password.
    """
    if not settings.DEVELOPMENT:
        raise ImproperlyConfigured("Demo people are for development only: set CLINIC_DEVELOPMENT=1")
    for person in STAFF:
        if not User.objects.filter(email=person.email).exists():
            _add_staff(person)
    clinician = User.objects.get(email="clinician@clinic.example")
    for patient in PATIENTS:
        if not User.objects.filter(email=patient.email).exists():
            _add_patient(patient, clinician)


def _add_staff(person: DemoStaff) -> None:
    user = actions.add_staff(
        user=User(
            email=person.email,
            given_name=person.given_name,
            family_name=person.family_name,
            credentials=person.credentials,
        ),
        groups=[Group.objects.get(name=person.group)],
        by=None,
    )
    _let_in(user)


def _add_patient(person: DemoPatient, clinician: User) -> None:
    today = Clinic.objects.current().today()
    patient = actions.add_patient(
        patient=Patient(
            given_name=person.given_name,
            family_name=person.family_name,
            clinic_number=person.clinic_number,
            date_of_birth=date(today.year - person.age, 1, 15),
            clinician=clinician,
            equipment=[*person.equipment],
            staff_notes=person.notes,
            consent_on=today - timedelta(days=21),
        ),
        email=person.email,
        answers=_answers(person),
        by=clinician,
    )
    assert patient.user is not None
    _let_in(patient.user)


def _answers(person: DemoPatient) -> actions.AnswersByTopic:
    """Everything is fine but the person's limits; what was not asked stays out."""
    fine = {**dict.fromkeys(Demand.values, YES), **dict.fromkeys(Precaution.values, NO)}
    limiting = {YES: NO, NO: YES}
    return {
        topic: (limiting[value], person.limits[topic]) if topic in person.limits else (value, "")
        for topic, value in fine.items()
        if topic not in person.not_asked
    }


def _let_in(user: User) -> None:
    """As an accepted invitation leaves an account."""
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
