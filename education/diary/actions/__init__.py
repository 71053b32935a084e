"""What people do with the diary. Each is all or nothing."""

from .alerts import acknowledge_alert
from .sessions import begin_session, log_exercise, tick_exercise

__all__ = [
    "acknowledge_alert",
    "begin_session",
    "log_exercise",
    "tick_exercise",
]
