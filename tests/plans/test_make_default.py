"""A clinician's own default of an exercise: kept, used next time, and forgotten."""

import pytest
from auditlog.models import LogEntry
from django.core.exceptions import ValidationError

from education.plans.actions import add_exercises
from education.plans.defaults import forget_default, make_default
from education.plans.models import ExerciseDefault
from tests import factories
from tests.plans.conftest import rows_of
from tests.plans.page import Page, add_for, messages_of, page_of, text_of

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/plans/plan/exercise/"


@pytest.fixture
def plan(patient, clinician, knee):
    return factories.make_plan(patient, clinician, exercises=[knee], published=False)


@pytest.fixture
def own(clinician, knee):
    """Dana gives Knee to chest as 2 rounds of 4; the library says 1 of 3."""
    return ExerciseDefault.objects.create(
        clinician=clinician, exercise=knee, sets=2, reps_min=4, hold_seconds=5
    )


def test_the_button_saves_the_row_and_keeps_it(as_clinician, clinician, plan, knee):
    page = Page(as_clinician, page_of(plan))
    page.row(1, sets="2", reps="4-6", note="Shoes off.", harder_day="One round.")
    response = page.press("_make_default", "rows-0", follow=True)
    kept = ExerciseDefault.objects.get()
    assert (kept.clinician, kept.exercise) == (clinician, knee)
    assert (kept.sets, kept.reps_min, kept.reps_max, kept.hold_seconds) == (2, 4, 6, 15)
    assert rows_of(plan)[0].sets == 2
    assert "This dosage is your default for the exercise now" in messages_of(response)
    assert knee.title not in messages_of(response)


def test_words_for_one_patient_never_reach_another(as_clinician, plan, knee):
    page = Page(as_clinician, page_of(plan))
    page.row(1, note="After your surgery, slowly.", harder_day="Rest, Lee.", why="For Lee.")
    page.press("_make_default", "rows-0")
    other = factories.make_patient("other@example.com", "Ann", "Otherperson")
    Page(as_clinician, add_for(other)).row(1, exercise="Knee to chest").press()
    row = other.plans.get().planned_exercises.get()
    assert (row.note, row.harder_day, row.why) == ("", "", "")


def test_a_row_that_was_never_saved_can_be_kept_at_once(as_clinician, patient, knee):
    page = Page(as_clinician, add_for(patient)).row(1, exercise="Knee to chest", sets="3")
    page.press("_make_default", "rows-0")
    assert ExerciseDefault.objects.get().sets == 3


def test_kept_again_it_is_replaced(plan, clinician, own):
    row = rows_of(plan)[0]
    make_default(row=row, by=clinician)
    assert ExerciseDefault.objects.get().sets == 1


def test_a_wrong_row_is_refused_and_nothing_is_kept(as_clinician, plan):
    response = Page(as_clinician, page_of(plan)).row(1, sets="9").press("_make_default", "rows-0")
    assert "Type a whole number from 1 to 4." in text_of(response)
    assert ExerciseDefault.objects.count() == 0


def test_a_dosage_out_of_range_is_never_kept(plan, clinician):
    row = rows_of(plan)[0]
    row.sets = 9
    with pytest.raises(ValidationError):
        make_default(row=row, by=clinician)
    assert ExerciseDefault.objects.count() == 0


@pytest.mark.parametrize("value", ["rows-7", "nonsense", ""])
def test_a_button_of_no_row_saves_and_says_so(as_clinician, plan, value):
    response = Page(as_clinician, page_of(plan)).press("_make_default", value, follow=True)
    assert "That row is not in the plan any more." in messages_of(response)


def test_it_is_written_down_who_kept_what(plan, clinician):
    kept = make_default(row=rows_of(plan)[0], by=clinician)
    assert LogEntry.objects.get_for_object(kept).get().actor == clinician


def test_added_from_the_library_the_exercise_starts_with_it(plan, clinician, own, knee):
    plan.planned_exercises.all().delete()
    add_exercises(plan=plan, exercises=[knee], by=clinician)
    row = rows_of(plan)[0]
    assert (row.sets, row.reps_min, row.hold_seconds) == (2, 4, 5)


def test_a_colleague_starts_with_the_librarys(plan, colleague, own, knee):
    plan.planned_exercises.all().delete()
    add_exercises(plan=plan, exercises=[knee], by=colleague)
    assert rows_of(plan)[0].sets == 1


def test_the_picker_shows_it_as_your_default(as_clinician, as_colleague, plan, own):
    plan.planned_exercises.all().delete()
    address = f"/admin/plans/plan/{plan.pk}/pick/"
    mine = text_of(as_clinician.post(address, {}))
    assert "2 rounds of 4" in mine
    assert "Your default." in mine
    assert "Your default." not in text_of(as_colleague.post(address, {}))


def test_a_new_row_without_a_dosage_starts_with_it_as_a_whole(as_clinician, patient, own):
    Page(as_clinician, add_for(patient)).row(1, exercise="Knee to chest").press()
    row = patient.plans.get().planned_exercises.get()
    assert (row.sets, row.reps_min) == (2, 4)


def test_what_is_typed_comes_before_it(as_clinician, patient, own):
    page = Page(as_clinician, add_for(patient)).row(1, exercise="Knee to chest", sets="4")
    page.press()
    row = patient.plans.get().planned_exercises.get()
    assert (row.sets, row.reps_min) == (4, 3)


def test_the_script_is_told_of_it_when_the_exercise_is_picked(as_clinician, patient, own):
    told = as_clinician.post(
        ADDRESS, {"patient": patient.pk, "exercise": "Knee to chest", "picked": "1"}
    ).json()
    assert (told["fields"]["sets"], told["fields"]["reps"], told["own"]) == ("2", "4", True)
    assert "words" not in told


def test_a_row_with_it_is_named_and_goes_back_to_the_librarys(as_clinician, patient, own):
    Page(as_clinician, add_for(patient)).row(1, exercise="Knee to chest").press()
    plan = patient.plans.get()
    assert '<p class="cl-reads cl-own" data-own>' in text_of(as_clinician.get(page_of(plan)))
    Page(as_clinician, page_of(plan)).press("_library", "rows-0")
    row = rows_of(plan)[0]
    assert (row.sets, row.reps_min, row.hold_seconds) == (1, 3, 15)
    assert ExerciseDefault.objects.exists(), "the way back is for this row alone"
    assert '<p class="cl-reads cl-own" data-own hidden>' in text_of(as_clinician.get(page_of(plan)))


def test_words_for_the_patient_stay_on_the_way_back(as_clinician, patient, own):
    Page(as_clinician, add_for(patient)).row(1, exercise="Knee to chest").press()
    plan = patient.plans.get()
    Page(as_clinician, page_of(plan)).row(1, note="Mind the cat.").press("_library", "rows-0")
    assert (rows_of(plan)[0].sets, rows_of(plan)[0].note) == (1, "Mind the cat.")


def test_it_can_be_forgotten(as_clinician, plan, own):
    response = Page(as_clinician, page_of(plan)).press("_forget_default", "rows-0", follow=True)
    assert not ExerciseDefault.objects.exists()
    assert "starts with the library’s dosage" in messages_of(response)


def test_only_ones_own_is_forgotten(own, colleague, knee):
    assert forget_default(exercise=knee, by=colleague) is False
    assert ExerciseDefault.objects.exists()


def test_the_front_desk_keeps_none(as_front_desk, plan):
    assert as_front_desk.post(page_of(plan), {"_make_default": "rows-0"}).status_code == 403
    assert ExerciseDefault.objects.count() == 0
