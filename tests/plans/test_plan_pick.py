"""Finding exercises for a plan, and adding several at once."""

import pytest
from auditlog.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext

from education.library.models import Exercise, LibraryRevision
from education.plans.actions import MOST_EXERCISES, add_exercises, complete_plan
from education.plans.checks import PlanRefused
from education.plans.models import Plan
from education.plans.shelf import SHORT_LIST
from tests import factories
from tests.library.many import make_many_exercises
from tests.plans.conftest import rows_of
from tests.plans.page import Page, add_for, page_of

pytestmark = pytest.mark.django_db


def picker_of(plan: Plan) -> str:
    return f"/admin/plans/plan/{plan.pk}/pick/"


def look(client, plan: Plan, **sent) -> str:
    """The picker as first opened, or after a search with these fields."""
    address = picker_of(plan)
    response = client.post(address, sent) if sent else client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def add(client, plan: Plan, *exercises: Exercise, **sent):
    picked = [exercise.pk for exercise in exercises]
    return client.post(f"{picker_of(plan)}add/", {"picked": picked, **sent})


# ------------------------------------------------------------------ looking


def test_a_clinician_sees_each_exercise_as_it_would_stand_in_the_plan(as_clinician, draft):
    draft.affected_side = "left"
    draft.save()
    factories.make_exercise(
        "hinge",
        title_en="Hip hinge",
        position="standing",
        low_back="neutral",
        equipment=["wall"],
        hold_seconds=20,
        supervised_first=True,
    )
    body = look(as_clinician, draft, q="hinge")
    assert "1 exercise found" in body
    for words in (
        "Hip hinge",
        "Standing.",
        "Needs: wall.",
        "Low back: stays as it is.",
        "2 rounds of 5, on your left side. Hold 20 seconds. Once a day.",
        "Supervised first",
        "Not reviewed",
    ):
        assert words in body.replace("</span>", "").replace("<span>", ""), words


def test_what_the_patient_cannot_do_is_hidden_and_counted(as_clinician, draft, patient):
    factories.answer(patient, "floor", "no")
    factories.answer(patient, "fall_risk", "yes")
    factories.make_exercise("mat", title_en="On the mat", demands=["floor"])
    factories.make_exercise("leg", title_en="On one leg", precautions=["fall_risk"])
    factories.make_exercise("sit", title_en="On the chair", demands=["sits"])
    body = look(as_clinician, draft)
    assert "On the chair" in body
    assert "On the mat" not in body
    assert "On one leg" not in body
    assert "2 more are hidden" in body
    assert "needs care with: gets to the floor, risk of a fall" in body
    assert "checked" in body.partition('name="fits"')[2].partition(">")[0]


def test_shown_all_the_same_each_says_what_clashes(as_clinician, draft, patient):
    factories.answer(patient, "floor", "no")
    factories.make_exercise("mat", title_en="On the mat", demands=["floor"])
    factories.make_exercise("sit", title_en="On the chair", demands=["sits"])
    factories.make_exercise("unanswered", title_en="On the moon", demands=None)
    body = look(as_clinician, draft, position="chair")  # the tick is taken away
    assert "The patient cannot do this: gets to the floor." in body
    assert "Sits: not asked." in body
    assert "Nobody has said yet what this exercise asks of a body." in body
    assert "hidden" not in body.partition("found-h")[2].partition("cl-picks")[0]


def test_an_exercise_that_has_changed_is_shown_as_it_is_now(as_clinician, draft):
    hinge = factories.make_exercise(title_en="Hip hinge", equipment=["wall"])
    assert "<h3>Hip hinge</h3>" in look(as_clinician, draft)
    Exercise.objects.filter(pk=hinge.pk).update(title_en="Hip bend", equipment=["strap"])
    LibraryRevision.objects.bump()  # as every save of the library does
    body = look(as_clinician, draft)
    assert "<h3>Hip bend</h3>" in body
    assert "Needs: strap." in body
    assert "Hip hinge" not in body


def test_what_one_plan_is_told_of_an_exercise_is_not_told_in_another(
    as_clinician, draft, patient, other_patient, clinician
):
    factories.make_exercise(title_en="Hip hinge", laterality="one_sided", demands=["floor"])
    factories.answer(patient, "floor", "no")
    factories.answer(other_patient, "floor", "yes")
    Plan.objects.filter(pk=draft.pk).update(affected_side="left")
    other = factories.make_plan(
        other_patient, clinician, exercises=1, published=False, affected_side="right"
    )
    body = look(as_clinician, draft, q="hinge")
    assert "your left side" in body
    assert "The patient cannot do this: gets to the floor." in body
    body = look(as_clinician, other, q="hinge")
    assert "your right side" in body
    assert "The patient cannot do this" not in body


def test_drafts_and_retired_exercises_are_not_offered(as_clinician, draft):
    factories.make_exercise(title_en="Never ready", state="draft")
    factories.make_exercise(title_en="Long gone", state="retired")
    body = look(as_clinician, draft)
    assert "Never ready" not in body
    assert "Long gone" not in body


