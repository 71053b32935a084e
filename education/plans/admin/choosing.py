"""Whose plan it is, when the page was not opened from a patient."""

from django.db.models import Q, QuerySet

from education.people.models import Patient, User

from ..panels import patients_without_plan

SHOWN = 20


def candidates(user: User, words: str) -> QuerySet[Patient]:
    """Current patients whose names or clinic number hold every word.

    Without words: the person's own patients who have no plan yet. At most SHOWN of them.
    """
    patients = Patient.objects.visible_to(user).current().select_related("clinician")
    words = words.replace("\0", " ")  # a character that PostgreSQL does not take
    if not words.strip():
        return patients_without_plan(patients).of_clinician(user)[:SHOWN]
    for word in words.split():
        patients = patients.filter(
            Q(given_name__icontains=word)
            | Q(family_name__icontains=word)
            | Q(preferred_name__icontains=word)
            | Q(clinic_number__icontains=word)
        )
    return patients[:SHOWN]
