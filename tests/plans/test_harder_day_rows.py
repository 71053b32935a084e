"""What a clinician types about a harder day, row by row."""

import pytest
from auditlog.models import LogEntry

from education.plans.checks import answers_of, findings, published_clashes
from education.plans.models import HarderDay
from tests import factories
from tests.plans.conftest import rows_of
from tests.plans.ladders import easier
from tests.plans.page import Page, page_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def lying():
    """Once a day 2 rounds of 5 on the back, each held for 20 seconds."""
    return factories.make_exercise("lying", title_en="Knee, lying", hold_seconds=20)


@pytest.fixture
def chair(lying):
    """Its easier rung: 3 rounds of 8, four times a day."""
    rung = factories.make_exercise(
        "chair", title_en="Knee, on a chair", sets=3, reps_min=8, times_per_day=4
    )
    easier(lying, rung)
    return rung


@pytest.fixture
def plan(patient, clinician, lying, chair):
    return factories.make_plan(patient, clinician, exercises=[lying], published=False)


def the_row(plan):
    return rows_of(plan)[0]


def harder_of(plan) -> HarderDay | None:
    return HarderDay.objects.filter(planned=the_row(plan)).first()


def test_a_lighter_dosage_is_kept_beside_the_usual_one(as_clinician, plan):
    Page(as_clinician, page_of(plan)).row(1, harder_sets="1", harder_hold_seconds="5").press()
    harder = harder_of(plan)
    assert (harder.sets, harder.hold_seconds) == (1, 5)
    assert (harder.reps_min, harder.exercise) == (5, None), "blank is as on a usual day"
    assert (the_row(plan).sets, the_row(plan).hold_seconds) == (2, 20)


def test_the_page_shows_only_what_is_not_as_usual_and_says_what_the_patient_reads(
    as_clinician, plan
):
    Page(as_clinician, page_of(plan)).row(1, harder_sets="1").press()
    page = Page(as_clinician, page_of(plan))
    assert page.data["rows-0-harder_sets"] == 1
    assert page.data["rows-0-harder_reps"] == ""
    assert "On a harder day: “1 round of 5, on your sore side. Hold 20 seconds." in text_of(
        as_clinician.get(page_of(plan))
    )


def test_without_anything_typed_there_is_no_harder_day(as_clinician, plan):
    Page(as_clinician, page_of(plan)).row(1, harder_day="Less.", note="Slowly.").press()
    assert harder_of(plan) is None


def test_numbers_as_on_a_usual_day_are_no_harder_day(as_clinician, plan):
    Page(as_clinician, page_of(plan)).row(1, harder_sets="2", harder_reps="5").press()
    assert harder_of(plan) is None


def test_a_harder_day_is_taken_away_by_emptying_its_fields(as_clinician, plan):
    Page(as_clinician, page_of(plan)).row(1, harder_sets="1").press()
    Page(as_clinician, page_of(plan)).row(1, harder_sets="").press()
    assert harder_of(plan) is None


def test_blanks_follow_the_usual_dosage_when_that_changes(as_clinician, plan):
    Page(as_clinician, page_of(plan)).row(1, harder_sets="1").press()
    Page(as_clinician, page_of(plan)).row(1, reps="3", days="Mon Wed Fri").press()
    harder = harder_of(plan)
    assert (harder.sets, harder.reps_min, harder.weekdays) == (1, 3, 0b0010101)


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("harder_sets", "3", "A usual day has 2."),
        ("harder_reps", "6", "A usual day has 5."),
        ("harder_reps", "4-6", "A usual day has 5."),
        ("harder_hold_seconds", "30", "A usual day has 20."),
        ("harder_times_per_day", "2", "A usual day has 1."),
        ("harder_minutes", "60", "That is longer than on a usual day."),
        ("harder_sets", "9", "Type a whole number from 1 to 4."),
        ("harder_reps", "a few", "Type a number such as 5, or a range such as 8-10."),
    ],
)
def test_a_harder_day_has_no_more_of_anything_and_what_was_typed_is_kept(
    as_clinician, plan, field, typed, message
):
    response = Page(as_clinician, page_of(plan)).row(1, **{field: typed}).press()
    assert response.status_code == 200
    reading = response.context["sheet"].readings[0]
    assert message in str(reading.form[field].errors)
    assert reading.form[field].value() == typed
    assert reading.is_open, "the folded part must be seen"
    assert harder_of(plan) is None


