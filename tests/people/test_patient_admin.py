"""Patients in the admin: everything a clinician and the front desk do with one."""

from datetime import date
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.contrib import admin
from django.contrib.messages import get_messages
from django.test import Client

from education.people import actions
from education.people.admin import PatientAdmin
from education.people.admin.patient_form import PatientForm
from education.people.models import Answer, Invitation, Patient, User
from education.people.questions import QUESTIONS
from tests import factories
from tests.people.conftest import link_in

LIST = "/admin/people/patient/"
ADD = f"{LIST}add/"


def text(response) -> str:
    return response.content.decode()


def said(response) -> list[str]:
    """The messages that travel on in a cookie: they must name nobody."""
    return [str(message) for message in get_messages(response.wsgi_request)]


def page(patient: Patient, name: str = "change") -> str:
    return f"{LIST}{patient.pk}/{name}/"


def filled(response, **changes: Any) -> dict[str, Any]:
    """What the browser would post from the page in ``response``, with some fields changed."""
    form = response.context["adminform"].form
    values = {field.html_name: field.value() for field in form}
    return {name: value for name, value in {**values, **changes}.items() if value is not None}


class TestAdd:
    def test_a_clinician_adds_a_patient_with_an_e_mail_and_answers(self, as_clinician, clinician):
        form = as_clinician.get(ADD)
        posted = filled(
            form,
            given_name="Noor",
            family_name="Sampleperson",
            clinic_number="C-77",
            email="Noor@Patient.example",
            phone="(619) 555-0123",
            language="es",
            equipment=["chair", "mat"],
            answer_lies="yes",
            answer_fall_risk="yes",
            note_fall_risk="Fell twice",
            consent_on="2026-11-02",
        )
        response = as_clinician.post(ADD, posted)
        assert response.status_code == 302
        patient = Patient.objects.get(clinic_number="C-77")
        assert patient.user.email == "noor@patient.example"
        assert patient.user.language == "es"
        assert patient.clinician == clinician  # who adds is the clinician unless said otherwise
        assert patient.equipment == ["chair", "mat"]
        assert patient.consent_on == date(2026, 11, 2)
        assert set(patient.answers.values_list("topic", "value", "note")) == {
            ("lies", "yes", ""),
            ("fall_risk", "yes", "Fell twice"),
        }

    def test_every_question_starts_as_not_asked(self, as_clinician):
        html = text(as_clinician.get(ADD))
        assert "Can the patient lie flat on the back?" in html
        assert "Care needed: deep bend of the hip?" in html
        assert html.count('value="" id="id_answer_') == len(QUESTIONS) == 15
        assert html.count("checked") - html.count('type="checkbox" checked') == 15

    def test_without_an_e_mail_there_is_no_account(self, as_clinician):
        posted = filled(as_clinician.get(ADD), given_name="Noor", family_name="Sampleperson")
        as_clinician.post(ADD, posted)
        assert Patient.objects.get(given_name="Noor").user is None

    def test_goes_on_to_the_page_where_a_plan_is_added_and_names_nobody(self, as_clinician):
        posted = filled(as_clinician.get(ADD), given_name="Noor", family_name="Sampleperson")
        response = as_clinician.post(ADD, {**posted, "_save": "Save"})
        assert said(response) == ["Saved."]
        assert response.headers["Location"] == page(Patient.objects.get(given_name="Noor"))

    def test_save_and_invite_in_one_press(self, as_clinician, newcomer, sends, mailoutbox):
        with sends():
            as_clinician.post(
                page(newcomer), {**filled(as_clinician.get(page(newcomer))), "_invite": ""}
            )
        assert link_in(mailoutbox[0])

    def test_an_address_that_is_taken_is_refused_beside_the_field(self, as_clinician, patient):
        posted = filled(
            as_clinician.get(ADD),
            given_name="Noor",
            family_name="Sampleperson",
            email="LEE@patient.example",
            answer_lies="no",
            note_lies="Hurts",
        )
        response = as_clinician.post(ADD, posted)
        assert response.status_code == 200
        html = text(response)
        assert "Another account has this e-mail address" in html
        assert 'value="Sampleperson"' in html
        assert 'value="Hurts"' in html
        assert not Patient.objects.filter(given_name="Noor").exists()

    @pytest.mark.parametrize(
        ("field", "value", "says"),
        [
            ("date_of_birth", "1961-13-40", "Type a day such as 3/12/1961."),
            ("family_name", "", "This field is required"),
            ("date_of_birth", "2015-01-01", "This site is for adults"),
            ("consent_on", "2999-01-01", "This day is still to come"),
            ("phone", "12", "Enter a valid phone number"),
            ("email", "not-an-address", "Enter a valid email address"),
            ("note_kneels", "A note without an answer", "Choose yes or no for this note"),
            ("answer_kneels", "perhaps", "Select a valid choice"),
            ("clinician", "999", "Select a valid choice"),
        ],
    )
    def test_what_cannot_be_is_refused_and_what_was_typed_stays(
        self, as_clinician, field, value, says
    ):
        posted = filled(as_clinician.get(ADD), given_name="Noor", family_name="Sampleperson")
        response = as_clinician.post(ADD, {**posted, field: value})
        assert response.status_code == 200
        assert says in text(response)
        assert 'value="Noor"' in text(response)
        assert not Patient.objects.exists()

    def test_a_number_that_a_colleague_saves_in_this_moment_is_refused_not_an_error(
        self, as_clinician, monkeypatch
    ):
        """The form's check comes just before the colleague's row, the save just after it."""
        factories.make_patient(None, "Fast", "Sample", clinic_number="C-1")
        posted = filled(
            as_clinician.get(ADD), given_name="Noor", family_name="S", clinic_number="C-1"
        )
        check, checked = PatientForm.validate_unique, []

        def too_early_the_first_time(form):
            return check(form) if checked else checked.append(form)

        monkeypatch.setattr(PatientForm, "validate_unique", too_early_the_first_time)
        response = as_clinician.post(ADD, posted)
        assert response.status_code == 200
        assert "already exists" in text(response)
        assert 'value="Noor"' in text(response)
        assert not Patient.objects.filter(given_name="Noor").exists()


