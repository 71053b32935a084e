"""Addresses of the diary. A session is named by its key, a day by its date: nothing is told."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
