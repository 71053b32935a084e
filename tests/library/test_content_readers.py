"""Who reads content in which state: the public, and the patients whose plans have it."""

from datetime import date

import pytest
from django.urls import reverse

from education.library.models import Exercise, LibraryRevision, Reviewed
from education.library.publishing.actions import (
    reinstate,
    retire,
    send_back,
)
from education.library.publishing.states import StateRefused
from tests.factories import make_plan
from tests.library.sound import (
    make_sound_article,
    make_sound_exercise,
)

pytestmark = pytest.mark.django_db


TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("state", ["draft", "in_review", "retired"])
def test_only_published_content_is_public(visitor, as_patient, state):
    exercise = make_sound_exercise(state=state, title_en="Secret squat")
    article = make_sound_article(state=state, title_en="Secret page", is_home=True)
    for client in (visitor, as_patient):
        for name, key in (("exercise_detail", exercise.key), ("article", article.key)):
            assert client.get(reverse(name, args=[key])).status_code == 404
        for name in ("home", "exercise_list", "article_list"):
            assert "Secret" not in client.get(reverse(name)).content.decode()
        assert "sound" not in client.get("/sitemap.xml").content.decode()


@pytest.mark.parametrize("state", ["draft", "in_review", "retired"])
def test_a_published_exercise_shows_no_rung_that_is_not(visitor, state):
    lower = make_sound_exercise("lower")
    higher = make_sound_exercise("higher", state=state, title_en="Secret squat")
    lower.ladder_links.create(to_exercise=higher, direction="easier", rule_en="If it hurts.")
    body = visitor.get(reverse("exercise_detail", args=["lower"])).content.decode()
    assert "Secret squat" not in body


@pytest.mark.parametrize("state", ["draft", "in_review", "retired"])
def test_an_article_shows_no_other_page_or_steps_that_are_not_published(visitor, state):
    article = make_sound_article("open")
    article.related.add(make_sound_article("closed", state=state, title_en="Secret page"))
    exercise = make_sound_exercise(state=state)
    article.sections.create(key="how", title_en="How", panel="steps", exercise=exercise, order=9)
    body = visitor.get(reverse("article", args=["open"])).content.decode()
    assert "Secret page" not in body
    assert "Lift your sore leg slowly." not in body


def planned_page(client, plan) -> str:
    key = plan.planned_exercises.get().key
    return client.get(reverse("planned_exercise", args=[key])).content.decode()


def test_a_retired_exercise_stays_readable_in_the_plan_that_has_it(as_patient, patient, clinician):
    exercise = make_sound_exercise(title_en="Toe touch")
    plan = make_plan(patient, clinician, exercises=[exercise])
    retire(content=exercise, by=clinician)
    assert "Lift your sore leg slowly." in planned_page(as_patient, plan)
    assert "Toe touch" in as_patient.get(reverse("plan_today")).content.decode()
    assert as_patient.get(reverse("exercise_detail", args=["sound"])).status_code == 404


@pytest.mark.parametrize(("before", "act"), [("published", send_back), ("retired", reinstate)])
def test_an_exercise_that_a_patient_follows_is_not_taken_away(patient, clinician, before, act):
    exercise = make_sound_exercise(state="published")
    plan = make_plan(patient, clinician, exercises=[exercise])
    Exercise.objects.update(state=before)
    exercise.refresh_from_db()
    with pytest.raises(StateRefused, match="1 patient follows a plan with it"):
        act(content=exercise, by=clinician)
    plan.planned_exercises.update(removed_at=plan.created_at)  # not published yet
    with pytest.raises(StateRefused):
        act(content=exercise, by=clinician)
    exercise.refresh_from_db()
    assert exercise.state == before


def test_an_exercise_of_plans_that_have_ended_may_go_back(patient, clinician):
    exercise = make_sound_exercise()
    plan = make_plan(patient, clinician, exercises=[exercise])
    plan.status, plan.ended_on = "completed", plan.start_on
    plan.save()
    send_back(content=exercise, by=clinician)
    exercise.refresh_from_db()
    assert exercise.state == "in_review"


def test_should_one_be_taken_away_all_the_same_the_patient_is_asked_to_call(
    as_patient, patient, clinician
):
    exercise = make_sound_exercise()
    plan = make_plan(patient, clinician, exercises=[exercise])
    Exercise.objects.update(state=Reviewed.State.DRAFT)
    LibraryRevision.objects.bump()
    body = planned_page(as_patient, plan)
    assert "Lift your sore leg slowly." not in body
    assert "call" in body.lower()


def test_unreviewed_content_never_reads_as_reviewed(visitor, clinician):
    exercise = make_sound_exercise(reviewed_by=clinician, reviewed_on=TODAY)
    url = reverse("exercise_detail", args=[exercise.key])
    assert "Demonstration content" not in visitor.get(url).content.decode()
    Exercise.objects.update(reviewed_by=None, reviewed_on=None)
    LibraryRevision.objects.bump()
    assert "Demonstration content, to be reviewed by the clinic." in (
        visitor.get(url).content.decode()
    )
