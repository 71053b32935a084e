"""What every change of a piece of content's state shares."""

from datetime import date, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _

from education.library.models import LibraryRevision

from . import Content

REVIEWED_FOR: Final = timedelta(days=365)
LONGEST_REVIEW: Final = timedelta(days=3 * 365 + 1)


class StateRefused(Exception):
    """A piece of content cannot change its state so. ``str()`` says why."""


def lock(content: Content) -> Content:
    """The content as it is stored now; nobody else changes its state meanwhile."""
    rows: Any = type(content)._default_manager
    return rows.select_for_update().get(pk=content.pk)


def note_review(content: Content, by: Any, on: date, next_review_on: date | None) -> Content:
    """Keep who has read it and when to read it again, a year later unless given.

    Raises StateRefused for a next review that is not within three years.
    """
    next_review_on = next_review_on or on + REVIEWED_FOR
    if not on < next_review_on <= on + LONGEST_REVIEW:
        raise StateRefused(_("The next review must be within three years."))
    content.reviewed_by, content.reviewed_on = by, on
    content.next_review_on = next_review_on
    content.save(update_fields=["state", "reviewed_by", "reviewed_on", "next_review_on"])
    LibraryRevision.objects.bump()  # pages say whether their content is reviewed
    return content
