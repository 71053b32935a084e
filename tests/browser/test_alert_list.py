"""A clinician works through what needs a look, in a browser: clean at every size, by keyboard."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from clinic import roles
from education.diary.alerts import settle_now
from education.diary.models import Alert
from education.people.models import Clinic, Patient
from tests import factories
from tests.browser.log_in import log_in
from tests.browser.looking import Look

LIST = "/admin/diary/alert/"


@pytest.fixture
def patient(live_site) -> Patient:
    """Lee, of whom nearly everything needs a look."""
    dana = factories.make_staff("dana@clinic.example", "Dana", "Example", roles.CLINICIANS, "PT")
    lee = factories.make_patient(
        "lee@patient.example", "Lee", "Testperson", dana, phone="+16195550177"
    )
    today = Clinic.objects.current().today()
    factories.make_plan(lee, dana, start_on=today - timedelta(days=14))
    for ago, pain in zip(range(8, 1, -1), (3, 3, 3, 3, 3, 6, 6), strict=True):
        day = today - timedelta(days=ago)
        session = factories.make_session(lee, day=day, pain_before=3, pain_after=pain)
        factories.make_morning(session, pain)
    said = {"moved": "down", "wrong": "fell", "told": "red_flag", "comment": "It pulls. " * 30}
    session = factories.make_session(lee, pain_after=6, **said)
    session.corrections.create(before={"pain_after": 3, "comment": ""}, by=lee.user)
    settle_now(lee)
    return lee


@pytest.fixture
def staff_page(patient, open_page) -> Page:
    page = open_page(size="desktop")
    log_in(page, "dana@clinic.example", factories.PASSWORD)
    return page


def test_the_list_and_the_diary_are_clean_at_every_size(staff_page, patient):
    plan = patient.plans.get()
    look = Look(staff_page, "phone", "desktop")
    look.at(
        [
            "/admin/",
            LIST,
            f"{LIST}{Alert.objects.get(kind='red_flag').pk}/acknowledge/",
            f"/admin/people/patient/{patient.pk}/sessions/",
            f"/admin/people/patient/{patient.pk}/change/",
            f"/admin/plans/plan/{plan.pk}/change/",
        ]
    )
    look.assert_clean()


def test_seen_by_keyboard_takes_one_line_off_the_list(staff_page):
    page = staff_page
    page.goto("/admin/")
    line = page.get_by_role("row").filter(has_text="Fell or could not get up")
    line.locator("summary", has_text="Seen").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Called, is fine.")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Seen. It is off the list.")).to_be_visible()
    expect(line).to_have_count(0)
    expect(page.get_by_role("row").filter(has_text="Pain moved further down")).to_have_count(1)
    page.goto(LIST + "?seen=yes")
    expect(page.get_by_text("Seen by Dana Example, PT")).to_contain_text("Called, is fine.")
