"""A patient downloads all that is kept about them, and reads who at the clinic looked at it."""

import csv
import io
import json
import re
import zipfile
from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.apps import apps

from education.audit.actions import record_view
from education.contact.models import ContactRequest, Reply
from education.diary.models import Correction
from education.plans.actions import hold_plan
from education.portal.data.columns import COLUMNS
from education.portal.data.tables import TABLES
from tests import factories

pytestmark = pytest.mark.django_db

ZONE = ZoneInfo("America/Los_Angeles")
NINE = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def _monday_at_nine():
    with time_machine.travel(NINE, tick=False):
        yield


@pytest.fixture
def diary(patient, clinician):
    """A plan, a session with a comment and a correction, a morning, a message with its answer."""
    factories.make_plan(patient, clinician, goal="Sit through a movie")
    factories.answer(patient, "floor", "no", "knees")
    session = factories.make_session(
        patient, pain_before=4, pain_after=3, moved="up", comment="=SUM(A1) went well"
    )
    Correction.objects.create(session=session, before={"pain_after": 7}, by=patient.user)
    factories.make_morning(session, 2)
    request = ContactRequest.objects.create(
        submission_key=uuid4(),
        patient=patient,
        reason="other",
        message="May I swim?",
        answer_by="site",
        answer_due_on=NINE.date(),
    )
    Reply.objects.create(request=request, text="Yes, slowly.", by=clinician)
    return session


def downloaded(client) -> dict:
    response = client.get("/account/data/my-data.json")
    assert response.status_code == 200
    return json.loads(response.content)


def unzipped(client) -> dict[str, str]:
    response = client.get("/account/data/my-data.zip")
    assert response.status_code == 200
    with zipfile.ZipFile(io.BytesIO(response.content)) as whole:
        return {name: whole.read(name).decode("utf-8-sig") for name in whole.namelist()}


def test_the_json_file_holds_every_table(as_patient, diary):
    whole = downloaded(as_patient)
    assert whole["made_on"] == "2026-11-23"
    tables = whole["tables"]
    assert list(tables) == [table.name for table in TABLES]
    assert tables["about"][0]["family_name"] == "Testperson"
    assert tables["about"][0]["email"] == "lee@patient.example"
    assert tables["plans"][0]["goal"] == "Sit through a movie"
    (session,) = tables["sessions"]
    assert (session["pain_before"], session["pain_after"], session["moved"]) == (4, 3, "up")
    assert session["started_at"] == "2026-11-23T09:00:00-08:00"
    assert len(tables["session_exercises"]) == 3
    assert tables["session_exercises"][0]["day"] == "2026-11-23"
    assert tables["corrections"][0]["before"] == {"pain_after": 7}
    assert tables["mornings"][0]["pain"] == 2
    assert tables["messages"][0]["message"] == "May I swim?"
    assert tables["clinic_answers"][0]["text"] == "Yes, slowly."
    assert tables["answers"][0]["note"] == "knees"
    assert len(tables["plan_exercises"]) == 3


def test_the_csv_files_hold_the_same_rows_as_the_json_file(as_patient, diary):
    files, tables = unzipped(as_patient), downloaded(as_patient)["tables"]
    assert set(files) == {"READ-ME.txt", *(f"{table.name}.csv" for table in TABLES)}
    for table in TABLES:
        rows = list(csv.DictReader(io.StringIO(files[f"{table.name}.csv"])))
        assert len(rows) == len(tables[table.name]), table.name
        assert all(list(row) == list(table.columns) for row in rows)


def test_typed_text_is_never_a_formula_in_a_spreadsheet(as_patient, diary):
    (row,) = csv.DictReader(io.StringIO(unzipped(as_patient)["sessions.csv"]))
    assert row["comment"] == "'=SUM(A1) went well"


def test_every_column_is_explained_and_nothing_else(as_patient, diary):
    used = {column for table in TABLES for column in table.columns}
    assert used == set(COLUMNS)
    words = unzipped(as_patient)["READ-ME.txt"]
    page = as_patient.get("/account/data/").content.decode()
    for table in TABLES:
        assert f"{table.name}.csv: {table.title}" in words
        assert str(table.title) in page
    assert "most pain during, 0 to 10" in words


def test_every_table_about_a_patient_is_in_the_download_or_left_out_for_a_reason():
    """A new model with a way to the patient has to be told here."""
    told = {
        *("people.Patient", "people.Answer", "plans.Plan", "plans.PlanVersion", "plans.PlanHold"),
        *("plans.HarderDayTaken", "diary.Session", "diary.MorningCheck", "diary.Outcome"),
        *("diary.Reminders", "contact.ContactRequest"),
    }
    reasons = {
        "diary.Alert": "staff's list, made of what the diary says",
        "diary.FunctionActivity": "told with its scores",
        "diary.ReminderSent": "thrown away after a week",
    }
    models = {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model is not None and field.related_model._meta.label == "people.Patient"
    }
    assert models - told == set(reasons)


def test_staff_notes_stay_with_the_staff(as_patient, diary, patient):
    patient.staff_notes = "Afraid of bending"
    patient.save()
    assert "Afraid of bending" not in as_patient.get("/account/data/my-data.json").content.decode()


