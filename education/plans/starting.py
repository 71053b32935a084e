"""What a plan starts from: a template of the clinic, or a plan before it.

Each action is atomic and names who did it. Nothing that somebody decided about one body at one
time goes along: no reason beside a clash, no sign-off. What clashes with the patient's answers
stands on the plan's page at once, by the checks every plan has.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from education.audit.actor import action
from education.library.models import Dosage, Exercise
from education.people.models import Clinic, Patient, User

from .actions import MOST_EXERCISES
from .checks import Finding, PlanRefused
from .models import HarderDay, Plan, PlannedExercise, PlanTemplate, TemplateExercise
from .shelf import default_side

DOSAGE = tuple(field.name for field in Dosage._meta.local_fields)
GOES_ALONG = ("harder_day", "why", "note")  # words of a row, from a template and from a plan
RULES = ("up_rule", "down_rule")  # a template has none of its own


@dataclass(frozen=True)
class Started:
    """A plan that was begun or added to, and how many exercises did not come along.

    ``not_offered``: the library does not publish them now. ``doubled``: the plan had them, on the
    same side.
    """

    plan: Plan
    rows: list[PlannedExercise]
    not_offered: int = 0
    doubled: int = 0


def blank_plan(patient: Patient, by: User) -> Plan:
    """What every new plan starts with (unsaved): who, from today, and a name to improve."""
    plan = Plan(
        patient=patient,
        start_on=Clinic.objects.current().today(),
        title=_("Move more easily, step by step"),
    )
    if by.groups.filter(name="Clinicians").exists():
        plan.clinician = by
    elif patient.clinician is not None:
        plan.clinician = patient.clinician
    return plan


@action
def start_from_template(
    *,
    template: PlanTemplate,
    patient: Patient,
    affected_side: str = Plan.AffectedSide.UNKNOWN,
    key: UUID | None = None,
    by: User,
) -> Started:
    """Make a draft for ``patient`` from a template, to be reviewed when the template says.

    ``key`` comes with the form: sent twice, it makes one plan. Raises PlanRefused for a discharged
    patient, for one without a clinician, and for a template that is not offered any more.
    """
    template = _offered(template)
    if before := _made_before(_lock_patient(patient), key):
        return Started(before, [])
    plan = _new_plan(patient, by)
    plan.template = template
    plan.affected_side = affected_side
    for name in ("title", "kind", "note", "flare_up"):
        setattr(plan, name, getattr(template, name))
    plan.review_on = plan.start_on + timedelta(days=template.review_after_days)
    plan.save()
    rows = [_from_template(plan, line) for line in _lines(template)]
    return _put_in(plan, rows, key=key)


@action
def copy_plan(
    *, plan: Plan, affected_side: str | None = None, key: UUID | None = None, by: User
) -> Started:
    """Make a draft for the same patient that asks for the same, from today and without a review.

    ``affected_side``: the side that hurts now; when it is another one than before, every working
    side follows it. ``key`` as in start_from_template. Raises PlanRefused for a discharged patient
    and for one without a clinician.
    """
    if before := _made_before(_lock_patient(plan.patient), key):
        return Started(before, [])
    copy = _new_plan(plan.patient, by)
    copy.copied_from = plan
    for name in ("title", "kind", "goal", "note", "flare_up", "pain_fine_max", "pain_stop"):
        setattr(copy, name, getattr(plan, name))
    copy.affected_side = affected_side or plan.affected_side
    copy.save()
    rows = plan.planned_exercises.in_plan().with_exercises()
    return _put_in(copy, [_from_row(copy, row, plan.affected_side) for row in rows], key=key)


@action
def add_from_template(*, plan: Plan, template: PlanTemplate, by: User) -> Started:
    """Put the exercises of a template at the end of the working copy.

    What stands in the plan stays as it is. It counts as a save: a form that was opened before must
    not go on as if nothing had happened. Raises PlanRefused when the plan is over or full, or for
    a template that is not offered any more.
    """
    template = _offered(template)
    _lock_patient(plan.patient)
    plans = Plan.objects.with_people().select_for_update(of=("self",), no_key=True)
    plan = plans.get(pk=plan.pk)
    if plan.is_ended:
        raise PlanRefused([Finding(_("This plan has ended. Nothing was added."))])
    started = _put_in(plan, [_from_template(plan, line) for line in _lines(template)])
    if started.rows:
        plan.lock += 1
        plan.save(update_fields=["lock"])
    return started


# ------------------------------------------------------------------ who and whether


def _lock_patient(patient: Patient) -> Patient:
    """The patient as the database has it, until the transaction ends nobody else's to change."""
    return (
        Patient.objects.select_for_update(of=("self",), no_key=True)
        .select_related("clinician")
        .get(pk=patient.pk)
    )