def test_repetitions_and_minutes_do_not_go_together(as_clinician, plan):
    response = Page(as_clinician, page_of(plan)).row(1, harder_reps="2", harder_minutes="1").press()
    assert "Use repetitions or minutes, not both." in text_of(response)


def test_an_easier_rung_is_chosen_with_its_own_dosage_but_no_oftener(as_clinician, plan, chair):
    Page(as_clinician, page_of(plan)).row(1, harder_exercise=str(chair.pk)).press()
    harder = harder_of(plan)
    assert harder.exercise == chair
    assert (harder.sets, harder.reps_min, harder.times_per_day) == (3, 8, 1)
    page = text_of(as_clinician.get(page_of(plan)))
    assert "On a harder day: “Knee, on a chair. 3 rounds of 8" in page
    assert "The harder day takes longer than a usual day." not in page


def test_only_the_easier_rungs_of_the_exercise_are_offered(as_clinician, plan, chair):
    other = factories.make_exercise(title_en="Something else")
    form = as_clinician.get(page_of(plan)).context["sheet"].rows.forms[0]
    assert [name for _pk, name in form.fields["harder_exercise"].choices] == [
        "The same, less of it",
        "Knee, on a chair",
    ]
    response = Page(as_clinician, page_of(plan)).row(1, harder_exercise=str(other.pk)).press()
    assert "Choose one of the easier forms of this exercise." in text_of(response)
    assert harder_of(plan) is None


def test_a_rung_that_is_no_longer_published_is_not_offered(as_clinician, plan, chair):
    type(chair).objects.filter(pk=chair.pk).update(state="retired")
    form = as_clinician.get(page_of(plan)).context["sheet"].rows.forms[0]
    assert len(form.fields["harder_exercise"].choices) == 1


def test_row_and_harder_day_are_written_together_or_not_at_all(as_clinician, plan, colleague):
    page = Page(as_clinician, page_of(plan)).row(1, harder_sets="1", note="Slowly.")
    type(plan).objects.filter(pk=plan.pk).update(lock=5)
    page.press()
    assert harder_of(plan) is None
    assert the_row(plan).note == ""


def test_the_audit_log_has_each_change_of_a_harder_day(as_clinician, clinician, plan):
    for typed in ("1", "", "1"):
        Page(as_clinician, page_of(plan)).row(1, harder_sets=typed).press()
    Page(as_clinician, page_of(plan)).row(1, harder_reps="3").press()
    entries = LogEntry.objects.get_for_objects(HarderDay.objects.all()).order_by("pk")
    assert [entry.get_action_display() for entry in entries] == [
        "create",
        "delete",
        "create",
        "update",
    ]
    assert entries.last().changes == {"reps_min": ["5", "3"]}
    assert {entry.actor for entry in entries} == {clinician}


def test_an_unchanged_harder_day_is_not_written_again(as_clinician, plan):
    Page(as_clinician, page_of(plan)).row(1, harder_sets="1").press()
    Page(as_clinician, page_of(plan)).type(goal="Walk").press()
    assert LogEntry.objects.get_for_objects(HarderDay.objects.all()).count() == 1


def test_another_exercise_does_not_take_the_easier_rung_along(as_clinician, plan, chair):
    other = factories.make_exercise(title_en="Hip hinge")
    Page(as_clinician, page_of(plan)).row(1, harder_exercise=str(chair.pk)).press()
    response = Page(as_clinician, page_of(plan)).row(1, exercise=other.title).press()
    assert "Choose one of the easier forms of this exercise." in text_of(response)


# ------------------------------------------------------------------ before it is published


def found_in(plan) -> list[str]:
    return [f.message for f in findings(plan, rows_of(plan), answers_of(plan.patient))]


def with_rung(plan, chair) -> HarderDay:
    return HarderDay.objects.create(
        planned=the_row(plan), exercise=chair, sets=1, reps_min=5, times_per_day=1
    )


def test_the_easier_exercise_is_checked_against_the_answers(as_clinician, plan, chair):
    chair.precautions = ["fall_risk"]
    chair.save()
    with_rung(plan, chair)
    assert found_in(plan) == [
        "Knee, lying cannot be published yet. On a harder day, Knee, on a chair: Risk of a fall: "
        "not asked. Ask the patient, choose another exercise, or write why it is still right."
    ]
    page = text_of(as_clinician.get(page_of(plan)))
    assert "On a harder day, Knee, on a chair: Risk of a fall: not asked." in page


