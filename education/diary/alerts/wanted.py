"""What the clinic should look at, as a pure function of a diary and a plan.

Nothing here depends on today: a silence or a review stands from a day that may lie ahead.

- A red flag: the session says so, said so before a correction, or was answered so. A sign that a
  correction puts in the place of an earlier one, or back, is another: it is to be seen anew.
- Further down: the session says that the pain moved further down.
- Pain up: read the sessions that tell a pain after, in order. The usual pain of one is the median
  of those before it, of its own day and the USUAL_DAYS days before it, when they are USUAL_FROM or
  more. The run begins with the earliest session from which on every session up to the last is
  PAIN_RISE or more above the usual pain of that first one. Two sessions or more are a run.
- Not settled: the last two mornings or more that can be judged were not; those between them that
  cannot be judged are passed over.
- A comment; one that was changed later is to be read again.
- Quiet: QUIET_DAYS days after the last done session, the start of the plan or the end of a rest,
  whichever is latest, for a current patient with an account and a plan that does not rest without
  an end.
- Review due: on the day of the review in the version that the patient reads.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from typing import NamedTuple

from ..models import Alert, Session

PAIN_RISE = 2  # points of 10 above the patient's own usual pain
USUAL_DAYS = 28
USUAL_FROM = 5  # sessions
RUNNING = 2  # sessions, or mornings
QUIET_DAYS = 7

Kind = Alert.Kind


class SessionFacts(NamedTuple):
    """What alerts ask of a session. ``pain_after``: None until it is finished, or when not said.

    ``was_flag``: an earlier state of it was a red flag. ``comment_from``: key of the last
    correction that changed the comment.
    """

    pk: int
    day: date
    at: datetime  # when the clinic could first know
    pain_after: int | None
    moved: str
    wrong: str
    told: str
    has_comment: bool
    was_flag: bool
    comment_from: int | None

    @property
    def is_flag(self) -> bool:
        """A sign that needs a doctor, now or in an earlier state."""
        flags = Session.RED_FLAGS
        return self.was_flag or self.wrong in flags or self.told == Session.Told.RED_FLAG

    @property
    def is_further_down(self) -> bool:
        return self.moved == Session.Moved.DOWN or self.wrong == Session.Wrong.FURTHER_DOWN


class MorningFacts(NamedTuple):
    """What alerts ask of a morning after; ``settled`` None cannot be judged."""

    pk: int
    day: date
    at: datetime
    session: int
    settled: bool | None


@dataclass(frozen=True)
class Standing:
    """The open plan of a current patient. ``counts_from``: None when nothing is awaited."""

    plan: int
    review_on: date
    counts_from: date | None


class SignAgain(NamedTuple):
    """A correction (its key, and when) with which a sign of danger was said after another one."""

    correction: int
    at: datetime


@dataclass(frozen=True)
class Diary:
    """Sessions and mornings of one patient, the oldest first, and the open plan, if any.

    Sessions before ``since`` are there only for the usual pain. ``signs``: by the session's key.
    """

    sessions: Sequence[SessionFacts] = ()
    mornings: Sequence[MorningFacts] = ()
    standing: Standing | None = None
    since: date = date.min
    signs: Mapping[int, Sequence[SignAgain]] = field(default_factory=dict)


class Wanted(NamedTuple):
    """One alert that is called for; the columns of Alert."""

    kind: str
    cause: str
    opens_on: date
    raised_at: datetime
    session: int | None = None


def wanted_alerts(diary: Diary) -> Iterator[Wanted]:
    """Every alert that the diary and the plan call for."""
    for session in diary.sessions:
        if session.day >= diary.since:
            yield from _of_session(session)
            for sign in diary.signs.get(session.pk, ()):
                cause = f"session:{session.pk}@{sign.correction}"
                yield Wanted(Kind.RED_FLAG, cause, session.day, sign.at, session.pk)
    if run := pain_run(diary.sessions):
        first, second = run.sessions[:RUNNING]
        yield Wanted(Kind.PAIN_UP, f"session:{first.pk}", second.day, second.at, first.pk)
    if mornings := unsettled_run(diary.mornings):
        first_one, second_one = mornings[:RUNNING]
        cause = f"morning:{first_one.pk}"
        yield Wanted(
            Kind.NOT_SETTLED, cause, second_one.day, second_one.at, session=first_one.session
        )
    if diary.standing:
        yield from _of_plan(diary.standing)


def _of_session(session: SessionFacts) -> Iterator[Wanted]:
    cause, where = f"session:{session.pk}", (session.day, session.at, session.pk)
    if session.is_flag:
        yield Wanted(Kind.RED_FLAG, cause, *where)
    if session.is_further_down:
        yield Wanted(Kind.FURTHER_DOWN, cause, *where)
    if session.has_comment:
        changed = f"@{session.comment_from}" if session.comment_from else ""
        yield Wanted(Kind.COMMENT, cause + changed, *where)


def _of_plan(standing: Standing) -> Iterator[Wanted]:
    if standing.counts_from:
        opens_on = standing.counts_from + timedelta(days=QUIET_DAYS)
        cause = f"since:{standing.counts_from.isoformat()}"
        yield Wanted(Kind.QUIET, cause, opens_on, _begin_of(opens_on))
    review_on = standing.review_on
    cause = f"plan:{standing.plan}@{review_on.isoformat()}"
    yield Wanted(Kind.REVIEW_DUE, cause, review_on, _begin_of(review_on))


def _begin_of(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


class PainRun(NamedTuple):
    """Sessions running that are well above the usual pain before them."""

    usual: float
    sessions: list[SessionFacts]


def pain_run(sessions: Sequence[SessionFacts]) -> PainRun | None:
    """The run of pain that is up at the end of a diary, or None.

    A session with less pain than PAIN_RISE ends every run, whatever came before: no median is
    below 0. So whoever reads back to one, and USUAL_DAYS further, has read enough.
    """
    rated = [session for session in sessions if session.pain_after is not None]
    days = [session.day for session in rated]
    pains = [session.pain_after for session in rated if session.pain_after is not None]
    found, least = None, PAIN_RISE + 10
    for n in range(len(rated) - 1, -1, -1):
        least = min(least, pains[n])
        if least < PAIN_RISE:
            break
        usual = usual_pain(days, pains, n)
        if usual is not None and least >= usual + PAIN_RISE:
            found = PainRun(usual, rated[n:])
    return found if found and len(found.sessions) >= RUNNING else None


def usual_pain(days: Sequence[date], pains: Sequence[int], n: int) -> float | None:
    """The median of the pains before the n-th, back to USUAL_DAYS days; None when too few."""
    first = bisect_left(days, days[n] - timedelta(days=USUAL_DAYS), 0, n)
    return median(pains[first:n]) if n - first >= USUAL_FROM else None


def unsettled_run(mornings: Sequence[MorningFacts]) -> list[MorningFacts]:
    """The mornings at the end of a diary that were not settled, if they are two or more."""
    run: list[MorningFacts] = []
    for morning in reversed(mornings):
        if morning.settled:
            break
        if morning.settled is not None:
            run.insert(0, morning)
    return run if len(run) >= RUNNING else []
