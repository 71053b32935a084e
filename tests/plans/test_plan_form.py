"""The page on which a clinician makes a plan: what is typed, what is saved, what is refused."""

from datetime import timedelta
from unittest import mock

import pytest
from django.db import IntegrityError

from education.people.models import Clinic
from education.plans.actions import complete_plan, hold_plan
from education.plans.models import Plan, PlannedExercise
from tests import factories
from tests.plans.conftest import rows_of
from tests.plans.page import Page, add_for, messages_of, page_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def hinge():
    return factories.make_exercise(
        "hip-hinge",
        title_en="Hip hinge",
        laterality="two_sided",
        sets=2,
        reps_min=8,
        hold_seconds=0,
        weekdays=0b0010101,
        effort_max=4,
    )


@pytest.fixture
def knee():
    return factories.make_exercise(
        "knee", title_en="Knee to chest", sets=1, reps_min=3, hold_seconds=15, times_per_day=2
    )


# ------------------------------------------------------------------ a new plan


def test_the_page_is_opened_from_the_patient_and_starts_today_with_the_clinician(
    as_clinician, clinician, patient
):
    page = Page(as_clinician, add_for(patient))
    assert page.data["start_on"] == Clinic.objects.current().today()
    assert page.data["clinician"] == clinician.pk
    assert page.data["title"]
    assert "Lee Testperson" in text_of(as_clinician.get(page.address))


def test_without_a_patient_the_page_asks_whose_plan_it_is(as_clinician):
    response = as_clinician.get("/admin/plans/plan/add/")
    assert response.status_code == 200
    assert "Whose plan is it?" in text_of(response)


def test_own_patients_without_a_plan_are_offered_first(as_clinician, patient, other_patient):
    body = text_of(as_clinician.get("/admin/plans/plan/add/"))
    assert f'href="?patient={patient.pk}"' in body
    assert "Otherperson" not in body


@pytest.mark.parametrize("words", ["other", "PAT other", "C-77"])
def test_any_patient_is_found_by_name_or_number(as_clinician, patient, other_patient, words):
    other_patient.clinic_number = "C-77"
    other_patient.save()
    body = text_of(as_clinician.get("/admin/plans/plan/add/", {"q": words}))
    assert f'href="?patient={other_patient.pk}"' in body
    assert "Testperson" not in body


def test_a_discharged_patient_is_not_offered(as_clinician, patient):
    patient.status = "discharged"
    patient.save()
    assert "Testperson" not in text_of(as_clinician.get("/admin/plans/plan/add/", {"q": "Lee"}))


def test_an_administrator_starts_a_plan_for_the_patients_clinician(
    as_administrator, clinician, patient
):
    assert Page(as_administrator, add_for(patient)).data["clinician"] == clinician.pk


def test_a_patient_that_does_not_exist_is_not_found(as_clinician):
    assert as_clinician.get("/admin/plans/plan/add/?patient=987654").status_code == 404
    assert as_clinician.get("/admin/plans/plan/add/?patient=lee").status_code == 404


def test_a_name_alone_gives_the_dosage_and_the_side_of_the_library(
    as_clinician, patient, hinge, knee
):
    page = Page(as_clinician, add_for(patient)).type(affected_side="left")
    page.row(1, exercise="Knee to chest").row(2, exercise="hip hinge").press()
    first, second = rows_of(Plan.objects.get())
    assert (first.sets, first.reps_min, first.hold_seconds, first.times_per_day) == (1, 3, 15, 2)
    assert first.working_side == "left"
    assert (second.sets, second.reps_min, second.effort_max) == (2, 8, 4)
    assert (second.weekdays, second.working_side) == (0b0010101, "both")


@pytest.mark.parametrize(
    ("laterality", "affected", "working"),
    [
        ("one_sided", "left", "left"),
        ("one_sided", "right", "right"),
        ("one_sided", "both", "each"),
        ("one_sided", "none", "each"),
        ("one_sided", "unknown", "unknown"),
        ("alternating", "left", "each"),
        ("two_sided", "left", "both"),
    ],
)
def test_the_side_of_a_new_row_is_never_guessed(
    as_clinician, patient, laterality, affected, working
):
    factories.make_exercise(title_en="Reach", laterality=laterality)
    Page(as_clinician, add_for(patient)).type(affected_side=affected).row(
        1, exercise="Reach"
    ).press()
    assert rows_of(Plan.objects.get())[0].working_side == working