class TestChange:
    def test_writes_down_who_changed_which_field(self, as_clinician, clinician, patient):
        form = as_clinician.get(page(patient))
        as_clinician.post(page(patient), filled(form, preferred_name="Leelee"))
        entry = LogEntry.objects.get_for_object(patient).filter(action=LogEntry.Action.UPDATE).get()
        assert entry.changes_dict == {"preferred_name": ["", "Leelee"]}
        assert entry.actor == clinician

    def test_the_message_after_saving_names_nobody(self, as_clinician, patient):
        posted = filled(as_clinician.get(page(patient)), preferred_name="Leela")
        assert said(as_clinician.post(page(patient), posted)) == ["Saved."]

    def test_the_address_is_no_field(self, as_clinician, patient):
        form = as_clinician.get(page(patient))
        as_clinician.post(page(patient), filled(form, email="evil@else.example"))
        assert User.objects.get(pk=patient.user.pk).email == "lee@patient.example"

    def test_answers_are_changed_and_taken_back(self, as_clinician, patient):
        factories.answer(patient, "lies", "no", "Hurts")
        factories.answer(patient, "sits", "yes")
        form = as_clinician.get(page(patient))
        as_clinician.post(
            page(patient), filled(form, answer_lies="yes", note_lies="", answer_sits="")
        )
        assert list(patient.answers.values_list("topic", "value", "note")) == [("lies", "yes", "")]
        assert Patient.objects.get(pk=patient.pk).answers_revision == 1

    def test_two_people_do_not_undo_each_others_answers(self, as_clinician, as_colleague, patient):
        mine, theirs = as_clinician.get(page(patient)), as_colleague.get(page(patient))
        as_colleague.post(page(patient), filled(theirs, answer_lies="no"))
        response = as_clinician.post(page(patient), filled(mine, answer_sits="yes"))
        assert response.status_code == 200
        assert "Somebody else changed the answers" in text(response)
        assert list(patient.answers.values_list("topic", "value")) == [("lies", "no")]

    def test_precautions_lead_the_page(self, as_clinician, patient):
        factories.answer(patient, "fall_risk", "yes", "Fell twice")
        factories.answer(patient, "lies", "yes")
        html = text(as_clinician.get(page(patient)))
        strip = html[html.index('class="cl-sum"') : html.index('id="id_given_name"')]
        assert "risk of a fall: yes" in strip
        assert "Fell twice" in strip
        assert "lies flat" not in strip
        assert "2 of 15 asked" in strip

    def test_the_page_leads_to_the_plans(self, as_clinician, patient):
        html = text(as_clinician.get(page(patient)))
        assert "See the templates in words" in html

    def test_opening_it_is_written_down(self, as_clinician, clinician, patient):
        as_clinician.get(page(patient))
        seen = LogEntry.objects.get_for_object(patient).filter(action=LogEntry.Action.ACCESS)
        assert [entry.actor for entry in seen] == [clinician]

    def test_nobody_deletes_a_patient(self, as_administrator, patient, django_user_model):
        boss = django_user_model.objects.create_superuser("boss@clinic.example", "x")
        for client in (as_administrator, Client()):
            client.force_login(boss)
            assert client.post(page(patient, "delete"), {"post": "yes"}).status_code == 403
        assert "deletelink" not in text(as_administrator.get(page(patient)))
        assert Patient.objects.filter(pk=patient.pk).exists()


