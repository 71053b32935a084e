"""Moving a patient to another rung of the ladder, in one action with a reason."""

from datetime import date

import pytest
from auditlog.models import LogEntry
from django.db import IntegrityError, transaction

from education.library.models import LadderLink
from education.plans.actions import complete_plan, move_and_publish, move_to_rung, sign_off
from education.plans.checks import PlanRefused
from education.plans.models import ExerciseDefault, HarderDay, RungMove
from tests import factories

from .conftest import rows_of

pytestmark = pytest.mark.django_db

WHY = "Full dosage all week, settled by each morning."


@pytest.fixture
def chair():
    return factories.make_exercise("chair", title_en="Knee to chest on a chair")


@pytest.fixture
def lying(chair):
    """The rung above the chair, with a dosage of its own."""
    lying = factories.make_exercise("lying", title_en="Knee to chest lying", reps_min=3, sets=1)
    link(chair, lying, "harder", "The back stays on the backrest.")
    link(lying, chair, "easier", "It did not settle twice.")
    return lying


@pytest.fixture
def plan(patient, clinician, chair, lying):
    """A plan that the patient follows: the chair on the left side, and something else."""
    return factories.make_plan(
        patient,
        clinician,
        exercises=[chair, factories.make_exercise()],
        working_side="left",
        affected_side="left",
    )


@pytest.fixture
def row(plan):
    return rows_of(plan)[0]


def link(one, other, direction: str, rule: str = "When it fits.") -> LadderLink:
    return LadderLink.objects.create(
        exercise=one, to_exercise=other, direction=direction, rule_en=rule
    )


def test_the_exercise_and_its_dosage_change_and_the_key_and_side_stay(row, lying, clinician):
    move_to_rung(planned=row, to_exercise=lying, reason=WHY, by=clinician)
    now = rows_of(row.plan)[0]
    assert now.key == row.key
    assert now.exercise == lying
    assert (now.sets, now.reps_min) == (1, 3)
    assert (now.working_side, now.order) == ("left", row.order)


def test_who_moved_it_when_from_where_and_why_is_kept(row, chair, lying, colleague):
    move_to_rung(planned=row, to_exercise=lying, reason=f"  {WHY}\n", by=colleague)
    move = RungMove.objects.get(planned=row)
    assert (move.from_exercise, move.to_exercise) == (chair, lying)
    assert (move.reason, move.by) == (WHY, colleague)
    assert LogEntry.objects.get_for_object(move).get().actor == colleague


@pytest.mark.parametrize(("reason", "says"), [("  ", "Write why"), ("x" * 301, "at most 300")])
def test_without_a_reason_or_with_a_long_one_nothing_moves(reason, says, row, lying, clinician):
    with pytest.raises(PlanRefused, match=says) as refused:
        move_to_rung(planned=row, to_exercise=lying, reason=reason, by=clinician)
    assert refused.value.findings[0].field == "reason"
    row.refresh_from_db()
    assert row.exercise != lying
    assert not RungMove.objects.exists()


def test_an_exercise_that_is_not_beside_it_on_the_ladder_is_refused(row, clinician):
    stranger = factories.make_exercise(title_en="A plank")
    with pytest.raises(PlanRefused, match="does not offer this rung"):
        move_to_rung(planned=row, to_exercise=stranger, reason=WHY, by=clinician)


def test_a_rung_that_is_not_published_is_refused(row, lying, clinician):
    lying.state = "retired"
    lying.save()
    with pytest.raises(PlanRefused, match="does not offer this rung"):
        move_to_rung(planned=row, to_exercise=lying, reason=WHY, by=clinician)


def test_the_same_exercise_is_never_in_a_plan_twice_on_one_side(row, lying, clinician):
    factories.plan_row(row.plan, lying, working_side="left")
    with pytest.raises(PlanRefused, match="in this plan with the same side already"):
        move_to_rung(planned=row, to_exercise=lying, reason=WHY, by=clinician)


def test_a_side_that_does_not_fit_becomes_the_usual_one(row, chair, clinician):
    both = factories.make_exercise("both", laterality="two_sided")
    link(chair, both, "another_way")
    move_to_rung(planned=row, to_exercise=both, reason=WHY, by=clinician)
    row.refresh_from_db()
    assert row.working_side == "both"


def test_from_both_sides_at_once_the_side_that_hurts_is_worked(row, chair, clinician):
    both = factories.make_exercise("both", laterality="two_sided")
    link(chair, both, "another_way")
    link(both, chair, "another_way")
    move_to_rung(planned=row, to_exercise=both, reason=WHY, by=clinician)
    row.refresh_from_db()
    move_to_rung(planned=row, to_exercise=chair, reason=WHY, by=clinician)
    row.refresh_from_db()
    assert row.working_side == "left"


def test_the_clinicians_own_default_comes_before_the_librarys_dosage(row, lying, clinician):
    ExerciseDefault.objects.create(clinician=clinician, exercise=lying, sets=2, reps_min=6)
    move_to_rung(planned=row, to_exercise=lying, reason=WHY, by=clinician)
    row.refresh_from_db()
    assert (row.sets, row.reps_min) == (2, 6)


