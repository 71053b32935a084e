"""What stands in the way of publishing a plan, row by row, with what to do about it.

The check runs when a plan is published, and again each time a patient opens it: answers, sides
and the demands of an exercise may have changed since.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from education.library.models import Demand, Exercise, Precaution
from education.people.models import Patient

from .bodies import row_keys, upgraded_row
from .days import too_far
from .harder import easier_exercise
from .models import Plan, PlannedExercise

NOT_ASKED = "not_asked"
NOT_ANSWERED = "not_answered"  # of an exercise: nobody said what it asks of a body

# Groups of exercises that take each other's place: of each, a plan has one at most.
NEVER_TOGETHER = (
    # Clinical rules: both toe touches never together. What holds for two forms holds for all:
    # each takes the back to the end of its bend, with the head low and the feet to balance on.
    frozenset(
        {"toe-touch", "toe-touch-one-knee-bent", "toe-touch-both-straight", "toe-touch-deep"}
    ),
    # The same nerve moved the same way. A sore nerve minds how often, and two forms double that.
    # For demonstration: to be confirmed by the clinic's clinician.
    frozenset({"nerve-glide-chair", "nerve-glide-lying"}),
)


@dataclass(frozen=True)
class Finding:
    """One reason not to publish. ``row`` is the key of a planned exercise; None: the whole plan.

    ``field`` names the form field it stands beside; ``clashes`` the codes to settle, if any, and
    ``words`` what they say.
    """

    message: str
    row: str | None = None
    field: str = ""
    clashes: tuple[str, ...] = ()
    words: str = ""


class PlanRefused(Exception):
    """A plan cannot be published, or its status cannot change so. ``findings`` say why."""

    def __init__(self, findings: list[Finding]):
        super().__init__(" ".join(f.message for f in findings))
        self.findings = findings


def answers_of(patient: Patient) -> dict[str, str]:
    """Topic -> "yes" or "no"; a topic that is missing was not asked."""
    return dict(patient.answers.values_list("topic", "value"))


def clashes(topics: Iterable[str] | None, answers: Mapping[str, str]) -> list[str]:
    """Codes such as "fall_risk=yes", "lies=no", "head_low=not_asked", in the order of the topics.

    ``topics`` are an exercise's demands and precautions; None, when nobody answered for the
    exercise, is a clash of its own. "Not asked" is never taken for "no".
    """
    if topics is None:
        return [f"exercise={NOT_ANSWERED}"]
    found = []
    for topic in topics:
        given = answers.get(topic, NOT_ASKED)
        limits = "no" if topic in Demand.values else "yes"
        if given in (limits, NOT_ASKED):
            found.append(f"{topic}={given}")
    return found


def clash_sentence(code: str) -> str:
    """A clash in words: “Head down low: not asked.”"""
    topic, _equals, given = code.partition("=")
    if topic == "exercise":
        return _("Nobody has said yet what this exercise asks of a body.")
    is_demand = topic in Demand.values
    name = Demand(topic).label if is_demand else Precaution(topic).label
    if given == NOT_ASKED:
        return _("%(topic)s: not asked.") % {"topic": str(name).capitalize()}
    if is_demand:
        return _("The patient cannot do this: %(topic)s.") % {"topic": name}
    return _("The patient needs care with this: %(topic)s.") % {"topic": name}


def row_clashes(row: PlannedExercise, answers: Mapping[str, str]) -> list[str]:
    """Clashes of all that a row asks for: its exercise, and the easier one of a harder day."""
    found = clashes(row.exercise.topics, answers)
    easier = easier_exercise(row)
    if easier:
        found += [code for code in clashes(easier.topics, answers) if code not in found]
    return found


def clash_words(row: PlannedExercise, codes: Iterable[str], answers: Mapping[str, str]) -> str:
    """Clashes of a row in words; those of a harder day only are named as such."""
    codes, usual = list(codes), clashes(row.exercise.topics, answers)
    words = [clash_sentence(code) for code in codes if code in usual]
    harder = " ".join(clash_sentence(code) for code in codes if code not in usual)
    easier = easier_exercise(row)
    if harder and easier:
        harder = _("On a harder day, %(exercise)s: %(clashes)s") % {
            "exercise": easier.title,
            "clashes": harder,
        }
    return " ".join([*words, harder]).strip()


def open_clashes(row: PlannedExercise, answers: Mapping[str, str]) -> list[str]:
    """Clashes of a row that no written reason covers yet."""
    settled = set(row.settled) if row.settled_reason else set()
    return [code for code in row_clashes(row, answers) if code not in settled]


def findings(
    plan: Plan, rows: Iterable[PlannedExercise], answers: Mapping[str, str]
) -> list[Finding]:
    """Everything that stands in the way of publishing ``plan`` with ``rows`` (with exercises)."""
    rows = list(rows)
    found = _of_plan(plan, rows)
    waiting = {row.exercise_id for row in rows if row.needs_supervision}
    for row in rows:
        found += _of_row(row, answers, waiting)
    return found + _of_pairs(rows)


def _of_pairs(rows: list[PlannedExercise]) -> list[Finding]:
    """A row whose place in the plan an earlier row has taken."""
    found = []
    for number, row in enumerate(rows):
        for earlier in rows[:number]:
            if other := _taken_by(earlier, row):
                message = _("It does not go together with %(other)s. Take one of the two out.")
                found.append(
                    Finding(message % {"other": other.title}, row=str(row.key), field="exercise")
                )
    return found


def _taken_by(earlier: PlannedExercise, row: PlannedExercise) -> Exercise | None:
    """The exercise of an earlier row, of any day, that this row does not go together with."""
    for one in _exercises(earlier):
        if any(_take_each_others_place(one, other) for other in _exercises(row)):
            return one
    return None


def _exercises(row: PlannedExercise) -> list[Exercise]:
    easier = easier_exercise(row)
    return [row.exercise, easier] if easier else [row.exercise]


def _take_each_others_place(one: Exercise, other: Exercise) -> bool:
    """Whether two different exercises are of a group that never stands together."""
    pair = {one.key, other.key}
    return len(pair) == 2 and any(pair <= group for group in NEVER_TOGETHER)


def _of_plan(plan: Plan, rows: list[PlannedExercise]) -> list[Finding]:
    found = []
    if not rows:
        found.append(Finding(_("The plan is empty. Add an exercise.")))
    elif all(row.needs_supervision for row in rows):
        found.append(
            Finding(
                _(
                    "Every exercise waits for a clinician. Add one that the patient can do alone, "
                    "or sign one off."
                )
            )
        )
    if plan.kind == Plan.Kind.MAINTENANCE and not plan.flare_up.strip():
        found.append(Finding(_("Write what to do in a flare-up."), field="flare_up"))
    if plan.review_on is None:
        found.append(Finding(_("Set the day of the next review."), field="review_on"))
    elif plan.review_on < plan.start_on:
        found.append(Finding(_("The review is before the start."), field="review_on"))
    far = too_far(plan, start=plan.start_on, review=plan.review_on)
    return found + [Finding(message, field=field) for field, message in far.items()]


def _of_row(
    row: PlannedExercise, answers: Mapping[str, str], waiting: Collection[int]
) -> list[Finding]:
    key, exercise = str(row.key), row.exercise
    found = [Finding(message, row=key, field="exercise") for message in _of_exercise(exercise)]
    if easier := easier_exercise(row):
        found += [
            Finding(message, row=key, field="harder_exercise")
            for message in _of_easier(easier, waiting)
        ]
    if row.needs_sign_off:
        message = _("Sign it off, or let it be supervised first.")
        found.append(Finding(message, row=key, field="supervised_first"))
    if unsettled := open_clashes(row, answers):
        words = clash_words(row, unsettled, answers)
        found.append(
            Finding(
                _(
                    "%(exercise)s cannot be published yet. %(clashes)s Ask the patient, choose "
                    "another exercise, or write why it is still right."
                )
                % {"exercise": exercise.title, "clashes": words},
                row=key,
                field="settled_reason",
                clashes=tuple(unsettled),
                words=words,
            )
        )
    return found


def _of_exercise(exercise: Exercise) -> list[str]:
    """Why nobody may be asked to do this exercise now."""
    found = []
    if exercise.state in (Exercise.State.DRAFT, Exercise.State.IN_REVIEW):
        found.append(_("%(exercise)s is not published. Choose another exercise."))
    if not exercise.is_reviewed and not settings.DEVELOPMENT:
        found.append(
            _(
                "No clinician has reviewed %(exercise)s. Review it in the library, "
                "or choose another exercise."
            )
        )
    return [message % {"exercise": exercise.title} for message in found]


def _of_easier(easier: Exercise, waiting: Collection[int]) -> list[str]:
    """The same of the easier exercise of a harder day; nobody has signed it off.

    ``waiting``: exercises (pk) that wait for a clinician in the plan itself.
    """
    found = _of_exercise(easier)
    if easier.supervised_first or easier.pk in waiting:
        found.append(
            _(
                "%(exercise)s is for the clinic first, so it cannot be the easier exercise of a "
                "harder day. Choose another one."
            )
            % {"exercise": easier.title}
        )
    return found


def published_clashes(
    body: Mapping[str, Any], exercises: Iterable[Exercise], answers: Mapping[str, str]
) -> dict[str, list[str]]:
    """Clashes of a published body against the library and the answers of today.

    Returns ``{planned exercise key: [codes]}`` for rows that nobody has settled. ``exercises``
    are those of the body; one that is missing from them counts as not answered.
    """
    by_key = {exercise.key: exercise for exercise in exercises}
    found = {}
    for row in map(upgraded_row, body["exercises"]):
        codes = [code for key in row_keys(row) for code in _codes(by_key.get(key), answers)]
        unsettled = [code for code in dict.fromkeys(codes) if code not in row["settled"]]
        if unsettled:
            found[row["key"]] = unsettled
    return found


def _codes(exercise: Exercise | None, answers: Mapping[str, str]) -> list[str]:
    return clashes(exercise.topics if exercise else None, answers)


assert set(Demand.values).isdisjoint(Precaution.values), "a code must name one topic"