def test_supervised_first_comes_from_the_library_unless_the_clinician_decides(
    as_clinician, patient
):
    factories.make_exercise(title_en="On one leg", supervised_first=True)
    factories.make_exercise(title_en="Deep stretch", supervised_first=True)
    page = Page(as_clinician, add_for(patient))
    page.row(1, exercise="On one leg").row(2, exercise="Deep stretch", supervised_first="no")
    page.press()
    assert [row.supervised_first for row in rows_of(Plan.objects.get())] == [True, False]


def test_blank_rows_are_no_rows(as_clinician, patient):
    response = Page(as_clinician, add_for(patient)).press(follow=True)
    assert rows_of(Plan.objects.get()) == []
    assert "The plan is empty. Add an exercise." in text_of(response)


def test_sent_twice_a_new_plan_is_made_once(as_clinician, patient, knee):
    page = Page(as_clinician, add_for(patient)).row(1, exercise="Knee to chest")
    first, second = page.press(), page.press()
    assert Plan.objects.count() == PlannedExercise.objects.count() == 1
    assert first["Location"] == second["Location"]


def test_another_draft_of_the_patient_is_pointed_out(as_clinician, patient, draft):
    assert page_of(draft) in text_of(as_clinician.get(add_for(patient)))


def test_the_plan_that_would_be_completed_is_named(as_clinician, patient, active):
    body = text_of(as_clinician.get(add_for(patient)))
    assert "Activating this one completes it" in body
    assert active.title in body


# ------------------------------------------------------------------ rows


def test_reps_days_weight_and_words_are_kept_as_typed(as_clinician, draft):
    Page(as_clinician, page_of(draft)).row(
        1,
        reps="8-10",
        days="Mon, wed & Fri",
        load="2.5",
        effort_max="5",
        rest_seconds="60",
        note="Slowly.",
        harder_day="1 round.",
    ).press()
    row = rows_of(draft)[0]
    assert (row.reps_min, row.reps_max, row.weekdays) == (8, 10, 0b0010101)
    assert (str(row.load), row.load_unit, row.effort_max, row.rest_seconds) == ("2.5", "lb", 5, 60)
    assert (row.note, row.harder_day) == ("Slowly.", "1 round.")


def test_minutes_take_the_place_of_repetitions(as_clinician, draft):
    Page(as_clinician, page_of(draft)).row(1, reps="", minutes="10").press()
    row = rows_of(draft)[0]
    assert (row.reps_min, row.minutes) == (None, 10)


def test_a_field_made_blank_is_the_librarys_again(as_clinician, draft):
    row = rows_of(draft)[0]
    row.sets = 4
    row.save()
    Page(as_clinician, page_of(draft)).row(1, sets="").press()
    assert rows_of(draft)[0].sets == row.exercise.sets


def test_rows_are_saved_in_the_order_of_the_form(as_clinician, draft):
    before = [row.exercise_id for row in rows_of(draft)]
    Page(as_clinician, page_of(draft)).row(1, order=2).row(2, order=1).press()
    assert [row.exercise_id for row in rows_of(draft)] == before[::-1]


def test_without_a_script_a_button_moves_a_row_and_saves(as_clinician, draft):
    before = [row.exercise_id for row in rows_of(draft)]
    Page(as_clinician, page_of(draft)).press("_up", "rows-1")
    assert [row.exercise_id for row in rows_of(draft)] == before[::-1]
    Page(as_clinician, page_of(draft)).press("_down", "rows-1")
    assert [row.exercise_id for row in rows_of(draft)] == before[::-1]


def test_a_row_is_taken_out_and_never_deleted(as_clinician, draft):
    Page(as_clinician, page_of(draft)).row(1, DELETE=True, reps="nonsense").press()
    assert len(rows_of(draft)) == 1
    assert draft.planned_exercises.count() == 2
    assert draft.planned_exercises.filter(removed_at__isnull=False).count() == 1


def test_without_a_script_another_blank_row_is_one_press_away(as_clinician, draft):
    response = Page(as_clinician, page_of(draft)).press("_more", follow=True)
    assert len(response.context["sheet"].rows.forms) == 3


def test_two_rows_may_trade_their_exercises(as_clinician, draft):
    first, second = rows_of(draft)
    page = Page(as_clinician, page_of(draft))
    page.row(1, exercise=second.exercise.title).row(2, exercise=first.exercise.title)
    assert page.press().status_code == 302
    after = rows_of(draft)
    assert [row.key for row in after] == [first.key, second.key]
    assert [row.exercise_id for row in after] == [second.exercise_id, first.exercise_id]


