"""The page of a patient's own data, and its two files."""

from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from education.people.models import Clinic, Patient

from .access import accesses
from .columns import COLUMNS
from .files import json_file, zip_file
from .tables import TABLES

LINES = 40  # of a page


def _own_record(request: HttpRequest) -> Patient:
    """The patient who asks; 404 for anybody else."""
    if request.user.is_staff:
        raise Http404
    return get_object_or_404(
        Patient.objects.visible_to(request.user).select_related("user", "clinician")
    )


@require_safe
def own_data(request: HttpRequest) -> HttpResponse:
    """What is kept, to download, and who at the clinic opened or changed it."""
    patient, clinic = _own_record(request), Clinic.objects.current()
    lines = Paginator(accesses(patient, clinic.zone), LINES)
    context = {
        "clinic": clinic,
        "accesses": lines.get_page(request.GET.get("page")),
        "tables": [(table, [(name, COLUMNS[name]) for name in table.columns]) for table in TABLES],
    }
    return render(request, "portal/own_data.html", context)


def _download(
    request: HttpRequest, make: Callable[..., bytes], kind: str, ending: str
) -> HttpResponse:
    patient, clinic = _own_record(request), Clinic.objects.current()
    day = clinic.today()
    response = HttpResponse(make(patient, day=day, zone=clinic.zone), content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="my-data-{day}.{ending}"'
    response.headers["Cache-Control"] = "no-store"
    return response


@require_safe
def own_data_json(request: HttpRequest) -> HttpResponse:
    """All of it as one JSON file."""
    return _download(request, json_file, "application/json", "json")


@require_safe
def own_data_csv(request: HttpRequest) -> HttpResponse:
    """All of it as CSV files in one ZIP file."""
    return _download(request, zip_file, "application/zip", "zip")