def test_the_files_are_kept_by_no_cache(as_patient, diary):
    for name, kind in (("my-data.json", "application/json"), ("my-data.zip", "application/zip")):
        response = as_patient.get(f"/account/data/{name}")
        assert response["Content-Type"] == kind
        assert "no-store" in response["Cache-Control"]
        assert 'filename="my-data-2026-11-23.' in response["Content-Disposition"]


def test_a_stranger_gets_their_own_and_nothing_of_the_patient(as_stranger, diary):
    body = as_stranger.get("/account/data/my-data.json").content.decode()
    assert "Otherperson" in body
    for secret in ("Testperson", "May I swim?", "Yes, slowly.", "went well", "Sit through"):
        assert secret not in body
        assert all(secret not in text for text in unzipped(as_stranger).values())


@pytest.mark.parametrize("address", ["", "my-data.json", "my-data.zip"])
def test_a_visitor_is_led_to_the_log_in_and_staff_have_none(visitor, as_clinician, address):
    response = visitor.get(f"/account/data/{address}")
    assert response["Location"].startswith("/accounts/login/")
    assert as_clinician.get(f"/account/data/{address}").status_code == 404


def test_the_patient_reads_who_opened_and_who_changed_the_record(
    as_patient, as_clinician, patient, clinician
):
    plan = factories.make_plan(patient, clinician)
    assert as_clinician.get(f"/admin/people/patient/{patient.pk}/change/").status_code == 200
    assert as_clinician.get(f"/admin/people/patient/{patient.pk}/change/").status_code == 200
    factories.make_session(patient)
    assert as_clinician.get(f"/admin/people/patient/{patient.pk}/sessions/").status_code == 200
    hold_plan(plan=plan, by=clinician)
    page = " ".join(as_patient.get("/account/data/").content.decode().split())
    assert "<strong>Monday, November 23</strong><br>Dana Example, PT opened your details" in page
    assert "Dana Example, PT opened your details, 2 times" in page
    assert "Dana Example, PT opened your diary<" in page
    assert "Dana Example, PT changed or wrote your plan" in page


@pytest.mark.parametrize("page", ["history/", "email/", "discharge/", "sessions/", "change/"])
def test_every_page_of_staff_about_a_patient_is_listed(as_patient, as_clinician, patient, page):
    assert as_clinician.get(f"/admin/people/patient/{patient.pk}/{page}").status_code == 200
    listed = as_patient.get("/account/data/").content.decode().split('id="who"')[1]
    assert re.search(r"Dana Example, PT opened your (details|diary)", listed)


@pytest.mark.parametrize("page", ["history/", "change/", "versions/", "paper/"])
def test_every_page_of_staff_about_a_plan_is_listed(
    as_patient, as_clinician, patient, clinician, page
):
    plan = factories.make_plan(patient, clinician)
    assert as_clinician.get(f"/admin/plans/plan/{plan.pk}/{page}").status_code == 200
    listed = as_patient.get("/account/data/").content.decode().split('id="who"')[1]
    assert "Dana Example, PT opened your plan" in listed


def test_what_the_patient_did_is_not_listed(as_patient, patient, clinician):
    plan = factories.make_plan(patient, clinician)
    record_view(record=plan, by=patient.user)
    page = as_patient.get("/account/data/").content.decode()
    assert "Lee" not in page.split('id="who"')[1]


def test_a_record_that_nobody_opened_says_so(as_stranger, other_patient):
    assert "Nobody has opened it yet." in as_stranger.get("/account/data/").content.decode()


def test_views_of_another_patient_are_not_listed(as_stranger, patient, other_patient, clinician):
    record_view(record=patient, by=clinician)
    assert "Dana" not in as_stranger.get("/account/data/").content.decode().split('id="who"')[1]


def test_a_late_evening_counts_for_the_clinics_day(as_patient, patient, clinician):
    with time_machine.travel(datetime(2026, 11, 21, 23, 30, tzinfo=ZONE), tick=False):
        record_view(record=patient, by=clinician)
    assert "Saturday, November 21" in as_patient.get("/account/data/").content.decode()


def test_many_lines_come_in_pages(as_patient, patient, clinician, colleague):
    for day in range(1, 22):
        with time_machine.travel(datetime(2026, 10, day, 12, tzinfo=ZONE), tick=False):
            record_view(record=patient, by=clinician)
            record_view(record=patient, by=colleague)
    first = as_patient.get("/account/data/").content.decode()
    assert "October 21" in first
    last = as_patient.get("/account/data/?page=9").content.decode()
    assert "October 1<" in last


@pytest.mark.parametrize("sessions", [2, 40])
def test_the_page_and_the_files_ask_no_more_with_more_in_them(
    as_patient, patient, clinician, sessions, django_assert_max_num_queries
):
    factories.make_plan(patient, clinician)
    for n in range(sessions):
        factories.make_session(
            patient, day=NINE.date().replace(day=1 + n // 4), occurrence=n % 4 + 1
        )
        record_view(record=patient, by=clinician)
    as_patient.get("/account/data/")
    with django_assert_max_num_queries(8):
        as_patient.get("/account/data/")
    with django_assert_max_num_queries(24):
        as_patient.get("/account/data/my-data.json")