def test_two_rows_of_one_exercise_may_trade_their_sides(as_clinician, patient, clinician, knee):
    plan = factories.make_plan(patient, clinician, exercises=[], published=False)
    left = factories.plan_row(plan, knee, working_side="left")
    right = factories.plan_row(plan, knee, working_side="right")
    page = Page(as_clinician, page_of(plan))
    page.row(1, working_side="right").row(2, working_side="left")
    assert page.press().status_code == 302
    sides = {row.key: row.working_side for row in rows_of(plan)}
    assert sides == {left.key: "right", right.key: "left"}


def test_a_trade_of_places_leaves_only_itself_in_the_audit_log(as_clinician, clinician, draft):
    from auditlog.models import LogEntry

    first, second = rows_of(draft)
    page = Page(as_clinician, page_of(draft))
    page.row(1, exercise=second.exercise.title).row(2, exercise=first.exercise.title).press()
    entry = LogEntry.objects.get_for_object(first).order_by("pk").last()
    assert set(entry.changes) == {"exercise"}
    assert entry.actor == clinician


def test_a_new_row_may_take_the_place_of_one_that_leaves(as_clinician, draft):
    title = rows_of(draft)[0].exercise.title
    page = Page(as_clinician, page_of(draft)).row(1, DELETE=True)
    page.add_row(exercise=title, working_side="unknown")
    assert page.press().status_code == 302
    assert [row.exercise.title for row in rows_of(draft)].count(title) == 1


# ------------------------------------------------------------------ bad input


BAD_ROWS = [
    ({"sets": "9"}, "Type a whole number from 1 to 4."),
    ({"sets": "two"}, "Type a whole number from 1 to 4."),
    ({"reps": "21"}, "Type a number from 1 to 20."),
    ({"reps": "10-8"}, "Type the smaller number first."),
    ({"reps": "some"}, "Type a number such as 5, or a range such as 8-10."),
    ({"hold_seconds": "61"}, "Type a whole number from 0 to 60."),
    ({"rest_seconds": "181"}, "Type a whole number from 0 to 180."),
    ({"times_per_day": "5"}, "Type a whole number from 1 to 4."),
    ({"effort_max": "11"}, "Type a whole number from 0 to 10."),
    ({"load": "51"}, "Type a weight from 0 to 50."),
    ({"minutes": "61", "reps": ""}, "Type a whole number from 1 to 60."),
    ({"minutes": "5"}, "Use repetitions or minutes, not both."),
    ({"load": "2", "band": "light"}, "Use a weight or a band, not both."),
    ({"days": "Mon Blursday"}, "“blursday” is not a day."),
    ({"days": "Every 99 days"}, "Type a number of days from 2 to 14."),
    ({"exercise": "Moonwalk"}, "The library has no exercise “Moonwalk”. Choose one from the list."),
    ({"exercise": ""}, "Choose an exercise, or take this row out."),
]


@pytest.mark.parametrize(("typed", "message"), BAD_ROWS)
def test_what_is_wrong_in_a_row_is_said_beside_it_and_stays_typed(
    as_clinician, draft, typed, message
):
    page = Page(as_clinician, page_of(draft)).type(goal="Typed goal").row(2, **typed)
    response = page.press()
    assert response.status_code == 200
    readings = response.context["sheet"].readings
    said = [error for field in readings[1].wrong_fields for error in field.errors]
    assert any(message in error for error in said), said
    assert readings[0].wrong_fields == []
    assert message in text_of(response).replace("&quot;", '"')
    for name, value in typed.items():
        assert readings[1].form[name].value() == value
    assert 'value="Typed goal"' in text_of(response)
    draft.refresh_from_db()
    assert draft.goal == ""


def test_a_name_mistyped_changes_nothing_else_of_its_row(as_clinician, draft):
    response = Page(as_clinician, page_of(draft)).row(1, exercise="Moonwalk", note="Kept").press()
    reading = response.context["sheet"].readings[0]
    assert reading.is_supervised is False
    assert reading.form["note"].value() == "Kept"


