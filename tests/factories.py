"""Plain functions that make the rows a test needs. Every argument has a sensible default."""

import itertools
from datetime import date, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.utils import timezone

from education.diary.models import ExerciseLog, MorningCheck, Session
from education.library.drawn import forget_all
from education.library.models import Dosage, Exercise, ExerciseStep
from education.people.models import Answer, Clinic, Patient, User
from education.plans.actions import activate_plan
from education.plans.models import (
    Plan,
    PlannedExercise,
    PlanTemplate,
    PlanVersion,
    TemplateExercise,
)

PASSWORD = "a-long-test-password-7"
DOSAGE_FIELDS = [field.name for field in Dosage._meta.get_fields()]
_number = itertools.count(1)


def make_user(email: str, **fields: Any) -> User:
    """An account with a password and a verified address, as an accepted invitation leaves it."""
    user = User.objects.create_user(email, PASSWORD, **fields)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def make_staff(
    email: str, given_name: str, family_name: str, group: str, credentials: str = ""
) -> User:
    """Somebody who works at the clinic, in one group."""
    user = make_user(
        email,
        given_name=given_name,
        family_name=family_name,
        credentials=credentials,
        is_staff=True,
    )
    user.groups.add(Group.objects.get(name=group))
    return user


def make_patient(
    email: str | None,
    given_name: str,
    family_name: str,
    clinician: User | None = None,
    **fields: Any,
) -> Patient:
    """A patient; with an e-mail they can log in."""
    user = make_user(email) if email else None
    return Patient.objects.create(
        user=user,
        given_name=given_name,
        family_name=family_name,
        clinician=clinician,
        **fields,
    )


def answer(patient: Patient, topic: str, value: str, note: str = "") -> Answer:
    """What the patient said about one demand or precaution."""
    return Answer.objects.create(
        patient=patient, topic=topic, value=value, note=note, answered_on=date(2026, 11, 2)
    )


def make_exercise(key: str = "", **fields: Any) -> Exercise:
    """A published one-sided exercise of 2 rounds of 5 that asks for nothing special."""
    number = next(_number)
    defaults = {
        "key": key or f"exercise-{number}",
        "title_en": f"Exercise {number}",
        "purpose_en": "Eases a stiff low back.",
        "position": "chair",
        "laterality": "one_sided",
        "demands": [],
        "precautions": [],
        "sets": 2,
        "reps_min": 5,
        "state": "published",
    }
    exercise = Exercise.objects.create(**{**defaults, **fields})
    ExerciseStep.objects.create(exercise=exercise, order=1, text_en="Lift {working:leg} slowly.")
    return exercise


def forget_drawn() -> None:
    """As after a restart: nothing drawn is kept."""
    forget_all()


def plan_row(plan: Plan, exercise: Exercise, **fields: Any) -> PlannedExercise:
    """A row of the working copy with the exercise's default dosage, last in order."""
    dosage = {name: getattr(exercise, name) for name in DOSAGE_FIELDS}
    defaults = {
        **dosage,
        "supervised_first": exercise.supervised_first,
        "order": plan.planned_exercises.count() + 1,
        "working_side": "unknown",
    }
    return PlannedExercise.objects.create(plan=plan, exercise=exercise, **{**defaults, **fields})


def make_plan(
    patient: Patient,
    clinician: User,
    *,
    exercises: int | list[Exercise] = 3,
    published: bool = True,
    working_side: str = "unknown",
    **fields: Any,
) -> Plan:
    """A plan with so many new exercises, or with these; activated unless ``published`` is False."""
    today = Clinic.objects.current().today()
    defaults = {
        "title": "Move again",
        "start_on": today,
        "review_on": today + timedelta(days=28),
    }
    plan = Plan.objects.create(patient=patient, clinician=clinician, **{**defaults, **fields})
    chosen = (
        [make_exercise() for _ in range(exercises)] if isinstance(exercises, int) else exercises
    )
    for exercise in chosen:
        plan_row(plan, exercise, working_side=working_side)
    if published:
        activate_plan(plan=plan, by=clinician)
        plan.refresh_from_db()
    return plan


def make_template(*, exercises: int | list[Exercise] = 3, **fields: Any) -> PlanTemplate:
    """An offered template of so many new exercises, or of these, each with its usual dosage."""
    number = next(_number)
    defaults = {"key": f"template-{number}", "name": f"Template {number}", "title": "Move again"}
    template = PlanTemplate.objects.create(**{**defaults, **fields})
    chosen = (
        [make_exercise() for _ in range(exercises)] if isinstance(exercises, int) else exercises
    )
    for order, exercise in enumerate(chosen, start=1):
        dosage = {name: getattr(exercise, name) for name in DOSAGE_FIELDS}
        TemplateExercise.objects.create(template=template, exercise=exercise, order=order, **dosage)
    return template


def make_session(
    patient: Patient,
    *,
    day: date | None = None,
    occurrence: int = 1,
    logs: bool | dict[str, str] = True,
    **fields: Any,
) -> Session:
    """A session of the patient's newest plan; ``day`` is the clinic's today unless it is said.

    ``logs``: every exercise done, none, or an outcome by the key of the planned exercise. One with
    ``pain_after`` is finished.
    """
    version = PlanVersion.objects.filter(plan__patient=patient).latest("pk")
    day = day or Clinic.objects.current().today()
    if fields.get("pain_after") is not None:
        fields = {"finished_at": timezone.now(), **fields}
    session = Session.objects.create(
        patient=patient, **{"version": version, "day": day, "occurrence": occurrence, **fields}
    )
    outcomes = logs if isinstance(logs, dict) else {}
    if logs is True:
        outcomes = dict.fromkeys(version.planned, ExerciseLog.Outcome.DONE)
    for key, outcome in outcomes.items():
        exercise = version.planned[key]["exercise"]
        ExerciseLog.objects.create(session=session, key=key, exercise=exercise, outcome=outcome)
    return session


def make_morning(session: Session, pain: int, **fields: Any) -> MorningCheck:
    """The morning after a session."""
    day = session.day + timedelta(days=1)
    return MorningCheck.objects.create(
        patient=session.patient, session=session, pain=pain, **{"day": day, **fields}
    )
