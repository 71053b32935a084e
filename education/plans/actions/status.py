"""Where a plan stands: on hold, going on, ended. The table of allowed changes is Plan's."""

from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from education.audit.actor import action
from education.people.mail import queue_mail
from education.people.models import Clinic, Patient, User

from ..checks import Finding, PlanRefused
from ..followers import plan_has_changed
from ..models import Plan, PlanHold

LONGEST_HOLD = timedelta(days=180)


def lock_plan(plan: Plan) -> Plan:
    """Take the write lock on the patient and the plan, then read the plan afresh.

    The lock on the patient: two clinicians cannot activate two plans of one person at once. The
    lock on the plan: nobody saves its form while it is being published. Neither is about keys: a
    save that has the plan asks PostgreSQL at its end whether the patient is still there, and with
    the stronger lock both would wait for each other.
    """
    Patient.objects.select_for_update(no_key=True).get(pk=plan.patient_id)
    plans = Plan.objects.with_people().select_for_update(of=("self",), no_key=True)
    return plans.get(pk=plan.pk)


def change_status(plan: Plan, status: str, *, held_until: date | None = None) -> None:
    """Give a locked plan another status. Raises PlanRefused unless the table has this change.

    It counts as a save: a form that was opened before must not go on as if nothing had happened.
    """
    if not plan.may_become(status):
        now, then = plan.get_status_display(), Plan.Status(status).label
        message = _("A plan that is %(now)s cannot become %(then)s.") % {"now": now, "then": then}
        raise PlanRefused([Finding(message)])
    today = Clinic.objects.current().today()
    if plan.status == Plan.Status.ON_HOLD:
        end_rest(plan, today)
    if status == Plan.Status.ON_HOLD:
        PlanHold.objects.create(plan=plan, from_on=today, until_on=held_until)
    plan.status = status
    plan.lock += 1
    plan.held_until = held_until
    if plan.is_ended:
        plan.ended_on = today
    # Only these columns: the others belong to the form.
    plan.save(update_fields=["status", "ended_on", "held_until", "lock"])
    plan_has_changed(plan.patient)


def end_rest(plan: Plan, today: date) -> None:
    """Write the end of the rest of a plan that was on hold: today, or before it by itself."""
    rest = plan.holds.last()
    if rest and (rest.until_on is None or rest.until_on > today):
        rest.until_on = today
        rest.save(update_fields=["until_on"])


def tell_patient(plan: Plan, kind: str) -> None:
    """Queue a mail that something waits, if the patient has an account."""
    if plan.patient.user_id:
        queue_mail(kind=kind, key=plan.pk, user=plan.patient.user)


def check_hold(until: date | None, *, today: date) -> None:
    """Raises PlanRefused unless a plan may rest until this day: in the future, and not for long."""
    if until is None:
        return
    if until <= today:
        message = _("The plan goes on by itself on this day. Choose a day after today.")
        raise PlanRefused([Finding(message, field="until")])
    if until > today + LONGEST_HOLD:
        message = _("A hold is %(days)d days at most: until %(day)s. Or complete the plan.") % {
            "days": LONGEST_HOLD.days,
            "day": date_format(today + LONGEST_HOLD, "F j, Y"),
        }
        raise PlanRefused([Finding(message, field="until")])


@action
def hold_plan(*, plan: Plan, until: date | None = None, by: User) -> Plan:
    """Put an active plan on hold: the patient is asked to rest from it.

    On the day ``until`` it goes on by itself; None: until somebody resumes it. Raises PlanRefused
    for a day that is not in the next LONGEST_HOLD.
    """
    plan = lock_plan(plan)
    check_hold(until, today=Clinic.objects.current().today())
    change_status(plan, Plan.Status.ON_HOLD, held_until=until)
    tell_patient(plan, "plan_changed")
    return plan


@action
def change_hold(*, plan: Plan, until: date | None, by: User) -> Plan:
    """Let a plan that is on hold go on by itself on another day; None: when somebody resumes it.

    Raises PlanRefused as hold_plan does, and when the plan is not on hold.
    """
    plan = lock_plan(plan)
    if plan.status != Plan.Status.ON_HOLD:
        raise PlanRefused([Finding(_("Only a plan on hold can wait for a day."))])
    check_hold(until, today=Clinic.objects.current().today())
    if plan.held_until == until:
        return plan
    before, plan.held_until = plan.held_until, until
    plan.lock += 1
    plan.save(update_fields=["held_until", "lock"])
    plan.holds.filter(until_on=before).update(until_on=until)
    plan_has_changed(plan.patient)
    tell_patient(plan, "plan_changed")
    return plan


@action
def resume_plan(*, plan: Plan, by: User) -> Plan:
    """Make a plan on hold active again, with the version it had."""
    plan = lock_plan(plan)
    if plan.status != Plan.Status.ON_HOLD:
        raise PlanRefused([Finding(_("Only a plan on hold can go on."))])
    change_status(plan, Plan.Status.ACTIVE)
    tell_patient(plan, "plan_changed")
    return plan


@action
def complete_plan(*, plan: Plan, by: User) -> Plan:
    """End an open plan because it is done, and tell the patient. Its versions stay."""
    plan = lock_plan(plan)
    change_status(plan, Plan.Status.COMPLETED)
    tell_patient(plan, "plan_changed")
    return plan


@action
def revoke_plan(*, plan: Plan, by: User) -> Plan:
    """Take a plan back, a draft or an open one. Nothing is deleted.

    The patient is told of an open one: it must not be followed any more.
    """
    plan = lock_plan(plan)
    was_read = plan.is_open
    change_status(plan, Plan.Status.REVOKED)
    if was_read:
        tell_patient(plan, "plan_changed")
    return plan


def resume_plans_due() -> int:
    """Resume every plan whose day has come, each in a transaction of its own; how many.

    The patients read it since midnight: reading asks Plan.rests_on. This lets the status follow,
    and queues the mail. Called again, it finds nothing.
    """
    today = Clinic.objects.current().today()
    return sum(
        _resume_if_due(plan=plan, today=today, by=None) for plan in Plan.objects.due_to_go_on(today)
    )


@action
def _resume_if_due(*, plan: Plan, today: date, by: None) -> bool:
    """Resume one plan, unless somebody was faster and did, or gave it a later day."""
    plan = lock_plan(plan)
    if not plan.goes_on_by(today):
        return False
    change_status(plan, Plan.Status.ACTIVE)
    tell_patient(plan, "plan_changed")
    return True