def test_a_side_is_refused_for_an_exercise_of_both_sides(as_clinician, patient, hinge):
    page = Page(as_clinician, add_for(patient)).row(1, exercise="Hip hinge", working_side="left")
    response = page.press()
    assert "This one works both sides at once." in text_of(response)
    assert not Plan.objects.exists()


def test_a_review_before_the_start_is_said_beside_it(as_clinician, draft):
    day = draft.start_on - timedelta(days=1)
    response = Page(as_clinician, page_of(draft)).type(review_on=day.isoformat()).press()
    assert response.context["sheet"].form.errors["review_on"] == [
        "The review is before the start. Choose a later day for it."
    ]
    assert day.isoformat() in text_of(response)


def test_a_plan_in_use_keeps_a_day_of_review(as_clinician, active):
    response = Page(as_clinician, page_of(active)).type(review_on="").press()
    assert "needs a day of review" in response.context["sheet"].form.errors["review_on"][0]


def test_the_same_exercise_and_side_twice_is_said_at_the_second_row(as_clinician, draft):
    title = rows_of(draft)[0].exercise.title
    response = Page(as_clinician, page_of(draft)).row(2, exercise=title).press()
    first, second = response.context["sheet"].readings
    assert first.form.errors == {}
    assert "with the same side already: row 1" in second.form.errors["exercise"][0]
    assert second.form["exercise"].value() == title
    assert len({row.exercise_id for row in rows_of(draft)}) == 2


def test_an_unknown_status_word_in_the_side_of_the_plan_is_refused_not_a_crash(as_clinician, draft):
    response = Page(as_clinician, page_of(draft)).type(affected_side="up").press()
    assert response.status_code == 200
    assert "affected_side" in response.context["sheet"].form.errors


def test_a_broken_form_is_answered_with_a_page(as_clinician, draft):
    response = as_clinician.post(page_of(draft), {"_save": "1"})
    assert response.status_code == 200
    assert len(rows_of(draft)) == 2


def test_a_row_of_another_plan_cannot_be_taken_along(as_clinician, draft, other_patient, colleague):
    stranger = rows_of(factories.make_plan(other_patient, colleague))[0]
    page = Page(as_clinician, page_of(draft))
    response = page.add_row(key=str(stranger.key), exercise=stranger.exercise.title).press()
    assert response.status_code == 200
    stranger.refresh_from_db()
    assert stranger.plan.patient == other_patient


def test_a_constraint_that_still_fires_is_answered_with_the_typed_page(as_clinician, draft):
    page = Page(as_clinician, page_of(draft)).type(goal="Typed goal")
    with mock.patch("education.plans.admin.sheet.save_plan", side_effect=IntegrityError):
        response = page.press()
    assert response.status_code == 200
    assert "The plan could not be saved. Nothing is lost" in text_of(response)
    assert 'value="Typed goal"' in text_of(response)


def test_a_row_that_came_into_the_database_unseen_does_not_crash_the_save(as_clinician, draft):
    page = Page(as_clinician, page_of(draft))
    unseen = factories.make_exercise(title_en="Unseen")
    page.add_row(exercise="Unseen")
    factories.plan_row(draft, unseen)
    response = page.press()
    assert response.status_code == 200
    assert "with the same side already: another row" in text_of(response)


# ------------------------------------------------------------------ two clinicians


def test_a_second_clinicians_save_is_noticed_named_and_not_overwritten(
    as_clinician, as_colleague, draft
):
    mine = Page(as_clinician, page_of(draft)).type(goal="Mine")
    Page(as_colleague, page_of(draft)).type(goal="Theirs").press()
    response = mine.press()
    body = text_of(response)
    assert response.status_code == 200
    assert "Kim Sample, PT saved this plan after you opened this page" in body
    assert 'value="Mine"' in body
    draft.refresh_from_db()
    assert draft.goal == "Theirs"


def test_after_the_notice_the_next_press_is_a_decision(as_clinician, as_colleague, draft):
    mine = Page(as_clinician, page_of(draft)).type(goal="Mine")
    Page(as_colleague, page_of(draft)).type(goal="Theirs").press()
    shown = mine.press().context["sheet"]
    mine.type(lock=shown.form["lock"].value())
    assert mine.press().status_code == 302
    draft.refresh_from_db()
    assert draft.goal == "Mine"


