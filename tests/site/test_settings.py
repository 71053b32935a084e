"""What the environment makes of the site. Settings are read once: each test asks a new process."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests import environments
from tests.environments import ROOT, python

SHOW = """
import json, sys
from django.conf import settings
print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}, default=str))
"""


def settings_of(env: dict[str, str], *names: str) -> dict:
    """Values of some settings under an environment."""
    result = python("-c", SHOW, *names, env=env)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


@pytest.fixture
def production(tmp_path: Path) -> dict[str, str]:
    return environments.production(CLINIC_VAR_DIR=str(tmp_path / "var"))


def test_a_production_site_passes_djangos_deployment_check(production):
    result = python("manage.py", "check", "--deploy", "--fail-level", "WARNING", env=production)
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"CLINIC_SECRET_KEY": None}, "CLINIC_SECRET_KEY is not set. Set it to 50 or more"),
        ({"CLINIC_SECRET_KEY": "short"}, "CLINIC_SECRET_KEY is too short"),
        (
            {"CLINIC_SECRET_KEY": "development-only-" + "x" * 60},
            "holds the development key",
        ),
        ({"CLINIC_SECRET_KEY": "ab" * 30}, "CLINIC_SECRET_KEY is too short or too simple"),
        (
            {"CLINIC_SECRET_KEY_FALLBACKS": "development-only-" + "x" * 60},
            "holds the development key",
        ),
        ({"CLINIC_SITE_URL": None}, "CLINIC_SITE_URL is not set. Set it to the address"),
        ({"CLINIC_SITE_URL": "http://plans.example.org"}, "must start with https://"),
        ({"CLINIC_ALLOWED_HOSTS": None}, "CLINIC_ALLOWED_HOSTS is not set. Set it to the host"),
        ({"CLINIC_ALLOWED_HOSTS": "*"}, "must name the hosts"),
        ({"CLINIC_ALLOWED_HOSTS": "plans.example.org,"}, "must name the hosts"),
        ({"CLINIC_FROM_EMAIL": None}, "CLINIC_FROM_EMAIL is not set. Set it to the sender"),
        ({"CLINIC_EMAIL_URL": None}, "CLINIC_EMAIL_URL is not set. Set it to the mail server"),
        ({"CLINIC_EMAIL_URL": "mail.example.org"}, "CLINIC_EMAIL_URL is not the address"),
        ({"CLINIC_DATABASE_URL": "mysql://localhost/x"}, "CLINIC_DATABASE_URL is not a database"),
    ],
    ids=lambda value: value if isinstance(value, str) else ",".join(value),
)
def test_an_unsafe_production_site_refuses_to_start_and_says_how_to_mend_it(
    changes, said, tmp_path
):
    env = environments.production(CLINIC_VAR_DIR=str(tmp_path), **changes)
    result = python("manage.py", "check", env=env)
    assert result.returncode == 1
    assert result.stderr.startswith("The site cannot start. ")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1, "one line, no traceback"


LOG_AN_ERROR = """
import django, logging
django.setup()
try:
    try:
        raise ValueError("Failing row contains (Lee Testperson, 1974-05-06).")
    except ValueError as error:
        raise LookupError("lee@patient.example") from error
except LookupError:
    logging.getLogger("django.request").exception("Internal Server Error: /admin/")
"""


def test_the_log_of_a_production_site_says_what_kind_of_error_and_where_but_no_value(production):
    result = python("-c", LOG_AN_ERROR, env=production)
    assert result.returncode == 0
    assert "Internal Server Error: /admin/" in result.stderr
    assert "builtins.ValueError" in result.stderr
    assert "builtins.LookupError" in result.stderr
    assert 'File "<string>", line 6' in result.stderr
    assert "Testperson" not in result.stderr
    assert "lee@" not in result.stderr


def test_debugging_needs_the_development_switch(tmp_path):
    production = environments.production(CLINIC_VAR_DIR=str(tmp_path), CLINIC_DEBUG="1")
    assert settings_of(production, "DEBUG") == {"DEBUG": False}


def test_production_keeps_cookies_on_https_and_asks_staff_for_a_second_factor(production):
    assert settings_of(
        production,
        "SESSION_COOKIE_NAME",
        "CSRF_COOKIE_NAME",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SECURE_SSL_REDIRECT",
        "STAFF_SECOND_FACTOR_REQUIRED",
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN",
    ) == {
        "SESSION_COOKIE_NAME": "__Host-sessionid",
        "CSRF_COOKIE_NAME": "__Host-csrftoken",
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "STAFF_SECOND_FACTOR_REQUIRED": True,
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": False,
    }


def test_templates_are_read_once(production):
    (engine,) = settings_of(production, "TEMPLATES")["TEMPLATES"]
    assert engine["OPTIONS"]["loaders"][0][0] == "django.template.loaders.cached.Loader"


# ------------------------------------------------------------------ SQLite

DATABASE = """
from django.db import connection
with connection.cursor() as cursor:
    for pragma in ("journal_mode", "synchronous", "foreign_keys"):
        print(pragma, cursor.execute(f"PRAGMA {pragma}").fetchone()[0])
print("transactions", connection.transaction_mode)
print("kept", connection.settings_dict["CONN_MAX_AGE"] > 0)
"""

COUNTER = """
import sys
import django
from django.db import connection, transaction
django.setup()
with connection.cursor() as cursor:
    if sys.argv[1] == "start":
        cursor.execute("CREATE TABLE counter (n integer)")
        cursor.execute("INSERT INTO counter VALUES (0)")
    if sys.argv[1] == "count":
        print("ready", flush=True)
        sys.stdin.readline()
        for _ in range(100):
            with transaction.atomic():
                (n,) = cursor.execute("SELECT n FROM counter").fetchone()
                cursor.execute("UPDATE counter SET n = %s", [n + 1])
    print(cursor.execute("SELECT n FROM counter").fetchone()[0])
"""


def test_sqlite_writes_ahead_locks_early_and_keeps_its_connections(production):
    result = python("-c", DATABASE, env=production)
    assert result.stdout.splitlines() == [
        "journal_mode wal",
        "synchronous 1",  # NORMAL
        "foreign_keys 1",
        "transactions IMMEDIATE",
        "kept True",
    ], result.stderr


def test_processes_that_read_and_then_write_wait_for_each_other(production):
    assert python("-c", COUNTER, "start", env=production).stdout == "0\n"
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", COUNTER, "count"],
            cwd=ROOT,
            env=production,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for writer in writers:
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.flush()
    said = [writer.communicate(timeout=60) for writer in writers]
    assert [errors for _total, errors in said] == ["", "", ""]
    assert max(int(total) for total, _errors in said) == 300, "no count is lost"
