"""What happened: sessions, mornings after, outcome measures, alerts, reminders."""

from .alerts import Alert
from .mornings import MorningCheck
from .outcomes import ActivityScore, FunctionActivity, Outcome
from .reminders import Reminders, ReminderSent
from .sessions import Correction, ExerciseLog, Session

__all__ = [
    "ActivityScore",
    "Alert",
    "Correction",
    "ExerciseLog",
    "FunctionActivity",
    "MorningCheck",
    "Outcome",
    "ReminderSent",
    "Reminders",
    "Session",
]
