"""The seven people of the demonstration."""

from education.library.models import Demand, Precaution
from education.people.demo import PASSWORD, add_demo_people
from education.people.models import Patient, User

ADDRESSES = {
    "admin@clinic.example",
    "clinician@clinic.example",
    "frontdesk@clinic.example",
    "editor@clinic.example",
    "patient-left@clinic.example",
    "patient-right@clinic.example",
    "patient-new@clinic.example",
}


def test_all_seven_log_in(db, visitor):
    add_demo_people()
    assert set(User.objects.values_list("email", flat=True)) == ADDRESSES
    for email in ADDRESSES:
        response = visitor.post("/accounts/login/", {"login": email, "password": PASSWORD})
        assert response.url == ("/plan/" if email.startswith("patient") else "/admin/")
        visitor.logout()


def test_a_second_time_changes_nothing(db):
    add_demo_people()
    Patient.objects.filter(clinic_number="DEMO-1").update(preferred_name="Kept")
    add_demo_people()
    assert User.objects.count() == 7
    assert Patient.objects.get(clinic_number="DEMO-1").preferred_name == "Kept"


def test_two_were_asked_everything_and_one_was_not(db):
    add_demo_people()
    topics = {*Demand.values, *Precaution.values}
    for email in ("patient-left@clinic.example", "patient-right@clinic.example"):
        answers = Patient.objects.get(user__email=email).answers.all()
        assert {answer.topic for answer in answers} == topics
        assert any(answer.asks_for_care for answer in answers)
    new = Patient.objects.get(user__email="patient-new@clinic.example")
    assert 0 < new.answers.count() < len(topics)


def test_their_names_are_plainly_invented(db):
    add_demo_people()
    assert all("Demo" in str(patient) for patient in Patient.objects.all())
    assert all("Demo" in str(user) for user in User.objects.staff())
