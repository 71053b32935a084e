"""Writing down who looked at a record."""

from typing import Any

from auditlog.models import LogEntry
from django.db.models import Model


def record_view(*, record: Model, by: Any) -> None:
    """Note that ``by`` opened ``record``, for the record's history."""
    LogEntry.objects.log_create(
        record, force_log=True, action=LogEntry.Action.ACCESS, actor_id=by.pk
    )
