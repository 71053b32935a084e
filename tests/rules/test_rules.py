"""What the rules promise over all rooms, and no test of one room would notice."""

import inspect
import pkgutil
from datetime import UTC, date, datetime, time, timedelta
from importlib import import_module

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils.translation import get_language

import education
from education.audit.actor import action
from education.contact.actions import promised_day
from education.contact.models import ContactRequest
from education.library.models import LadderLink
from education.people import mail
from education.people.actions import discharge_patient, invite, readmit_patient
from education.people.mail import queue_mail
from education.people.models import Clinic, ClosedDay, Invitation, OutgoingMail, User
from education.plans.models import Plan
from tests import factories
from tests.conftest import logged_in
from tests.contact.conftest import make_request
from tests.rules.mutations import MUTATIONS, ROOT, RULES, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(patient, clinician) -> Plan:
    return factories.make_plan(patient, clinician, exercises=1)


@pytest.fixture
def row(plan):
    return plan.planned_exercises.get()


# ------------------------------------------------------------------ 1 and 2: whose, and kept


def test_a_draft_is_not_among_the_plans_of_its_patient(patient, clinician):
    draft = factories.make_plan(patient, clinician, published=False)
    assert draft not in Plan.objects.visible_to(patient.user)
    assert draft in Plan.objects.visible_to(clinician)


@pytest.mark.parametrize("what", ["patient", "plan", "exercise", "clinician", "account"])
def test_nothing_that_a_plan_stands_on_can_be_deleted(what, patient, plan, row):
    things = {
        "patient": patient,
        "plan": plan,
        "exercise": row.exercise,
        "clinician": plan.clinician,
        "account": patient.user,
    }
    with pytest.raises(ProtectedError):
        things[what].delete()


def test_not_even_a_draft_goes_with_its_patient(patient, clinician):
    factories.make_plan(patient, clinician, published=False)
    with pytest.raises(ProtectedError):
        patient.delete()


# ------------------------------------------------------------------ 4: the review


@pytest.mark.parametrize(("days", "asks"), [(14, False), (15, True)])
def test_long_after_the_review_the_patient_is_asked_to_call_first(
    days, asks, patient, clinician, plan
):
    after = datetime.combine(plan.review_on, time(20), tzinfo=UTC) + timedelta(days=days)
    with time_machine.travel(after, tick=False):
        body = logged_in(patient.user).get(reverse("plan_today")).content.decode()
    assert ("The day of your review has passed. Please call us before you go on." in body) == asks


# ------------------------------------------------------------------ 6: the signs, one tap away

PAGES = ["plan_today", "planned_exercise", "account", "contact", "own_requests", "own_request"]
DIARY_PAGES = ["session_start", "diary_days", "progress", "outcome_measure", "own_data"]
SESSION_PAGES = ["session_exercise", "session_wrong", "session_finish"]
PUBLIC = ["home", "exercise_list", "exercise_detail"]


@pytest.mark.parametrize("name", [*PAGES, *DIARY_PAGES, *SESSION_PAGES, *PUBLIC])
def test_every_page_of_a_patient_reaches_the_signs_in_one_tap(name, as_patient, patient, row):
    message = make_request(patient)
    session = factories.make_session(patient, logs=False).submission_key
    args = {
        "session_exercise": [session, 1],
        "session_wrong": [session],
        "session_finish": [session],
        "planned_exercise": [row.key],
        "own_request": [message.submission_key],
        "exercise_detail": [row.exercise.key],
    }
    response = as_patient.get(reverse(name, args=args.get(name)))
    assert response.status_code == 200
    header = response.content.decode().partition("</header>")[0]
    link = header.partition('class="pm-sos" href="')[2].partition('"')[0]
    if link.endswith("#red-flags"):  # on this page, or on that of something wrong in a session
        shown = response if link == "#red-flags" else as_patient.get(link)
        assert 'id="red-flags"' in shown.content.decode()
    else:
        assert link == reverse("when_to_see_a_doctor")


# ------------------------------------------------------------------ 7: down freely, up with us


def test_a_patient_reads_that_less_is_always_allowed_and_who_moves_them_up(as_patient, row):
    harder = factories.make_exercise(title_en="Deeper form")
    LadderLink.objects.create(
        exercise=row.exercise, to_exercise=harder, direction="harder", rule_en="After good days."
    )
    body = as_patient.get(reverse("planned_exercise", args=[row.key])).content.decode()
    assert "You may do less, or take an easier form, at any time. You do not need to ask." in body
    assert "Only Dana moves you up." in body
    assert "Staying is fine." in body
    assert reverse("exercise_detail", args=[harder.key]) not in body


# ------------------------------------------------------------------ 8 to 11: in order, in time


def test_the_pain_thresholds_of_the_clinic_are_in_order():
    with pytest.raises(IntegrityError, match="pain_thresholds_in_order"), transaction.atomic():
        Clinic.objects.create(pk=1, pain_fine_max=6, pain_stop=5)


