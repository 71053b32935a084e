"""Saying that somebody looked at an alert."""

from django.utils import timezone

from education.audit.actor import action
from education.people.models import User

from ..models import Alert


@action
def acknowledge_alert(*, alert: Alert, note: str = "", by: User) -> bool:
    """Take an alert off the list: ``by`` saw it, and wrote what was done.

    False when a colleague was faster: their name and words stay.
    """
    alert = Alert.objects.select_for_update(no_key=True).get(pk=alert.pk)
    if alert.acknowledged_at:
        return False
    alert.acknowledged_at, alert.acknowledged_by = timezone.now(), by
    alert.note = note.strip()
    alert.save(update_fields=["acknowledged_at", "acknowledged_by", "note"])
    return True
