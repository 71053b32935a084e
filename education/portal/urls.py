"""Addresses of the patient's pages. None holds an id: there is nothing to guess."""

from django.urls import path

from . import views

urlpatterns = [
    path("plan/", views.plan_today, name="plan_today"),
    path("plan/print/", views.plan_print, name="plan_print"),
    path("plan/exercises/<uuid:key>/", views.planned_exercise, name="planned_exercise"),
]
