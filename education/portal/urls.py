"""Addresses of the patient's pages. None holds an id: there is nothing to guess."""

from django.urls import path

from . import views
from .data import views as data
from .paper.views import plan_handout

urlpatterns = [
    path("plan/", views.plan_today, name="plan_today"),
    path("plan/print/", views.plan_print, name="plan_print"),
    path("plan/handout.pdf", plan_handout, name="plan_handout"),
    path("plan/harder-day/", views.take_harder_day, name="take_harder_day"),
    path("plan/usual-day/", views.take_back_harder_day, name="take_back_harder_day"),
    path("plan/changes-seen/", views.see_changes, name="see_changes"),
    path("account/data/", data.own_data, name="own_data"),
    path("account/data/my-data.json", data.own_data_json, name="own_data_json"),
    path("account/data/my-data.zip", data.own_data_csv, name="own_data_csv"),
    path("plan/exercises/<uuid:key>/", views.planned_exercise, name="planned_exercise"),
]