def test_a_written_reason_settles_what_the_easier_exercise_asks_for(as_clinician, plan, chair):
    chair.precautions = ["fall_risk"]
    chair.save()
    with_rung(plan, chair)
    Page(as_clinician, page_of(plan)).row(1, settled_reason="Counter in front.").press()
    assert the_row(plan).settled == ["fall_risk=not_asked"]
    assert found_in(plan) == []


def test_an_easier_exercise_that_is_not_published_stands_in_the_way(plan, chair):
    type(chair).objects.filter(pk=chair.pk).update(state="draft")
    with_rung(plan, chair)
    assert found_in(plan) == ["Knee, on a chair is not published. Choose another exercise."]


def test_an_easier_exercise_is_never_one_for_the_clinic_first(plan, chair):
    chair.supervised_first = True
    chair.save()
    with_rung(plan, chair)
    assert found_in(plan) == [
        "Knee, on a chair is for the clinic first, so it cannot be the easier exercise of a harder "
        "day. Choose another one."
    ]


def test_an_easier_exercise_is_never_one_that_waits_in_the_same_plan(plan, chair):
    with_rung(plan, chair)
    assert found_in(plan) == []
    factories.plan_row(plan, chair, supervised_first=True)
    assert found_in(plan) == [
        "Knee, on a chair is for the clinic first, so it cannot be the easier exercise of a harder "
        "day. Choose another one."
    ]


def test_two_forms_that_never_stand_together_do_not_meet_on_a_harder_day(patient, clinician):
    touch = factories.make_exercise("toe-touch", title_en="Toe touch")
    one_knee = factories.make_exercise("toe-touch-one-knee-bent", title_en="One knee bent")
    other = factories.make_exercise()
    plan = factories.make_plan(patient, clinician, exercises=[touch, other], published=False)
    HarderDay.objects.create(planned=rows_of(plan)[1], exercise=one_knee, sets=1, reps_min=5)
    assert found_in(plan) == ["It does not go together with Toe touch. Take one of the two out."]


def test_a_published_harder_day_is_checked_again_when_answers_change(plan, chair, patient):
    with_rung(plan, chair)
    chair.demands = ["sits"]
    body = {"exercises": [the_row(plan).as_published()]}
    exercises = [the_row(plan).exercise, chair]
    key = str(the_row(plan).key)
    assert published_clashes(body, exercises, {"sits": "no"}) == {key: ["sits=no"]}
    assert published_clashes(body, exercises, {"sits": "yes"}) == {}


def test_a_new_row_has_its_harder_day_with_the_first_save(as_clinician, plan, chair):
    page = Page(as_clinician, page_of(plan))
    page.add_row(exercise="Knee, on a chair", harder_sets="1").press()
    harder = HarderDay.objects.get()
    assert (harder.planned.exercise, harder.sets) == (chair, 1)


def test_the_front_desk_writes_no_harder_day(as_front_desk, plan):
    assert as_front_desk.post(page_of(plan), {"rows-0-harder_sets": "1"}).status_code == 403
    assert HarderDay.objects.count() == 0


def test_the_librarys_line_is_shown_until_something_is_typed(as_clinician, plan):
    exercise = rows_of(plan)[0].exercise
    exercise.harder_day = "One round."
    exercise.save()
    line = "On a harder day, from the library: “One round.”"
    assert line in text_of(as_clinician.get(page_of(plan)))
    Page(as_clinician, page_of(plan)).row(1, harder_day="Half as far.").press()
    page = text_of(as_clinician.get(page_of(plan)))
    assert line not in page
    assert "On a harder day: “Half as far.”" in page


def test_a_typed_line_stands_after_the_lighter_dosage_in_the_words_of_the_side(as_clinician, plan):
    line = "Pull {working:knee} half as far."
    Page(as_clinician, page_of(plan)).row(1, harder_sets="1", harder_day=line).press()
    page = text_of(as_clinician.get(page_of(plan)))
    assert "Hold 20 seconds. Once a day. Pull the knee of your sore leg half as far.”" in page
