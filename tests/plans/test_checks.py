"""What stands in the way of publishing, row by row."""

from datetime import timedelta

import pytest

from education.library.actions import load_pack
from education.library.models import Exercise
from education.plans.actions import sign_off_exercise
from education.plans.checks import (
    NEVER_TOGETHER,
    NOT_ASKED,
    answers_of,
    clash_sentence,
    clashes,
    findings,
    open_clashes,
    published_clashes,
)
from tests import factories
from tests.plans.conftest import rows_of

pytestmark = pytest.mark.django_db


def found_in(plan) -> list[str]:
    return [f.message for f in findings(plan, rows_of(plan), answers_of(plan.patient))]


def test_a_demand_clashes_when_the_patient_cannot():
    assert clashes(["lies", "sits"], {"lies": "no", "sits": "yes"}) == ["lies=no"]


def test_a_precaution_clashes_when_the_patient_needs_care():
    given = {"fall_risk": "yes", "head_low": "no"}
    assert clashes(["fall_risk", "head_low"], given) == ["fall_risk=yes"]


def test_not_asked_is_never_taken_for_no():
    assert clashes(["fall_risk", "lies"], {}) == [f"fall_risk={NOT_ASKED}", f"lies={NOT_ASKED}"]


def test_an_exercise_nobody_answered_for_is_a_clash_of_its_own():
    assert clashes(None, {"lies": "yes"}) == ["exercise=not_answered"]
    assert "Nobody has said" in clash_sentence("exercise=not_answered")


def test_an_exercise_that_asks_nothing_has_no_clash():
    assert clashes([], {}) == []


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("fall_risk=not_asked", "Risk of a fall: not asked."),
        ("fall_risk=yes", "The patient needs care with this: risk of a fall."),
        ("one_leg=no", "The patient cannot do this: stands on one leg."),
    ],
)
def test_a_clash_is_told_in_words(code, words):
    assert clash_sentence(code) == words


def test_a_plan_that_is_right_has_no_findings(draft):
    assert found_in(draft) == []


def test_an_empty_plan_cannot_be_published(patient, clinician):
    plan = factories.make_plan(patient, clinician, exercises=0, published=False)
    assert found_in(plan) == ["The plan is empty. Add an exercise."]


def test_a_plan_of_supervised_exercises_only_leaves_nothing_to_do_alone(patient, clinician):
    exercise = factories.make_exercise(supervised_first=True)
    plan = factories.make_plan(patient, clinician, exercises=[exercise], published=False)
    assert found_in(plan) == [
        "Every exercise waits for a clinician. Add one that the patient can do alone, "
        "or sign one off."
    ]


def test_a_signed_off_exercise_may_stand_alone(patient, clinician):
    exercise = factories.make_exercise(supervised_first=True)
    plan = factories.make_plan(patient, clinician, exercises=[], published=False)
    factories.plan_row(plan, exercise, signed_off_by=clinician, signed_off_on=plan.start_on)
    assert found_in(plan) == []


def test_what_the_library_wants_watched_is_signed_off_or_supervised(patient, clinician):
    watched = factories.make_exercise(supervised_first=True)
    plan = factories.make_plan(
        patient, clinician, exercises=[factories.make_exercise()], published=False
    )
    row = factories.plan_row(plan, watched, supervised_first=False)
    assert found_in(plan) == ["Sign it off, or let it be supervised first."]
    sign_off_exercise(planned=row, by=clinician)
    assert found_in(plan) == []


def test_a_plan_needs_a_review(draft):
    draft.review_on = None
    assert found_in(draft) == ["Set the day of the next review."]


@pytest.mark.parametrize(("days", "far"), [(360, False), (370, True)])
def test_a_review_more_than_a_year_ahead_is_not_published(draft, days, far):
    draft.review_on = draft.start_on + timedelta(days=days)
    message = "The review is more than a year ahead. Choose an earlier day."
    assert found_in(draft) == ([message] if far else [])


@pytest.mark.parametrize(("days", "far"), [(-360, False), (-370, True), (360, False), (370, True)])
def test_a_start_more_than_a_year_away_is_not_published(draft, days, far):
    draft.start_on += timedelta(days=days)
    draft.review_on = draft.start_on + timedelta(days=7)
    message = "The start is more than a year away. Look at the year."
    assert found_in(draft) == ([message] if far else [])


def test_a_plan_in_use_for_more_than_a_year_is_still_published(draft):
    draft.created_at -= timedelta(days=500)
    draft.start_on -= timedelta(days=500)
    assert found_in(draft) == []


def test_a_review_before_the_start_is_refused(draft):
    draft.review_on = draft.start_on - timedelta(days=1)
    assert found_in(draft) == ["The review is before the start."]


