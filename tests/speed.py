"""How slow this machine is, so that a goal in seconds means the same on all of them.

The goals of speed are for a small server with nothing else to do. A machine that is older, or
whose memory others keep busy, takes longer for everything: for a fixed piece of work, too.
"""

import gc
from time import thread_time

USUAL_SECONDS = 0.1  # of the fixed work: one of two cores of an AMD EPYC server


def slowness() -> float:
    """How many times as long as usual this machine takes now; 1 when it is as fast or faster."""
    was_on = gc.isenabled()
    gc.disable()  # what the test run has in memory is not to count
    try:
        return max(1.0, _fixed_work() / USUAL_SECONDS)
    finally:
        if was_on:
            gc.enable()


def _fixed_work() -> float:
    """Make many small objects and look at them, as drawing does; seconds of the processor."""
    begun = thread_time()
    for _ in range(10):
        rows = [{"number": number, "text": str(number)} for number in range(40_000)]
        assert sum(len(row["text"]) for row in rows) == 188_890
    return thread_time() - begun