def test_an_exercise_of_the_plan_says_so_and_cannot_be_picked_again(as_clinician, draft):
    held = rows_of(draft)[0].exercise
    body = look(as_clinician, draft)
    assert f'id="pick-{held.pk}"' not in body
    assert body.count("In the plan already") == 2


def test_ticks_stay_through_another_search(as_clinician, draft):
    hinge = factories.make_exercise(title_en="Hip hinge")
    bridge = factories.make_exercise(title_en="Glute bridge")
    body = look(as_clinician, draft, q="bridge", picked=[hinge.pk, bridge.pk])
    assert f'value="{hinge.pk}" id="ticked-{hinge.pk}" checked' in body
    assert f'id="pick-{bridge.pk}" checked' in body


def test_nothing_found_says_so_and_shows_what_comes_near(as_clinician, draft):
    factories.make_exercise(title_en="Hip hinge", kind="control")
    body = look(as_clinician, draft, q="hinge", kind="aerobic")
    assert "0 exercises found" in body
    assert "No exercise fits all that you asked for." in body
    assert "Hip hinge" in body


def test_a_wrong_choice_is_said_beside_its_field(as_clinician, draft):
    body = look(as_clinician, draft, q="hinge", area="moon")
    assert "moon is not one of the available choices" in body
    assert 'value="hinge"' in body
    assert "exercises found" not in body


def test_a_large_library_is_shown_page_by_page(as_clinician, draft):
    for number in range(30):
        factories.make_exercise(title_en=f"Bend {number:02}")
    assert look(as_clinician, draft, q="bend").count('id="pick-') == 24
    assert look(as_clinician, draft, q="bend", page="2").count('id="pick-') == 6


# ------------------------------------------------------------------ adding


def test_three_exercises_are_added_at_once_with_their_usual_dosage_and_side(as_clinician, draft):
    Plan.objects.filter(pk=draft.pk).update(affected_side="right")
    one = factories.make_exercise(sets=1, reps_min=3, hold_seconds=15)
    two = factories.make_exercise(laterality="two_sided", supervised_first=True)
    three = factories.make_exercise(laterality="alternating", reps_min=None, minutes=10)
    before = Plan.objects.get(pk=draft.pk).lock
    response = add(as_clinician, draft, three, one, two)
    assert response.status_code == 302
    assert response.url == f"{page_of(draft)}#row-3"
    new = rows_of(draft)[2:]
    assert [row.exercise for row in new] == [three, one, two]
    assert [row.working_side for row in new] == ["each", "right", "both"]
    assert (new[0].minutes, new[0].reps_min) == (10, None)
    assert (new[1].sets, new[1].reps_min, new[1].hold_seconds) == (1, 3, 15)
    assert [row.supervised_first for row in new] == [False, False, True]
    assert Plan.objects.get(pk=draft.pk).lock == before + 1
    assert "3 exercises added." in as_clinician.get(page_of(draft)).content.decode()


def test_a_published_plan_keeps_its_version_until_it_is_published(as_clinician, active):
    body = active.versions.get().body
    add(as_clinician, active, factories.make_exercise(title_en="Hip hinge"))
    assert active.versions.get().body == body
    page = as_clinician.get(page_of(active)).content.decode()
    assert "Not yet published." in page
    assert "Hip hinge" in page


def test_the_same_exercises_sent_twice_are_added_once(as_clinician, draft):
    hinge = factories.make_exercise(title_en="Hip hinge")
    add(as_clinician, draft, hinge)
    response = add(as_clinician, draft, hinge)
    assert len(rows_of(draft)) == 3
    assert "in the plan already" in as_clinician.get(response.url).content.decode()


def test_without_a_tick_nothing_is_added_and_the_page_says_so(as_clinician, draft):
    response = add(as_clinician, draft, q="hinge")
    assert "Pick an exercise first." in response.content.decode()
    assert 'value="hinge"' in response.content.decode()
    assert len(rows_of(draft)) == 2


@pytest.mark.parametrize("state", ["draft", "in_review", "retired"])
def test_only_published_exercises_can_be_added(as_clinician, draft, clinician, state):
    hidden = factories.make_exercise(title_en="Not for you", state=state)
    body = add(as_clinician, draft, hidden).content.decode()
    assert "One that you picked is not published any more." in body
    assert "exercises found" in body
    with pytest.raises(PlanRefused, match="not published"):
        add_exercises(plan=draft, exercises=[hidden], by=clinician)
    assert len(rows_of(draft)) == 2


def test_a_tick_that_is_no_exercise_is_refused(as_clinician, draft):
    response = as_clinician.post(f"{picker_of(draft)}add/", {"picked": ["moon"]})
    assert response.status_code == 200
    assert "is not an exercise" in response.content.decode()


def test_a_plan_takes_so_many_and_no_more(as_clinician, patient, clinician):
    plan = factories.make_plan(patient, clinician, exercises=MOST_EXERCISES - 1, published=False)
    two = [factories.make_exercise() for _ in range(2)]
    body = add(as_clinician, plan, *two).content.decode()
    assert "A plan has 40 exercises at most. Pick fewer." in body
    assert f'id="pick-{two[0].pk}" checked' in body or f'id="ticked-{two[0].pk}" checked' in body
    assert len(rows_of(plan)) == MOST_EXERCISES - 1


