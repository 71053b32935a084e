"""Addresses of the public pages."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("learn/", views.article_list, name="article_list"),
    path("learn/<slug:key>/", views.article, name="article"),
    path("learn/<slug:key>/today/", views.article_today, name="article_today"),
    path("exercises/", views.exercise_list, name="exercise_list"),
    path("exercises/<slug:key>/", views.exercise_detail, name="exercise_detail"),
    path("when-to-see-a-doctor/", views.when_to_see_a_doctor, name="when_to_see_a_doctor"),
    path("photos/<slug:digest>.webp", views.photo, name="photo"),
    path("privacy/", views.privacy, name="privacy"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
]
