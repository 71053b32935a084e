"""The demo people have a password that everybody knows: they may log in to a demo only."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from education.people import demo
from education.people.models import User
from tests import environments
from tests.environments import python

ADDRESS = "patient-left@clinic.example"


@pytest.fixture
def demo_people(db):
    demo.add_demo_people()


def log_in(client):
    return client.post("/accounts/login/", {"login": ADDRESS, "password": demo.PASSWORD})


def test_a_demo_person_logs_in_to_the_demo(demo_people, client):
    assert log_in(client).status_code == 302
    assert client.session["_auth_user_id"] == str(User.objects.get(email=ADDRESS).pk)


def test_in_production_the_known_password_is_a_wrong_one(demo_people, client, settings):
    settings.DEVELOPMENT = False
    response = log_in(client)
    assert response.status_code == 200
    assert "The e-mail or the password is not right" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_in_production_the_session_of_a_demo_person_is_worth_nothing(demo_people, client, settings):
    client.force_login(User.objects.get(email=ADDRESS))
    assert client.get("/account/").status_code == 200
    settings.DEVELOPMENT = False
    assert client.get("/account/").status_code == 302


def test_production_never_gets_demo_people(db, settings):
    settings.DEVELOPMENT = False
    with pytest.raises(ImproperlyConfigured):
        demo.add_demo_people()
    with pytest.raises(CommandError, match="development only"):
        call_command("load_demo")
    assert not User.objects.exists()


def test_the_command_refuses_in_one_line(tmp_path):
    result = python(
        "manage.py", "load_demo", env=environments.production(CLINIC_VAR_DIR=str(tmp_path))
    )
    assert result.returncode == 1
    assert result.stderr.count("\n") == 1
    assert "development only" in result.stderr


def test_a_clinic_with_people_stays_as_it_is(clinician, capsys):
    call_command("load_demo")
    assert "Everything stays as it is" in capsys.readouterr().out
    assert list(User.objects.values_list("email", flat=True)) == [clinician.email]
