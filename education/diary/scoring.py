"""How outcome measures are scored, by their published rules.

Pain: the numeric rating scale, 0-10. A change of 2 points is a real one: Farrar JT and others,
Pain 2001;94:149-158; in low back pain Childs JD, Piva SR, Fritz JM, Spine 2005;30:1331-1334.

Function: the Patient-Specific Functional Scale, the mean of the activities that were scored. Two
times are compared by the activities scored at both. The minimal detectable change is 2 points for
the mean and 3 for a single activity: Stratford P and others, Physiother Can 1995;47:258-263.

DEMO: a clinician of the clinic has to review these sources before they are leaned on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

REAL_PAIN = 2
REAL_FUNCTION = 2
REAL_ACTIVITY = 3
TENTH = Decimal("0.1")


def one_decimal(value: Fraction) -> Decimal:
    """To one decimal, halves away from zero: 2.25 is 2.3, -2.25 is -2.3."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(TENTH, ROUND_HALF_UP)


def function_score(scores: Mapping[int, int]) -> Decimal | None:
    """The mean of the scored activities (each 0-10), to one decimal; None when none was scored."""
    if not scores:
        return None
    return one_decimal(Fraction(sum(scores.values()), len(scores)))


@dataclass(frozen=True)
class Change:
    """From one time of measuring to a later one.

    ``pain``: points, less than 0 is less pain; None when it is missing at either time.
    ``activities``: points of each activity scored at both times, by its id. ``function``: their
    mean to one decimal, more than 0 is more that goes; None without such an activity.
    """

    pain: int | None
    activities: dict[int, int]

    @property
    def exact_function(self) -> Fraction | None:
        """The mean before it is rounded: what is judged."""
        if not self.activities:
            return None
        return Fraction(sum(self.activities.values()), len(self.activities))

    @property
    def function(self) -> Decimal | None:
        mean = self.exact_function
        return None if mean is None else one_decimal(mean)

    @property
    def less_pain(self) -> int:
        """Points of pain less, for a sentence that says “less”."""
        return -(self.pain or 0)

    @property
    def less_function(self) -> Decimal:
        """Points less that goes, for a sentence that says “less”."""
        return -(self.function or Decimal())

    @property
    def pain_is_real(self) -> bool:
        """Up or down, by REAL_PAIN points or more."""
        return self.pain is not None and abs(self.pain) >= REAL_PAIN

    @property
    def function_is_real(self) -> bool:
        """Up or down, by REAL_FUNCTION points of the mean or more."""
        mean = self.exact_function
        return mean is not None and abs(mean) >= REAL_FUNCTION

    def activity_is_real(self, activity: int) -> bool:
        """Whether this activity alone changed by REAL_ACTIVITY points or more."""
        return abs(self.activities.get(activity, 0)) >= REAL_ACTIVITY


def change(
    *,
    pain_then: int | None,
    pain_now: int | None,
    scores_then: Mapping[int, int],
    scores_now: Mapping[int, int],
) -> Change:
    """What changed; scores are 0-10 by the id of the activity."""
    both = [activity for activity in scores_then if activity in scores_now]
    missing = pain_then is None or pain_now is None
    return Change(
        pain=None if missing else pain_now - pain_then,  # type: ignore[operator]
        activities={activity: scores_now[activity] - scores_then[activity] for activity in both},
    )
