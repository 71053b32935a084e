"""Whose page it is: every patient's view begins here."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from education.people.models import Patient


def own_patient(request: HttpRequest) -> Patient:
    """The patient who asks; 404 for staff."""
    if request.user.is_staff:
        raise Http404
    return get_object_or_404(Patient.objects.visible_to(request.user))
