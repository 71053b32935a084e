"""What the patient's pages show, drawn once per version, day, language and state of the library."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from education.diary.today import Today
from education.library.drawn import drawn
from education.library.models import Exercise, StopIf
from education.people.models import Clinic
from education.plans.bodies import row_keys, upgraded, waiting_keys
from education.plans.changes_for_patients import Change, changes_for_patient
from education.plans.checks import answers_of, clashes
from education.plans.models import PlanVersion
from education.plans.reading import (
    easier_of,
    is_due,
    read_exercise,
    read_plan,
)
from education.plans.standing import Standing, has_open_clash, standing

from .day import DrawnPlan, day_parts
from .paper.exercises import paper_plan


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


@dataclass(frozen=True)
class News:
    """What changed in a plan since ``since``, when its patient last knew all of it.

    ``on``: the day of the one version that changed it; None when there were several.
    """

    since: date
    on: date | None
    changes: list[Change]


def news_of(version: PlanVersion, clinic: Clinic) -> News | None:
    """What the patient has not read yet of this version, or None. A first version is no news."""
    if version.is_seen or version.number == 1:
        return None
    known = PlanVersion.objects.read_before(version)
    if known is None:
        return None
    changes = changes_for_patient(known.body, version.body, version.exercises, clinic=clinic)
    if not changes:
        return None
    day = version.published_at.astimezone(clinic.zone).date()
    return News(
        since=known.published_at.astimezone(clinic.zone).date(),
        on=day if known.number == version.number - 1 else None,
        changes=changes,
    )


def has_begun(version: PlanVersion, stands: Standing, day: date) -> bool:
    """Whether the plan is followed on ``day``, so that its page shows what was done."""
    return stands.may_be_followed and version.start_on <= day


def plan_page(
    version: PlanVersion, stands: Standing, clinic: Clinic, today: Today | None = None
) -> SafeString:
    """All of the page below the greeting: what to say first, the exercises, what stands beside.

    On a day that the patient calls harder, the page is drawn for it. ``today``: what is done, of a
    plan that has begun; it fills the gaps of what is drawn once.
    """
    day, harder = clinic.today(), version.is_harder_on(clinic.today())

    def draw() -> DrawnPlan:
        plan = read_plan(version.body, version.exercises, on=day, harder=harder)
        context = {
            "plan": plan,
            "news": news_of(version, clinic) if stands.may_be_followed else None,
            "version": version,
            "standing": stands,
            "clinic": clinic,
            "with_diary": has_begun(version, stands, day),
        }
        return DrawnPlan.of(plan, render_to_string("portal/parts/plan.html", context))

    said = (harder, version.is_seen, version.plan.held_until)
    page = drawn(_key("plan", version, day, stands, clinic.changed_at, *said), draw)
    parts = day_parts(page, today, lead=stands == Standing.READY) if today else {}
    return page.page.filled(parts)


@dataclass(frozen=True)
class ExercisePage:
    """The page of one exercise: its name in the reader's language, and what is drawn below."""

    title: str
    body: SafeString


def exercise_page(version: PlanVersion, key: str, stands: Standing, clinic: Clinic) -> ExercisePage:
    """One exercise with pictures, steps, stop-ifs and rungs, for its working side.

    On a harder day it is the lighter form of the plan, if there is one. Raises KeyError when the
    exercise is not in this version.
    """
    row = version.planned[key]
    begun = stands in (Standing.READY, Standing.REVIEW_PAST)
    harder = (
        begun
        and version.is_harder_on(clinic.today())
        and is_due(row, clinic.today(), version.start_on)
    )

    def draw() -> ExercisePage:
        by_key = {exercise.key: exercise for exercise in _with_pages(row_keys(row))}
        own, easier = by_key.get(row["exercise"]), easier_of(row, by_key)
        waiting = waiting_keys(version.body, version.exercises)
        read = read_exercise(row, own, easier, waiting=waiting, harder=harder)
        exercise = by_key.get(read.exercise_key)
        context = {
            "exercise": exercise,
            "ask_first": rungs_to_ask_about(exercise, answers_of(version.plan.patient)),
            "waiting": waiting,
            "row": read,
            "version": version,
            "standing": stands,
            "clinic": clinic,
            "shared_stop_ifs": StopIf.objects.shared(),
        }
        return ExercisePage(read.title, render_to_string("portal/parts/exercise.html", context))

    said = (harder, version.plan.held_until, version.plan.patient.answers_revision)
    return drawn(_key("exercise", version, key, stands, clinic.changed_at, *said), draw)


def rungs_to_ask_about(exercise: Exercise | None, answers: Mapping[str, str]) -> frozenset[str]:
    """Keys of the easier and other forms that the patient's answers speak against.

    A patient takes an easier rung without asking, but never one that asks for what this body
    cannot do or needs care with; "not asked" is no "no". A reason that a clinician wrote for the
    exercise of a row was not written for its rungs.
    """
    if exercise is None:
        return frozenset()
    return frozenset(
        rung.key
        for rung in (*exercise.easier_forms, *exercise.other_ways)
        if clashes(rung.topics, answers)
    )


def _with_pages(keys: Iterable[str]) -> Iterable[Exercise]:
    """Exercises with everything their pages show; one that patients may not read is left out."""
    readable = Exercise.objects.readable_in_plans().filter(key__in=keys)
    return readable.with_page().with_cover()


def printed_page(version: PlanVersion, day: date) -> SafeString:
    """Every exercise with its steps, for paper, which outlives a harder day."""

    def draw() -> SafeString:
        body = upgraded(version.body)
        context = {
            "body": body,
            "paper": paper_plan(body, on=day, answers=answers_of(version.plan.patient)),
            "shared_stop_ifs": list(StopIf.objects.shared()),
        }
        return render_to_string("portal/parts/print.html", context)

    return drawn(_key("print", version, day, version.plan.patient.answers_revision), draw)
