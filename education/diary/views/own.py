"""Whose page it is: every patient's view begins here."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from education.people.models import Patient

from ..models import Session


def own_patient(request: HttpRequest) -> Patient:
    """The patient who asks; 404 for staff."""
    if request.user.is_staff:
        raise Http404
    return get_object_or_404(Patient.objects.visible_to(request.user))


def own_session(request: HttpRequest, key: UUID, *, with_logs: bool = False) -> Session:
    """The patient's session with this submission key, and its plan; 404 for staff and strangers."""
    if request.user.is_staff:
        raise Http404
    sessions = Session.objects.visible_to(request.user).with_plan()
    return get_object_or_404(sessions.with_logs() if with_logs else sessions, submission_key=key)