def test_both_toe_touches_never_go_together(patient, clinician):
    bent = factories.make_exercise("toe-touch-one-knee-bent", title_en="One knee bent")
    straight = factories.make_exercise("toe-touch-both-straight")
    plan = factories.make_plan(
        patient, clinician, exercises=[bent, factories.make_exercise(), straight], published=False
    )
    (found,) = findings(plan, rows_of(plan), {})
    assert found.row == str(rows_of(plan)[2].key)
    assert found.message == "It does not go together with One knee bent. Take one of the two out."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("toe-touch", "toe-touch-one-knee-bent"),
        ("toe-touch", "toe-touch-deep"),
        ("toe-touch-both-straight", "toe-touch-deep"),
        ("nerve-glide-lying", "nerve-glide-chair"),
    ],
)
def test_two_forms_that_strain_the_same_thing_never_go_together(patient, clinician, one, other):
    exercises = [factories.make_exercise(one, title_en="The first"), factories.make_exercise(other)]
    plan = factories.make_plan(patient, clinician, exercises=exercises, published=False)
    (found,) = findings(plan, rows_of(plan), {})
    assert found.message == "It does not go together with The first. Take one of the two out."


def test_different_movements_go_together(patient, clinician):
    keys = ["toe-touch", "nerve-glide-chair", "hip-hinge", "hip-hinge-wall"]
    exercises = [factories.make_exercise(key) for key in keys]
    plan = factories.make_plan(patient, clinician, exercises=exercises, published=False)
    assert found_in(plan) == []


def test_what_never_goes_together_is_in_the_library(db):
    load_pack(by=None)
    keys = set().union(*NEVER_TOGETHER)
    assert set(Exercise.objects.filter(key__in=keys).values_list("key", flat=True)) == keys


@pytest.mark.parametrize("state", ["draft", "in_review"])
def test_an_exercise_that_is_not_published_is_named(patient, clinician, state):
    exercise = factories.make_exercise(title_en="Secret squat", state=state)
    plan = factories.make_plan(patient, clinician, exercises=[exercise], published=False)
    assert found_in(plan) == ["Secret squat is not published. Choose another exercise."]


def test_a_retired_exercise_stays_in_the_plans_that_have_it(patient, clinician):
    exercise = factories.make_exercise(state="retired")
    plan = factories.make_plan(patient, clinician, exercises=[exercise], published=False)
    assert found_in(plan) == []


def test_production_refuses_content_that_nobody_reviewed(draft, settings):
    settings.DEVELOPMENT = False
    assert all("No clinician has reviewed" in message for message in found_in(draft))
    assert len(found_in(draft)) == 2


def test_a_clash_names_its_row_and_what_to_do(patient, clinician):
    exercise = factories.make_exercise(title_en="Hip hinge", precautions=["fall_risk"])
    plan = factories.make_plan(patient, clinician, exercises=[exercise], published=False)
    [finding] = findings(plan, rows_of(plan), answers_of(patient))
    assert finding.row == str(rows_of(plan)[0].key)
    assert finding.clashes == ("fall_risk=not_asked",)
    assert "Hip hinge cannot be published yet. Risk of a fall: not asked." in finding.message
    assert "write why it is still right" in finding.message


def test_a_reason_covers_the_clashes_it_was_written_for_and_no_later_one(patient, clinician):
    exercise = factories.make_exercise(precautions=["fall_risk", "head_low"])
    plan = factories.make_plan(patient, clinician, exercises=[], published=False)
    row = factories.plan_row(
        plan,
        exercise,
        settled_reason="Counter in front.",
        settled=["fall_risk=yes"],
        settled_by=clinician,
        settled_on=plan.start_on,
    )
    assert open_clashes(row, {"fall_risk": "yes", "head_low": "no"}) == []
    assert open_clashes(row, {"fall_risk": "yes"}) == ["head_low=not_asked"]


def test_a_published_plan_is_checked_against_the_answers_of_today(patient, clinician):
    exercise = factories.make_exercise(precautions=["fall_risk"])
    factories.answer(patient, "fall_risk", "no")
    plan = factories.make_plan(patient, clinician, exercises=[exercise])
    body, key = plan.versions.get().body, str(rows_of(plan)[0].key)
    assert published_clashes(body, [exercise], {"fall_risk": "no"}) == {}
    assert published_clashes(body, [exercise], {"fall_risk": "yes"}) == {key: ["fall_risk=yes"]}


def test_a_published_exercise_that_left_the_library_is_a_clash(active):
    body = active.versions.get().body
    assert len(published_clashes(body, [], {})) == 2