class TestActs:
    def press(self, client: Client, patient: Patient, name: str, **changes: Any):
        form = client.get(page(patient))
        assert f'name="{name}"' in text(form), f"no button {name}"
        return client.post(page(patient), {**filled(form, **changes), name: ""}, follow=True)

    def test_save_what_was_typed_first(self, as_clinician, newcomer, sends, mailoutbox):
        with sends():
            response = self.press(as_clinician, newcomer, "_invite", preferred_name="Nora")
        assert "The invitation is on its way" in text(response)
        newcomer.refresh_from_db()
        assert newcomer.preferred_name == "Nora"
        assert len(mailoutbox) == 1

    def test_act_only_on_what_could_be_saved(self, as_clinician, newcomer):
        form = as_clinician.get(page(newcomer))
        as_clinician.post(page(newcomer), {**filled(form, given_name=""), "_invite": ""})
        assert not Invitation.objects.exists()

    def test_unlock(self, as_front_desk, patient, visitor):
        for _try in range(6):
            visitor.post("/accounts/login/", {"login": patient.user.email, "password": "wrong"})
        User.objects.filter(pk=patient.user.pk).update(last_login="2026-11-01T10:00Z")
        assert "unlocked" in text(self.press(as_front_desk, patient, "_unlock"))
        right = {"login": patient.user.email, "password": factories.PASSWORD}
        assert visitor.post("/accounts/login/", right).status_code == 302

    def test_discharge_asks_first(self, as_clinician, patient, as_patient):
        asked = self.press(as_clinician, patient, "_discharge")
        assert "Discharge Lee Testperson" in text(asked)
        patient.refresh_from_db()
        assert patient.status == "current"
        done = as_clinician.post(page(patient, "discharge"), follow=True)
        assert "The patient is discharged" in text(done)
        assert as_patient.get("/account/").status_code == 302
        back = self.press(as_clinician, patient, "_readmit")
        assert "The patient is back" in text(back)
        assert User.objects.get(pk=patient.user.pk).is_active

    def test_change_of_e_mail_asks_first_and_invites(
        self, as_clinician, newcomer, sends, mailoutbox
    ):
        asked = self.press(as_clinician, newcomer, "_change_email")
        assert "checked" in text(asked)  # never used: an invitation to the new address is due
        with sends():
            as_clinician.post(
                page(newcomer, "email"), {"email": "New@patient.example", "invite": "on"}
            )
        assert {mail.to[0] for mail in mailoutbox} == {
            "noor@patient.example",
            "new@patient.example",
        }
        assert User.objects.filter(email="new@patient.example").exists()

    def test_change_to_an_address_that_is_taken_is_refused_with_what_was_typed(
        self, as_clinician, newcomer, patient
    ):
        response = as_clinician.post(page(newcomer, "email"), {"email": "lee@patient.example"})
        assert response.status_code == 200
        assert "Another account has this e-mail address" in text(response)
        assert 'value="lee@patient.example"' in text(response)

    def test_a_first_address_makes_an_account(self, as_front_desk, clinician, sends, mailoutbox):
        patient = factories.make_patient(None, "Paper", "Sample", clinician)
        self.press(as_front_desk, patient, "_change_email")
        with sends():
            as_front_desk.post(
                page(patient, "email"), {"email": "paper@patient.example", "invite": "on"}
            )
        patient.refresh_from_db()
        assert patient.user.email == "paper@patient.example"
        assert link_in(mailoutbox[0])

    @pytest.mark.parametrize("name", ["discharge", "email"])
    def test_others_cannot(self, as_patient, as_editor, visitor, patient, name):
        assert as_patient.post(page(patient, name)).status_code == 403
        assert as_editor.post(page(patient, name)).status_code in (403, 404)
        assert visitor.post(page(patient, name)).status_code == 302
        patient.refresh_from_db()
        assert (patient.status, patient.user.email) == ("current", "lee@patient.example")


