"""The sheet that patient and clinic go through together at the first log-in."""

import pytest
from auditlog.models import LogEntry
from django.urls import reverse

from education.people import actions
from education.people.models import Invitation
from education.portal.paper import pdf
from tests import factories
from tests.portal.sheets import links, reader, tags, text_of


@pytest.fixture
def sheet(patient) -> str:
    return reverse("admin:people_patient_first_log_in", args=[patient.pk])


@pytest.fixture
def page(patient) -> str:
    return reverse("admin:people_patient_first_log_in_page", args=[patient.pk])


def test_the_front_desk_prints_it_from_the_patients_page(as_front_desk, patient, sheet):
    assert (
        sheet in as_front_desk.get(f"/admin/people/patient/{patient.pk}/change/").content.decode()
    )
    text = text_of(reader(as_front_desk.get(sheet)))
    assert "For Lee. We do this together, at the clinic." in text
    assert "localhost:8000/accounts/login" in text
    assert "Type your e-mail, lee@patient.example, and your password." in text
    assert "(619) 555-0142" in text


def test_it_is_one_tagged_page_in_the_order_of_doing(as_clinician, sheet):
    made = reader(as_clinician.get(sheet))
    assert len(made.pages) == 1
    assert made.trailer["/Root"]["/Lang"] == "en"
    assert tags(made).count("H1") == 1
    text = text_of(made)
    steps = ["Open the site", "Log in", "Read your plan", "Log out when you are done", "Stuck?"]
    places = [text.index(step) for step in steps]
    assert places == sorted(places)


def test_who_has_no_password_yet_begins_with_the_e_mail(as_clinician, patient, sheet):
    assert "Open our e-mail" not in text_of(reader(as_clinician.get(sheet)))
    patient.user.set_unusable_password()
    patient.user.save()
    made = reader(as_clinician.get(sheet))
    assert len(made.pages) == 1
    text = text_of(made)
    assert text.index("Open our e-mail") < text.index("Choose a password")
    assert text.index("Choose a password") < text.index("Next time, open the site")


def test_no_way_in_is_on_paper(as_clinician, clinician, patient, sheet):
    patient.user.set_unusable_password()
    patient.user.save()
    actions.invite(user=patient.user, by=clinician)
    made = reader(as_clinician.get(sheet))
    assert Invitation.objects.filter(user=patient.user).exists()
    assert links(made) == []
    assert "invit" not in text_of(made).lower()


@pytest.mark.parametrize("name", ["patient_first_log_in", "patient_first_log_in_page"])
def test_a_patient_on_paper_gets_none(as_clinician, clinician, name):
    noor = factories.make_patient(None, "Noor", "Paperperson", clinician)
    change = f"/admin/people/patient/{noor.pk}/change/"
    assert "first-log-in" not in as_clinician.get(change).content.decode()
    response = as_clinician.get(reverse(f"admin:people_{name}", args=[noor.pk]), follow=True)
    assert response.redirect_chain == [(change, 302)]
    assert "The plan on paper is all they need." in response.content.decode()


def test_a_discharged_patient_gets_none(as_clinician, clinician, patient, sheet):
    actions.discharge_patient(patient=patient, by=clinician)
    assert as_clinician.get(sheet).status_code == 302


@pytest.mark.parametrize("language", ["en", "es"])
def test_it_is_in_the_patients_language_once_its_texts_exist(
    as_clinician, patient, sheet, spanish_texts, language
):
    patient.language = language
    patient.save()
    assert reader(as_clinician.get(sheet)).trailer["/Root"]["/Lang"] == language


def test_until_then_it_is_english_and_says_so(as_clinician, patient, sheet, page):
    patient.language = "es"
    patient.save()
    assert reader(as_clinician.get(sheet)).trailer["/Root"]["/Lang"] == "en"
    answer = as_clinician.get(page)
    assert answer.headers["Content-Language"] == "en"
    assert '<html lang="en"' in answer.content.decode()


def test_who_printed_it_is_written_down(as_front_desk, front_desk, patient, sheet):
    as_front_desk.get(sheet)
    entries = LogEntry.objects.get_for_object(patient).filter(action=LogEntry.Action.ACCESS)
    assert entries.get().actor == front_desk


def test_where_no_pdf_can_be_made_there_is_a_page_to_print(monkeypatch, as_front_desk, sheet, page):
    monkeypatch.setattr(pdf, "_weasyprint", lambda: None)
    response = as_front_desk.get(sheet, follow=True)
    assert response.redirect_chain == [(page, 302)]
    body = response.content.decode()
    assert "For <strong>Lee</strong>. We do this together, at the clinic." in body
    assert 'aria-label="QR code of the log-in page: localhost:8000/accounts/login"' in body
    assert "<svg" in body


@pytest.mark.parametrize(
    ("member", "answer"), [("as_patient", 403), ("as_stranger", 403), ("as_editor", 404)]
)
def test_nobody_else_reads_it(request, member, answer, sheet):
    assert request.getfixturevalue(member).get(sheet).status_code == answer


def test_a_visitor_is_asked_to_log_in(visitor, sheet):
    assert visitor.get(sheet).status_code == 302
