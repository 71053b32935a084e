"""Addresses of the room."""

from django.urls import path
from django.views.generic import RedirectView

from . import views

urlpatterns = [
    # The staff site's own form would leave the notice by mail out.
    path("admin/password_change/", RedirectView.as_view(pattern_name="account_change_password")),
    path("invitation/<str:token>/", views.accept_invitation, name="accept_invitation"),
    path("account/", views.account, name="account"),
    path("account/log-out-everywhere/", views.end_all_sessions, name="end_all_sessions"),
    path("account/kept/", views.kept_post, name="kept_post"),
    path("account/second-step/", views.second_factor, name="second_factor"),
    # In front of allauth's pages of the same address: the clinic changes and proves addresses.
    path("accounts/email/", RedirectView.as_view(pattern_name="account")),
    path("accounts/confirm-email/", views.closed_page),
    path("accounts/confirm-email/<str:key>/", views.closed_page),
]
