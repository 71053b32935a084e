"""Who at the clinic opened or changed a patient's record, and on which day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from education.contact.models import ContactRequest, Reply
from education.diary.models import Alert, FunctionActivity, Outcome, Session
from education.people.models import Answer, Patient, User
from education.plans.models import HarderDay, Plan, PlannedExercise, PlanVersion, RungMove


class Part(models.TextChoices):
    """What of the record it was, in the patient's words."""

    DETAILS = "details", _("your details")
    PLAN = "plan", _("your plan")
    DIARY = "diary", _("your diary")
    MESSAGES = "messages", _("your messages")


class Did(models.TextChoices):
    OPENED = "opened", _("opened")
    CHANGED = "changed", _("changed or wrote")


@dataclass(frozen=True)
class Access:
    """On ``day`` (the clinic's date) ``who`` did something with a part of the record, so often."""

    day: date
    who: str
    did: str
    part: str
    times: int

    @property
    def said(self) -> str:
        """“opened”, in the reader's language."""
        return str(Did(self.did).label)

    @property
    def of(self) -> str:
        """“your plan”, in the reader's language."""
        return str(Part(self.part).label)


def records_of(patient: Patient) -> dict[str, list[QuerySet]]:
    """All rows that make up the record of a patient, by the part they belong to."""
    mine, plans = {"patient": patient}, {"plan__patient": patient}
    planned = {"planned__plan__patient": patient}
    return {
        Part.DETAILS: [Patient.objects.filter(pk=patient.pk), Answer.objects.filter(**mine)],
        Part.PLAN: [
            Plan.objects.filter(**mine),
            PlannedExercise.objects.filter(**plans),
            PlanVersion.objects.filter(**plans),
            HarderDay.objects.filter(**planned),
            RungMove.objects.filter(**planned),
        ],
        Part.DIARY: [
            model.objects.filter(**mine) for model in (Session, Outcome, FunctionActivity, Alert)
        ],
        Part.MESSAGES: [
            ContactRequest.objects.filter(**mine),
            Reply.objects.filter(request__patient=patient),
        ],
    }


def accesses(patient: Patient, zone: ZoneInfo) -> list[Access]:
    """Everything staff did with the record, the latest day first, one line for what is alike.

    A patient's own entries are not in it, nor what the site does by itself.
    """
    parts, wanted = {}, Q()
    for part, querysets in records_of(patient).items():
        for found in querysets:
            kind = ContentType.objects.get_for_model(found.model)
            parts[kind.pk] = part
            wanted |= Q(content_type=kind, object_id__in=found.values("pk"))
    entries = LogEntry.objects.filter(wanted, actor__is_staff=True)
    grouped = (
        entries.annotate(day=TruncDate("timestamp", tzinfo=zone))
        .order_by()  # the table's own order would split the groups
        .values("day", "actor", "action", "content_type")
        .annotate(times=Count("pk"))
    )
    return _lines(list(grouped), parts)


def _lines(grouped: list[dict], parts: dict[int, str]) -> list[Access]:
    """Groups of log entries as lines: different tables of one part are told together."""
    names = _names({row["actor"] for row in grouped})
    counted: dict[tuple[date, str, str, str], int] = {}
    for row in grouped:
        opened = row["action"] == LogEntry.Action.ACCESS
        did = Did.OPENED if opened else Did.CHANGED
        line = (row["day"], names[row["actor"]], did.value, str(parts[row["content_type"]]))
        counted[line] = counted.get(line, 0) + row["times"]
    lines = [Access(*line, times=times) for line, times in counted.items()]
    return sorted(lines, key=lambda line: (-line.day.toordinal(), line.who, line.part, line.did))


def _names(pks: Iterable[int]) -> dict[int, str]:
    return {user.pk: user.name_with_credentials for user in User.objects.filter(pk__in=pks)}
