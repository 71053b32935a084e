"""What happened to a plan, for staff: versions, moves on the ladder, holds, and how it ended."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from auditlog.models import LogEntry
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from education.people.models import User

from .changes import changes
from .models import Plan, PlanVersion, RungMove


@dataclass(frozen=True)
class Event:
    """One thing that happened: when, by whom (None: by itself), what, and in which words.

    ``version`` is what was published then, to be read as the patient read it. ``told_later`` is
    when the patient said that they read a later version: it tells all that changed since the last
    one they read. ``typed`` is a reason that somebody wrote.
    """

    at: datetime
    by: User | None
    what: str
    version: PlanVersion | None = None
    told_later: datetime | None = None
    lines: list[str] = field(default_factory=list)
    typed: str = ""

    @property
    def seen_at(self) -> datetime | None:
        """When the patient said that they read what changed with the version."""
        return getattr(self.version, "seen_at", None)


def history(plan: Plan) -> list[Event]:
    """Everything that colleagues ask about later, newest first; in three queries."""
    published = PlanVersion.objects.filter(plan=plan).with_seen()
    versions = list(published.select_related("by").order_by("number"))
    events = [*_versions(versions), *_moves(plan, versions), *_statuses(plan)]
    return sorted(events, key=lambda event: event.at, reverse=True)


def _versions(versions: list[PlanVersion]) -> Iterator[Event]:
    before: PlanVersion | None = None
    for number, version in enumerate(versions):
        seen_later = (later.seen_at for later in versions[number + 1 :] if later.is_seen)
        what = _("Version %(number)d") % {"number": version.number}
        if before is None:
            lines = [_("The first version")]
        else:
            lines = [capfirst(line) for line in changes(before.body, version.body)]
        yield Event(
            *(version.published_at, version.by, what),
            version=version,
            told_later=next(seen_later, None),
            lines=lines,
        )
        before = version


def _moves(plan: Plan, versions: list[PlanVersion]) -> Iterator[Event]:
    """Moves on the ladder, and whether a patient has read of them yet."""
    last = versions[-1].published_at if versions else None
    moves = RungMove.objects.filter(planned__plan=plan)
    for move in moves.select_related("from_exercise", "to_exercise", "by"):
        what = _("From %(one)s to %(other)s") % {
            "one": move.from_exercise.title,
            "other": move.to_exercise.title,
        }
        lines = [] if last and move.at <= last else [_("Not published then or since.")]
        yield Event(move.at, move.by, what, lines=lines, typed=move.reason)


def _statuses(plan: Plan) -> Iterator[Event]:
    """Changes of the status and of the day of a hold, as the audit log has them."""
    entries = LogEntry.objects.get_for_object(plan).select_related("actor")
    for entry in entries.filter(changes__has_any_keys=["status", "held_until"]):
        if what := _status_words(entry.changes):
            yield Event(entry.timestamp, entry.actor, what)


def _status_words(changed: Mapping[str, Any]) -> str:
    """A change in words; empty for what a version says already: that the plan was activated."""
    before, status = changed.get("status", (None, None))
    _old, until = changed.get("held_until", (None, None))
    day = parse_date(until or "") if until != "None" else None
    if status == Plan.Status.ACTIVE:
        return _("Goes on after the hold") if before == Plan.Status.ON_HOLD else ""
    if status in (Plan.Status.COMPLETED, Plan.Status.REVOKED):
        return _("Completed") if status == Plan.Status.COMPLETED else _("Taken back")
    if status == Plan.Status.ON_HOLD or (status is None and "held_until" in changed):
        return _on_hold(day)
    return ""


def _on_hold(until: date | None) -> str:
    if until is None:
        return _("On hold until somebody resumes it")
    return _("On hold until %(day)s") % {"day": date_format(until, "l, F j, Y")}
