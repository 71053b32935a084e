"""What the patient's pages show, drawn once per version, day, language and state of the library."""

from datetime import date, datetime

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from education.library.drawn import drawn
from education.library.models import Exercise, StopIf
from education.people.models import Clinic
from education.plans.models import PlanVersion
from education.plans.reading import read_exercise, read_plan
from education.plans.standing import Standing, has_open_clash, standing


def greeting(now: datetime, name: str) -> str:
    """“Good afternoon, Maria”, by the clinic's wall clock."""
    if now.hour < 12:
        return _("Good morning, %(name)s") % {"name": name}
    if now.hour < 18:
        return _("Good afternoon, %(name)s") % {"name": name}
    return _("Good evening, %(name)s") % {"name": name}


def standing_of(version: PlanVersion, clinic: Clinic) -> Standing:
    """How the plan stands on the clinic's today."""
    return standing(
        version,
        today=clinic.today(),
        grace_days=clinic.review_grace_days,
        unsettled=has_open_clash(version),
    )


def _key(name: str, version: PlanVersion, *rest: object) -> tuple:
    return (name, version.pk, get_language(), version.library_now, *rest)


def plan_page(version: PlanVersion, stands: Standing, clinic: Clinic) -> SafeString:
    """All of the page below the greeting: what to say first, the exercises, what stands beside."""
    day = clinic.today()

    def draw() -> SafeString:
        context = {
            "plan": read_plan(version.body, version.exercises, on=day),
            "version": version,
            "standing": stands,
            "clinic": clinic,
        }
        return render_to_string("portal/parts/plan.html", context)

    return drawn(_key("plan", version, day, stands, clinic.changed_at), draw)


def exercise_page(version: PlanVersion, key: str, stands: Standing, clinic: Clinic) -> SafeString:
    """One exercise with pictures, steps, stop-ifs and rungs, for its working side.

    Raises KeyError when the exercise is not in this version.
    """

    def draw() -> SafeString:
        row = version.planned[key]
        readable = Exercise.objects.readable_in_plans().filter(key=row["exercise"])
        exercise = readable.with_page().with_cover().first()
        context = {
            "exercise": exercise,
            "row": read_exercise(row, exercise),
            "version": version,
            "standing": stands,
            "clinic": clinic,
            "shared_stop_ifs": StopIf.objects.shared(),
        }
        return render_to_string("portal/parts/exercise.html", context)

    return drawn(_key("exercise", version, key, stands, clinic.changed_at), draw)


def printed_page(version: PlanVersion, day: date) -> SafeString:
    """Every exercise with its steps, for paper."""

    def draw() -> SafeString:
        readable = Exercise.objects.readable_in_plans().filter(key__in=version.exercise_keys)
        exercises = list(readable.with_page().with_cover())
        by_key = {exercise.key: exercise for exercise in exercises}
        plan = read_plan(version.body, exercises, on=day)
        reads = (*plan.due, *plan.later, *plan.supervised)
        context = {
            "plan": plan,
            "rows": [(row, by_key.get(row.exercise_key)) for row in reads],
            "shared_stop_ifs": list(StopIf.objects.shared()),
            "colours_a_leg": any(row.side in ("left", "right") for row in reads),
        }
        return render_to_string("portal/parts/print.html", context)

    return drawn(_key("print", version, day), draw)
