"""The yardstick: one page of a Django project in one file, as bare as a real page can be.

What it has: the middleware, apps and context processors that ``startproject`` writes, a session in
the database, a person logged in, SQLite set up exactly as on the site, and a template that lists
what two further queries found, the project's 24 permissions with what they are about. What it
lacks is what the site adds: a security policy, compression, languages, audit, rate limits, second
factor, the plan itself. Where the list is shorter than the site's plan page, fixed text fills the
rest, the cheapest thing a template can hold.

It is its own settings module. BENCH_VAR_DIR holds its database and its template.
"""

import os
from pathlib import Path

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

VAR_DIR = Path(os.environ["BENCH_VAR_DIR"])
SECRET_KEY = "bench-only"  # noqa: S105
ALLOWED_HOSTS = ["localhost"]
ROOT_URLCONF = "tests.bench.bare"
WSGI_APPLICATION = "tests.bench.wsgi.application"
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [VAR_DIR],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR_DIR / "bare.sqlite3",
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }
}
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
STATIC_URL = "static/"
LOGIN_URL = "/"
USE_TZ = True

TEMPLATE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{ user.get_username }}</title></head>
<body>
<h1>Hello {{ user.first_name|default:user.get_username }}</h1>
<p>{% for group in groups %}{{ group.name }} {% endfor %}</p>
<ul class="list">{% for permission in permissions %}
<li class="item">
<h2 class="item-title">{{ permission.name }}</h2>
<p class="item-text">Known as {{ permission.codename }}, about {{ permission.content_type.model }}
in {{ permission.content_type.app_label }}.</p>
</li>{% endfor %}
</ul>
<form method="post">{% csrf_token %}<button>Save</button></form>
"""
FILLING = "<p>This line is here so that the page is as long as the one it is compared with.</p>\n"


def write_template(size: int) -> None:
    """Write the page's template so that the answer has about ``size`` bytes."""
    lines = max(0, size - 3850) // len(FILLING)  # list and frame come to about 3,850 bytes
    (VAR_DIR / "page.html").write_text(TEMPLATE + FILLING * lines + "</body>\n</html>\n")


@login_required
def page(request: HttpRequest) -> HttpResponse:
    """Greets who is logged in and lists two things."""
    from django.contrib.auth.models import Group, Permission

    return render(
        request,
        "page.html",
        {
            "groups": Group.objects.all(),
            "permissions": Permission.objects.select_related("content_type"),
        },
    )


urlpatterns = [path("", page)]
