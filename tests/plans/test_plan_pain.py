"""Pain limits of a plan's own: typed on its page, refused out of order, read once published."""

import pytest
from auditlog.models import LogEntry
from django.db import IntegrityError, transaction
from django.urls import reverse

from education.people.models import Clinic
from education.plans.finishing import finish_with_maintenance
from tests.conftest import logged_in
from tests.library.page_reader import PageReader
from tests.plans.page import Page, page_of, text_of

pytestmark = pytest.mark.django_db


def limits_of(plan) -> tuple[int | None, int | None]:
    plan.refresh_from_db()
    return plan.pain_fine_max, plan.pain_stop


def errors_of(response, field: str) -> list[str]:
    return response.context["sheet"].form.errors.get(field, [])


def test_the_page_says_which_numbers_of_the_clinic_count_when_its_fields_are_empty(
    as_clinician, draft
):
    Clinic.objects.create(pk=1, pain_fine_max=2, pain_stop=5, pain_stop_rise=3)
    text = text_of(as_clinician.get(page_of(draft)))
    assert "Empty: the clinic’s number, 2." in text
    assert (
        "Empty: the clinic’s number, 5. It counts when the pain is also 3 or more above the start."
    ) in text
    assert "own pain limits" not in text


def test_own_limits_are_saved_audited_and_published(as_clinician, draft):
    Page(as_clinician, page_of(draft)).type(pain_fine_max="0", pain_stop="5").press("_activate")
    assert limits_of(draft) == (0, 5)
    assert draft.versions.get().body["pain"] == {"fine_max": 0, "stop": 5}
    changed = [entry.changes_dict for entry in LogEntry.objects.get_for_object(draft)]
    assert {"pain_fine_max": ["None", "0"], "pain_stop": ["None", "5"]}.items() <= {
        name: change for entry in changed for name, change in entry.items()
    }.items()
    assert "own pain limits" in text_of(as_clinician.get(page_of(draft)))


def test_emptied_fields_are_the_clinics_numbers_again(as_clinician, draft):
    page = Page(as_clinician, page_of(draft)).type(pain_fine_max="2", pain_stop="5")
    page.press("_activate")
    Page(as_clinician, page_of(draft)).type(pain_fine_max="", pain_stop="").press("_publish")
    assert limits_of(draft) == (None, None)
    assert draft.versions.first().body["pain"] == {"fine_max": None, "stop": None}


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ({"pain_fine_max": "5", "pain_stop": "5"}, "pain_stop", "above the pain that is fine."),
        ({"pain_stop": "3"}, "pain_stop", "above the pain that is fine: the clinic says 3."),
        ({"pain_stop": "0"}, "pain_stop", "above the pain that is fine: the clinic says 3."),
        ({"pain_fine_max": "6"}, "pain_fine_max", "below the pain to stop at: the clinic says 6."),
        ({"pain_stop": "11"}, "pain_stop", "Type a number from 0 to 10."),
        ({"pain_fine_max": "-1"}, "pain_fine_max", "Type a number from 0 to 10."),
        ({"pain_fine_max": "a bit"}, "pain_fine_max", "Type a number from 0 to 10."),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_kept(
    as_clinician, draft, typed, field, says
):
    response = Page(as_clinician, page_of(draft)).type(goal="Walk", **typed).press()
    (error,) = errors_of(response, field)
    assert error.endswith(says)
    assert set(response.context["sheet"].form.errors) == {field}
    assert f'value="{typed[field]}"' in response.content.decode()
    assert '<details class="cl-fields__wide cl-more2" open>' in text_of(response)
    assert limits_of(draft) == (None, None)
    assert draft.goal == ""


def test_a_new_plan_is_refused_and_saved_by_the_same_limits(as_clinician, patient):
    address = f"/admin/plans/plan/add/?patient={patient.pk}"
    page = Page(as_clinician, address).type(pain_stop="2")
    assert errors_of(page.press(), "pain_stop")
    assert page.type(pain_stop="7").press().status_code == 302
    assert patient.plans.get().pain_stop == 7


@pytest.mark.parametrize(
    ("limits", "constraint"),
    [
        ({"pain_fine_max": 5, "pain_stop": 5}, "pain_limits_in_order"),
        ({"pain_stop": 0}, "pain_limits_from_0_to_10"),
        ({"pain_stop": 11}, "pain_limits_from_0_to_10"),
        ({"pain_fine_max": 11}, "pain_limits_from_0_to_10"),
    ],
)
def test_the_database_keeps_the_limits_of_a_plan_in_order(draft, limits, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        type(draft).objects.filter(pk=draft.pk).update(**limits)


def test_a_plan_to_keep_going_starts_with_the_limits_of_the_plan_before(active, clinician):
    active.pain_fine_max, active.pain_stop = 2, 5
    active.save()
    assert limits_of(finish_with_maintenance(plan=active, by=clinician)) == (2, 5)


# ------------------------------------------------------------------ who is told


def test_staff_read_what_is_not_published_yet_and_the_patient_what_is(
    as_clinician, as_patient, active
):
    def of_patient() -> str:
        return PageReader(as_patient.get(reverse("plan_today")).content.decode()).text

    Page(as_clinician, page_of(active)).type(pain_stop="5").press()
    assert "Pain to stop at: 5" in text_of(as_clinician.get(page_of(active)))
    assert "Stop when your pain is" not in of_patient()
    Page(as_clinician, page_of(active)).press("_publish")
    assert "Stop when your pain is 5 or more (was 6) and 2 more than at the start." in of_patient()


def test_a_second_clinician_is_told_and_keeps_what_only_they_typed(clinician, colleague, active):
    mine = Page(logged_in(clinician), page_of(active)).type(pain_fine_max="2")
    Page(logged_in(colleague), page_of(active)).type(pain_stop="5").press()
    answer = mine.press()
    assert answer.context["sheet"].meanwhile.lines == ["Pain to stop at: 5"]
    assert mine.again(answer).press().status_code == 302
    assert limits_of(active) == (2, 5)


def test_limits_of_two_clinicians_that_do_not_go_together_are_refused(clinician, colleague, active):
    mine = Page(logged_in(clinician), page_of(active)).type(pain_fine_max="5")
    Page(logged_in(colleague), page_of(active)).type(pain_stop="4").press()
    answer = mine.press()
    assert errors_of(answer, "pain_stop") == ["Type a number above the pain that is fine."]
    assert errors_of(mine.again(answer).press(), "pain_stop")
    assert limits_of(active) == (None, 4)
