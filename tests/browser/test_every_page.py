"""Every page of the street, light and dark: nothing for axe to find, nothing to push sideways.

Console errors and broken content security rules fail a test by themselves (see windows.py).
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse
from playwright.sync_api import expect

from education.contact.actions import answer_request
from education.contact.models import ContactRequest
from education.library.actions import load_pack
from education.library.models import Article, CareLevel, Exercise, RedFlag, SearchSynonym
from education.people import demo
from education.people.actions import add_patient, invite
from education.people.models import Answer, Clinic, Patient, User
from education.plans.actions import complete_plan, hold_plan, publish_changes
from education.plans.demo import add_demo_plans
from education.plans.loading import load_templates
from education.plans.models import Plan, PlanTemplate
from education.portal.paper import handout
from education.portal.paper.kept import Busy
from tests.browser.log_in import log_in
from tests.browser.looking import Look

PHONE_AND_DESKTOP = ("small phone", "desktop")


@pytest.fixture(autouse=True)
def street(live_site) -> None:
    """The demo clinic, with one message answered and one that waits."""
    load_pack(by=None)
    load_templates(by=None)
    demo.add_demo_people()
    add_demo_plans()
    patient, clinician = lefty(), person("clinician")
    make_message(patient=patient, reason="exercise", message="May I use a pillow?")
    answer_request(
        request=ContactRequest.objects.get(), text="Yes, a thin one.", replies_seen=0, by=clinician
    )
    make_message(patient=patient, reason="pain_worse", message="My leg aches more since Monday.")


def person(who: str) -> User:
    return User.objects.get(email=f"{who}@clinic.example")


def lefty() -> Patient:
    """The patient of the active plan for the left side."""
    return Patient.objects.get(user=person("patient-left"))


def make_message(**fields: Any) -> ContactRequest:
    today = Clinic.objects.current().today()
    return ContactRequest.objects.create(
        submission_key=uuid4(), answer_by="site", answer_due_on=today, **fields
    )


@pytest.fixture
def look_as(open_page) -> Iterator[Callable[..., Look]]:
    """Opens a window of a demo person, or of a visitor; at the end all that was seen is told."""
    looks = []

    def look(who: str = "", sizes: tuple[str, ...] = PHONE_AND_DESKTOP) -> Look:
        page = open_page(size=sizes[0])
        if who:
            log_in(page, f"{who}@clinic.example", demo.PASSWORD)
        looks.append(Look(page, *sizes))
        return looks[-1]

    yield look
    for seen in looks:
        seen.assert_clean()


# ------------------------------------------------------------------ everybody


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


# ------------------------------------------------------------------ patients


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


# ------------------------------------------------------------------ staff


def pages_of(model: str, *records: Any, add: bool = True) -> list[str]:
    """Addresses in the admin: a model's list, its empty form, and the pages of some records."""
    change = [reverse(f"admin:{model}_change", args=[record.pk]) for record in records]
    return [
        reverse(f"admin:{model}_changelist"),
        *([reverse(f"admin:{model}_add")] if add else []),
        *change,
    ]


def test_pages_of_a_clinician(look_as):
    look = look_as("clinician", sizes=("desktop",))
    plan = Plan.objects.get(patient=lefty())
    look.at(
        [
            "/admin/",
            *pages_of("people_patient", lefty(), Patient.objects.get(given_name="Newly")),
            *(
                f"/admin/people/patient/{lefty().pk}/{page}/"
                for page in ("email", "measures", "discharge")
            ),
            *pages_of("plans_plan", plan),
            f"/admin/plans/plan/add/?patient={lefty().pk}",
            *(f"/admin/plans/plan/{plan.pk}/{page}/" for page in ("versions", "paper", "complete")),
            f"/admin/plans/plan/{plan.pk}/versions/1/",
            f"/admin/plans/plan/{plan.pk}/hold/",
            *(
                f"/admin/plans/plan/{plan.pk}/rungs/{row.key}/"
                for row in plan.planned_exercises.in_plan().with_exercises()[:2]
            ),
            f"/admin/plans/plan/{plan.pk}/preview/",
            f"/admin/plans/plan/{plan.pk}/pick/",
            f"/admin/plans/plan/start/{lefty().pk}/",
            *(f"/admin/plans/plan/{plan.pk}/{page}/" for page in ("template", "copy")),
            *pages_of("plans_plantemplate", PlanTemplate.objects.first()),
            *pages_of("contact_contactrequest", *ContactRequest.objects.all(), add=False),
            "/plan/",
        ]
    )