@time_machine.travel("2026-11-25T23:00:00Z", tick=False)  # Wednesday, 3 pm at the clinic
def test_a_promise_knows_the_days_on_which_the_clinic_is_closed():
    assert promised_day() == date(2026, 11, 26)
    ClosedDay.objects.create(clinic=Clinic.objects.create(pk=1), day=date(2026, 11, 26))
    assert promised_day() == date(2026, 11, 27)


def test_the_database_keeps_a_message_once(patient):
    key = make_request(patient).submission_key
    with pytest.raises(IntegrityError), transaction.atomic():
        make_request(patient, submission_key=key)
    assert ContactRequest.objects.count() == 1


def test_no_mail_leaves_for_what_was_taken_back(
    patient, mailoutbox, django_capture_on_commit_callbacks
):
    @action
    def fails_at_the_end(*, by: User) -> None:
        queue_mail(kind="plan_ready", key=1, user=patient.user)
        raise RuntimeError

    with django_capture_on_commit_callbacks(execute=True) as sent, pytest.raises(RuntimeError):
        fails_at_the_end(by=patient.clinician)
    assert (sent, mailoutbox) == ([], [])
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_mail_is_written_in_the_language_of_its_reader(language, monkeypatch):
    spoken = []

    def render(_template: str, _context: dict) -> str:
        spoken.append(get_language())
        return "Subject\nText"

    monkeypatch.setattr(mail, "render_to_string", render)
    mail.write_mail("plan_ready", to="lee@patient.example", language=language, context={})
    assert spoken == [language]


# ------------------------------------------------------------------ 12: actions


def actions() -> list:
    """Every function of the rooms that ``@action`` wraps."""
    found = {}
    for module in pkgutil.walk_packages(education.__path__, "education."):
        if ".migrations" in module.name or ".figures" in module.name:
            continue
        for _name, function in inspect.getmembers(import_module(module.name), inspect.isfunction):
            if function.__globals__.get("__name__") == "education.audit.actor" and hasattr(
                function, "__wrapped__"
            ):
                found[f"{function.__module__}.{function.__qualname__}"] = function
    return list(found.values())


def test_every_action_takes_keywords_only_and_names_who_did_it():
    every = actions()
    assert len(every) > 30
    for function in every:
        parameters = inspect.signature(function).parameters
        where = f"{function.__module__}.{function.__qualname__}"
        assert {p.kind for p in parameters.values()} == {inspect.Parameter.KEYWORD_ONLY}, where
        assert "by" in parameters, where


# ------------------------------------------------------------------ 13: discharge


def test_discharge_ends_the_log_in_for_good_and_every_session_now(patient, clinician, visitor):
    phone, tablet = logged_in(patient.user), visitor
    right = {"login": patient.user.email, "password": factories.PASSWORD}
    assert tablet.post(reverse("account_login"), right).status_code == 302
    assert tablet.get(reverse("account")).status_code == 200
    discharge_patient(patient=patient, by=clinician)
    for device in (phone, tablet):
        assert device.get(reverse("account")).status_code == 302
    assert not patient.user.usersession_set.exists()
    assert tablet.post(reverse("account_login"), right).url == reverse("account_inactive")
    assert tablet.get(reverse("account")).status_code == 302


def test_discharge_ends_an_open_link_even_for_who_comes_back(clinician):
    patient = factories.make_patient("new@patient.example", "Newt", "Newcomer", clinician)
    invitation = invite(user=patient.user, by=clinician)
    discharge_patient(patient=patient, by=clinician)
    readmit_patient(patient=patient, by=clinician)
    invitation = Invitation.objects.get(pk=invitation.pk)
    assert not invitation.is_open


def test_discharge_keeps_the_whole_record(patient, clinician, as_clinician, plan):
    discharge_patient(patient=patient, by=clinician)
    plan.refresh_from_db()
    assert plan.versions.count() == plan.planned_exercises.count() == 1
    page = as_clinician.get(reverse("admin:plans_plan_versions", args=[plan.pk]))
    assert page.status_code == 200
    assert "Lee Testperson" in page.content.decode()


# ------------------------------------------------------------------ the table of mutations itself


def test_every_rule_has_a_mutation():
    assert {mutation.rule for mutation in MUTATIONS} == set(RULES)


def test_the_page_about_the_rules_is_written_from_the_table():
    """Write it anew: python -c "from tests.rules.mutations import *; print(table(), end='')"."""
    assert (ROOT / "docs" / "rules.md").read_text() == table()


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_the_code_of_a_rule_and_its_test_are_where_the_table_says(mutation):
    """Moved code or a renamed test: put the new place into tests/rules/mutations/."""
    assert (ROOT / mutation.file).read_text().count(mutation.old) == 1
    path, _colons, names = mutation.test.partition("::")
    text = (ROOT / path).read_text()
    for name in names.split("[")[0].split("::"):
        assert f"def {name}(" in text or f"class {name}" in text
    assert mutation.new != mutation.old
