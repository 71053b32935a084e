"""The preview of a draft is the page the patient reads once it is published."""

import re

import pytest

from education.plans.actions import activate_plan, publish_changes
from education.plans.models import HarderDay
from tests import factories
from tests.conftest import logged_in
from tests.plans.conftest import rows_of
from tests.plans.page import Page, page_of, text_of

pytestmark = pytest.mark.django_db


def what_is_read(response) -> str:
    """The columns of the plan without links, buttons and diary: a preview has none of them."""
    body = text_of(response)
    columns = body[body.index('<div class="pm-cols">') : body.index("</main>")]
    not_for_paper = r'<(p|div|section) class="[^"]*\bpm-no-print"[^>]*>.*?</\1>'
    read = re.sub(not_for_paper, "", columns, flags=re.DOTALL)
    read = read.replace(' class="pm-print-only"', "")
    without_links = re.sub(r"</?a\b[^>]*>", "", read)
    return re.sub(r"\s+", " ", re.sub(r">\s+<", "><", without_links)).strip()


@pytest.fixture
def full_draft(patient, clinician):
    plan = factories.make_plan(
        patient,
        clinician,
        exercises=[factories.make_exercise(title_en="Knee to chest", harder_day="One round.")],
        working_side="left",
        published=False,
        goal="See a whole movie",
        note="Go slowly.",
    )
    factories.plan_row(plan, factories.make_exercise(title_en="On one leg"), supervised_first=True)
    factories.plan_row(plan, factories.make_exercise(title_en="Rarely"), every_n_days=3)
    return plan


def test_the_preview_reads_as_the_patients_page_after_publication(
    as_clinician, as_patient, full_draft, clinician
):
    preview = as_clinician.get(f"/admin/plans/plan/{full_draft.pk}/preview/")
    activate_plan(plan=full_draft, by=clinician)
    page = as_patient.get("/plan/")
    assert "On one leg" in what_is_read(preview)
    assert what_is_read(preview) == what_is_read(page)


def test_the_preview_names_the_easier_exercise_of_a_harder_day(
    as_clinician, as_patient, full_draft, clinician
):
    wall = factories.make_exercise(title_en="To a wall", laterality="two_sided")
    HarderDay.objects.create(planned=rows_of(full_draft)[0], exercise=wall, sets=1, reps_min=2)
    preview = as_clinician.get(f"/admin/plans/plan/{full_draft.pk}/preview/")
    assert "To a wall. 1 round of 2. Once a day." in what_is_read(preview)
    activate_plan(plan=full_draft, by=clinician)
    assert what_is_read(preview) == what_is_read(as_patient.get("/plan/"))


def test_the_preview_of_an_edited_plan_reads_as_the_next_version(
    as_clinician, as_patient, active, clinician
):
    row = rows_of(active)[0]
    row.note = "Only the heel moves."
    row.save()
    before = what_is_read(as_patient.get("/plan/"))
    preview = as_clinician.get(f"/admin/plans/plan/{active.pk}/preview/")
    publish_changes(plan=active, by=clinician)
    after = what_is_read(as_patient.get("/plan/"))
    assert what_is_read(preview) == after != before
    assert "Only the heel moves." in after


def test_the_button_saves_first_and_shows_what_was_typed(as_clinician, draft):
    response = Page(as_clinician, page_of(draft)).type(goal="Walk").press("_preview", follow=True)
    assert response.templates[0].name == "plans/preview.html"
    assert "Walk" in text_of(response)
    assert "Nothing is published by looking." in text_of(response)
    draft.refresh_from_db()
    assert draft.status == "draft"
    assert not draft.versions.exists()


def test_a_plan_that_starts_later_is_shown_as_on_its_first_day(as_clinician, patient, clinician):
    from datetime import timedelta

    from education.people.models import Clinic

    start = Clinic.objects.current().today() + timedelta(days=5)
    plan = factories.make_plan(
        patient, clinician, published=False, start_on=start, review_on=start + timedelta(days=28)
    )
    response = as_clinician.get(f"/admin/plans/plan/{plan.pk}/preview/")
    assert "3 exercises" in text_of(response)


def test_the_preview_is_in_the_patients_language(as_clinician, draft, patient):
    patient.language = "es"
    patient.save()
    response = as_clinician.get(f"/admin/plans/plan/{draft.pk}/preview/")
    assert '<html lang="es"' in text_of(response)
    assert response["Content-Language"] == "es"


def test_versions_are_listed_with_their_day_and_author_and_stay_as_published(
    as_clinician, active, colleague
):
    Page(as_clinician, page_of(active)).type(title="Second name").press()
    publish_changes(plan=active, by=colleague)
    body = text_of(as_clinician.get(f"/admin/plans/plan/{active.pk}/versions/"))
    assert body.index("Version 2") < body.index("Version 1")
    assert "Kim Sample, PT" in body
    first = text_of(as_clinician.get(f"/admin/plans/plan/{active.pk}/versions/1/"))
    assert "<h1>Sit with ease</h1>" in first
    assert "Second name" not in first
    assert as_clinician.get(f"/admin/plans/plan/{active.pk}/versions/3/").status_code == 404


@pytest.mark.parametrize("page", ["preview", "versions", "versions/1"])
def test_looking_is_written_down_and_only_looking_is_possible(as_clinician, active, page):
    from auditlog.models import LogEntry

    address = f"/admin/plans/plan/{active.pk}/{page}/"
    as_clinician.get(address)
    assert LogEntry.objects.get_for_object(active).filter(action=LogEntry.Action.ACCESS).exists()
    assert as_clinician.post(address).status_code == 405


def test_a_patient_cannot_open_a_preview(draft, patient):
    response = logged_in(patient.user).get(f"/admin/plans/plan/{draft.pk}/preview/")
    assert response.status_code == 403
    assert draft.title not in text_of(response)