def _made_before(patient: Patient, key: UUID | None) -> Plan | None:
    """The plan that the same form made already: a double click, or a reload."""
    if key is None:
        return None
    return Plan.objects.filter(patient=patient, planned_exercises__key=key).first()


def _offered(template: PlanTemplate) -> PlanTemplate:
    """The template as it is now. Raises PlanRefused when staff took it off the list."""
    found = PlanTemplate.objects.filter(is_offered=True, pk=template.pk).first()
    if found is None:
        raise PlanRefused([Finding(_("This template is not offered any more. Choose again."))])
    return found


def _new_plan(patient: Patient, by: User) -> Plan:
    """A blank plan (unsaved) for somebody who may have one. Raises PlanRefused."""
    if patient.status != Patient.Status.CURRENT:
        raise PlanRefused([Finding(_("The patient is discharged. Readmit the patient first."))])
    plan = blank_plan(patient, by)
    if plan.clinician_id is None:
        message = _("A plan names its clinician. Give the patient a clinician first.")
        raise PlanRefused([Finding(message)])
    return plan


# ------------------------------------------------------------------ rows


def _lines(template: PlanTemplate) -> Iterable[TemplateExercise]:
    return template.exercises.select_related("exercise").order_by("order", "pk")


def _from_template(plan: Plan, line: TemplateExercise) -> PlannedExercise:
    """A row (unsaved) as the template has it, for the side that hurts in this plan."""
    row = _row(plan, line, GOES_ALONG)
    row.supervised_first = line.exercise.supervised_first
    row.working_side = default_side(line.exercise, plan.affected_side)
    return row


def _from_row(plan: Plan, before: PlannedExercise, side_before: str) -> PlannedExercise:
    """A row (unsaved) as the plan before had it, with its own harder day (unsaved too)."""
    row = _row(plan, before, (*GOES_ALONG, *RULES))
    row.supervised_first = before.supervised_first or before.exercise.supervised_first
    row.working_side = before.working_side
    if plan.affected_side != side_before:
        row.working_side = default_side(before.exercise, plan.affected_side)
    harder = getattr(before, "harder", None)
    if harder is not None and (harder.exercise is None or _is_offered(harder.exercise)):
        HarderDay(planned=row, exercise=harder.exercise, **_dosage(harder))
    return row


def _is_offered(exercise: Exercise) -> bool:
    return exercise.state == Exercise.State.PUBLISHED


def _row(
    plan: Plan, source: TemplateExercise | PlannedExercise, words: Iterable[str]
) -> PlannedExercise:
    said = {name: getattr(source, name) for name in words}
    return PlannedExercise(plan=plan, exercise=source.exercise, **_dosage(source), **said)


def _dosage(source: Dosage) -> dict[str, object]:
    return {name: getattr(source, name) for name in DOSAGE}


def _put_in(plan: Plan, rows: list[PlannedExercise], *, key: UUID | None = None) -> Started:
    """Save the rows at the end of a saved plan: published ones, each once on a side.

    The first of them takes ``key``. Raises PlanRefused when the plan would be too long.
    """
    here = list(plan.planned_exercises.in_plan())
    offered = [row for row in rows if _is_offered(row.exercise)]
    new = _without_doubles(offered, taken={_place(row) for row in here})
    if len(here) + len(new) > MOST_EXERCISES:
        message = _("A plan has %(n)d exercises at most. Take some out first.")
        raise PlanRefused([Finding(message % {"n": MOST_EXERCISES})])
    if new and key and not PlannedExercise.objects.filter(key=key).exists():  # not forged
        new[0].key = key
    for order, row in enumerate(new, start=max((row.order for row in here), default=0) + 1):
        row.order = order
        harder = getattr(row, "harder", None)  # asked after the save, it would be a query
        row.save()
        if harder is not None:
            harder.planned = row  # its primary key is the row's
            harder.save()
    return Started(plan, new, len(rows) - len(offered), len(offered) - len(new))


def _place(row: PlannedExercise) -> tuple[int, str]:
    return row.exercise_id, row.working_side


def _without_doubles(
    rows: Iterable[PlannedExercise], *, taken: set[tuple[int, str]]
) -> list[PlannedExercise]:
    """Rows whose exercise and side is not taken yet, in their order."""
    kept: dict[tuple[int, str], PlannedExercise] = {}
    for row in rows:
        if _place(row) not in taken:
            kept.setdefault(_place(row), row)
    return list(kept.values())
