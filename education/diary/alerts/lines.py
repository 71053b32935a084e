"""What stands behind an alert, in a few words of numbers and days, for the list and the page."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from education.people.models import Clinic

from ..models import Alert, MorningCheck, Session
from .reading import facts_of_sessions
from .wanted import PAIN_RISE, USUAL_DAYS, SessionFacts, usual_pain

Kind = Alert.Kind


@dataclass(frozen=True)
class Line:
    """One row of “needs a look”. ``tag`` is a class of the style sheet, ``why`` the word in it.

    ``said`` is a comment of the patient, in full.
    """

    alert: Alert
    tag: str
    why: str
    head: str
    text: str
    waits: str
    said: str = ""

    @property
    def is_flag(self) -> bool:
        return self.alert.kind == Kind.RED_FLAG

    @property
    def open_plan(self) -> int | None:
        """Key of the patient's open plan, as with_facts() reads it along."""
        return self.alert.open_plan


def lines_of(alerts: Iterable[Alert], clinic: Clinic) -> list[Line]:
    """The alerts, read with_facts(), in words: at most three more queries for any number."""
    alerts = list(alerts)
    runs = _pain_runs([alert for alert in alerts if alert.kind == Kind.PAIN_UP])
    mornings = _mornings([alert for alert in alerts if alert.kind == Kind.NOT_SETTLED])
    today = clinic.today()
    return [_line(alert, {**runs, **mornings}, today) for alert in alerts]


def _line(alert: Alert, counted: dict[int, str], today: date) -> Line:
    head, text = _words(alert, counted)
    level = next(n for n, kinds in enumerate(Alert.LEVELS) if alert.kind in kinds)
    return Line(
        alert=alert,
        tag=("flag", "worse", "team")[level],
        why=(_("Red flag"), _("Worse"), _short(alert.kind))[level],
        head=head,
        text=text,
        waits=_waits(alert, today),
        said=alert.session.comment if alert.kind == Kind.COMMENT and alert.session else "",
    )


def _short(kind: str) -> str:
    words = {
        Kind.COMMENT: _("Comment"),
        Kind.QUIET: _("No entry"),
        Kind.REVIEW_DUE: _("Review"),
    }
    return words.get(Kind(kind), "")


def _words(alert: Alert, counted: dict[int, str]) -> tuple[str, str]:
    """What happened, and its numbers and day."""
    session = alert.session
    if alert.kind == Kind.RED_FLAG and session:
        return _of_flag(session)
    if alert.kind == Kind.FURTHER_DOWN and session:
        facts = filter(None, [_day(session), _pain(session)])
        return _("Pain moved further down"), ". ".join(facts)
    if alert.kind == Kind.COMMENT and session:
        return _("The patient wrote"), _day(session)
    if alert.kind == Kind.PAIN_UP:
        return _("Pain is up"), counted.get(alert.pk, "")
    if alert.kind == Kind.NOT_SETTLED:
        return _("Not settled next morning"), counted.get(alert.pk, "")
    day = date_format(alert.cause_day, "D, M j")
    if alert.kind == Kind.QUIET:
        return _("Nothing logged"), _("since %(day)s") % {"day": day}
    return _("Review"), _("was to be on %(day)s") % {"day": day}


def _of_flag(session: Session) -> tuple[str, str]:
    day = _day(session)
    if session.wrong not in Session.RED_FLAGS:
        words = _("%(day)s. Corrected later: ask all the same.") % {"day": day}
        return _("A sign that needs a doctor"), words
    return session.get_wrong_display().capitalize(), _(
        "%(day)s. The page said what to do at once."
    ) % {"day": day}


def _day(session: Session) -> str:
    return date_format(session.day, "D, M j")


def _pain(session: Session) -> str:
    """“Pain 3 to 5.”, as far as it was said."""
    before, after = session.pain_before, session.pain_after
    if after is None:
        return ""
    if before is None:
        return _("Pain %(after)d after") % {"after": after}
    return _("Pain %(before)d to %(after)d") % {"before": before, "after": after}


def _waits(alert: Alert, today: date) -> str:
    """How long it has stood; in days where it began with a day."""
    if alert.kind not in (Kind.QUIET, Kind.REVIEW_DUE):
        return timesince(alert.raised_at, depth=1)
    days = (today - alert.opens_on).days
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days} if days else _("today")


def _pain_runs(alerts: Sequence[Alert]) -> dict[int, str]:
    """“Usually 3, now 6, 2 sessions running”, by the key of the alert: one query."""
    if not alerts:
        return {}
    first = min(alert.session.day for alert in alerts if alert.session)
    found = Session.objects.filter(patient__in={alert.patient_id for alert in alerts})
    found = found.filter(day__gte=date.fromordinal(first.toordinal() - USUAL_DAYS))
    rated: dict[int, list[SessionFacts]] = defaultdict(list)
    for patient, *row in facts_of_sessions(found.filter(pain_after__isnull=False)).in_order():
        facts = SessionFacts._make(row)
        if facts.pain_after is not None:
            rated[patient].append(facts)
    return {alert.pk: _pain_run(alert, rated[alert.patient_id]) for alert in alerts}


def _pain_run(alert: Alert, rated: list[SessionFacts]) -> str:
    """Empty when corrections have left no run to speak of."""
    days, pains = [session.day for session in rated], [session.pain_after or 0 for session in rated]
    n = next((n for n, session in enumerate(rated) if session.pk == alert.session_id), None)
    usual = None if n is None else usual_pain(days, pains, n)
    if n is None or usual is None:
        return ""
    run = []
    for pain in pains[n:]:
        if pain < usual + PAIN_RISE:
            break
        run.append(pain)
    if not run:
        return ""
    words = ngettext(
        "Usually %(usual)g, now %(now)d. %(number)d session.",
        "Usually %(usual)g, now %(now)d. %(number)d sessions running.",
        len(run),
    )
    return words % {"usual": usual, "now": run[-1], "number": len(run)}


def _mornings(alerts: Sequence[Alert]) -> dict[int, str]:
    """“2 mornings running. Pain 4 before, ...”, by the key of the alert: one query."""
    if not alerts:
        return {}
    first = min(alert.session.day for alert in alerts if alert.session)
    found = MorningCheck.objects.filter(patient__in={alert.patient_id for alert in alerts})
    judged: dict[int, list[MorningCheck]] = defaultdict(list)
    for morning in found.filter(day__gt=first).with_settled().select_related("session").in_order():
        if morning.settled is not None:
            judged[morning.patient_id].append(morning)
    return {alert.pk: _unsettled(alert, judged[alert.patient_id]) for alert in alerts}


def _unsettled(alert: Alert, judged: list[MorningCheck]) -> str:
    run: list[MorningCheck] = []
    for morning in judged:
        if not run and alert.cause != f"morning:{morning.pk}":
            continue
        if morning.settled:
            break
        run.append(morning)
    if not run:
        return ""
    words = ngettext(
        "%(number)d morning. Pain %(before)d before the session, %(morning)d the next morning.",
        "%(number)d mornings running. Last: pain %(before)d before the session, %(morning)d the "
        "next morning.",
        len(run),
    )
    last = run[-1]
    return words % {
        "number": len(run),
        "before": last.session.pain_before,
        "morning": last.pain,
    }
