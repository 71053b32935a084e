"""What people do with the diary. Each is all or nothing."""

from .sessions import begin_session, log_exercise, tick_exercise

__all__ = ["begin_session", "log_exercise", "tick_exercise"]
