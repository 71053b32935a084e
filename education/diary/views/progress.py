"""The patient's own progress."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from education.people.models import Clinic

from ..chart import function_chart, pain_chart
from ..month import first_of, month_of
from ..progress import progress_of
from .own import own_patient


@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    """What was done, how the pain went, and what goes; of a month that has nothing: 404."""
    patient, clinic = own_patient(request), Clinic.objects.current()
    try:
        found = progress_of(patient, clinic=clinic, month=_month(request, clinic.today()))
    except ValueError as error:
        raise Http404 from error
    context = {
        "clinic": clinic,
        "patient": patient,
        "progress": found,
        "pain_chart": pain_chart(found.buckets, found.changed_on),
        "function_chart": function_chart(found.measures),
    }
    return render(request, "diary/progress.html", context)


def _month(request: HttpRequest, today: date) -> date:
    """The month that is asked for, or this one. Raises ValueError for what is none."""
    asked = request.GET.get("month")
    month = first_of(today) if asked is None else month_of(asked)
    if month is None:
        raise ValueError("not a month")
    return month
