"""Addresses of the diary. A session is named by its key, a day by its date: nothing is told."""

from django.urls import path, register_converter

from .converters import DayConverter
from .views import entries, finish, mornings, outcomes, progress, reminders, session, ticks

register_converter(DayConverter, "day")

urlpatterns = [
    path("plan/done/<uuid:key>/<int:occurrence>/", ticks.tick_exercise, name="tick_exercise"),
    path("plan/morning/", mornings.morning_check, name="morning_check"),
    path("progress/", progress.progress, name="progress"),
    path("progress/measures/", outcomes.outcome_measure, name="outcome_measure"),
    path("session/<uuid:key>/finish/", finish.session_finish, name="session_finish"),
    path("session/<uuid:key>/saved/", finish.session_saved, name="session_saved"),
    path("diary/", entries.diary_days, name="diary_days"),
    path("diary/<day:day>/<int:occurrence>/", entries.session_entry, name="session_entry"),
    path("session/", session.session_start, name="session_start"),
    path("session/<uuid:key>/", session.session_now, name="session_now"),
    path("session/<uuid:key>/<int:place>/", session.session_exercise, name="session_exercise"),
    path("session/<uuid:key>/wrong/", session.session_wrong, name="session_wrong"),
    path("account/reminders/", reminders.reminders, name="reminders"),
    path("reminders/stop/<uuid:stop_key>/", reminders.stop_my_reminders, name="stop_my_reminders"),
]
