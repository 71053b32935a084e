"""Accounts of staff, and the clinic's own row, in the admin."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import NoReverseMatch, reverse

from education.people.models import Clinic, ClosedDay, User
from tests.conftest import logged_in
from tests.factories import PASSWORD
from tests.people.conftest import link_in, type_password

LIST = "/admin/people/user/"


def text(response) -> str:
    return response.content.decode()


def page(user: User, name: str = "change") -> str:
    return f"{LIST}{user.pk}/{name}/"


def person(**changes: Any) -> dict[str, Any]:
    """What the form of a new member of staff posts."""
    return {
        "email": "Noel@Clinic.example",
        "given_name": "Noel",
        "family_name": "Sample",
        "credentials": "DPT",
        "language": "en",
        "groups": [Group.objects.get(name="Clinicians").pk],
        **changes,
    }


@pytest.fixture
def boss(db) -> User:
    return User.objects.create_superuser("boss@clinic.example", PASSWORD)


def test_an_administrator_adds_and_invites_a_colleague(
    as_administrator, visitor, sends, mailoutbox
):
    as_administrator.post(f"{LIST}add/", person())
    user = User.objects.get(email="noel@clinic.example")
    assert user.is_staff
    assert not user.is_superuser
    assert not user.has_usable_password()
    assert list(user.groups.values_list("name", flat=True)) == ["Clinicians"]
    with sends():
        as_administrator.post(page(user), {**person(is_active="on"), "_invite": ""})
    assert visitor.post(link_in(mailoutbox[0]), type_password()).url == "/admin/"
    assert visitor.get("/admin/people/patient/").status_code == 200


def test_add_and_invite_in_one_press(as_administrator, sends, mailoutbox):
    with sends():
        as_administrator.post(f"{LIST}add/", {**person(), "_invite": ""})
    assert mailoutbox[0].to == ["noel@clinic.example"]


def test_an_address_that_is_taken_is_refused(as_administrator, clinician):
    response = as_administrator.post(f"{LIST}add/", person(email="DANA@clinic.example"))
    assert response.status_code == 200
    assert "Another account has this e-mail address" in text(response)
    assert User.objects.filter(is_staff=True).count() == 2


def test_patients_are_not_in_the_list(as_administrator, patient, clinician):
    html = text(as_administrator.get(LIST))
    assert "dana@clinic.example" in html
    assert "lee@patient.example" not in html
    assert (
        as_administrator.get(page(patient.user)).status_code == 302
    )  # not found: back to the list


def test_no_page_shows_a_password_or_lets_it_be_typed(as_administrator, clinician):
    html = text(as_administrator.get(page(clinician)))
    assert clinician.password not in html
    assert "password" not in html.split("<main")[1].lower().replace("change password", "")


def test_the_address_is_read_only_and_changes_on_its_own_page(
    as_administrator, clinician, sends, mailoutbox
):
    as_administrator.post(page(clinician), person(email="evil@else.example", is_active="on"))
    clinician.refresh_from_db()
    assert clinician.email == "dana@clinic.example"
    with sends():
        as_administrator.post(page(clinician, "email"), {"email": "Dana2@clinic.example"})
    clinician.refresh_from_db()
    assert clinician.email == "dana2@clinic.example"
    assert [mail.to for mail in mailoutbox] == [["dana@clinic.example"]]


def test_somebody_who_leaves_is_out_at_once(as_administrator, clinician):
    client = Client()
    client.post("/accounts/login/", {"login": clinician.email, "password": PASSWORD})
    assert client.get("/admin/").status_code == 200
    as_administrator.post(page(clinician), person())  # the box "may log in" is empty
    assert client.get("/admin/").status_code == 302
    clinician.refresh_from_db()
    assert not clinician.is_active


def test_nobody_ends_their_own_log_in(as_administrator, administrator):
    response = as_administrator.post(page(administrator), person())
    assert "You cannot end your own log-in" in text(response)
    administrator.refresh_from_db()
    assert administrator.is_active


class TestRights:
    def test_an_administrator_makes_no_superuser(self, as_administrator, administrator):
        as_administrator.post(f"{LIST}add/", person(is_superuser="on"))
        as_administrator.post(page(administrator), person(is_superuser="on", is_active="on"))
        assert not User.objects.filter(is_superuser=True).exists()

    def test_an_administrator_cannot_take_a_superuser_over(self, as_administrator, boss):
        answers = [
            as_administrator.post(page(boss), person(is_active="on")),
            as_administrator.post(page(boss, "email"), {"email": "mine@clinic.example"}),
            as_administrator.post(page(boss, "second-step")),
        ]
        assert [response.status_code for response in answers] == [403, 403, 403]
        boss.refresh_from_db()
        assert boss.email == "boss@clinic.example"

    def test_a_superuser_can(self, boss, clinician):
        client = logged_in(boss)
        client.post(page(clinician), person(is_superuser="on", is_active="on"))
        clinician.refresh_from_db()
        assert clinician.is_superuser

    @pytest.mark.parametrize("path", [LIST, f"{LIST}add/", "/admin/people/clinic/"])
    def test_others_see_no_accounts(self, path, as_clinician, as_front_desk, as_editor, as_patient):
        for client in (as_clinician, as_front_desk, as_editor, as_patient):
            assert client.get(path).status_code == 403

    def test_nobody_is_deleted(self, boss, clinician):
        assert logged_in(boss).post(page(clinician, "delete"), {"post": "yes"}).status_code == 403
        assert User.objects.filter(pk=clinician.pk).exists()

    @pytest.mark.parametrize(
        "name",
        ["account_emailaddress", "mfa_authenticator", "usersessions_usersession"],
    )
    def test_no_page_goes_round_our_actions(self, name):
        with pytest.raises(NoReverseMatch):
            reverse(f"admin:{name}_changelist")


class TestClinic:
    def posted(self, client: Client, path: str, **changes: Any) -> dict[str, Any]:
        response = client.get(path, follow=True)
        form = response.context["adminform"].form
        formset = response.context["inline_admin_formsets"][0].formset
        values = {field.html_name: field.value() for field in form}
        for each in (formset.management_form, *formset.forms):
            values |= {field.html_name: field.value() for field in each}
        return {k: v for k, v in {**values, **changes}.items() if v is not None}

    def test_the_list_leads_to_the_one_row(self, as_administrator):
        first = as_administrator.get("/admin/people/clinic/")
        assert first.url == "/admin/people/clinic/add/"
        posted = self.posted(
            as_administrator,
            first.url,
            name="The Demo Clinic",
            open_weekdays=["0", "2", "4"],
            **{"closed_days-0-day": "2026-12-25", "closed_days-0-name": "Christmas"},
        )
        assert as_administrator.post(first.url, posted).status_code == 302
        clinic = Clinic.objects.get()
        assert (clinic.pk, clinic.name, clinic.open_weekdays) == (1, "The Demo Clinic", 0b10101)
        assert str(ClosedDay.objects.get()) == "2026-12-25"
        assert as_administrator.get("/admin/people/clinic/").url == "/admin/people/clinic/1/change/"
        assert as_administrator.get("/admin/people/clinic/add/").status_code == 403

    def test_the_days_it_is_open_on_are_boxes(self, as_administrator):
        Clinic.objects.create(pk=1)
        html = text(as_administrator.get("/admin/people/clinic/1/change/"))
        boxes = html[html.index('id="id_open_weekdays"') : html.index('id="id_opens_at')]
        assert boxes.count('type="checkbox"') == 7
        assert boxes.count("checked") == 5

    @pytest.mark.parametrize(
        ("field", "value", "says"),
        [
            ("time_zone", "Mars/Olympus", "There is no time zone"),
            ("closes_at", "07:00:00", "Choose a time after the clinic opens."),
            ("pain_stop", "3", "Type a number above the pain that is fine."),
            ("pain_stop_rise", "1", "Type a number above the rise that is fine."),
            ("pain_stop", "11", "Type a number from 0 to 10."),
            ("reply_days", "0", "Type a number from 1 to 10."),
            ("open_weekdays", ["9"], "Select a valid choice"),
        ],
    )
    def test_what_cannot_be_is_refused(self, as_administrator, field, value, says):
        Clinic.objects.create(pk=1)
        path = "/admin/people/clinic/1/change/"
        posted = self.posted(as_administrator, path)
        response = as_administrator.post(path, {**posted, field: value})
        assert response.status_code == 200
        assert says in str(response.context["adminform"].form.errors[field])
        assert "Constraint" not in text(response)
