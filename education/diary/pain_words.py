"""The pain rule in numbers, for the page of somebody whom an exercise hurts too much."""

from dataclasses import dataclass

from .fields import WORST
from .pain_rule import HIGH_START, Thresholds


@dataclass(frozen=True)
class PainWords:
    """The pain rule in numbers for one session: up to ``fine`` is fine, from ``stop`` on stop.

    Between them (``ease`` to ``stop - 1``), and never above WORST, less is done.
    """

    fine: int
    stop: int

    @property
    def ease(self) -> int:
        return self.fine + 1

    @property
    def ease_to(self) -> int:
        return min(self.stop - 1, WORST)

    @property
    def is_high(self) -> bool:
        """Whether the pain that is fine beside this start is too high to be called so."""
        return self.fine >= HIGH_START

    @property
    def may_stop(self) -> bool:
        """Whether there is pain to stop at above this start."""
        return self.stop <= WORST


def pain_words(limits: Thresholds, before: int | None) -> PainWords:
    """The rule for a session that began with the pain ``before``, 0-10 or not known.

    Where no start is known no rise is fine: the words are then on the safe side.
    """
    if before is None:
        return PainWords(fine=limits.fine_max, stop=limits.stop)
    fine = min(max(limits.fine_max, before + limits.fine_rise), WORST)
    return PainWords(fine=fine, stop=max(limits.stop, before + limits.stop_rise, fine + 1))
