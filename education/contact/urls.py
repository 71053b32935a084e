"""Addresses of the room. A message is addressed by a key nobody can guess, never by a number."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.contact, name="contact"),
    path("write/", views.contact_write, name="contact_write"),
    path("again/", views.contact_again, name="contact_again"),
    path("stop/", views.contact_stop, name="contact_stop"),
    path("thanks/", views.contact_thanks, name="contact_thanks"),
    path("messages/", views.own_requests, name="own_requests"),
    path("messages/<uuid:submission_key>/", views.own_request, name="own_request"),
    path("messages/<uuid:submission_key>/read/", views.own_request_read, name="own_request_read"),
    path("answer/<str:token>/", views.visitor_answer, name="visitor_answer"),
]