def test_a_third_save_in_between_is_noticed_again(as_clinician, as_colleague, draft):
    mine = Page(as_clinician, page_of(draft)).type(goal="Mine")
    Page(as_colleague, page_of(draft)).type(goal="Theirs").press()
    mine.type(lock=mine.press().context["sheet"].form["lock"].value())
    Page(as_colleague, page_of(draft)).type(goal="Theirs again").press()
    assert mine.press().status_code == 200
    draft.refresh_from_db()
    assert draft.goal == "Theirs again"


def test_a_save_without_its_count_is_not_trusted(as_clinician, draft):
    response = Page(as_clinician, page_of(draft)).type(lock="", goal="Mine").press()
    assert response.status_code == 200
    draft.refresh_from_db()
    assert draft.goal == ""


def test_a_row_the_colleague_added_stays_when_the_first_saves_over(
    as_clinician, as_colleague, draft, knee
):
    mine = Page(as_clinician, page_of(draft)).type(goal="Mine")
    Page(as_colleague, page_of(draft)).add_row(exercise="Knee to chest").press()
    mine.type(lock=mine.press().context["sheet"].form["lock"].value()).press()
    assert len(rows_of(draft)) == 3


def test_a_plan_that_ended_meanwhile_is_not_changed_and_the_typing_stays(
    as_clinician, active, colleague
):
    page = Page(as_clinician, page_of(active)).type(goal="Mine")
    complete_plan(plan=active, by=colleague)
    response = page.press()
    assert "This plan has ended since you opened this page. Nothing was saved." in text_of(response)
    assert 'value="Mine"' in text_of(response)
    active.refresh_from_db()
    assert (active.goal, active.status) == ("", "completed")


def test_a_colleagues_change_of_status_is_noticed(as_clinician, active, colleague):
    page = Page(as_clinician, page_of(active)).type(goal="Mine")
    hold_plan(plan=active, by=colleague)
    assert "saved this plan after you opened" in text_of(page.press())


# ------------------------------------------------------------------ the buttons


def test_activate_saves_first(as_clinician, draft):
    response = Page(as_clinician, page_of(draft)).type(goal="Walk").press("_activate", follow=True)
    draft.refresh_from_db()
    assert (draft.status, draft.goal) == ("active", "Walk")
    assert draft.versions.get().body["goal"] == "Walk"
    assert "Activated." in messages_of(response)


def test_a_new_plan_can_be_activated_at_once(as_clinician, patient, knee):
    page = Page(as_clinician, add_for(patient)).row(1, exercise="Knee to chest")
    day = Clinic.objects.current().today() + timedelta(days=28)
    page.type(review_on=day.isoformat()).press("_activate")
    assert Plan.objects.get().status == "active"


def test_a_refused_activation_keeps_the_draft_and_says_what_to_do_beside_its_row(
    as_clinician, patient, clinician
):
    exercise = factories.make_exercise(title_en="Hip hinge", precautions=["fall_risk"])
    plan = factories.make_plan(patient, clinician, exercises=[exercise], published=False)
    page = Page(as_clinician, page_of(plan)).type(goal="Walk", review_on="")
    response = page.press("_activate", follow=True)
    body = text_of(response)
    plan.refresh_from_db()
    assert (plan.status, plan.goal) == ("draft", "Walk")
    assert "not activated yet" in messages_of(response)
    assert 'href="#row-1">Row 1, Hip hinge: Risk of a fall: not asked.' in body
    assert 'href="#id_review_on">Set the day of the next review.' in body
    assert response.context["sheet"].readings[0].clash.codes == ["fall_risk=not_asked"]


def test_an_empty_plan_is_not_activated(as_clinician, patient):
    response = Page(as_clinician, add_for(patient)).press("_activate", follow=True)
    assert Plan.objects.get().status == "draft"
    assert 'href="#rows">The plan is empty. Add an exercise.' in text_of(response)


def test_a_refusal_that_belongs_to_no_row_is_a_message(as_clinician, draft, patient):
    patient.status = "discharged"
    patient.save()
    response = Page(as_clinician, page_of(draft)).press("_activate", follow=True)
    assert "The patient is discharged. Readmit the patient first." in messages_of(response)


def test_publish_saves_first_and_makes_a_version(as_clinician, active):
    response = Page(as_clinician, page_of(active)).type(goal="Walk").press("_publish", follow=True)
    assert active.versions.count() == 2
    assert "Published." in messages_of(response)
    assert "Nothing waits to be published" in text_of(response)


