"""Which alerts a patient's diary and plan call for, and keeping the table true to it.

``wanted`` says it as a pure function of what ``reading`` read; ``settling`` makes the table follow;
``lines`` puts what stands in it into words.
"""

from .settling import rebuild_alerts, settle_alerts, settle_now

__all__ = ["rebuild_alerts", "settle_alerts", "settle_now"]
