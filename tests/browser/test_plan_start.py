"""A clinician with eight minutes: a plan of four exercises from a template, and what it takes."""

import re
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Locator, Page, expect

from clinic import roles
from education.library.actions import load_pack
from education.library.models import Demand, Precaution
from education.people.models import Patient
from education.plans.loading import load_templates
from education.plans.models import Plan
from tests import factories
from tests.browser.log_in import log_in
from tests.browser.sizes import assert_no_sideways_scroll

MOST_INTERACTIONS = 12


@dataclass
class Hands:
    """What a person does at a page. A click, a choice and a filled field count one each."""

    page: Page
    done: list[str] = field(default_factory=list)

    def _count(self, what: str) -> None:
        self.done.append(what)
        assert len(self.done) <= MOST_INTERACTIONS, self.done

    def click(self, on: Locator) -> None:
        self._count(f"click {on}")
        on.click()

    def choose(self, field_: Locator, label: str) -> None:
        self._count(f"choose {label}")
        field_.select_option(label=label)

    def fill(self, field_: Locator, text: str) -> None:
        self._count(f"fill {text}")
        field_.fill(text)


@pytest.fixture
def patient(live_site) -> Patient:
    """Lee, whom somebody has asked about everything, and who may do it all."""
    load_pack(by=None)
    load_templates(by=None)
    dana = factories.make_staff("dana@clinic.example", "Dana", "Example", roles.CLINICIANS, "PT")
    patient = factories.make_patient("lee@patient.example", "Lee", "Testperson", dana)
    for topics, said in ((Demand.values, "yes"), (Precaution.values, "no")):
        for topic in topics:
            factories.answer(patient, topic, said)
    return patient


def test_a_plan_of_four_exercises_is_made_and_activated_in_twelve_interactions(
    open_page, patient, axe
):
    page = open_page(size="desktop")
    log_in(page, "dana@clinic.example", factories.PASSWORD)
    hands = Hands(page)

    # From the front page to the patient.
    hands.click(page.get_by_role("link", name="Lee Testperson", exact=True))
    hands.choose(page.get_by_label("Template"), "First weeks with sciatica")
    hands.choose(page.get_by_label("Side that hurts now"), "Right")
    axe(page)
    hands.click(page.get_by_role("button", name="Start from this template"))

    # The plan is there: four exercises for the right side, and a day of review.
    expect(page.get_by_text("Made from: the template “First weeks with sciatica”.")).to_be_visible()
    expect(page.locator("#row-1")).to_contain_text("on your right side")
    expect(page.locator("#row-4 [name$=-exercise]")).to_have_value("Walking")
    expect(page.get_by_text("It is ready to be activated.")).to_be_visible()
    axe(page)
    hands.fill(page.get_by_label("own goal"), "Sit through a movie")
    hands.click(page.get_by_role("button", name="in 4 weeks"))
    hands.click(page.get_by_role("button", name="Activate", exact=True))
    expect(page.get_by_text("Activated.")).to_be_visible()

    plan = Plan.objects.get()
    assert plan.status == Plan.Status.ACTIVE
    body = plan.versions.get().body
    assert len(body["exercises"]) == 4
    assert body["goal"] == "Sit through a movie"
    assert "signs that need a doctor" in body["flare_up"]
    assert len(hands.done) <= MOST_INTERACTIONS


def test_the_thirteenth_interaction_would_be_noticed(open_page, live_site):
    page = open_page(size="desktop")
    page.goto("/")
    hands = Hands(page)
    for _ in range(MOST_INTERACTIONS):
        hands.click(page.locator("h1").first)
    with pytest.raises(AssertionError):
        hands.click(page.locator("h1").first)


def test_without_scripts_on_a_phone_a_plan_starts_all_the_same(open_page, patient):
    page = open_page(size="phone", javascript=False)
    log_in(page, "dana@clinic.example", factories.PASSWORD)
    page.goto(f"/admin/plans/plan/start/{patient.pk}/")
    assert_no_sideways_scroll(page)
    page.get_by_label("Side that hurts now").select_option(label="Left")
    page.get_by_role("button", name=re.compile("this template.*Back strength")).click()
    expect(page).to_have_url(re.compile(r"/change/$"))
    page.locator("[name=_add_from_template]").click()
    page.get_by_role("button", name=re.compile("exercises.*After a flare-up")).click()
    expect(page.get_by_text("3 exercises added.")).to_be_visible()
    page.locator("[name=_copy]").click()
    page.get_by_role("button", name="Make the copy").click()
    expect(page.get_by_text("Made from: a copy of")).to_be_visible()
    assert Plan.objects.count() == 2


def test_the_return_key_on_the_patients_page_saves_and_starts_nothing(open_page, patient):
    page = open_page(size="desktop")
    log_in(page, "dana@clinic.example", factories.PASSWORD)
    page.goto(f"/admin/people/patient/{patient.pk}/change/")
    page.get_by_label("Preferred name").fill("Leelee")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved.")).to_be_visible()
    patient.refresh_from_db()
    assert patient.preferred_name == "Leelee"
    assert not Plan.objects.exists()
