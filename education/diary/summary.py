"""The last two weeks of a diary in four numbers, for the pages of staff."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from education.people.models import Clinic, Patient

from .adherence import Adherence, adherence
from .models import Alert, MorningCheck, Session

DAYS = 14


@dataclass(frozen=True)
class Summary:
    """``last``: the last session that tells a pain; ``moved``: of these days, where it moved.

    ``down``: the last one with pain further down, ever. ``settled`` of ``mornings`` that can be
    judged. ``looks``: what stands on “needs a look” of this patient.
    """

    patient: Patient
    today: date
    adherence: Adherence
    last: Session | None
    moved: Session | None
    worst: Session | None
    down: Session | None
    settled: int
    mornings: int
    looks: int

    days = DAYS

    @property
    def worst_when(self) -> str:
        """In which part of its session the worst pain was."""
        if self.worst is None:
            return ""
        parts = ((_("after"), self.worst.pain_after), (_("during"), self.worst.pain_during))
        return next((word for word, pain in parts if pain == self.worst.worst_pain), _("before"))


def summary_of(patient: Patient, clinic: Clinic) -> Summary:
    """Nine queries for any diary."""
    today = clinic.today()
    first = today - timedelta(days=DAYS - 1)
    told = Session.objects.filter(patient=patient, finished_at__isnull=False).latest_first()
    recent = list(told.between(first, today))
    mornings = MorningCheck.objects.filter(patient=patient, day__range=(first, today))
    judged = [m.settled for m in mornings.with_settled() if m.settled is not None]
    down = Q(moved=Session.Moved.DOWN) | Q(wrong=Session.Wrong.FURTHER_DOWN)
    return Summary(
        patient=patient,
        today=today,
        adherence=adherence(patient, first, today, clinic=clinic),
        last=next((one for one in recent if one.worst_pain is not None), None) or _last(told),
        moved=next((one for one in recent if one.moved), None),
        worst=max(recent, key=lambda one: one.worst_pain or 0, default=None),
        down=told.filter(down).first(),
        settled=sum(judged),
        mornings=len(judged),
        looks=Alert.objects.needs_a_look(today).filter(patient=patient).count(),
    )


def _last(told: QuerySet[Session]) -> Session | None:
    said = Q(pain_before__isnull=False) | Q(pain_after__isnull=False)
    return told.filter(said).first()
