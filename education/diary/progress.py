"""What the page of progress shows: all of it from a handful of narrow reads.

Its words claim no cause and judge nobody. Numbers are told when there are enough of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db import models
from django.db.models import Exists, OuterRef

from education.people.models import Clinic, Patient
from education.plans.models import PlanVersion
from education.plans.standing import Standing, standing

from .adherence import Adherence, counted
from .averages import ENOUGH, Bucket, Buckets, MorningLine, SessionLine, buckets_of, weeks_of
from .models import ExerciseLog, MorningCheck, Session
from .models.mornings import SETTLED_RISE
from .month import Month, first_of, month_page, next_month, week_start
from .outcomes import Asked, Measures, asked_for, measures_of, outcomes_of
from .pain_rule import thresholds_of
from .planned import History, history_of

A_WEEK = timedelta(days=7)
REAL_RISE = 2  # points of 10 from week to week that are a real change (see scoring.py)
RECENT = timedelta(days=14)


class Course(models.TextChoices):
    """What the first sentence of the page can say of pain after exercise."""

    NOTHING = "nothing"
    FEW = "few"
    AS_FIRST = "as-first"
    SINCE_FIRST = "since-first"
    UP = "up"


@dataclass(frozen=True)
class Story:
    """Pain after exercise in two weeks, in whole points of 10: ``then`` and ``now``.

    ``then_on`` and ``now_on`` are their first days; all four are None while there is too little.
    ``is_first``: ``then`` is the patient's very first week.
    """

    course: Course
    then: int | None = None
    now: int | None = None
    then_on: date | None = None
    now_on: date | None = None
    is_first: bool = False


@dataclass(frozen=True)
class PainRow:
    """A week or month in numbers; ``plan``: “new” or “changed” in it, or empty."""

    bucket: Bucket
    plan: str


@dataclass(frozen=True)
class Progress:
    """All that the page shows; see the template for the order and the words."""

    today: date
    grace_days: int
    this_week: date
    month: Month
    week: Adherence
    sessions: int
    buckets: Buckets
    versions: Sequence[PlanVersion]
    changed_on: dict[date, bool]
    harder_days: frozenset[date]
    story: Story
    told: str
    is_unsettled: bool
    measures: Measures
    asked: Asked | None

    @property
    def last_week(self) -> date:
        """First day of the clinic's week before this one."""
        return self.this_week - A_WEEK

    @cached_property
    def version(self) -> PlanVersion | None:
        """The newest version of the newest plan."""
        return self.versions[-1] if self.versions else None

    @property
    def needs_care(self) -> bool:
        """Whether the page says first what can be done now; of a rise that is not long past."""
        now_on = self.story.now_on
        is_up = self.story.course == Course.UP and now_on is not None and now_on >= self.last_week
        return is_up or self.is_unsettled or bool(self.told)

    @property
    def follows_plan(self) -> bool:
        """Whether there is a plan to do less of now.

        A clash with the patient's answers is not asked about here: the plan's page says it first.
        """
        version = self.version
        if version is None or self.told in (Session.Told.RED_FLAG, Session.Told.STOP):
            return False
        stands = standing(version, today=self.today, grace_days=self.grace_days, unsettled=False)
        return stands in (Standing.READY, Standing.REVIEW_PAST)

    @property
    def offers_harder_day(self) -> bool:
        """Whether today may still be made a harder day."""
        return self.follows_plan and self.today not in self.harder_days

    @cached_property
    def pain_rows(self) -> list[PainRow]:
        """The rows of the table under the chart, each with what became of the plan in it."""
        return [PainRow(bucket, self._plan_in(bucket)) for bucket in self.buckets.rows]

    def _plan_in(self, bucket: Bucket) -> str:
        news = [new for day, new in self.changed_on.items() if bucket.start <= day < bucket.until]
        if not news:
            return ""
        return "new" if any(news) else "changed"


#: Answers of the pain rule that outrank every number on this page (clinical.md, the pain rule, 2).
OUTRANK = (Session.Told.STOP, Session.Told.FURTHER_DOWN, Session.Told.RED_FLAG)


