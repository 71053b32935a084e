"""Making the table of alerts follow the diaries: of one patient in every save, or of all."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from education.people.models import Clinic, Patient

from ..models import Alert
from .reading import read_diaries, read_diary
from .wanted import Diary, Wanted, wanted_alerts

RECENT = timedelta(days=60)  # sessions are corrected for 7 days: what is older stays as it is
BATCH = 250  # patients that a rebuild locks at a time

Kind = Alert.Kind
OF_ONE_SESSION = (Kind.RED_FLAG, Kind.FURTHER_DOWN, Kind.COMMENT)
Key = tuple[int, str, str]  # the patient, kind, cause


class Row(NamedTuple):
    """A row of the table, as far as settling asks."""

    pk: int
    patient: int
    kind: str
    cause: str
    opens_on: date
    is_closed: bool
    is_acknowledged: bool

    @property
    def key(self) -> Key:
        return self.patient, self.kind, self.cause


def settle_alerts(*, patient: Patient, today: date) -> None:
    """Raise the alerts that the diary calls for, and close those whose cause is gone.

    Called inside every action that changes a diary, in its transaction. It waits for whoever
    settles the same patient: two saves at once never both raise, or leave out, what takes both.
    Raising and closing are not in the audit log, for the row itself says when; what a person does
    with an alert is.
    """
    since = today - RECENT
    with transaction.atomic(savepoint=False):
        lock([patient.pk])
        settle({patient.pk: read_diary(patient.pk, since)}, today, since)


def settle_now(patient: Patient) -> None:
    """Settle as of the clinic's today, for rooms that tell of a change and know no diary."""
    settle_alerts(patient=patient, today=Clinic.objects.current().today())


def rebuild_alerts(today: date) -> Iterator[int]:
    """Settle every patient from the whole diary; yields how many rows each batch made or changed.

    The same as the saves left it, also from an empty table; what is acknowledged stays so.
    """
    patients = list(Patient.objects.order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(patients), BATCH):
        with transaction.atomic():
            batch = lock(patients[first : first + BATCH])
            yield settle(read_diaries(batch), today)


def lock(patients: Collection[int]) -> list[int]:
    """Take the write lock on these patients, always in one order."""
    rows = Patient.objects.select_for_update(no_key=True).filter(pk__in=patients)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def settle(diaries: dict[int, Diary], today: date, since: date = date.min) -> int:
    """Make the rows of these patients what their diaries call for; how many were not.

    Rows of single sessions before ``since`` are left as they are.
    """
    wanted = {
        (patient, alert.kind, alert.cause): alert
        for patient, diary in diaries.items()
        for alert in wanted_alerts(diary)
    }
    rows = {row.key: row for row in _rows(diaries, wanted, since)}
    gone = [row for row in rows.values() if row.key not in wanted and not row.is_closed]
    new = {key: alert for key, alert in wanted.items() if key not in rows}
    return (
        _move_on(gone, new, today)
        + _take_away(gone, today)
        + _raise(new)
        + sum(_follow(row, wanted[key]) for key, row in rows.items() if key in wanted)
    )


def _rows(patients: Iterable[int], wanted: Iterable[Key], since: date) -> Iterator[Row]:
    """Rows of these patients; of a part of a diary those that are wanted, or not closed."""
    found = Alert.objects.filter(patient__in=list(patients))
    if since > date.min:
        old = Q(kind__in=OF_ONE_SESSION, opens_on__lt=since)
        causes = {cause for _patient, _kind, cause in wanted}
        found = found.filter((Q(closed_at__isnull=True) & ~old) | Q(cause__in=causes))
    found = found.annotate(
        is_closed=Q(closed_at__isnull=False), is_acknowledged=Q(acknowledged_at__isnull=False)
    )
    return map(Row._make, found.values_list(*Row._fields))


def _move_on(gone: list[Row], new: dict[Key, Wanted], today: date) -> int:
    """Let rows that nobody has seen yet wait for another day, in place of a row less and one more.

    This is what a session does every day: the silence after it is counted anew.
    """
    waiting = {(row.patient, row.kind): row for row in gone if _is_ahead(row, today)}
    moved = 0
    for patient, kind, cause in list(new):
        row = waiting.pop((patient, kind), None)
        if row:
            alert = new.pop((patient, kind, cause))
            _write(row, alert)
            gone.remove(row)
            moved += 1
    return moved


def _is_ahead(row: Row, today: date) -> bool:
    return row.opens_on > today and not row.is_acknowledged


def _take_away(gone: list[Row], today: date) -> int:
    """Close what was open; what nobody has seen yet was never there. A red flag stays."""
    ahead = [row.pk for row in gone if _is_ahead(row, today)]
    if ahead:
        Alert.objects.filter(pk__in=ahead).delete()
    over = [row.pk for row in gone if row.pk not in ahead and row.kind != Kind.RED_FLAG]
    if over:
        Alert.objects.filter(pk__in=over).update(closed_at=timezone.now())
    return len(ahead) + len(over)


def _raise(new: dict[Key, Wanted]) -> int:
    rows = [
        Alert(
            patient_id=patient,
            kind=alert.kind,
            cause=alert.cause,
            session_id=alert.session,
            opens_on=alert.opens_on,
            raised_at=alert.raised_at,
        )
        for (patient, _kind, _cause), alert in new.items()
    ]
    return len(Alert.objects.bulk_create(rows))


def _follow(row: Row, alert: Wanted) -> int:
    """A row whose cause is back, or that stands from another day now."""
    if not row.is_closed and row.opens_on == alert.opens_on:
        return 0
    _write(row, alert)
    return 1


def _write(row: Row, alert: Wanted) -> None:
    Alert.objects.filter(pk=row.pk).update(
        cause=alert.cause,
        session=alert.session,
        opens_on=alert.opens_on,
        raised_at=alert.raised_at,
        closed_at=None,
    )
