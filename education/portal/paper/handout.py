"""The hand-out of a plan: what stands on it, drawn once per version, language, day and clinic."""

from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from education.diary.pain_rule import thresholds_of
from education.library.models import StopIf
from education.library.red_flags import red_flag_panel
from education.people.models import Clinic
from education.plans.bodies import Body, upgraded
from education.plans.checks import answers_of
from education.plans.models import Plan, PlanVersion
from education.plans.standing import Standing

from .diary import Line, Week, diary
from .exercises import PaperExercise, paper_plan
from .kept import kept_pdf
from .pdf import draw_pdf
from .qr import log_in_address, qr_source

HIGH_BEFORE = 7  # pain before starting at which the harder day leads (clinical.md)


@dataclass(frozen=True)
class PainRule:
    """The thresholds of this plan, or of the clinic where the plan has none (0 to 10)."""

    fine: int
    fine_rise: int
    stop: int
    stop_rise: int
    high: int = HIGH_BEFORE

    @property
    def between(self) -> str:
        """The numbers at which to ease off: “4 to 5”, “4”, or nothing when none lies between."""
        low, high = self.fine + 1, self.stop - 1
        if low > high:
            return ""
        return str(low) if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}


def handout_pdf(version: PlanVersion, stands: Standing, clinic: Clinic) -> bytes:
    """The hand-out of a version that may be printed, in the active language.

    Raises Busy or NoLibrary (see kept.py and pdf.py).
    """
    day = clinic.today()
    plan = Plan.objects.with_people().get(pk=version.plan_id)
    patient = plan.patient
    key = (
        *("handout", version.pk, get_language(), version.library_now, clinic.changed_at, day),
        *(stands, str(patient), patient.can_log_in, patient.answers_revision),
    )
    return kept_pdf(key, lambda: _draw(version, plan, stands, clinic, day))


def _draw(version: PlanVersion, plan: Plan, stands: Standing, clinic: Clinic, day: date) -> bytes:
    body = upgraded(version.body)
    paper = paper_plan(body, on=day, answers=answers_of(plan.patient))
    context = {
        "version": version,
        "body": body,
        "patient": plan.patient,
        "clinic": clinic,
        "standing": stands,
        "printed_on": day,
        "paper": paper,
        "shared_stop_ifs": list(StopIf.objects.shared()),
        "weeks": weeks_of(body, paper.rows, clinic, day),
        "pain": pain_rule(version, clinic),
        "red_flags": red_flag_panel(clinic),
        "language": get_language(),
    }
    if plan.patient.can_log_in:  # without an account there is nothing to log in to
        context |= {"qr": qr_source(), "log_in": log_in_address().partition("//")[2].rstrip("/")}
    return draw_pdf(render_to_string("portal/handout.html", context), paper=clinic.paper)


def weeks_of(body: Body, rows: list[PaperExercise], clinic: Clinic, day: date) -> list[Week]:
    """The diary from today, or from the plan's first day while that lies ahead."""
    start = date.fromisoformat(body["start_on"])
    published = {row["key"]: row for row in body["exercises"]}
    lines = [
        Line(f"{row.number}. {row.read.title}", published[row.read.key])
        for row in rows
        if row.number
    ]
    return diary(lines, start, begins=max(day, start), week_start=clinic.week_start)


def pain_rule(version: PlanVersion, clinic: Clinic) -> PainRule:
    """How much pain is fine in this plan, as published: what the diary answers by, too."""
    limits = thresholds_of(version, clinic)
    return PainRule(
        fine=limits.fine_max,
        fine_rise=limits.fine_rise,
        stop=limits.stop,
        stop_rise=limits.stop_rise,
    )
