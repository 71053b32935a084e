"""The hand-out of a plan: what stands on it, drawn once per version, language, day and clinic."""

from dataclasses import dataclass, replace
from datetime import date

from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from education.library.models import Exercise, ExerciseStep, StopIf
from education.library.pictures import picture
from education.library.red_flags import red_flag_panel
from education.library.wording import worded_column
from education.people.models import Clinic
from education.plans.bodies import Body, upgraded, waiting_keys
from education.plans.models import Plan, PlanVersion
from education.plans.reading import ReadExercise, easier_of, read_easier_exercise, read_exercise
from education.plans.standing import Standing

from .diary import Line, Week, diary
from .files import source_of
from .kept import kept_pdf
from .pdf import draw_pdf
from .qr import log_in_address, qr_source

HIGH_BEFORE = 7  # pain before starting at which the harder day leads (clinical.md)


@dataclass(frozen=True)
class PaperPicture:
    """A picture of a step. ``number`` is that of its step in the list, 0 for none."""

    source: str
    alt: str
    number: int
    is_tall: bool
    may_show_other_side: bool


@dataclass(frozen=True)
class PaperExercise:
    """An exercise on paper. ``exercise`` is None, and ``pictures`` empty, where nothing is to do.

    ``number`` counts what is done at home; one that waits for the clinic has 0. ``easier`` is
    another exercise that takes its place on a harder day.
    """

    number: int
    read: ReadExercise
    exercise: Exercise | None
    pictures: list[PaperPicture]
    easier: "PaperExercise | None" = None


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
        *(stands, str(patient), patient.can_log_in, plan.pain_fine_max, plan.pain_stop),
    )
    return kept_pdf(key, lambda: _draw(version, plan, stands, clinic, day))


def _draw(version: PlanVersion, plan: Plan, stands: Standing, clinic: Clinic, day: date) -> bytes:
    body = upgraded(version.body)
    rows = paper_exercises(body)
    context = {
        "version": version,
        "body": body,
        "patient": plan.patient,
        "clinic": clinic,
        "standing": stands,
        "printed_on": day,
        "rows": rows,
        "all_reviewed": all(row.read.is_reviewed for row in rows),
        "colours_a_leg": any(row.pictures and row.read.side in ("left", "right") for row in rows),
        "shared_stop_ifs": list(StopIf.objects.shared()),
        "weeks": weeks_of(body, rows, clinic, day),
        "pain": pain_rule(plan, clinic),
        "red_flags": red_flag_panel(clinic),
        "language": get_language(),
    }
    if plan.patient.can_log_in:  # without an account there is nothing to log in to
        context |= {"qr": qr_source(), "log_in": log_in_address().partition("//")[2].rstrip("/")}
    return draw_pdf(render_to_string("portal/handout.html", context), paper=clinic.paper)


def paper_exercises(body: Body) -> list[PaperExercise]:
    """The exercises of a body (schema 2) in the order of the plan, with the library's words."""
    keys = [row["exercise"] for row in body["exercises"]]
    keys += [row["harder"]["exercise"] for row in body["exercises"] if row["harder"]]
    readable = Exercise.objects.readable_in_plans().filter(key__in=keys)
    by_key = {exercise.key: exercise for exercise in readable.with_page().with_cover()}
    waiting = waiting_keys(body, by_key.values())
    found, number = [], 0
    for row in body["exercises"]:
        own = by_key.get(row["exercise"])
        read = read_exercise(row, own, easier_of(row, by_key), waiting=waiting)
        exercise = None if read.supervised else own
        number += exercise is not None
        each = _paper_exercise(read, exercise, number if exercise else 0)
        if exercise and (easier := read_easier_exercise(row, by_key, waiting=waiting)):
            other = _paper_exercise(easier, by_key[easier.exercise_key], 0)
            each = replace(each, easier=other)
        found.append(each)
    return found


def _paper_exercise(read: ReadExercise, exercise: Exercise | None, number: int) -> PaperExercise:
    side = read.side
    steps = exercise.pictured_steps if exercise else []
    pictures = [_paper_picture(n, step, side) for n, step in steps]
    return PaperExercise(
        number=number,
        read=read,
        exercise=exercise,
        pictures=[each for each in pictures if each],
    )


def _paper_picture(number: int, step: ExerciseStep, side: str) -> PaperPicture | None:
    found = picture(step, side)
    if found is None:
        return None
    return PaperPicture(
        source=source_of(found),
        alt=worded_column(step, "alt", side),
        number=number,
        is_tall=found.height > found.width,
        may_show_other_side=getattr(found, "may_show_other_side", False),
    )


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


def pain_rule(plan: Plan, clinic: Clinic) -> PainRule:
    """How much pain is fine in this plan."""

    def chosen(own: int | None, clinics: int) -> int:
        return clinics if own is None else own

    return PainRule(
        fine=chosen(plan.pain_fine_max, clinic.pain_fine_max),
        fine_rise=clinic.pain_fine_rise,
        stop=chosen(plan.pain_stop, clinic.pain_stop),
        stop_rise=clinic.pain_stop_rise,
    )
