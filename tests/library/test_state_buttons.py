"""The buttons that move content on: who is offered which, and what they ask first."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import make_exercise, make_plan
from tests.library.admin_page import change_url, press, save, state_url
from tests.library.sound import make_bare_exercise, make_sound_article, make_sound_exercise

pytestmark = pytest.mark.django_db


def test_an_editor_saves_and_sends_to_review_in_one(as_editor):
    exercise = make_sound_exercise(state="draft")
    response = save(as_editor, exercise, title_en="New name", _submit_for_review="")
    assert response.url == change_url(exercise)
    exercise.refresh_from_db()
    assert (exercise.title_en, exercise.state) == ("New name", "in_review")
    assert "Sent to review." in as_editor.get(response.url).content.decode()


def test_a_clinician_publishes_what_waits(as_clinician, clinician):
    exercise = make_sound_exercise(state="in_review")
    page = as_clinician.get(change_url(exercise)).content.decode()
    assert f'formaction="{state_url(exercise, "publish")}"' in page
    assert "Nothing stands in the way." in page
    body = press(as_clinician, exercise, "publish", _next_review_on="2028-01-31").content.decode()
    assert "Published and reviewed by you." in body
    assert "Reviewed by Dana Example, PT" in body
    exercise.refresh_from_db()
    assert (exercise.reviewed_by, exercise.next_review_on) == (clinician, date(2028, 1, 31))


@pytest.mark.parametrize("typed", ["2001-01-01", "soon", "2026-02-31", "2099-01-01"])
def test_a_next_review_that_is_no_day_to_come_changes_nothing(as_clinician, typed):
    exercise = make_sound_exercise(state="in_review")
    body = press(as_clinician, exercise, "publish", _next_review_on=typed).content.decode()
    assert "The next review must be on a day after today, within three years." in body
    exercise.refresh_from_db()
    assert exercise.state == "in_review"


def test_a_refusal_counts_and_the_page_names_each_with_what_to_do(as_clinician):
    exercise = make_bare_exercise()
    body = press(as_clinician, exercise, "publish").content.decode()
    assert "Not done. 2 things stand in the way; they are named below." in body
    assert "It has no sign of its own to stop." in body
    assert "Add at least one sign that says when to stop." in body
    assert "<b>Step 1:</b> It has no picture." in body


def test_an_editor_is_led_to_the_part_of_the_form(as_editor):
    exercise = make_exercise(state="draft")
    body = as_editor.get(change_url(exercise)).content.decode()
    assert '<a href="#stop_ifs-group">Add at least one sign' in body
    assert '<a href="#steps-0">Step 1</a>' in body
    assert 'id="stop_ifs-group"' in body
    assert 'id="steps-0"' in body


def test_an_editor_does_not_publish(as_editor):
    exercise = make_sound_exercise(state="in_review")
    page = as_editor.get(change_url(exercise)).content.decode()
    assert 'name="_publish"' not in page
    assert save(as_editor, exercise, title_en="New name", _publish="").status_code == 403
    assert as_editor.post(state_url(exercise, "publish")).status_code == 403
    exercise.refresh_from_db()
    assert (exercise.state, exercise.title_en != "New name") == ("in_review", True)


@pytest.mark.parametrize("act", ["submit_for_review", "publish", "review", "retire"])
def test_nobody_else_presses_a_button(visitor, as_patient, as_stranger, as_front_desk, act):
    exercise = make_sound_exercise(state="in_review")
    login = visitor.post(state_url(exercise, act))
    assert login.status_code == 302
    assert login.url.startswith(reverse("account_login"))
    for client in (as_patient, as_stranger, as_front_desk):
        assert client.post(state_url(exercise, act)).status_code == 403
    exercise.refresh_from_db()
    assert exercise.state == "in_review"


def test_an_address_alone_changes_nothing(as_clinician):
    exercise = make_sound_exercise(state="in_review")
    assert as_clinician.get(state_url(exercise, "publish")).status_code == 405
    assert as_clinician.post(state_url(exercise, "delete")).status_code == 404
    exercise.pk += 1000
    assert as_clinician.post(state_url(exercise, "publish")).status_code == 404


@pytest.mark.parametrize(
    ("state", "editors", "clinicians"),
    [
        ("draft", {"submit_for_review"}, {"submit_for_review"}),
        ("in_review", {"send_back"}, {"publish", "send_back"}),
        ("published", {"send_back", "retire"}, {"review", "send_back", "retire"}),
        ("retired", {"reinstate"}, {"publish", "reinstate"}),
    ],
)
def test_a_page_offers_the_buttons_of_its_state(
    as_editor, as_clinician, state, editors, clinicians
):
    article = make_sound_article(state=state)
    for client, offered in ((as_editor, editors), (as_clinician, clinicians)):
        assert {act.name for act in client.get(change_url(article)).context["acts"]} == offered


def test_retiring_asks_first_and_names_what_shows_it(as_editor, patient, clinician):
    exercise = make_sound_exercise()
    make_plan(patient, clinician, exercises=[exercise])
    lower = make_sound_exercise("lower", title_en="Easier lift")
    lower.ladder_links.create(to_exercise=exercise, direction="harder", rule_en="Later.")
    article = make_sound_article(title_en="Sore hips")
    article.sections.create(key="how", title_en="How", panel="steps", exercise=exercise, order=9)
    page = press(as_editor, exercise, "retire").content.decode()
    assert "Retire “" in page
    assert "1 patient follows a plan with it. The plan keeps it." in page
    assert "Easier lift" in page
    assert "Sore hips" in page
    exercise.refresh_from_db()
    assert exercise.state == "published"
    press(as_editor, exercise, "retire", _confirmed="1")
    exercise.refresh_from_db()
    assert exercise.state == "retired"


def test_only_people_of_the_library_are_asked(as_front_desk, as_patient, visitor):
    url = reverse("admin:library_exercise_retire", args=[make_sound_exercise().pk])
    assert as_front_desk.get(url).status_code == 403
    assert as_patient.get(url).status_code == 403
    assert visitor.get(url).url.startswith(reverse("account_login"))
