"""A patient scores the pain of the week and their own activities."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from education.diary.actions.outcomes import MeasuredBefore, record_outcome
from education.diary.models import ActivityScore, FunctionActivity, Outcome
from education.diary.outcomes import START_DAYS, asked_for
from education.people.models import Clinic
from education.plans import actions
from education.plans.models import PlanVersion
from tests import factories
from tests.conftest import logged_in
from tests.diary.measures import (
    NAMES,
    again_answers,
    end_activity,
    first_answers,
    make_activities,
    make_outcome,
)

URL = reverse("outcome_measure")
PROGRESS = reverse("progress")
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-22T20:00:00Z", tick=False):
        yield


@pytest.fixture
def plan(patient, clinician):
    """Published today, with a review in four weeks."""
    return factories.make_plan(patient, clinician)


def page(client) -> str:
    response = client.get(URL)
    assert response.status_code == 200
    return response.content.decode()


def refused(client, data) -> str:
    """The page that says what to change; nothing was written."""
    before = Outcome.objects.count(), FunctionActivity.objects.count()
    response = client.post(URL, data)
    assert response.status_code == 200
    assert (Outcome.objects.count(), FunctionActivity.objects.count()) == before
    return response.content.decode()


def error_beside(html: str, field: str) -> str:
    found = re.search(rf'id="id_{field}_error">(.*?)</div>', html, re.S)
    return re.sub(r"<[^>]+>", "", found[1]) if found else ""


def at(day: date):
    return time_machine.travel(f"{day}T20:00:00Z", tick=False)


# -- the first time


def test_the_first_time_one_names_three_to_five_activities(as_patient, patient, plan):
    body = page(as_patient)
    assert "Name three to five things" in body
    assert body.count('name="name_') == 5
    response = as_patient.post(URL, first_answers(3, 0, 10), follow=True)
    assert "Thank you. Your answers are saved." in response.content.decode()
    outcome = Outcome.objects.get()
    assert (outcome.point, outcome.pain, outcome.day) == ("start", 5, TODAY)
    assert (outcome.patient, outcome.by) == (patient, patient.user)
    assert [s.score for s in outcome.scores.order_by("activity__order")] == [3, 0, 10]
    assert [a.name for a in FunctionActivity.objects.asked_of(patient)] == [
        f"Activity of mine {n}" for n in (1, 2, 3)
    ]


def test_five_are_welcome(as_patient, plan):
    as_patient.post(URL, first_answers(1, 2, 3, 4, 5))
    assert ActivityScore.objects.count() == 5


@pytest.mark.parametrize("scores", [(), (3,), (3, 4)])
def test_fewer_than_three_are_refused_beside_the_field_for_the_next(as_patient, plan, scores):
    body = refused(as_patient, first_answers(*scores))
    said = "Three activities at least. Name one more here."
    assert error_beside(body, f"name_{len(scores) + 1}") == said


def test_what_was_typed_is_kept(as_patient, plan):
    body = refused(as_patient, first_answers(3, name_2="Tie my shoes", pain="7"))
    assert 'value="Activity of mine 1"' in body
    assert 'value="Tie my shoes"' in body
    assert 'name="pain" value="7" id="id_pain_7" checked' in body
    assert error_beside(body, "new_score_2") == "Choose a number from 0 to 10."


def test_a_score_without_a_name_asks_for_the_name(as_patient, plan):
    body = refused(as_patient, first_answers(3, 4, 5, new_score_4="2"))
    assert error_beside(body, "name_4") == "Name the activity for this number."


@pytest.mark.parametrize("score", ["11", "-1", "2.5", "x"])
def test_a_score_is_a_whole_number_from_0_to_10(as_patient, plan, score):
    body = refused(as_patient, first_answers(3, 4, 5, new_score_2=score))
    assert error_beside(body, "new_score_2") == "Choose a number from 0 to 10."


def test_the_pain_of_the_week_is_asked_for(as_patient, plan):
    assert error_beside(refused(as_patient, first_answers(3, 4, 5, pain="")), "pain")


def test_the_same_words_twice_are_refused(as_patient, plan):
    body = refused(as_patient, first_answers(3, 4, 5, name_3="ACTIVITY of mine 1"))
    assert error_beside(body, "name_3") == "You have this one already. Name another."


def test_too_many_words_are_refused(as_patient, plan):
    body = refused(as_patient, first_answers(3, 4, 5, name_3="x" * 81))
    assert "80 letters at most" in error_beside(body, "name_3")


# -- later


@pytest.fixture
def activities(patient, plan):
    """Three, scored 2, 3 and 4 at the start, a month ago."""
    make_outcome(plan, 2, 3, 4, day=TODAY - timedelta(days=28))
    return FunctionActivity.objects.asked_of(patient)


def test_later_the_same_activities_are_asked_about_and_no_earlier_score_is_shown(
    as_patient, activities
):
    body = page(as_patient)
    for name in NAMES:
        assert f"<legend>{name}</legend>" in body
    assert "checked" not in body
    as_patient.post(URL, again_answers(*activities, score=6))
    review = Outcome.objects.get(point="review")
    assert {s.activity: s.score for s in review.scores.all()} == dict.fromkeys(activities, 6)


def test_an_activity_without_a_score_is_asked_for(as_patient, activities):
    first = activities[0]
    body = refused(as_patient, again_answers(*activities[1:]))
    said = "Choose a number from 0 to 10, or say not to ask again."
    assert error_beside(body, f"score_{first.pk}") == said


def test_an_activity_can_be_ended_and_is_never_deleted(as_patient, patient, activities):
    first, *others = activities
    data = again_answers(*others, **{f"ended_{first.pk}": "on"})
    data |= {"name_1": "Walk the dog", "new_score_1": "2"}
    as_patient.post(URL, data)
    asked = FunctionActivity.objects.asked_of(patient)
    assert [activity.name for activity in asked] == [*NAMES[1:], "Walk the dog"]
    first.refresh_from_db()
    assert first.ended_at is not None
    assert first.scores.count() == 1


def test_ending_one_of_three_asks_for_another(as_patient, activities):
    first, *others = activities
    body = refused(as_patient, again_answers(*others, **{f"ended_{first.pk}": "on"}))
    assert error_beside(body, "name_1") == "Three activities at least. Name one more here."
    assert re.search(r'<details class="pm-fold pm-ask" open', body)


def test_a_sixth_is_refused_beside_its_field(as_patient, patient, plan):
    five = make_activities(patient, *"abcde")
    make_outcome(plan, 1, 1, 1, 1, 1, day=TODAY - timedelta(days=28))
    data = again_answers(*five, name_1="A sixth", new_score_1="3")
    body = refused(as_patient, data)
    said = "Five activities at most. Leave this one out, or end another."
    assert error_beside(body, "name_1") == said
    as_patient.post(URL, {**data, f"ended_{five[0].pk}": "on"})
    assert len(FunctionActivity.objects.asked_of(patient)) == 5


def test_an_ended_one_may_come_back_as_a_new_one(as_patient, patient, activities):
    end_activity(activities[0])
    data = again_answers(*activities[1:], name_1=NAMES[0], new_score_1="9")
    as_patient.post(URL, data)
    assert FunctionActivity.objects.filter(patient=patient, name=NAMES[0]).count() == 2


def test_somebody_elses_activities_are_not_asked_about_nor_scored(
    as_patient, activities, other_patient
):
    theirs = make_activities(other_patient, "A secret of Pat")[0]
    assert "A secret of Pat" not in page(as_patient)
    as_patient.post(URL, again_answers(*activities, **{f"score_{theirs.pk}": "1"}))
    assert not theirs.scores.exists()


# -- saved once


def test_a_double_tap_saves_once_and_thanks_twice(as_patient, plan):
    data = first_answers(3, 4, 5)
    for _tap in range(2):
        response = as_patient.post(URL, data)
        assert response.status_code == 302
        assert response.url == PROGRESS
    assert Outcome.objects.count() == 1
    assert FunctionActivity.objects.count() == 3


def test_the_action_itself_writes_a_key_once(patient, plan):
    told = {
        **{"plan": plan, "point": "start", "day": TODAY, "pain": 5, "by": patient.user},
        **{"scores": {}, "new": [("a", 1)], "ended": [], "submission_key": uuid4()},
    }
    assert record_outcome(**told) == record_outcome(**told)
    assert FunctionActivity.objects.count() == 1


@pytest.mark.parametrize(
    ("point", "field"), [("start", "point"), ("end", "point"), ("review", "day")]
)
def test_a_point_is_measured_once_a_plan_and_a_review_once_a_day(plan, point, field):
    make_outcome(plan, 1, 1, 1, point=point)
    with pytest.raises(MeasuredBefore) as refusal:
        make_outcome(plan, 2, 2, 2, point=point)
    assert refusal.value.field == field
    with pytest.raises(IntegrityError), transaction.atomic():  # and the database agrees
        Outcome.objects.create(
            patient=plan.patient,
            **{"plan": plan, "point": point, "day": TODAY, "by": plan.clinician},
            submission_key=uuid4(),
        )


def test_a_second_form_of_the_same_day_is_told_that_there_is_nothing_to_answer(as_patient, plan):
    as_patient.post(URL, first_answers(3, 4, 5))
    response = as_patient.post(URL, first_answers(9, 9, 9), follow=True)
    assert "There is nothing to answer today." in response.content.decode()
    assert Outcome.objects.count() == 1


# -- which point, and when


def asked(patient, on: date):
    versions = PlanVersion.objects.filter(plan__patient=patient).select_related("plan")
    outcomes = list(Outcome.objects.filter(patient=patient).in_order())
    found = asked_for(list(versions.order_by("pk")), outcomes, on)
    return (found.point, found.is_due) if found else None


def test_without_a_plan_nothing_is_asked(patient):
    assert asked(patient, TODAY) is None


@pytest.mark.parametrize("days", [0, START_DAYS, 100])
def test_the_start_is_asked_for_until_something_was_measured(patient, plan, days):
    assert asked(patient, TODAY + timedelta(days=days)) == ("start", True)


def test_a_missing_start_is_offered_quietly_once_a_review_was_measured(patient, plan):
    make_outcome(plan, 1, 1, 1, point="review")
    assert asked(patient, TODAY + timedelta(days=START_DAYS - 1)) == ("start", True)
    assert asked(patient, TODAY + timedelta(days=START_DAYS)) == ("start", False)


def test_a_review_is_asked_for_from_a_week_before_its_date(patient, plan):
    make_outcome(plan, 1, 1, 1)
    review = plan.review_on
    assert asked(patient, TODAY) is None
    assert asked(patient, review - timedelta(days=8)) == ("review", False)
    assert asked(patient, review - timedelta(days=7)) == ("review", True)
    assert asked(patient, review + timedelta(days=60)) == ("review", True)
    make_outcome(plan, 1, 1, 1, point="review", day=review)
    assert asked(patient, review) is None
    assert asked(patient, review + timedelta(days=1)) == ("review", False)


def test_a_later_review_date_is_asked_for_again(patient, plan, clinician):
    make_outcome(plan, 1, 1, 1)
    make_outcome(plan, 1, 1, 1, point="review", day=plan.review_on)
    plan.refresh_from_db()
    plan.review_on += timedelta(days=28)
    plan.save()
    actions.publish_changes(plan=plan, by=clinician)
    assert asked(patient, plan.review_on - timedelta(days=7)) == ("review", True)


def test_the_end_is_asked_for_when_the_plan_is_completed(patient, plan, clinician):
    make_outcome(plan, 1, 1, 1)
    actions.complete_plan(plan=plan, by=clinician)
    assert asked(patient, TODAY) == ("end", True)
    make_outcome(plan, 1, 1, 1, point="end")
    assert asked(patient, TODAY + timedelta(days=9)) is None


def test_a_plan_that_was_taken_back_is_not_measured(patient, plan, clinician):
    actions.revoke_plan(plan=plan, by=clinician)
    assert asked(patient, TODAY) is None


def test_a_new_plan_asks_for_a_start_of_its_own(patient, plan, clinician):
    make_outcome(plan, 1, 1, 1)
    factories.make_plan(patient, clinician)
    assert asked(patient, TODAY) == ("start", True)


# -- what one sees of it


def test_the_progress_asks_for_what_is_due_and_leads_here(as_patient, plan):
    body = as_patient.get(PROGRESS).content.decode()
    assert "Where do you start from?" in body
    assert f'href="{URL}"' in body


def test_the_patient_sees_start_review_and_what_changed(as_patient, patient, plan, clinician):
    make_outcome(plan, 2, 3, 4, pain=7, day=TODAY - timedelta(days=28))
    body = as_patient.get(PROGRESS).content.decode()
    assert "A real change." not in body
    make_outcome(plan, 5, 5, 5, pain=6, point="review")
    text = " ".join(re.sub(r"<[^>]+>", " ", as_patient.get(PROGRESS).content.decode()).split())
    assert "What I can do: 2.0 points more. A real change." in text
    assert "Pain of the week: 1 point less. Under 2 points: too small to be sure." in text
    assert "Put on my socks 2 5" in text
    assert "Average 3.0 5.0" in text
    assert "What you can do was 3.0 on October 25, 2026 and 5.0 on November 22, 2026." in text


def test_less_is_told_as_plainly_as_more(as_patient, plan):
    make_outcome(plan, 6, 6, 6, pain=3, day=TODAY - timedelta(days=28))
    make_outcome(plan, 3, 3, 3, pain=6, point="review")
    text = re.sub(r"<[^>]+>", "", as_patient.get(PROGRESS).content.decode())
    assert "What I can do: 3.0 points less. A real change." in text
    assert "Pain of the week: 3 points more. A real change." in text


def test_without_a_plan_the_page_leads_back(as_patient):
    assert as_patient.get(URL).url == PROGRESS


def test_the_page_reads_no_more_with_five_activities(
    as_patient, patient, plan, django_assert_max_num_queries
):
    make_activities(patient, *"abcde")
    as_patient.get(URL)
    with django_assert_max_num_queries(11):
        as_patient.get(URL)


def test_a_visitor_is_asked_to_log_in(visitor, plan):
    assert visitor.get(URL).url == f"{reverse('account_login')}?next={URL}"


@pytest.mark.parametrize("name", ["clinician", "front_desk", "editor", "administrator"])
def test_staff_have_a_page_of_their_own(name, request, plan):
    client = logged_in(request.getfixturevalue(name))
    assert client.get(URL).status_code == 404
    assert client.post(URL, first_answers(1, 2, 3)).status_code == 404


def test_a_key_of_somebody_else_writes_nothing_of_theirs(as_stranger, as_patient, plan):
    data = first_answers(3, 4, 5)
    as_patient.post(URL, data)
    assert as_stranger.post(URL, data).url == PROGRESS
    assert Outcome.objects.get().patient == plan.patient


def test_it_is_the_clinics_day(patient, plan):
    """Half past eleven in the evening at the clinic is the next day in the zone of the server."""
    with time_machine.travel("2026-11-23T07:30:00Z", tick=False):
        logged_in(patient.user).post(URL, first_answers(1, 2, 3))
    assert Outcome.objects.get().day == TODAY
    assert Clinic.objects.current().time_zone == "America/Los_Angeles"
