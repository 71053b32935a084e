"""A year of made-up diaries: what the saves left is what a plain count, and a rebuild, say.

The plain count below is written anew from the words of education/diary/alerts/wanted.py, with
nothing of its code.
"""

import random
from datetime import UTC, date, datetime, timedelta
from statistics import median

import pytest
import time_machine

from education.diary.actions.alerts import acknowledge_alert
from education.diary.alerts import rebuild_alerts, settle_alerts
from education.diary.models import Alert, Correction, ExerciseLog, MorningCheck, Session
from education.plans.actions import complete_plan, hold_plan, publish_changes, resume_plan
from tests import factories

pytestmark = pytest.mark.django_db

FIRST = date(2025, 11, 3)
DAYS = 365
A_WEEK = timedelta(days=7)
SIGNS = ("fell", "numb_or_weak")


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 20, tzinfo=UTC)  # at the clinic


class Year:
    """One patient whom things happen to, and what a plain count makes of them."""

    def __init__(self, patient, clinician, seed: int):
        self.random = random.Random(seed)  # noqa: S311 the same year every time
        self.patient, self.clinician = patient, clinician
        self.level = 4  # pain wanders around it
        self.today = FIRST
        self.seen = 0
        with time_machine.travel(noon(FIRST), tick=False):
            review = FIRST + timedelta(days=28)
            self.plan = factories.make_plan(patient, clinician, exercises=1, review_on=review)
        self.review_on, self.held, self.rested_until = review, False, FIRST
        self.held_until: date | None = None
        self.ended = False

    def chance(self, of_a_hundred: int) -> bool:
        return self.random.randrange(100) < of_a_hundred

    def pain(self) -> int:
        return max(0, min(10, self.level + self.random.choice((-2, -1, 0, 0, 1, 1, 3))))

    # -- what happens

    def live(self, day: date) -> None:
        self.today = day
        with time_machine.travel(noon(day), tick=False):
            if self.chance(5):
                self.level = self.random.choice((0, 1, 2, 3, 5, 7))
            for event in (self.morning, self.session, self.correction):
                if event():
                    settle_alerts(patient=self.patient, today=day)
            self.staff()

    def session(self) -> bool:
        """Up to two of today; now and then one of a day before is added."""
        days = [(self.today, 1)] * self.chance(60) + [(self.today, 2)] * self.chance(40)
        days += [(self.today - timedelta(days=3), 3)] * self.chance(10)
        for day, occurrence in [] if self.ended else days:
            self.one_session(day, occurrence)
        return bool(days)

    def one_session(self, day: date, occurrence: int) -> None:
        factories.make_session(
            self.patient,
            day=day,
            occurrence=occurrence,
            logs=self.chance(90),
            pain_before=self.random.choice((None, self.pain(), self.pain())),
            pain_after=self.pain() if self.chance(90) else None,
            finished_at=noon(self.today) if self.chance(85) else None,
            moved=self.random.choice(("", "up", "same", "same", "down")),
            wrong=self.random.choice(("",) * 20 + ("fell", "further_down", "too_much_pain")),
            comment=self.random.choice(("", "", "It pulls.")),
        )

    def morning(self) -> bool:
        yesterday = Session.objects.filter(
            patient=self.patient, day=self.today - timedelta(days=1)
        ).first()
        if yesterday is None or not self.chance(70):
            return False
        MorningCheck.objects.create(
            patient=self.patient, session=yesterday, day=self.today, pain=self.pain()
        )
        return True

    def correction(self) -> bool:
        recent = Session.objects.filter(patient=self.patient, day__gt=self.today - A_WEEK)
        finished = list(recent.exclude(finished_at=None).order_by("pk"))
        if not finished or not self.chance(15):
            return False
        session = self.random.choice(finished)
        now = {
            "pain_after": self.random.choice((None, self.pain())),
            "pain_before": self.random.choice((None, self.pain())),
            "moved": self.random.choice(("", "same", "down")),
            "wrong": self.random.choice(("", "fell", "numb_or_weak")),
            "comment": self.random.choice(("", "Better said so.")),
        }
        before = {name: getattr(session, name) for name in now}
        changed = {name: value for name, value in before.items() if value != now[name]}
        if not changed:
            return False
        Correction.objects.create(session=session, before=changed, by=self.patient.user)
        for name, value in now.items():
            setattr(session, name, value)
        session.save()
        return True

    def staff(self) -> None:
        if self.chance(10):
            waiting = list(Alert.objects.needs_a_look(self.today).order_by("pk"))
            for alert in waiting[self.random.randrange(3) :]:
                self.seen += acknowledge_alert(alert=alert, by=self.clinician)
        if self.ended:
            return
        if self.held_until == self.today:
            self.plan = resume_plan(plan=self.plan, by=self.clinician)
            self.held, self.rested_until, self.held_until = False, self.today, None
        elif not self.held and self.chance(2):
            self.held_until = self.random.choice((None, self.today + timedelta(days=9)))
            self.plan = hold_plan(plan=self.plan, until=self.held_until, by=self.clinician)
            self.held = True
        elif self.held and self.held_until is None and self.chance(10):
            self.plan = resume_plan(plan=self.plan, by=self.clinician)
            self.held, self.rested_until = False, self.today
        if self.chance(3):
            self.review_on = self.plan.review_on = self.today + timedelta(days=28)
            self.plan.save()
            publish_changes(plan=self.plan, by=self.clinician)
        if self.today == FIRST + timedelta(days=DAYS - 20):
            complete_plan(plan=self.plan, by=self.clinician)
            self.ended = True

    # -- what a plain count says

    def plain(self) -> set[tuple[str, str]]:
        """(kind, cause) of everything that is open, or will open one day."""
        sessions = Session.objects.filter(patient=self.patient).in_order()
        sessions = list(sessions.prefetch_related("corrections"))
        found = set().union(*(self.of_session(session) for session in sessions))
        found |= self.pain_up(sessions) | self.not_settled()
        if not self.ended:
            found.add(("review_due", f"plan:{self.plan.pk}@{self.review_on}"))
            if not self.held or self.held_until:
                found.add(("quiet", f"since:{self.silent_since(sessions)}"))
        return found

    def of_session(self, session: Session) -> set[tuple[str, str]]:
        cause, found = f"session:{session.pk}", set()
        earlier = list(session.corrections.all())
        states = [session.wrong, *(one.before.get("wrong") for one in earlier)]
        if "fell" in states or "numb_or_weak" in states:
            found.add(("red_flag", cause))
        found |= {("red_flag", f"{cause}@{pk}") for pk in self.said_again(session, earlier)}
        if session.moved == "down" or session.wrong == "further_down":
            found.add(("further_down", cause))
        if session.comment:
            changed = [one.pk for one in earlier if "comment" in one.before]
            found.add(("comment", f"{cause}@{max(changed)}" if changed else cause))
        return found

    def said_again(self, session: Session, earlier: list[Correction]) -> list[int]:
        """Corrections after which another sign stood than before, or one was back."""
        steps = [(one.pk, one.before["wrong"]) for one in earlier if "wrong" in one.before]
        ends = [*(wrong for _pk, wrong in steps), session.wrong]
        begun_by = [0, *(pk for pk, _wrong in steps)]
        signs = [pk for pk, wrong in zip(begun_by, ends, strict=True) if wrong in SIGNS]
        return signs[1:]

    def pain_up(self, sessions: list[Session]) -> set[tuple[str, str]]:
        told = [s for s in sessions if s.finished_at and s.pain_after is not None]
        for n, begin in enumerate(told[:-1]):
            before = [s.pain_after for s in told[:n] if (begin.day - s.day).days <= 28]
            if len(before) >= 5 and all(s.pain_after >= median(before) + 2 for s in told[n:]):
                return {("pain_up", f"session:{begin.pk}")}
        return set()

    def not_settled(self) -> set[tuple[str, str]]:
        run: list[int] = []
        for morning in (
            MorningCheck.objects.filter(patient=self.patient)
            .select_related("session")
            .order_by("day")
        ):
            start = morning.session.pain_before
            if start is not None:
                run = [*run, morning.pk] if morning.pain > start + 1 else []
        return {("not_settled", f"morning:{run[0]}")} if len(run) >= 2 else set()

    def silent_since(self, sessions: list[Session]) -> date:
        logged = ExerciseLog.objects.filter(outcome__in=["done", "partly"])
        done = set(logged.values_list("session", flat=True))
        days = [session.day for session in sessions if session.pk in done]
        return max([*days, self.rested_until, self.held_until or FIRST])


def standing(patient) -> set[tuple[str, str]]:
    rows = Alert.objects.filter(patient=patient, closed_at=None)
    return set(rows.values_list("kind", "cause"))


def test_a_year_of_saves_a_plain_count_and_a_rebuild_agree(patient, clinician):
    year = Year(patient, clinician, seed=1)
    kinds = set()
    for n in range(DAYS):
        year.live(FIRST + timedelta(days=n))
        if n % 5 == 0 or n > DAYS - 25:
            assert standing(patient) == year.plain(), f"day {n}"
        kinds |= {kind for kind, _cause in standing(patient)}
    assert kinds == set(Alert.Kind.values)
    assert year.seen > 10
    rows = list(Alert.objects.order_by("pk").values())
    assert sum(rebuild_alerts(year.today)) == 0
    assert list(Alert.objects.order_by("pk").values()) == rows
    Alert.objects.all().delete()
    list(rebuild_alerts(year.today))
    assert standing(patient) == year.plain()