def test_what_was_decided_about_the_exercise_before_is_open_again(row, lying, clinician):
    sign_off(row, by=clinician)
    row.settled_reason, row.settled_by, row.settled_on = "Watched.", clinician, date(2026, 11, 2)
    row.settled = ["fall_risk=yes"]
    row.up_rule, row.down_rule, row.harder_day = "In May.", "In June.", "Do 2."
    row.why, row.note = "To garden again.", "Use the blue chair."
    row.save()
    move_to_rung(planned=row, to_exercise=lying, reason=WHY, by=clinician)
    row.refresh_from_db()
    assert (row.signed_off_by, row.signed_off_on) == (None, None)
    assert (row.settled_reason, row.settled_by, row.settled) == ("", None, [])
    assert (row.up_rule, row.down_rule, row.harder_day) == ("", "", "")
    assert (row.why, row.note) == ("To garden again.", "")


def test_a_note_for_the_exercise_before_is_never_published_under_another(row, lying, clinician):
    row.note = "Hands slide to the knees."
    row.save()
    version = move_and_publish(planned=row, to_exercise=lying, reason=WHY, by=clinician)
    assert "Hands slide" not in str(version.body)


@pytest.mark.parametrize(
    ("direction", "in_library", "watched"),
    [
        ("harder", False, True),
        ("another_way", False, True),
        ("easier", False, False),
        ("easier", True, True),
    ],
)
def test_a_supervised_exercise_is_watched_again_unless_it_gets_easier(
    direction, in_library, watched, row, chair, clinician
):
    row.supervised_first = True
    row.save()
    other = factories.make_exercise("other", supervised_first=in_library)
    link(chair, other, direction)
    move_to_rung(planned=row, to_exercise=other, reason=WHY, by=clinician)
    row.refresh_from_db()
    assert row.supervised_first is watched
    assert row.needs_supervision is watched


def test_a_harder_day_with_a_dosage_of_its_own_goes_with_the_exercise(row, lying, clinician):
    HarderDay.objects.create(planned=row, sets=1, reps_min=2)
    move_to_rung(planned=row, to_exercise=lying, reason=WHY, by=clinician)
    assert not HarderDay.objects.exists()


@pytest.mark.parametrize("is_easier", [True, False])
def test_an_easier_rung_of_a_harder_day_stays_while_it_is_easier(
    is_easier, row, chair, lying, clinician
):
    towel = factories.make_exercise("towel")
    link(lying, towel, "easier" if is_easier else "another_way")
    HarderDay.objects.create(planned=row, exercise=towel, sets=1, reps_min=2)
    move_to_rung(planned=row, to_exercise=lying, reason=WHY, by=clinician)
    assert HarderDay.objects.exists() is is_easier


def test_a_move_counts_as_a_save_and_waits_to_be_published(row, lying, clinician):
    before = row.plan.lock
    move_to_rung(planned=row, to_exercise=lying, reason=WHY, by=clinician)
    row.plan.refresh_from_db()
    assert row.plan.lock == before + 1
    assert row.plan.versions.count() == 1


def test_move_and_publish_makes_the_next_version(row, lying, clinician):
    version = move_and_publish(planned=row, to_exercise=lying, reason=WHY, by=clinician)
    assert version.number == 2
    assert version.body["exercises"][0]["exercise"] == "lying"
    assert version.body["exercises"][0]["key"] == str(row.key)


def test_what_cannot_be_published_is_not_moved_either(row, lying, clinician):
    lying.demands = ["lies"]
    lying.save()
    with pytest.raises(PlanRefused, match="cannot be published yet"):
        move_and_publish(planned=row, to_exercise=lying, reason=WHY, by=clinician)
    row.refresh_from_db()
    assert row.exercise.key == "chair"
    assert not RungMove.objects.exists()


def test_pressed_twice_it_moves_once(row, lying, clinician):
    move_to_rung(planned=row, to_exercise=lying, reason=WHY, by=clinician)
    shown_before = rows_of(row.plan)[0]
    shown_before.exercise = row.exercise  # as the second press saw it
    with pytest.raises(PlanRefused, match="in its place meanwhile"):
        move_to_rung(planned=shown_before, to_exercise=lying, reason=WHY, by=clinician)
    assert RungMove.objects.count() == 1


def test_a_plan_that_is_over_and_a_row_that_left_stay_as_they_are(row, plan, lying, clinician):
    other = rows_of(plan)[1]
    other.removed_at = plan.created_at
    other.save()
    with pytest.raises(PlanRefused, match="taken out"):
        move_to_rung(planned=other, to_exercise=lying, reason=WHY, by=clinician)
    complete_plan(plan=plan, by=clinician)
    with pytest.raises(PlanRefused, match="has ended"):
        move_to_rung(planned=row, to_exercise=lying, reason=WHY, by=clinician)


def test_the_database_keeps_no_move_without_a_reason(row, chair, lying, clinician):
    with pytest.raises(IntegrityError), transaction.atomic():
        RungMove.objects.create(
            planned=row, from_exercise=chair, to_exercise=lying, reason="", by=clinician
        )
