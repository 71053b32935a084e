"""Plans in use, checked again against the library and the answers of today."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from education.library.drawn import drawn
from education.library.models import Exercise, Laterality, LibraryRevision, WorkingSide
from education.library.uses import Uses
from education.people.models import Answer, Patient

from .bodies import wants_sign_off
from .checks import clash_sentence, published_clashes
from .models import Plan, PlanVersion

PANEL = "plans-that-clash"  # its anchor on the staff's front page

# Sides that say something wrong of an exercise of this kind: it is worded by its working side.
WRONG_SIDES: Mapping[str, frozenset[str]] = {
    Laterality.TWO_SIDED: frozenset({WorkingSide.LEFT, WorkingSide.RIGHT, WorkingSide.EACH}),
    Laterality.ONE_SIDED: frozenset({WorkingSide.BOTH, WorkingSide.NONE}),
    Laterality.ALTERNATING: frozenset({WorkingSide.BOTH, WorkingSide.NONE}),
}


@dataclass(frozen=True, slots=True)
class Clash:
    """A published exercise that a clinician should look at again, and why, in sentences."""

    exercise: str  # key in the library
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class ClashingPlan:
    """A plan that its patient follows now, or that is on hold, with at least one clash."""

    plan: Plan
    clashes: tuple[Clash, ...]


def clashing_plans() -> list[ClashingPlan]:
    """Plans in use whose published version clashes today, by patient: four queries at most.

    What a patient's page looks at for one plan (see ``has_open_clash``), for all of them; and
    sides that no longer suit the exercise. A version never changes: one that did not clash is
    looked at again when an answer of its patient or the library is another.
    """
    fine = drawn("versions that are fine", set[State])  # kept in this process
    versions = _to_look_at(fine)
    exercises = _exercises(versions)
    answers = _answers(versions)
    found = []
    for version in versions:
        clashes = tuple(_clashes(version, exercises, answers[version.plan.patient_id]))
        if clashes:
            found.append(ClashingPlan(version.plan, clashes))
        else:
            patient = version.plan.patient
            fine.add((version.pk, patient.answers_revision, version.library_now))
    return sorted(found, key=lambda row: (str(row.plan.patient), row.plan.pk))


#: A version, and the revisions of its patient's answers and of the library it was held against.
State = tuple[int, int, int]


def _to_look_at(fine: set[State]) -> list[PlanVersion]:
    """Versions in use that are not known to be fine; what is no state of today leaves ``fine``."""
    in_use = PlanVersion.objects.in_use().filter(plan__patient__status=Patient.Status.CURRENT)
    in_use = in_use.annotate(library_now=Subquery(LibraryRevision.objects.values("number")[:1]))
    if not fine:
        return list(in_use.with_people())
    states = set(in_use.values_list("pk", "plan__patient__answers_revision", "library_now"))
    fine &= states
    unsure = [pk for pk, _answers, _library in states - fine]
    return list(in_use.filter(pk__in=unsure).with_people()) if unsure else []


def uses_in_plans(exercise: Exercise) -> Uses:
    """How many plans in use show ``exercise``, and in how many of them it clashes now."""
    plans = sum(exercise.key in version.exercise_keys for version in PlanVersion.objects.in_use())
    if not plans:
        return Uses()
    clashing = sum(
        any(clash.exercise == exercise.key for clash in row.clashes) for row in clashing_plans()
    )
    return Uses(plans, clashing, f"{reverse('admin:index')}#{PANEL}")


def _exercises(versions: Iterable[PlanVersion]) -> dict[str, Exercise]:
    """The library's exercises of all of them by key, as their patients may read them."""
    keys = {key for version in versions for key in version.exercise_keys}
    if not keys:
        return {}
    found = Exercise.objects.readable_in_plans().filter(key__in=keys)
    return {exercise.key: exercise for exercise in found}


def _answers(versions: Iterable[PlanVersion]) -> dict[int, dict[str, str]]:
    """Topic -> answer of each patient; a patient who answered nothing has an empty one."""
    patients = {version.plan.patient_id for version in versions}
    given: dict[int, dict[str, str]] = defaultdict(dict)
    if not patients:
        return given
    rows = Answer.objects.filter(patient__in=patients).values_list("patient", "topic", "value")
    for patient, topic, value in rows:
        given[patient][topic] = value
    return given


def _clashes(
    version: PlanVersion, exercises: Mapping[str, Exercise], answers: Mapping[str, str]
) -> Iterable[Clash]:
    own = [exercises[key] for key in version.exercise_keys if key in exercises]
    codes = published_clashes(version.body, own, answers)
    for row in version.body["exercises"]:
        exercise = exercises.get(row["exercise"])
        words = [clash_sentence(code) for code in codes.get(row["key"], ())]
        if exercise and row["working_side"] in WRONG_SIDES.get(exercise.laterality, ()):
            words.append(_("Its working side does not suit the exercise any more."))
        if wants_sign_off(row, exercise):
            words.append(
                _(
                    "The library wants it supervised first now, so the patient reads its name "
                    "only. Once it was watched: sign it off, then publish."
                )
            )
        if words:
            yield Clash(row["exercise"], _title(row), " ".join(words))


def _title(row: Mapping[str, Any]) -> str:
    return str(row["title"]["en"])
