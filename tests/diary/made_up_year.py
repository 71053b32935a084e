"""A patient whom things happen to, day after day, through the same actions that the pages call.

What happens is also written into a ``PlainDiary`` (plain_count.py), in plain dates and numbers.
"""

import random
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import time_machine

from education.diary.actions.finishing import Said, add_session, correct_session, finish_session
from education.diary.actions.mornings import answer_morning
from education.diary.actions.sessions import begin_session, tick_exercise
from education.diary.models import Session
from education.people.models import Clinic, Patient, User
from education.plans.actions import (
    activate_plan,
    complete_plan,
    hold_plan,
    publish_changes,
    resume_plan,
    resume_plans_due,
)
from education.plans.harder_days import take_harder_day
from education.plans.models import HarderDay, Plan, PlannedExercise, PlanVersion
from tests import factories

from .plain_count import PlainDiary, PlainRow, PlainSession, PlainVersion

HERE = ZoneInfo("America/Los_Angeles")
NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SPRING, AUTUMN = date(2026, 3, 8), date(2026, 11, 1)  # clocks change in California
EVERY_DAY, WEEKDAYS, THRICE = 0b1111111, 0b0011111, 0b0010101
CLOCKS = (time(0, 5), time(1, 30), time(6), time(13), time(20, 40), time(23, 55))


def at(day: date, clock: time) -> time_machine.travel:
    """This moment of the clinic's wall clock."""
    moment = datetime.combine(day, clock, HERE)
    return time_machine.travel(moment.astimezone(UTC), tick=False)


