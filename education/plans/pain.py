"""How much pain is fine in a plan, and how much is one to stop at."""

from dataclasses import dataclass

from education.people.models import Clinic

from .bodies import Body, upgraded


@dataclass(frozen=True)
class PainLimits:
    """Points of 10: pain of at most ``fine_max`` is fine, ``stop`` or more may be one to stop at.

    ``fine_max`` is always below ``stop``. What else the pain rule asks is in the diary.
    """

    fine_max: int
    stop: int


def pain_limits(body: Body, clinic: Clinic) -> PainLimits:
    """Those of a published plan (a body of any schema) where it has its own, else the clinic's.

    The clinic may change a number that stands beside one of the plan's. Where they are no longer
    in order the lower one, to stop at, is kept: pain that is one to stop at is never fine.
    """
    own = upgraded(body)["pain"]
    fine = clinic.pain_fine_max if own["fine_max"] is None else own["fine_max"]
    stop = clinic.pain_stop if own["stop"] is None else own["stop"]
    return PainLimits(fine_max=min(fine, stop - 1), stop=stop)
