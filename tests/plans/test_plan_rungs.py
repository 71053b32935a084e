"""The page of the rungs: what a clinician reads before moving a patient, and the two buttons."""

from uuid import uuid4

import pytest

from education.library.models import LadderLink
from education.people.models import Answer
from education.plans.models import HarderDay, RungMove
from tests import factories

from .conftest import rows_of
from .page import Page, messages_of, page_of, text_of

pytestmark = pytest.mark.django_db

WHY = "Full dosage all week."


@pytest.fixture
def chair():
    return factories.make_exercise("chair", title_en="Knee to chest on a chair")


@pytest.fixture
def rungs(chair):
    """A rung in every direction; the harder one asks the patient to lie down."""
    made = {}
    for direction, title in (
        ("harder", "Knee to chest lying"),
        ("another_way", "Knee to chest on the floor"),
        ("easier", "Half a knee to chest"),
    ):
        other = factories.make_exercise(direction.replace("_", "-"), title_en=title)
        LadderLink.objects.create(
            exercise=chair,
            to_exercise=other,
            direction=direction,
            rule_en=f"The rule of {direction}.",
        )
        made[direction] = other
    return made


@pytest.fixture
def row(patient, clinician, chair, rungs):
    plan = factories.make_plan(
        patient, clinician, exercises=[chair, factories.make_exercise()], working_side="left"
    )
    return rows_of(plan)[0]


def page_of_rungs(row) -> str:
    return f"/admin/plans/plan/{row.plan_id}/rungs/{row.key}/"


def typed(row, to, **fields) -> dict:
    return {"to_exercise": to.pk, "reason": WHY, "seen": row.exercise_id, **fields}


def test_every_rung_stands_with_its_rule_and_staying_is_fine(as_clinician, row, rungs):
    body = text_of(as_clinician.get(page_of_rungs(row)))
    for direction, exercise in rungs.items():
        assert exercise.title in body
        assert f"The rule of {direction}." in body
    assert "Staying is fine" in body
    assert body.index("Half a knee") < body.index("on the floor") < body.index("chest lying")


def test_the_plans_own_rules_take_the_place_of_the_librarys(as_clinician, row):
    row.up_rule, row.down_rule = "After the wedding.", "After a long drive."
    row.save()
    body = text_of(as_clinician.get(page_of_rungs(row)))
    assert "After the wedding." in body
    assert "After a long drive." in body
    assert "The rule of harder." not in body
    assert "The rule of another_way." in body


def test_what_clashes_for_this_patient_is_named(as_clinician, row, rungs, patient):
    rungs["harder"].demands = ["lies"]
    rungs["harder"].save()
    body = text_of(as_clinician.get(page_of_rungs(row)))
    assert "not asked." in body
    Answer.objects.create(patient=patient, topic="lies", value="yes", answered_on="2026-11-02")
    assert "not asked." not in text_of(as_clinician.get(page_of_rungs(row)))


def test_what_goes_is_said_before(as_clinician, row):
    assert "The harder day of this row goes" not in text_of(as_clinician.get(page_of_rungs(row)))
    HarderDay.objects.create(planned=row, sets=1, reps_min=2)
    assert "The harder day of this row goes" in text_of(as_clinician.get(page_of_rungs(row)))


def test_move_waits_to_be_published(as_clinician, row, rungs):
    data = typed(row, rungs["harder"], _move="")
    response = as_clinician.post(page_of_rungs(row), data, follow=True)
    assert response.redirect_chain[-1][0] == f"{page_of(row.plan)}#row-1"
    assert "Moved. It is not published yet." in messages_of(response)
    row.refresh_from_db()
    assert row.exercise == rungs["harder"]
    assert row.plan.versions.count() == 1


def test_move_and_publish_does_both(as_clinician, row, rungs):
    data = typed(row, rungs["harder"], _publish="")
    response = as_clinician.post(page_of_rungs(row), data, follow=True)
    assert "Moved and published." in messages_of(response)
    assert row.plan.versions.count() == 2


def test_what_else_would_be_published_is_named(as_clinician, row):
    Page(as_clinician, page_of(row.plan)).type(goal="Walk").press()
    body = text_of(as_clinician.get(page_of_rungs(row)))
    assert "also publishes what was saved before" in body
    assert "Goal: Walk" in body


def test_a_refusal_stands_on_the_page_and_the_reason_is_kept(as_clinician, row, rungs):
    rungs["harder"].demands = ["lies"]
    rungs["harder"].save()
    response = as_clinician.post(page_of_rungs(row), typed(row, rungs["harder"], _publish=""))
    body = text_of(response)
    assert response.status_code == 200
    assert "Nothing was moved." in body
    assert "cannot be published yet" in body
    assert WHY in body
    assert "checked" in body
    row.refresh_from_db()
    assert row.exercise.key == "chair"


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"reason": " "}, "Write why: a colleague reads it later."),
        ({"reason": "x" * 301}, "at most 300 characters"),
        ({"to_exercise": ""}, "Choose a rung, or go back: staying is fine."),
        ({"to_exercise": "99999"}, "does not offer this rung any more"),
        ({"to_exercise": "9" * 40}, "does not offer this rung any more"),
        ({"to_exercise": "x"}, "does not offer this rung any more"),
        ({"seen": "0"}, "Another exercise stands here by now."),
        ({"seen": "x"}, "Another exercise stands here by now."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_moves(fields, says, as_clinician, row, rungs):
    data = typed(row, rungs["harder"], _move="") | fields
    response = as_clinician.post(page_of_rungs(row), data)
    assert response.status_code == 200
    assert says in text_of(response)
    assert not RungMove.objects.exists()


def test_sent_twice_it_moves_once(as_clinician, row, rungs, chair):
    LadderLink.objects.create(
        exercise=rungs["harder"], to_exercise=chair, direction="easier", rule_en="Back."
    )
    data = typed(row, rungs["harder"], _move="")
    as_clinician.post(page_of_rungs(row), data)
    assert "Another exercise stands here by now." in text_of(
        as_clinician.post(page_of_rungs(row), data)
    )
    assert RungMove.objects.count() == 1


def test_a_draft_is_moved_without_publishing(as_clinician, draft):
    body = text_of(as_clinician.get(page_of_rungs(rows_of(draft)[0])))
    assert "no other rung beside this exercise" in body
    assert "Move and publish" not in body


def test_a_row_that_is_not_in_this_plan_is_not_found(as_clinician, row, draft):
    for key in (uuid4(), rows_of(draft)[0].key):
        address = f"/admin/plans/plan/{row.plan_id}/rungs/{key}/"
        assert as_clinician.get(address).status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_ladder(
    as_clinician, row, chair, django_assert_max_num_queries
):
    for number in range(12):
        other = factories.make_exercise(f"more-{number}")
        LadderLink.objects.create(
            exercise=chair, to_exercise=other, direction="harder", rule_en="Later."
        )
    as_clinician.get(page_of_rungs(row))
    with django_assert_max_num_queries(22):
        assert as_clinician.get(page_of_rungs(row)).status_code == 200


def test_the_row_of_the_plan_leads_there_and_saves_first(as_clinician, row):
    page = Page(as_clinician, page_of(row.plan)).type(goal="Walk")
    response = page.press("_rungs", str(row.key))
    assert response["Location"] == page_of_rungs(row)
    row.plan.refresh_from_db()
    assert row.plan.goal == "Walk"