class TestList:
    @pytest.fixture
    def everybody(self, patient, other_patient, newcomer, clinician) -> None:
        actions.invite(user=newcomer.user, by=clinician)
        factories.make_patient(None, "Paper", "Sample", clinician, clinic_number="C-5")
        gone = factories.make_patient("gone@patient.example", "Gone", "Sample", clinician)
        actions.discharge_patient(patient=gone, by=clinician)

    def names(self, client: Client, query: str = "") -> set[str]:
        changelist = client.get(LIST + query).context["cl"]
        return {patient.given_name for patient in changelist.result_list}

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("", {"Lee", "Pat", "Noor", "Paper"}),
            ("?whose=mine", {"Lee", "Noor", "Paper"}),
            ("?log-in=never-in", {"Noor"}),
            ("?log-in=paper", {"Paper"}),
            ("?status=discharged", {"Gone"}),
            ("?status=all", {"Lee", "Pat", "Noor", "Paper", "Gone"}),
            ("?q=testperson", {"Lee"}),
            ("?q=c-5", {"Paper"}),
            ("?q=noor@", {"Noor"}),
        ],
    )
    def test_filters_and_search(self, as_clinician, everybody, query, expected):
        assert self.names(as_clinician, query) == expected

    def test_says_how_far_each_is_with_logging_in(self, as_clinician, everybody):
        html = text(as_clinician.get(f"{LIST}?status=all"))
        for words in ("On paper, no e-mail", "Invited, not here yet", "Ended", "Dana Example, PT"):
            assert words in html

    def test_takes_the_same_queries_for_many_patients(
        self, as_clinician, everybody, django_assert_max_num_queries, clinician
    ):
        for number in range(12):
            factories.make_patient(f"p{number}@patient.example", "P", f"Sample{number}", clinician)
        with django_assert_max_num_queries(10):
            as_clinician.get(LIST)

    def test_a_discharged_patient_cannot_be_chosen_for_a_plan(self, as_clinician, everybody):
        response = as_clinician.get(
            "/admin/autocomplete/",
            {"app_label": "plans", "model_name": "plan", "field_name": "patient", "term": "Sample"},
        )
        assert "Gone" not in text(response)
        assert "Paper" in text(response)

    def test_rooms_above_add_their_filters(self, as_clinician, everybody, monkeypatch):
        class NamedPaper(admin.SimpleListFilter):
            title, parameter_name = "paper people", "paper"

            def lookups(self, request, model_admin):
                return [("1", "Named Paper")]

            def queryset(self, request, queryset):
                return queryset.filter(given_name="Paper") if self.value() else queryset

        monkeypatch.setattr(PatientAdmin, "extra_filters", [NamedPaper])
        assert self.names(as_clinician, "?paper=1") == {"Paper"}


class TestFrontDesk:
    def test_adds_and_changes_but_sees_nothing_clinical(self, as_front_desk, patient):
        factories.answer(patient, "lies", "no", "Hurts badly")
        Patient.objects.filter(pk=patient.pk).update(staff_notes="Secret note")
        for response in (as_front_desk.get(ADD), as_front_desk.get(page(patient))):
            html = text(response)
            assert response.status_code == 200
            for hidden in ("Can the patient", "Hurts badly", "Secret note", "lies flat", "asked"):
                assert hidden not in html

    def test_posting_answers_and_notes_writes_none(self, as_front_desk, patient):
        form = as_front_desk.get(page(patient))
        as_front_desk.post(
            page(patient),
            filled(form, given_name="Leo", answer_lies="no", staff_notes="x", answers_seen="0"),
        )
        patient.refresh_from_db()
        assert patient.given_name == "Leo"
        assert patient.staff_notes == ""
        assert not Answer.objects.exists()


def test_content_editors_see_no_patient(as_editor, patient):
    for path in (LIST, page(patient), ADD):
        response = as_editor.get(path)
        assert response.status_code in (302, 403)
        assert "Testperson" not in text(response)
