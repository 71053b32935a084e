"""Every page of a patient, light and dark: nothing for axe to find, nothing to push sideways.

Console errors and broken content security rules fail a test by themselves (see windows.py).
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from education.people.models import Answer, Clinic, User
from education.plans.actions import complete_plan, hold_plan, publish_changes
from education.plans.models import Plan
from education.portal.paper import handout
from education.portal.paper.kept import Busy
from tests.browser.demo_clinic import lefty, person


def test_pages_of_a_patient(look_as):
    look = look_as("patient-left")
    look.here()
    version = Plan.objects.get(patient=lefty()).versions.latest("number")
    keys = [row["key"] for row in version.body["exercises"]]
    look.at(
        [
            "/plan/print/",
            "/progress/",
            "/progress/measures/",
            *(reverse("planned_exercise", args=[key]) for key in keys),
            "/contact/",
            "/contact/messages/",
            *(
                reverse("own_request", args=[r.submission_key])
                for r in lefty().contact_requests.all()
            ),
            "/account/",
            "/accounts/password/change/",
            "/accounts/sessions/",
            "/accounts/2fa/",
            "/accounts/2fa/totp/activate/",
            "/accounts/2fa/webauthn/",
            "/accounts/2fa/webauthn/add/",
            "/accounts/logout/",
            "/accounts/reauthenticate/",
        ]
    )


def test_pages_of_a_session(look_as):
    look = look_as("patient-left")
    page = look.page
    page.goto("/session/")
    look.here()
    page.get_by_role("radio", name="8", exact=True).check()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", name="Take it easier today")).to_be_visible()
    look.here()
    page.get_by_role("button", name="Do my full plan after all").click()
    page.wait_for_url("**/1/")
    look.here()
    session = urlsplit(page.url).path.removesuffix("/1/")
    look.at([f"{session}/2/", f"{session}/3/", f"{session}/wrong/?from=2"])
    look_as("patient-new").at(["/session/"])


def test_too_many_print_at_once(look_as, watch, monkeypatch):
    watch.expect("status of 503")

    def busy(*_args: object) -> bytes:
        raise Busy

    monkeypatch.setattr(handout, "kept_pdf", busy)
    look = look_as("patient-left")
    look.at([reverse("plan_handout")], status=503)
    expect(look.page.get_by_role("link", name="Print from the browser instead")).to_be_visible()


def publish(plan: Plan, by: User, **fields: Any) -> None:
    """Change a plan and publish the change."""
    for name, value in fields.items():
        setattr(plan, name, value)
    plan.save()
    publish_changes(plan=plan, by=by)


def days(number: int) -> date:
    """The clinic's today and so many days."""
    return Clinic.objects.current().today() + timedelta(days=number)


STANDINGS: dict[str, tuple[str, Callable[[Plan, User], Any]]] = {
    "on hold": ("Your plan is on hold", lambda plan, by: hold_plan(plan=plan, by=by)),
    "on hold until a day": (
        "Your plan is on hold",
        lambda plan, by: hold_plan(plan=plan, until=days(10), by=by),
    ),
    "ended": ("This plan is done", lambda plan, by: complete_plan(plan=plan, by=by)),
    "something changed": (
        "Please call us before you go on",
        lambda plan, by: Answer.objects.filter(patient=plan.patient).delete(),
    ),
    "review past": (
        "Time to look at your plan again",
        lambda plan, by: publish(plan, by, start_on=days(-90), review_on=days(-60)),
    ),
    "starts later": (
        "Your plan starts soon",
        lambda plan, by: publish(plan, by, start_on=days(3), review_on=days(30)),
    ),
}


@pytest.mark.parametrize("name", STANDINGS)
def test_a_plan_that_is_not_for_today(look_as, name):
    words, change = STANDINGS[name]
    change(Plan.objects.get(patient=lefty()), person("clinician"))
    look = look_as("patient-left")
    expect(look.page.get_by_role("heading", name=words)).to_be_visible()
    look.here()


def test_a_harder_day_and_what_changed(look_as):
    plan = Plan.objects.get(patient=lefty())
    plan.planned_exercises.filter(order=1).update(hold_seconds=30)
    publish(plan, person("clinician"), review_on=days(40))
    look = look_as("patient-left")
    page = look.page
    expect(page.get_by_text("Hold is now 30 seconds (was 15).")).to_be_visible()
    page.get_by_text("When it flares up").click()
    look.here()
    page.get_by_role("button", name="Got it").click()
    expect(page.get_by_text("Hold is now")).to_have_count(0)
    page.get_by_role("button", name="Today is a harder day").click()
    expect(page.get_by_text("This is enough today.")).to_be_visible()
    look.here()
    page.get_by_role("link", name="Hip hinge, bottom to a wall").click()
    expect(page.get_by_text("This takes the place of Hip hinge.")).to_be_visible()
    look.here()
    look.at(["/plan/"])
    page.get_by_role("button", name="Back to my usual plan").click()
    expect(page.get_by_role("button", name="Today is a harder day")).to_be_visible()


def test_no_plan_yet(look_as):
    look = look_as("patient-new")
    expect(look.page).to_have_url(re.compile(r"/plan/$"))
    look.here()
