"""Addresses of the diary. A session is named by its key, a day by its date: nothing is told."""

from django.urls import path, register_converter

from .converters import DayConverter
from .views import entries, finish, outcomes, progress, reminders

register_converter(DayConverter, "day")

urlpatterns = [
    path("progress/", progress.progress, name="progress"),
    path("progress/measures/", outcomes.outcome_measure, name="outcome_measure"),
    path("session/<uuid:key>/finish/", finish.session_finish, name="session_finish"),
    path("session/<uuid:key>/saved/", finish.session_saved, name="session_saved"),
    path("diary/", entries.diary_days, name="diary_days"),
    path("diary/<day:day>/<int:occurrence>/", entries.session_entry, name="session_entry"),
    path("account/reminders/", reminders.reminders, name="reminders"),
    path("reminders/stop/<uuid:stop_key>/", reminders.stop_my_reminders, name="stop_my_reminders"),
]
