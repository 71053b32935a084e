"""The main job, end to end, nothing faked: a plan is made, mailed, followed and asked about."""

import re

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from clinic import roles
from education.library.actions import load_pack
from education.people import actions
from education.people.models import Patient
from education.plans.models import Plan
from tests import factories
from tests.browser.log_in import log_in
from tests.browser.sizes import assert_no_sideways_scroll

PATIENT_PASSWORD = "seven calm herons wade"
CHOSEN = ["Knee to chest on a chair", "Piriformis stretch (figure four)", "Hip hinge"]


@pytest.fixture
def library(live_site):
    """The content pack, as `load_content` leaves it."""
    load_pack(by=None)


@pytest.fixture
def dana(live_site):
    return factories.make_staff(
        "dana@clinic.example", "Dana", "Example", roles.CLINICIANS, credentials="PT"
    )


@pytest.fixture(params=["phone", "desktop"])
def patient_page(request, open_page) -> Page:
    """The patient's own browser."""
    return open_page(size=request.param)


@pytest.fixture
def staff_page(open_page) -> Page:
    """The clinician's own browser."""
    return open_page(size="desktop")


def mailed_link() -> str:
    """The path of the one link in the newest mail."""
    (link,) = re.findall(r"https?://\S+", mail.outbox[-1].body)
    return link


def add_patient(page: Page) -> None:
    page.goto("/admin/people/patient/add/")
    page.get_by_label("Given name").fill("Robin")
    page.get_by_label("Family name").fill("Streetwalk")
    page.get_by_label("E-mail").fill("robin@patient.example")
    for topic in ("lies", "floor", "sits", "stands", "grips"):
        page.locator(f"[name=answer_{topic}][value=yes]").check()
    for topic in ("hip_deep_bend", "hip_cross", "bend_end_range", "fall_risk"):
        page.locator(f"[name=answer_{topic}][value=no]").check()
    page.get_by_role("button", name="Save and continue editing").click()


def build_plan(page: Page) -> None:
    page.get_by_role("button", name="Start empty").click()
    page.get_by_label("Plan name").fill("Sit and walk with more ease")
    page.get_by_label("Affected side").select_option("left")
    page.get_by_label("own goal").fill("Sit through a movie")
    page.get_by_role("button", name="in 4 weeks").click()
    for number, title in enumerate(CHOSEN):
        page.locator(f"[name=rows-{number}-exercise]").fill(title)
        page.locator(f"[name=rows-{number}-exercise]").press("Tab")
        expect(page.locator(f"[name=rows-{number}-sets]")).not_to_have_value("")
    expect(page.locator("#row-2")).to_contain_text("1 round of 3, on your left side.")


def preview_and_activate(page: Page, axe) -> None:
    page.get_by_role("button", name="Preview as patient").click()
    expect(page.get_by_text("1 round of 3, on your left side.").first).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Back to the plan").click()
    page.get_by_role("button", name="Activate and invite").click()
    expect(page.get_by_text("Active", exact=True)).to_be_visible()
    axe(page)


def accept_invitation(page: Page, link: str) -> None:
    page.goto(link)
    for field in page.locator("input[type=password]").all():
        field.fill(PATIENT_PASSWORD)
    page.locator("main form [type=submit], main form button").last.click()
    expect(page).to_have_url(re.compile(r"/plan/$"))


def read_plan(page: Page, axe) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text("Robin")
    for title in CHOSEN:
        expect(page.get_by_role("link", name=title)).to_be_visible()
    expect(page.get_by_text("1 round of 3, on your left side.").first).to_be_visible()
    expect(page.get_by_text("Sit through a movie")).to_be_visible()
    assert_no_sideways_scroll(page)
    axe(page)
    page.get_by_role("link", name=CHOSEN[1]).click()
    expect(page.get_by_text("Put your left ankle on your right thigh")).to_be_visible()
    expect(page.locator("main img[src*='-left']").first).to_be_visible()
    assert_no_sideways_scroll(page)
    axe(page)


def ask(page: Page, question: str, axe) -> None:
    """The red flags stand before the message."""
    page.goto("/contact/")
    axe(page)
    page.get_by_text("No, none of them").first.click()
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("What is this about?").select_option("exercise")
    page.get_by_label("Your message").fill(question)
    page.get_by_text("On this site").first.click()
    axe(page)
    page.get_by_role("button", name="Send").click()
    expect(page).to_have_url(re.compile("/contact/thanks/"))
    expect(page.get_by_text(re.compile("by the end of", re.IGNORECASE)).first).to_be_visible()
    axe(page)


def answer(page: Page, question: str, text: str, axe) -> None:
    page.goto("/admin/")
    page.get_by_role("link", name="Answer").first.click()
    expect(page.get_by_text(question).first).to_be_visible()
    page.locator("textarea").first.fill(text)
    axe(page)
    page.get_by_role("button", name="Send the answer").click()
    expect(page).to_have_url(re.compile(r"/admin/contact/contactrequest/$"))
    axe(page)


def test_a_plan_goes_to_the_patient_and_a_question_comes_back(
    library, dana, staff_page, patient_page, axe
):
    # The clinician adds a patient, builds a plan of three exercises, activates and invites.
    log_in(staff_page, dana.email, factories.PASSWORD)
    expect(staff_page).to_have_url(re.compile(r"/admin/$"))
    add_patient(staff_page)
    build_plan(staff_page)
    assert_no_sideways_scroll(staff_page)
    preview_and_activate(staff_page, axe)
    assert Plan.objects.get().status == Plan.Status.ACTIVE

    # One mail, without a word of health, leads the patient to the plan.
    (invitation,) = mail.outbox
    assert invitation.to == ["robin@patient.example"]
    assert "exercise" not in invitation.body.lower()
    accept_invitation(patient_page, mailed_link())
    read_plan(patient_page, axe)

    # A question, and its answer.
    ask(patient_page, "May I use a pillow?", axe)
    answer(staff_page, "May I use a pillow?", "Yes, a thin one.", axe)
    assert mail.outbox[-1].to == ["robin@patient.example"]
    assert "pillow" not in mail.outbox[-1].body
    patient_page.goto("/contact/messages/")
    axe(patient_page)
    patient_page.locator("main a[href*='/contact/messages/']").first.click()
    expect(patient_page.get_by_text("Yes, a thin one.")).to_be_visible()
    axe(patient_page)


def test_a_used_invitation_says_so_and_what_to_do(library, dana, patient_page, watch):
    patient = actions.add_patient(
        patient=Patient(given_name="Robin", family_name="Streetwalk", language="en"),
        email="robin@patient.example",
        by=dana,
    )
    actions.invite(user=patient.user, by=dana)
    link = mailed_link()
    accept_invitation(patient_page, link)
    watch.expect("410")
    patient_page.goto(link)
    expect(patient_page.get_by_role("main")).to_contain_text(re.compile("used", re.I))
    expect(patient_page.get_by_role("link", name="Log in").first).to_be_attached()
