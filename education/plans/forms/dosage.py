"""A dosage as several fields of a form: cleaned fields in, columns out, and the way back."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from education.library.models import Dosage
from education.library.models.dosage import LoadUnit

from .fields import days_text, repetitions_text

DOSAGE_COLUMNS = tuple(field.name for field in Dosage._meta.local_fields)
REQUIRED_NUMBERS = ("sets", "hold_seconds", "rest_seconds", "times_per_day")
DOSAGE_FIELDS = (*REQUIRED_NUMBERS, "reps", "minutes", "days", "load", "band", "effort_max")


def columns_of(dosage: Dosage) -> dict[str, Any]:
    """The columns of a dosage, by name."""
    return {name: getattr(dosage, name) for name in DOSAGE_COLUMNS}


def typed_dosage(
    typed: Mapping[str, Any], usual: Mapping[str, Any], *, refuse: Callable[[str, Any], None]
) -> dict[str, Any]:
    """Columns of a dosage from its cleaned fields; blanks are ``usual``, an exercise's own.

    ``refuse(field, message)`` is told what does not go together.
    """
    dosage = {
        name: usual[name] if typed.get(name) is None else typed[name] for name in REQUIRED_NUMBERS
    }
    reps, minutes, load = typed.get("reps"), typed.get("minutes"), typed.get("load")
    if reps and minutes:
        refuse("minutes", _("Use repetitions or minutes, not both."))
    if load and typed.get("band"):
        refuse("band", _("Use a weight or a band, not both."))
    if reps or minutes:
        low, high = reps or (None, None)
        dosage |= {"reps_min": low, "reps_max": high, "minutes": minutes}
    else:
        dosage |= {name: usual[name] for name in ("reps_min", "reps_max", "minutes")}
    weekdays, every_n_days = typed.get("days") or (usual["weekdays"], usual["every_n_days"])
    return dosage | {
        "weekdays": weekdays,
        "every_n_days": every_n_days,
        "load": load,
        "load_unit": LoadUnit.POUND if load is not None else "",
        "band": typed.get("band", ""),
        "effort_max": typed.get("effort_max"),
    }


def dosage_fields(dosage: Dosage) -> dict[str, Any]:
    """A dosage as the fields of a row show it."""
    return {
        **{name: getattr(dosage, name) for name in REQUIRED_NUMBERS},
        "reps": repetitions_text(dosage.reps_min, dosage.reps_max),
        "minutes": dosage.minutes,
        "days": days_text(dosage.weekdays, dosage.every_n_days),
        "load": None if dosage.load is None else format(dosage.load.normalize(), "f"),
        "band": dosage.band,
        "effort_max": dosage.effort_max,
    }
