"""Every public page, light and dark: nothing for axe to find, nothing to push sideways.

Console errors and broken content security rules fail a test by themselves (see windows.py).
"""

import re
from typing import Any

from django.core import mail
from django.urls import reverse
from playwright.sync_api import expect

from education.contact.actions import answer_request
from education.contact.models import ContactRequest
from education.library.models import Article
from education.people.actions import add_patient, invite
from education.people.models import Patient
from tests.browser.demo_clinic import make_message, person


def test_pages_that_teach(look_as):
    look_as().at(
        [
            "/",
            "/learn/",
            *(reverse("article", args=[article.key]) for article in Article.objects.all()),
            "/learn/sciatica/today/",
            "/contact/?about=sciatica",
            "/exercises/",
            "/exercises/?q=butt+strech&cannot=floor&have=mat",
            "/exercises/?q=knee+moonwalk&kind=aerobic",
            "/exercises/?area=moon",
            "/exercises/knee-to-chest-chair/",
            "/exercises/hip-hinge-single-leg/",
            "/when-to-see-a-doctor/",
            "/privacy/",
        ]
    )


def test_pages_around_the_log_in(look_as):
    look = look_as()
    look.at(
        [
            "/accounts/login/",
            "/accounts/signup/",
            "/accounts/inactive/",
            "/accounts/password/reset/",
            "/accounts/password/reset/done/",
        ]
    )
    page = look.page
    page.goto("/accounts/login/")
    log_in_button = page.get_by_role("button", name="Log in", exact=True)
    log_in_button.click()
    expect(page.locator(".invalid-feedback").first).to_be_visible()
    look.here()


def test_pages_behind_mailed_links(look_as, watch):
    look = look_as()
    page = look.page
    robin = add_patient(
        patient=Patient(given_name="Robin", family_name="Streetwalk", language="en"),
        email="robin@patient.example",
        by=person("clinician"),
    )
    invite(user=robin.user, by=person("clinician"))
    link = mailed_path()
    look.at([link])
    page.locator("main form").get_by_role("button").click()
    expect(page.locator(".invalid-feedback").first).to_be_visible()
    look.here()
    watch.expect("status of 410")
    watch.expect("status of 404")
    invite(user=robin.user, by=person("clinician"))
    look.at([link], status=410)
    look.at(["/invitation/unknown/"], status=404)

    page.goto("/accounts/password/reset/")
    page.get_by_label("E-mail").fill("patient-right@clinic.example")
    page.locator("main form").get_by_role("button").click()
    page.wait_for_url("**/reset/done/")
    page.goto(mailed_path())
    look.here()


def mailed_path() -> str:
    """The path of the one link in the newest mail."""
    (path,) = re.findall(r"https?://[^/\s]+(\S+)", mail.outbox[-1].body)
    return path


def test_writing_to_the_clinic(look_as):
    look = look_as()
    page = look.page
    look.at(["/contact/", "/contact/stop/"])
    page.goto("/contact/")
    page.get_by_role("button", name="Go on").click()
    expect(page.locator(".invalid-feedback").first).to_be_visible()
    look.here()
    page.get_by_text("No, none of them").first.click()
    page.get_by_role("button", name="Go on").click()
    expect(page).to_have_url(re.compile("/contact/write/"))
    look.here()
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".invalid-feedback").first).to_be_visible()
    look.here()
    page.get_by_label("What is this about?").select_option("appointment")
    page.get_by_label("Your message").fill("Do you have a free hour on Friday?")
    page.get_by_label("Your name").fill("Jo Testvisitor")
    page.get_by_text("By e-mail").first.click()
    page.get_by_label("Your e-mail").fill("jo@visitor.example")
    page.get_by_role("button", name="Send").click()
    expect(page).to_have_url(re.compile("/contact/thanks/"))
    look.here()


def test_the_answer_to_a_visitor(look_as, watch):
    look = look_as()
    page = look.page
    waits = make_message(
        name="Jo Testvisitor", email="jo@visitor.example", reason="other", message="A question."
    )
    ContactRequest.objects.filter(pk=waits.pk).update(answer_by="email")
    waits.refresh_from_db()
    answer_request(request=waits, text="An answer.", replies_seen=0, by=person("clinician"))
    link = mailed_path()
    look.at([link])
    page.get_by_role("button", name="Show the answer").click()
    expect(page.get_by_text("An answer.")).to_be_visible()
    look.here()
    watch.expect("status of 404")
    other = look_as()
    other.at([link], status=404)


def test_pages_that_say_no(look_as, watch):
    watch.expect("status of 404")
    watch.expect("status of 403")
    look_as().at(["/nothing-here/", "/exercises/none/"], status=404)
    patient = look_as("patient-left")
    patient.at(["/admin/"], status=403)
    page = patient.page
    page.goto("/accounts/password/change/")
    page.context.clear_cookies(name="csrftoken")
    page.locator("main form").get_by_role("button").click()
    expect(page.get_by_role("heading", name="Please send it once more")).to_be_visible()
    patient.here()


def test_a_page_that_failed(look_as, watch, monkeypatch):
    watch.expect("status of 500")

    def fail(*_args: Any, **_kwargs: Any) -> None:
        raise RuntimeError("meant to happen")

    monkeypatch.setattr("education.library.views.red_flag_panel", fail)
    look_as().at(["/when-to-see-a-doctor/"], status=500)
