"""The pain rule (clinical.md), in its order: a sign of danger, where, how much.

Its thresholds are the clinic's, and a plan may have its own for "fine" and "stop".
"""

from dataclasses import dataclass

from education.people.models import Clinic
from education.plans.models import PlanVersion
from education.plans.pain import pain_limits

from .models import Session

HIGH_START = 7  # pain before starting at which the harder-day plan is offered first


@dataclass(frozen=True)
class Thresholds:
    """Points of 10.

    Pain of at most ``fine_max``, or at most ``fine_rise`` above the start, is fine. Pain of
    ``stop`` or more that is also ``stop_rise`` or more above the start is a reason to stop.
    """

    fine_max: int = 3
    fine_rise: int = 1
    stop: int = 6
    stop_rise: int = 2


def thresholds_of(version: PlanVersion, clinic: Clinic) -> Thresholds:
    """Those that were published with the plan where it has its own, else the clinic's."""
    limits = pain_limits(version.body, clinic)
    return Thresholds(
        fine_max=limits.fine_max,
        fine_rise=clinic.pain_fine_rise,
        stop=limits.stop,
        stop_rise=clinic.pain_stop_rise,
    )


def answer_to(session: Session, limits: Thresholds) -> str:
    """What the page answers to a session, as Session.Told; "" while nothing was said.

    Only ``wrong``, ``moved`` and the three pains of the session are read. Without the pain before
    it, no rise is known: pain that would be a reason to stop is then one to ease off.
    """
    told, wrong = Session.Told, Session.Wrong
    if session.wrong in Session.RED_FLAGS:
        return told.RED_FLAG
    if session.moved == Session.Moved.DOWN or session.wrong == wrong.FURTHER_DOWN:
        return told.FURTHER_DOWN
    if session.wrong == wrong.TOO_MUCH_PAIN:
        return told.STOP
    said = [pain for pain in (session.pain_during, session.pain_after) if pain is not None]
    return _how_much(session.pain_before, max(said), limits) if said else ""


def is_high(session: Session) -> bool:
    """Whether the pain in it or after it is one with which the harder-day plan comes first."""
    said = (session.pain_during, session.pain_after)
    return any(pain is not None and pain >= HIGH_START for pain in said)


def _how_much(before: int | None, most: int, limits: Thresholds) -> str:
    """Rule 3: the most pain against the pain before."""
    rise = None if before is None else most - before
    if most <= limits.fine_max or (rise is not None and rise <= limits.fine_rise):
        return Session.Told.FINE
    if most >= limits.stop and rise is not None and rise >= limits.stop_rise:
        return Session.Told.STOP
    return Session.Told.EASE_OFF
