"""Every address of the site. Rooms keep their own lists."""

from django.contrib import admin
from django.urls import include, path

from . import views

urlpatterns = [
    path("", include("education.library.urls")),
    path("", include("education.portal.urls")),
    path("", include("education.diary.urls")),
    path("", include("education.people.urls")),
    path("contact/", include("education.contact.urls")),
    path("accounts/", include("allauth.urls")),
    path("theme/", views.set_theme, name="set_theme"),
    path("admin/", admin.site.urls),
]
