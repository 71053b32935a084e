"""The page of progress and its questions in a browser: clean at every size, whole on paper."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from education.diary.models import FunctionActivity
from education.people import demo
from education.people.models import Clinic, Patient
from education.plans.models import Plan
from tests import factories
from tests.browser.log_in import log_in
from tests.browser.looking import Look
from tests.diary.measures import make_activities, make_outcome


@pytest.fixture
def patient(live_site) -> Patient:
    """Lee, six weeks into a plan, whose pain rose last week; measured at the start."""
    demo.add_demo_people()
    clinician = factories.make_staff("dana@lee.example", "Dana", "Example", "Clinicians")
    lee = factories.make_patient("lee@lee.example", "Lee", "Testperson", clinician)
    today = Clinic.objects.current().today()
    start = today - timedelta(days=42)
    factories.make_plan(lee, clinician, start_on=start, review_on=today + timedelta(days=3))
    for n in range(42):
        pain = 7 if n >= 35 else 6 - n // 10
        day = start + timedelta(days=n)
        session = factories.make_session(lee, day=day, pain_before=pain, pain_after=pain)
        factories.make_morning(session, max(pain - 1, 0))
    make_activities(lee)
    plan = Plan.objects.get(patient=lee)
    make_outcome(plan, 2, 3, 4, day=start)
    make_outcome(plan, 4, 5, 6, point="review", day=start + timedelta(days=20))
    return lee


@pytest.fixture
def own_page(patient, open_page) -> Callable[[], Page]:
    def opened() -> Page:
        page = open_page(size="phone")
        log_in(page, patient.user.email, factories.PASSWORD)
        return page

    return opened


def test_progress_and_its_questions_are_clean_at_every_size(own_page):
    page = own_page()
    look = Look(page, "phone", "desktop")
    look.at([reverse("progress"), reverse("outcome_measure")])
    page.get_by_role("button", name="Save my answers").click()
    expect(page.locator(".pm-errors")).to_be_visible()
    look.here()
    look.assert_clean()


def test_on_paper_the_numbers_stand_open(own_page):
    page = own_page()
    page.goto(reverse("progress"))
    expect(page.get_by_role("table", name="Average pain, 0 to 10")).to_be_hidden()
    sheets = PdfReader(io.BytesIO(page.pdf(format="Letter"))).pages
    text = "\n".join(sheet.extract_text() for sheet in sheets)
    assert "Week of" in text
    assert "Put on my socks" in text
    assert "Lee Testperson" in text
    assert len(sheets) <= 3


def test_a_long_table_is_printed_whole(own_page, patient):
    """Nothing of it is lost where a sheet ends."""
    first = patient.sessions.earliest("day").day
    for week in range(1, 18):
        for day in range(3):
            when = first - timedelta(days=7 * week + day)
            factories.make_session(patient, day=when, pain_before=8, pain_after=week % 10)
    page = own_page()
    page.goto(reverse("progress"))
    page.locator("summary").first.click()
    rows = page.get_by_role("table", name="Average pain, 0 to 10").locator("tbody tr")
    assert rows.count() >= 22
    sheets = PdfReader(io.BytesIO(page.pdf(format="Letter"))).pages
    printed = " ".join(" ".join(sheet.extract_text().split()) for sheet in sheets)
    for row in rows.all():
        assert " ".join(row.inner_text().split()) in printed


def test_activities_are_scored_with_the_keyboard_alone(own_page, patient):
    page = own_page()
    page.goto(reverse("outcome_measure"))
    page.get_by_role("radio", name="0, no pain").focus()
    for _press in range(3):
        page.keyboard.press("ArrowRight")
    for activity in FunctionActivity.objects.asked_of(patient):
        page.get_by_role("group", name=activity.name).get_by_role("radio").first.focus()
        page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Save my answers").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Thank you. Your answers are saved.")).to_be_visible()
    last = patient.outcomes.latest("pk")
    assert last.pain == 3
    assert {score.score for score in last.scores.all()} == {1}
