"""Every page of staff, light and dark: nothing for axe to find, nothing to push sideways.

Console errors and broken content security rules fail a test by themselves (see windows.py).
"""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from playwright.sync_api import expect

from education.contact.models import ContactRequest
from education.library.models import Article, CareLevel, Exercise, RedFlag, SearchSynonym
from education.people.models import Clinic, Patient
from education.plans.actions import hold_plan
from education.plans.models import Plan, PlanTemplate
from tests.browser.demo_clinic import lefty, person


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