def test_moving_without_a_reason_and_a_plan_on_hold(look_as):
    look = look_as("clinician")
    plan = Plan.objects.get(patient=lefty())
    row = plan.planned_exercises.in_plan().with_exercises().first()
    page = look.page
    page.goto(f"/admin/plans/plan/{plan.pk}/rungs/{row.key}/")
    page.locator("[name=to_exercise]").first.check()
    page.get_by_role("button", name="Move and publish").click()
    expect(page.locator(".cl-errors")).to_be_visible()
    look.here()
    until = Clinic.objects.current().today() + timedelta(days=9)
    hold_plan(plan=plan, until=until, by=person("clinician"))
    look.at([f"/admin/plans/plan/{plan.pk}/{page}/" for page in ("change", "hold", "versions")])


def test_the_plan_page_when_something_is_wrong(look_as):
    look = look_as("clinician", sizes=("desktop",))
    page = look.page
    newly = Patient.objects.get(given_name="Newly")
    loaded = Exercise.objects.get(key="hip-hinge-weight")  # nobody has asked Newly about loads
    page.goto(f"/admin/plans/plan/add/?patient={newly.pk}")
    page.locator("[name=rows-0-exercise]").fill(loaded.title)
    page.locator("[name=rows-0-exercise]").press("Tab")
    expect(page.locator("[name=rows-0-sets]")).not_to_have_value("")
    page.locator("[name=rows-0-sets]").fill("99")
    page.get_by_label("Review").first.fill("2020-01-01")
    page.get_by_role("button", name="Save").first.click()
    expect(page.locator(".errorlist").first).to_be_visible()
    look.here()
    page.locator("[name=rows-0-sets]").fill("2")
    page.get_by_role("button", name="in 4 weeks").click()
    page.get_by_role("button", name="Activate", exact=True).click()
    expect(page.locator("#stands-in-the-way")).to_be_visible()
    look.here()
    look.at([f"/admin/plans/plan/{Plan.objects.get(patient=newly).pk}/revoke/"])


def test_pages_of_an_administrator(look_as):
    look = look_as("admin", sizes=("desktop",))
    clinic = Clinic.objects.current()
    clinic.save()
    look.at(
        [
            "/admin/",
            *pages_of("people_user", person("clinician")),
            f"/admin/people/user/{person('clinician').pk}/email/",
            *pages_of("people_outgoingmail", add=False),
            *pages_of("people_invitation", add=False),
            reverse("admin:people_clinic_change", args=[clinic.pk]),
            *pages_of("library_exercise", Exercise.objects.get(key="hip-hinge"), add=False),
            *pages_of("library_article", Article.objects.get(key="sciatica"), add=False),
            *pages_of("library_redflag", RedFlag.objects.first(), add=False),
            *pages_of("library_searchsynonym", SearchSynonym.objects.first()),
            *pages_of("library_carelevel", CareLevel.objects.first(), add=False),
            *pages_of("auditlog_logentry", add=False),
        ]
    )


def test_pages_of_the_front_desk(look_as):
    look = look_as("frontdesk", sizes=("desktop",))
    look.at(
        [
            "/admin/",
            *pages_of("people_patient", lefty()),
            reverse("admin:people_patient_first_log_in_page", args=[lefty().pk]),
            *pages_of("contact_contactrequest", add=False),
        ]
    )