def test_a_saved_change_waits_to_be_published_and_is_named(as_clinician, active):
    response = Page(as_clinician, page_of(active)).type(goal="Walk").press(follow=True)
    body = text_of(response)
    assert "Not yet published." in body
    assert "Goal: Walk" in body
    assert "Lee still reads version 1" in body
    assert active.versions.count() == 1


def test_hold_and_resume_save_first(as_clinician, active):
    Page(as_clinician, page_of(active)).type(goal="Walk").press("_hold")
    active.refresh_from_db()
    assert (active.status, active.goal) == ("on-hold", "Walk")
    Page(as_clinician, page_of(active)).press("_resume")
    active.refresh_from_db()
    assert active.status == "active"


@pytest.mark.parametrize(("button", "status"), [("_complete", "completed"), ("_revoke", "revoked")])
def test_ending_a_plan_asks_once_more(as_clinician, active, button, status):
    response = Page(as_clinician, page_of(active)).type(goal="Walk").press(button)
    asks = response["Location"]
    assert "?" in text_of(as_clinician.get(asks))
    active.refresh_from_db()
    assert (active.status, active.goal) == ("active", "Walk")
    as_clinician.post(asks)
    active.refresh_from_db()
    assert active.status == status


def test_only_a_patient_who_was_never_in_can_be_invited(as_clinician, draft, patient):
    from django.utils import timezone

    assert "_activate_invite" in text_of(as_clinician.get(page_of(draft)))
    patient.user.last_login = timezone.now()
    patient.user.save()
    assert "_activate_invite" not in text_of(as_clinician.get(page_of(draft)))


def test_activate_and_invite_mails_a_link(
    as_clinician, draft, patient, mailoutbox, django_capture_on_commit_callbacks
):
    patient.user.set_unusable_password()
    patient.user.save()
    with django_capture_on_commit_callbacks(execute=True):
        Page(as_clinician, page_of(draft)).press("_activate_invite")
    draft.refresh_from_db()
    assert draft.status == "active"
    assert [mail.to for mail in mailoutbox] == [["lee@patient.example"]]


def test_an_ended_plan_is_read_only_and_has_no_form(as_clinician, active, clinician):
    complete_plan(plan=active, by=clinician)
    body = text_of(as_clinician.get(page_of(active)))
    assert "cannot be changed" in body
    assert 'id="plan_form"' not in body
    assert rows_of(active)[0].exercise.title in body


def test_no_plan_can_be_deleted(as_administrator, draft):
    assert as_administrator.post(f"/admin/plans/plan/{draft.pk}/delete/").status_code == 403
    assert "delete" not in text_of(as_administrator.get(page_of(draft))).lower().replace(
        "-delete", ""
    ).replace("nothing is deleted", "")


# ------------------------------------------------------------------ what the page shows


def test_the_patient_strip_leads_with_what_needs_care(as_clinician, draft, patient):
    factories.answer(patient, "fall_risk", "yes", "Fell in August")
    factories.answer(patient, "lies", "no")
    factories.answer(patient, "sits", "yes")
    body = text_of(as_clinician.get(page_of(draft)))
    assert "<b>Risk of a fall:</b> yes (Fell in August)" in body
    assert "<b>Lies flat on the back:</b> no" in body
    assert "<b>Sits:</b>" not in body
    assert "kneels" in body.split("Not asked:")[1].split("Ask now")[0]


def test_under_each_row_stands_the_sentence_the_patient_reads(as_clinician, draft, patient):
    body = text_of(as_clinician.get(page_of(draft)))
    assert "The patient reads: “2 rounds of 5, on your sore side. Once a day.”" in body


def test_a_row_of_the_other_side_is_remarked(as_clinician, patient, clinician, knee):
    plan = factories.make_plan(
        patient,
        clinician,
        exercises=[knee],
        working_side="left",
        affected_side="right",
        published=False,
    )
    assert "works the side that does not hurt" in text_of(as_clinician.get(page_of(plan)))


def test_opening_a_plan_is_written_down(as_clinician, clinician, draft):
    from auditlog.models import LogEntry

    as_clinician.get(page_of(draft))
    entry = LogEntry.objects.get_for_object(draft).filter(action=LogEntry.Action.ACCESS).get()
    assert entry.actor == clinician


def test_messages_name_no_patient(as_clinician, draft):
    """They travel in a cookie."""
    response = Page(as_clinician, page_of(draft)).press("_activate", follow=True)
    assert "Lee" not in messages_of(response)
    assert draft.title not in messages_of(response)