class Life:
    """One patient and what became of them. ``diary`` is the plain record of it."""

    def __init__(self, patient: Patient, clinician: User, *, seed: int, first: date):
        self.random = random.Random(seed)  # noqa: S311 - the same life every time
        self.patient, self.clinician = patient, clinician
        self.diary = PlainDiary()
        self.versions: list[PlanVersion] = []
        self.exercises = [factories.make_exercise() for _ in range(4)]
        self.today = first
        self.level = 5  # pain wanders around it
        with at(first, time(23, 55)):
            self.begin_plan(start=first)

    def chance(self, of_a_hundred: int) -> bool:
        return self.random.randrange(100) < of_a_hundred

    def pain(self) -> int:
        return max(0, min(10, self.level + self.random.choice((-2, -1, 0, 0, 1, 3))))

    def maybe(self, of_a_hundred: int) -> int | None:
        return self.pain() if self.chance(of_a_hundred) else None

    def live(self, day: date) -> None:
        """One day, from the first minute to the last."""
        self.today = day
        if self.chance(4):
            self.level = self.random.choice((1, 3, 5, 7))
        with at(day, time(0, 1)):
            if self.chance(60):
                resume_plans_due()
        clocks = sorted(self.random.sample(CLOCKS, 3))
        for clock, event in zip(clocks, (self.wake, self.move, self.look_back), strict=True):
            with at(day, clock):
                event()
        with at(day, self.random.choice((time(9), time(23, 58)))):
            self.see_staff()

    # -- the plan

    def begin_plan(self, start: date) -> None:
        """A new plan, published today; the one before it ends today."""
        self.plan = factories.make_plan(
            self.patient,
            self.clinician,
            exercises=self.exercises[:3],
            published=False,
            start_on=start,
            review_on=max(start, self.today) + timedelta(days=60),
        )
        *_alone, watched = self.plan.planned_exercises.all()
        PlannedExercise.objects.filter(pk=watched.pk).update(supervised_first=True, times_per_day=4)
        self.change_rows()
        before = {version.plan for version in self.diary.versions}
        activate_plan(plan=self.plan, by=self.clinician)
        for plan in before:
            self.diary.ended.setdefault(plan, self.today)
        self.write_version()

    def change_rows(self) -> None:
        """Other dosages, other days, another exercise more or less."""
        for row in self.plan.planned_exercises.filter(removed_at=None, supervised_first=False):
            row.times_per_day = self.random.choice((1, 1, 2, 3))
            row.every_n_days = self.random.choice((1, 1, 1, 2, 3))
            row.weekdays = EVERY_DAY
            row.anchor_on = None
            if row.every_n_days == 1:
                row.weekdays = self.random.choice((EVERY_DAY, EVERY_DAY, WEEKDAYS, THRICE))
            elif self.chance(50):
                row.anchor_on = self.plan.start_on + timedelta(days=self.random.randrange(9))
            row.save()
            HarderDay.objects.filter(planned=row).delete()
            if self.chance(50):
                HarderDay.objects.create(planned=row, times_per_day=1, sets=1, reps_min=3)

    def publish(self) -> None:
        self.change_rows()
        Plan.objects.filter(pk=self.plan.pk).update(review_on=self.today + timedelta(days=60))
        self.plan.refresh_from_db()
        publish_changes(plan=self.plan, by=self.clinician)
        self.write_version()

    def write_version(self) -> None:
        rows = self.plan.planned_exercises.filter(removed_at=None).select_related("harder")
        self.versions.append(PlanVersion.objects.latest_of(self.plan))
        self.diary.versions.append(
            PlainVersion(
                plan=self.plan.pk,
                published=self.today,
                start=self.plan.start_on,
                rows=[self.plain_row(row) for row in rows],
            )
        )

    def plain_row(self, row: PlannedExercise) -> PlainRow:
        lighter = getattr(row, "harder", None)
        return PlainRow(
            times=row.times_per_day,
            weekdays=tuple(name for n, name in enumerate(NAMES) if row.weekdays >> n & 1),
            every=row.every_n_days,
            anchor=row.anchor_on,
            lighter=lighter.times_per_day if lighter else None,
            alone=not row.supervised_first,
        )

    def see_staff(self) -> None:
        """Now and then the plan changes, rests, goes on, ends, or another one begins."""
        self.plan.refresh_from_db()
        if self.plan.is_ended:
            if self.chance(20):
                self.begin_plan(start=self.today + timedelta(days=self.random.randrange(4)))
        elif self.plan.status == Plan.Status.ON_HOLD:
            if self.chance(10):
                self.go_on()
        elif self.chance(3):
            self.rest(self.random.choice((None, self.today + timedelta(days=6))))
        elif self.chance(4):
            self.publish()
        elif self.chance(1):
            complete_plan(plan=self.plan, by=self.clinician)
            self.diary.ended[self.plan.pk] = self.today
        elif self.chance(1):
            self.begin_plan(start=self.today)

    def rest(self, until: date | None) -> None:
        hold_plan(plan=self.plan, until=until, by=self.clinician)
        self.diary.rests.append((self.plan.pk, self.today, until))

    def go_on(self) -> None:
        resume_plan(plan=self.plan, by=self.clinician)
        plan, first, until = self.diary.rests[-1]
        if until is None or until > self.today:
            self.diary.rests[-1] = (plan, first, self.today)

    # -- the diary

    def wake(self) -> None:
        """Pain of the morning, once, after a day with a session; a harder day is said."""
        yesterday = self.today - timedelta(days=1)
        if self.diary.sittings(yesterday) and self.chance(70):
            pain = min(10, self.pain() + self.random.choice((0, 0, 4)))
            answer_morning(
                patient=self.patient, day=self.clinic_day(), pain=pain, by=self.patient.user
            )
            self.diary.mornings[self.today] = pain
        if self.chance(8):
            take_harder_day(patient=self.patient, day=self.clinic_day(), by=self.patient.user)
            self.diary.harder.add(self.today)

    def clinic_day(self) -> date:
        """As a page asks for it; the plain record has the date of the wall clock."""
        return Clinic.objects.current().today()

    def move(self) -> None:
        """The sessions of the day: as planned, fewer, one more than planned, or none."""
        if self.diary.version_on(self.today) is None or self.chance(60):
            return
        planned = self.diary.planned(self.today)
        for number in range(1, min(4, planned + self.chance(10)) + 1):
            if self.chance(75):
                self.random.choice((self.tick, self.tell, self.tell, self.leave))(number)

    def keys(self) -> list[str]:
        return [key for key, row in self.versions[-1].planned.items() if not row["supervised"]]

    def tick(self, number: int) -> None:
        """Taps, some of them taken back."""
        session = self.diary.sessions.setdefault((self.today, number), PlainSession())
        for key in self.random.sample(self.keys(), self.random.choice((1, 1, 2))):
            tap = {"version": self.versions[-1], "key": key, "occurrence": number}
            tap |= {"day": self.clinic_day(), "by": self.patient.user}
            tick_exercise(**tap, done=True)
            session.outcomes[key] = "done"
            if self.chance(20):
                tick_exercise(**tap, done=False)
                session.outcomes[key] = "taken_back"

    def begin(self, number: int, before: int | None) -> Session:
        self.diary.sessions[self.today, number] = PlainSession(before=before)
        return begin_session(
            version=self.versions[-1],
            day=self.clinic_day(),
            occurrence=number,
            pain_before=before,
            by=self.patient.user,
        )

    def leave(self, number: int) -> None:
        """Begun, and nothing more."""
        self.begin(number, self.maybe(50))

    def tell(self, number: int) -> None:
        """Led through it, and told how it went."""
        session = self.begin(number, self.maybe(80))
        said = self.said()
        finish_session(session=session, said=said, by=self.patient.user)
        self.write(self.diary.sessions[self.today, number], said.without_blanks())

    def said(self, keys: list[str] | None = None) -> Said:
        outcomes = {
            key: (self.random.choice(("done", "done", "partly", "not_done")), "")
            for key in (self.keys() if keys is None else keys)
        }
        columns = {
            "pain_after": self.maybe(90),
            "moved": self.random.choice(("", "up", "same", "down")),
            "wrong": self.random.choice(("",) * 20 + ("fell", "fell", "further_down")),
            "comment": self.random.choice(("", "", "It pulls.")),
        }
        if self.chance(40):
            columns["pain_before"] = self.maybe(80)
        return Said(columns, outcomes)

    def write(self, session: PlainSession, said: Said) -> None:
        session.finished = True
        session.after = said.columns.get("pain_after", session.after)
        session.before = said.columns.get("pain_before", session.before)
        session.outcomes |= {key: outcome for key, (outcome, _why) in said.outcomes.items()}

    def look_back(self) -> None:
        """A session of the last 7 days is corrected, or one is added to them."""
        if self.chance(10):
            self.correct()
        if self.chance(10):
            self.add(self.today - timedelta(days=self.random.randrange(1, 7)))

    def correct(self) -> None:
        open_days = [self.today - timedelta(days=ago) for ago in range(7)]
        places = [place for place in self.diary.sessions if place[0] in open_days]
        if not places:
            return
        day, number = self.random.choice(places)
        session = Session.objects.get(patient=self.patient, day=day, occurrence=number)
        said = self.said(list(self.diary.sessions[day, number].outcomes))
        correct_session(session=session, said=said, by=self.patient.user)
        self.write(self.diary.sessions[day, number], said)

    def add(self, day: date) -> None:
        """What nobody had written down yet, of a day on which a plan was in force."""
        version = self.diary.version_on(day)
        free = [n for n in range(1, 5) if (day, n) not in self.diary.sessions]
        if version is None or not free:
            return
        published = self.versions[self.diary.versions.index(version)]
        said = self.said([key for key, row in published.planned.items() if not row["supervised"]])
        add_session(
            version=published,
            day=day,
            occurrence=free[0],
            harder=day in self.diary.harder,
            said=said,
            by=self.patient.user,
        )
        session = self.diary.sessions[day, free[0]] = PlainSession()
        self.write(session, said.without_blanks())