def progress_of(patient: Patient, *, clinic: Clinic, month: date) -> Progress:
    """In seven queries. ``month`` is the first day of the one that the calendar shows.

    Raises ValueError when there is nothing to see in that month, since it lies ahead or before
    the patient's first day.
    """
    today = clinic.today()
    history, sessions = history_of(patient, clinic.zone), sessions_of(patient)
    mornings, outcomes = mornings_of(patient), outcomes_of(patient)
    changed = _changed_on(history)
    since = min([today, *changed, *(line.day for line in sessions[:1])])
    if not first_of(since) <= month <= today:
        raise ValueError(f"nothing to see in {month:%Y-%m}")
    days = _sessions_by_day(sessions)
    weeks = weeks_of(sessions, mornings, clinic)
    this_week = week_start(today, clinic)
    in_month = counted(history, days, month, next_month(month) - timedelta(days=1), today)
    return Progress(
        today=today,
        grace_days=clinic.review_grace_days,
        this_week=this_week,
        month=month_page(in_month, since=since, today=today, clinic=clinic),
        week=counted(history, days, this_week, today, today),
        sessions=sum(days.values()),
        buckets=buckets_of(sessions, mornings, clinic),
        versions=history.versions,
        changed_on=changed,
        harder_days=history.harder_days,
        story=story_of(weeks, fine_max=_fine_max(history, clinic)),
        told=_told(sessions, today),
        is_unsettled=unsettled_twice(mornings, today),
        measures=measures_of(outcomes, history.versions),
        asked=asked_for(history.versions, outcomes, today),
    )


def sessions_of(patient: Patient) -> list[SessionLine]:
    """Every session of a patient, the oldest first; one narrow query."""
    logs = ExerciseLog.objects.filter(session=OuterRef("pk"), outcome__in=ExerciseLog.COUNTED)
    rows = Session.objects.filter(patient=patient).annotate(counts=Exists(logs)).in_order()
    columns = ("day", "pain_before", "pain_after", "told", "counts")
    return [SessionLine(*row) for row in rows.values_list(*columns)]


def mornings_of(patient: Patient) -> list[MorningLine]:
    """Every morning after, the oldest first; one narrow query."""
    rows = MorningCheck.objects.filter(patient=patient).in_order()
    columns = ("day", "pain", "session__pain_before")
    return [MorningLine(*row) for row in rows.values_list(*columns)]


def _sessions_by_day(sessions: Sequence[SessionLine]) -> dict[date, int]:
    days: dict[date, int] = {}
    for line in sessions:
        if line.counts:
            days[line.day] = days.get(line.day, 0) + 1
    return days


def _changed_on(history: History) -> dict[date, bool]:
    """The clinic's dates on which a plan was published; True where it was a new plan."""
    days: dict[date, bool] = {}
    for version in history.versions:
        day = version.published_at.astimezone(history.zone).date()
        days[day] = days.get(day, False) or version.number == 1
    return days


def _fine_max(history: History, clinic: Clinic) -> int:
    if not history.versions:
        return clinic.pain_fine_max
    return thresholds_of(history.versions[-1], clinic).fine_max


def story_of(weeks: Sequence[Bucket], *, fine_max: int) -> Story:
    """Pain after exercise from one week to another, of weeks with ENOUGH answers.

    It went up when it is REAL_RISE above the week before or the first week, or 1 above and more
    than ``fine_max``: then that is told, not the way it went since the beginning.
    """
    told = [week for week in weeks if week.after.n >= ENOUGH]
    if len(told) < 2:
        return Story(Course.FEW if any(w.has_answers for w in weeks) else Course.NOTHING)
    first, before, now = told[0], told[-2], told[-1]
    for then in (before, first):
        rise = _mean(now) - _mean(then)
        if rise >= REAL_RISE or (rise >= 1 and _mean(now) > fine_max):
            return _story(Course.UP, then, now, is_first=then is weeks[0])
    same = _points(first) == _points(now)
    course = Course.AS_FIRST if same else Course.SINCE_FIRST
    return _story(course, first, now, is_first=first is weeks[0])


def _story(course: Course, then: Bucket, now: Bucket, *, is_first: bool) -> Story:
    return Story(course, _points(then), _points(now), then.start, now.start, is_first)


def _mean(week: Bucket) -> float:
    return week.after.total / week.after.n


def _points(week: Bucket) -> int:
    """“About 4”: the mean in whole points, halves up."""
    return (2 * week.after.total + week.after.n) // (2 * week.after.n)


def unsettled_twice(mornings: Sequence[MorningLine], today: date) -> bool:
    """Whether the last two mornings that could be judged were both not settled, lately."""
    last = [morning for morning in mornings if morning.start is not None][-2:]
    return (
        len(last) == 2
        and today - last[-1].day < RECENT
        and all(m.start is not None and m.pain > m.start + SETTLED_RISE for m in last)
    )


def _told(sessions: Sequence[SessionLine], today: date) -> str:
    """What the last session was answered, when that outranks the numbers and is a week old."""
    told = [line for line in sessions if line.told][-1:]
    outranks = told and told[0].told in OUTRANK and today - told[0].day < A_WEEK
    return told[0].told if outranks else ""