def test_a_plan_that_ended_meanwhile_takes_nothing(draft, active, clinician):
    complete_plan(plan=active, by=clinician)
    with pytest.raises(PlanRefused, match="ended"):
        add_exercises(plan=active, exercises=[factories.make_exercise()], by=clinician)


def test_a_form_that_was_open_meanwhile_is_asked_again_and_keeps_the_new_rows(
    as_clinician, as_colleague, draft
):
    page = Page(as_colleague, page_of(draft)).type(goal="Walk")
    add(as_clinician, draft, factories.make_exercise(title_en="Hip hinge"))
    assert "saved this plan after you opened this page" in page.press().content.decode()
    assert len(rows_of(draft)) == 3


def test_who_added_what_is_on_record(as_clinician, draft, clinician):
    add(as_clinician, draft, factories.make_exercise())
    entry = LogEntry.objects.get_for_object(rows_of(draft)[-1]).get()
    assert entry.actor == clinician


# ------------------------------------------------------------------ the way there and back


def test_the_plan_is_saved_before_the_picker_opens(as_clinician, draft):
    response = Page(as_clinician, page_of(draft)).type(goal="Walk").press("_pick")
    assert response.url == picker_of(draft)
    draft.refresh_from_db()
    assert draft.goal == "Walk"


def test_a_new_plan_is_made_before_the_picker_opens(as_clinician, patient):
    response = Page(as_clinician, add_for(patient)).press("_pick")
    assert response.url == picker_of(Plan.objects.get(patient=patient))


def test_what_is_wrong_on_the_plan_is_said_first(as_clinician, draft):
    response = Page(as_clinician, page_of(draft)).row(1, sets="99").press("_pick")
    assert response.status_code == 200
    assert "Type a whole number from 1 to 4." in response.content.decode()


# ------------------------------------------------------------------ a large library


def test_a_small_library_is_offered_under_the_field_a_large_one_is_not(as_clinician, draft):
    small = as_clinician.get(page_of(draft)).content.decode()
    assert '<datalist id="plan-exercises">' in small
    assert "Add an empty row" in small
    make_many_exercises(SHORT_LIST)
    large = as_clinician.get(page_of(draft)).content.decode()
    assert "plan-exercises" not in large
    assert "Add an empty row" not in large
    assert "Find and add exercises" in large
    assert len(large) < 1.5 * len(small)


def test_rows_are_saved_and_typed_as_before_in_a_large_library(as_clinician, draft):
    make_many_exercises(SHORT_LIST)
    hinge = factories.make_exercise("hinge", title_en="Hip hinge")
    twin = factories.make_exercise("twin", title_en=rows_of(draft)[0].exercise.title)
    page = Page(as_clinician, page_of(draft)).row(2, exercise="hip hinge")
    assert page.press().status_code == 302
    assert [row.exercise for row in rows_of(draft)][1] == hinge
    Page(as_clinician, page_of(draft)).row(2, exercise=f"{twin.title} (twin)").press()
    assert [row.exercise for row in rows_of(draft)][1] == twin
    response = Page(as_clinician, page_of(draft)).row(2, exercise="Moonwalk").press()
    assert "The library has no exercise “Moonwalk”." in response.content.decode()


@pytest.mark.parametrize("address", [page_of, picker_of])
def test_a_page_costs_the_same_queries_for_12_and_for_200_exercises(as_clinician, draft, address):
    def queries() -> int:
        as_clinician.get(address(draft))
        with CaptureQueriesContext(connection) as asked:
            assert as_clinician.get(address(draft)).status_code == 200
        return len(asked)

    make_many_exercises(10)
    few = queries()
    make_many_exercises(188, start=10)
    assert queries() == few <= 25


# ------------------------------------------------------------------ who may


def test_a_visitor_is_asked_to_log_in(visitor, draft):
    for address in (picker_of(draft), f"{picker_of(draft)}add/"):
        response = visitor.post(address)
        assert response.status_code == 302
        assert "/login/" in response.url


@pytest.mark.parametrize("who", ["as_patient", "as_stranger", "as_front_desk", "as_editor"])
def test_others_neither_look_nor_add(request, draft, who):
    client = request.getfixturevalue(who)
    hinge = factories.make_exercise(title_en="Hip hinge")
    for response in (client.get(picker_of(draft)), add(client, draft, hinge)):
        assert response.status_code == 403
        assert "Hip hinge" not in response.content.decode()
        assert "Testperson" not in response.content.decode()
    assert len(rows_of(draft)) == 2


def test_a_plan_that_is_over_is_not_added_to(as_clinician, active, clinician):
    complete_plan(plan=active, by=clinician)
    assert as_clinician.get(picker_of(active)).status_code == 403
    assert add(as_clinician, active, factories.make_exercise()).status_code == 403


def test_a_plan_that_does_not_exist_is_not_found(as_clinician):
    assert as_clinician.get("/admin/plans/plan/4711/pick/").status_code == 404
