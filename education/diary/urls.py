"""Addresses of the diary. A session is named by its key, a day by its date: nothing is told."""

from django.urls import path

from .views import reminders

urlpatterns = [
    path("account/reminders/", reminders.reminders, name="reminders"),
    path("reminders/stop/<uuid:stop_key>/", reminders.stop_my_reminders, name="stop_my_reminders"),
]
