"""Plans of the invented people, to try the site with. Development only."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from education.library.models import Exercise
from education.people.models import Clinic, Patient, User

from .actions import RowEdit, activate_plan, save_plan, settle
from .checks import answers_of, clashes
from .forms.dosage import DOSAGE_COLUMNS
from .harder import HarderEdit
from .models import HarderDay, Plan, PlannedExercise
from .shelf import default_side


@dataclass(frozen=True)
class DemoRow:
    """An exercise by its library key, with what differs from the library's own."""

    exercise: str
    harder_day: str = ""
    lighter: dict[str, int] | None = None  # columns of a harder day's dosage that differ
    easier: str = ""  # the rung, by its library key, for a harder day
    why: str = ""
    note: str = ""
    reason: str = ""  # why it is still right, where the patient's answers ask


@dataclass(frozen=True)
class DemoPlan:
    """An active plan. It began two weeks ago and is reviewed in four."""

    email: str
    title: str
    affected_side: Plan.AffectedSide
    goal: str
    note: str
    flare_up: str = ""
    rows: list[DemoRow] = field(default_factory=list)


BEGAN = timedelta(days=14)
REVIEW = timedelta(days=28)
PLANS = [
    DemoPlan(
        email="patient-left@clinic.example",
        title="Sit and stand with more ease",
        affected_side=Plan.AffectedSide.LEFT,
        goal="Sit through a whole movie with my sister",
        note="Good work last week. Keep the hinge small and slow.",
        flare_up=(
            "Do your harder-day plan for two or three days. Change position every half hour. "
            "Short walks can help. Then go back to your usual plan step by step. "
            "Call us if you are not better after three days."
        ),
        rows=[
            DemoRow(
                "knee-to-chest-chair",
                lighter={"reps_min": 2, "hold_seconds": 5},
                why="You sit a lot at work. This one you can do at your desk.",
                note="The chair stands against the wall.",
            ),
            DemoRow("piriformis-lying", harder_day="Cross the ankle. Do not pull."),
            DemoRow(
                "hip-hinge",
                lighter={"reps_min": 5},
                easier="hip-hinge-wall",
                why="You learn to bend at the hips. Getting up from a movie seat gets easier.",
                note="Hands slide to the knees, no lower.",
            ),
            DemoRow("hip-hinge-single-leg"),
        ],
    ),
    DemoPlan(
        email="patient-right@clinic.example",
        title="Back to the garden",
        affected_side=Plan.AffectedSide.RIGHT,
        goal="Plant the spring beds without a long rest",
        note="One hand near the counter, each time.",
        rows=[
            DemoRow("knee-to-chest-chair"),
            DemoRow(
                "hip-hinge-wall",
                reason="Wall behind, counter in front. Steady in three visits.",
            ),
            DemoRow(
                "hip-hinge",
                harder_day="Touch the wall behind you. 2 rounds of 5.",
                reason="Counter in front, shoes on. Steady in three visits.",
            ),
        ],
    ),
]


@transaction.atomic
def add_demo_plans() -> None:
    """Give the demonstration's patients their plans; whoever has one keeps it.

    Needs the content pack and the demonstration's people. Raises ImproperlyConfigured outside
    development.
    """
    if not settings.DEVELOPMENT:
        raise ImproperlyConfigured("Demo plans are for development only: set CLINIC_DEVELOPMENT=1")
    by = User.objects.get(email="clinician@clinic.example")
    for demo in PLANS:
        patient = Patient.objects.get(user__email=demo.email)
        if not patient.plans.exists():
            _add(demo, patient, by)


def _working_day(day: date) -> date:
    """``day``, or the Monday after when it falls on a weekend."""
    weekend = day.weekday() > 4
    return day + timedelta(days=7 - day.weekday()) if weekend else day


def _add(demo: DemoPlan, patient: Patient, by: User) -> None:
    clinic = Clinic.objects.current()
    today = clinic.today()
    plan = Plan(
        patient=patient,
        clinician=by,
        title=demo.title,
        affected_side=demo.affected_side,
        start_on=today - BEGAN,
        review_on=_working_day(today + REVIEW),
        goal=demo.goal,
        note=demo.note,
        flare_up=demo.flare_up,
    )
    answers = answers_of(patient)
    rows = [(_row(plan, row, answers, order, by), row) for order, row in enumerate(demo.rows, 1)]
    edits = [RowEdit(planned, harder=_harder(planned, row)) for planned, row in rows]
    save_plan(plan=plan, columns=(), edits=edits, seen=0, by=by)
    activate_plan(plan=plan, by=by)


def _row(
    plan: Plan, demo: DemoRow, answers: dict[str, str], order: int, by: User
) -> PlannedExercise:
    exercise = Exercise.objects.get(key=demo.exercise)
    row = PlannedExercise(
        plan=plan,
        exercise=exercise,
        working_side=default_side(exercise, plan.affected_side),
        order=order,
        harder_day=demo.harder_day,
        why=demo.why,
        note=demo.note,
        supervised_first=exercise.supervised_first,
        **{name: getattr(exercise, name) for name in DOSAGE_COLUMNS},
    )
    if demo.reason and clashes(exercise.topics, answers):
        settle(row, reason=demo.reason, answers=answers, by=by)
    return row


def _harder(planned: PlannedExercise, demo: DemoRow) -> HarderEdit | None:
    """The harder day of a row: its own dosage but for what differs, or an easier rung with its."""
    if demo.lighter is None:
        return None
    easier = Exercise.objects.get(key=demo.easier) if demo.easier else None
    usual = {name: getattr(easier or planned, name) for name in DOSAGE_COLUMNS}
    harder = HarderDay(planned=planned, exercise=easier, **usual | demo.lighter)
    return HarderEdit(harder, is_new=True)
