"""Everything the site keeps about a patient, as plain tables.

One description serves the JSON file, the CSV files and the words beside them. Codes are the
stored ones, in English: they are the same whatever language the reader has. Days are the clinic's
dates, instants are ISO 8601 with their offset; pain and scores are 0-10.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from education.contact.models import ContactRequest, Reply
from education.diary.models import (
    ActivityScore,
    Correction,
    ExerciseLog,
    MorningCheck,
    Outcome,
    Reminders,
    Session,
)
from education.people.models import Answer, Clinic, Patient
from education.plans.models import HarderDayTaken, Plan, PlanHold, PlanVersion

from .access import accesses

Row = dict[str, Any]


@dataclass(frozen=True)
class Table:
    """One table of the download: ``name`` is that of its file, ``columns`` in their order."""

    name: str
    title: Promise | str
    columns: tuple[str, ...]
    read: Callable[[Patient], Iterable[Row]]

    def rows(self, patient: Patient) -> list[Row]:
        """The patient's rows, each with exactly these columns."""
        return [{column: row[column] for column in self.columns} for row in self.read(patient)]


def _about(patient: Patient) -> Iterable[Row]:
    user, clinician = patient.user, patient.clinician
    columns = ("given_name", "family_name", "preferred_name", "clinic_number", "date_of_birth")
    yield {
        **{name: getattr(patient, name) for name in (*columns, "language", "consent_on")},
        "phone": str(patient.phone or ""),
        "email": user.email if user else "",
        "clinician": clinician.name_with_credentials if clinician else "",
        "equipment": ", ".join(patient.equipment),
    }


def _planned(patient: Patient) -> Iterable[Row]:
    """One row for each exercise of each published version."""
    versions = PlanVersion.objects.filter(plan__patient=patient).order_by("plan_id", "number")
    for version in versions:
        for row in version.planned.values():
            yield {
                "plan": version.plan_id,
                "version": version.number,
                "published_at": version.published_at,
                "exercise": row["title"]["en"],
                "side": row["working_side"],
                "note": row["note"],
                "why": row["why"],
                **{name: row["dosage"][name] for name in DOSAGE},
            }


def _answers_of_the_clinic(patient: Patient) -> Iterable[Row]:
    for reply in Reply.objects.filter(request__patient=patient).select_related("by"):
        yield {
            "message": reply.request_id,
            "answered_at": reply.created_at,
            "by": reply.by.name_with_credentials,
            "text": reply.text,
        }


def _access(patient: Patient) -> Iterable[Row]:
    for line in accesses(patient, Clinic.objects.current().zone):
        yield {
            "day": line.day,
            "who": line.who,
            "did": line.did,
            "part": line.part,
            "times": line.times,
        }


def _rows_of(
    model: Any, columns: Iterable[str], path: str, renamed: Mapping[str, str]
) -> Callable[[Patient], Iterable[Row]]:
    def read(patient: Patient) -> Iterable[Row]:
        lookups = [renamed.get(column, column) for column in columns]
        found = model.objects.filter(**{path: patient}).order_by("pk")
        return (dict(zip(columns, row, strict=True)) for row in found.values_list(*lookups))

    return read


def _table(
    name: str,
    title: Promise | str,
    model: Any,
    columns: tuple[str, ...],
    path: str = "patient",
    **renamed: str,
) -> Table:
    """Rows of a model that lead to the patient by ``path``; ``renamed``: where a column is read."""
    return Table(name, title, columns, _rows_of(model, columns, path, renamed))


SESSION = {"day": "session__day", "occurrence": "session__occurrence"}
DOSAGE = (
    *("sets", "reps_min", "reps_max", "minutes", "hold_seconds", "rest_seconds", "times_per_day"),
    *("weekdays", "every_n_days", "load", "load_unit", "band", "effort_max"),
)
PAINS = ("pain_before", "pain_during", "pain_after")

TABLES = (
    Table(
        "about",
        _("About you"),
        (
            *("given_name", "family_name", "preferred_name", "clinic_number", "date_of_birth"),
            *("email", "phone", "language", "clinician", "equipment", "consent_on"),
        ),
        _about,
    ),
    _table(
        "answers",
        _("Your answers about your body"),
        Answer,
        ("topic", "value", "note", "answered_on"),
    ),
    _table(
        "plans",
        _("Your plans"),
        Plan,
        ("number", "title", "status", "kind", "goal", "start_on", "review_on", "ended_on"),
        number="pk",
    ),
    Table(
        "plan_exercises",
        _("What was in each version of your plans"),
        ("plan", "version", "published_at", "exercise", "side", *DOSAGE, "why", "note"),
        _planned,
    ),
    _table(
        "plan_rests",
        _("Times on hold"),
        PlanHold,
        ("plan", "from_on", "until_on"),
        "plan__patient",
    ),
    _table("harder_days", _("Harder days"), HarderDayTaken, ("day",)),
    _table(
        "sessions",
        _("Your sessions"),
        Session,
        (
            *("day", "occurrence", "harder", *PAINS, "moved", "effort", "wrong", "told"),
            *("comment", "started_at", "finished_at", "entered_at"),
        ),
    ),
    _table(
        "session_exercises",
        _("The exercises of each session"),
        ExerciseLog,
        ("day", "occurrence", "exercise", "outcome", "why_not", "logged_at"),
        "session__patient",
        **SESSION,
    ),
    _table(
        "corrections",
        _("What you corrected, as it stood before"),
        Correction,
        ("day", "occurrence", "at", "before"),
        "session__patient",
        **SESSION,
    ),
    _table("mornings", _("Mornings after"), MorningCheck, ("day", "pain", "answered_at")),
    _table("outcomes", _("Measures: pain of the week"), Outcome, ("day", "point", "pain")),
    _table(
        "function_scores",
        _("Measures: what you can do"),
        ActivityScore,
        ("day", "point", "activity", "score"),
        "outcome__patient",
        day="outcome__day",
        point="outcome__point",
        activity="activity__name",
    ),
    _table(
        "messages",
        _("Your messages"),
        ContactRequest,
        ("number", "sent_at", "reason", "message", "answer_by", "best_time", "status"),
        number="pk",
        sent_at="created_at",
    ),
    Table(
        "clinic_answers",
        _("The clinic’s answers"),
        ("message", "answered_at", "by", "text"),
        _answers_of_the_clinic,
    ),
    _table("reminders", _("Reminders"), Reminders, ("first_at", "second_at")),
    Table("access", _("Who opened your record"), ("day", "who", "did", "part", "times"), _access),
)


def everything(patient: Patient) -> dict[str, list[Row]]:
    """All tables of a patient by name."""
    return {table.name: table.rows(patient) for table in TABLES}
