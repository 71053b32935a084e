"""One exercise for everybody: how to do it and when to stop, never how much."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from education.library.models import LadderLink, LibraryRevision, StopIf
from tests.factories import make_exercise
from tests.library.content import link, make_pictured_exercise

pytestmark = pytest.mark.django_db


def read(client, key: str = "knee-to-chest-chair") -> str:
    """The main part of the page."""
    response = client.get(reverse("exercise_detail", args=[key]))
    assert response.status_code == 200
    return response.content.decode().partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("state", ["draft", "in_review", "retired"])
def test_what_is_not_published_is_not_there(visitor, state):
    make_pictured_exercise(state=state)
    response = visitor.get(reverse("exercise_detail", args=["knee-to-chest-chair"]))
    assert response.status_code == 404
    assert "Lift" not in response.content.decode()


def test_a_one_sided_exercise_speaks_of_the_sore_side_and_colours_none(visitor):
    make_pictured_exercise()
    body = read(visitor)
    assert "<li>Hold behind the thigh of your sore leg.</li>" in body
    assert 'alt="The knee of your sore leg comes up."' in body
    assert "figures/knee-to-chest-chair-2-plain.svg" in body
    assert "left" not in body
    assert "right" not in body


def test_an_alternating_exercise_speaks_of_one_side_and_then_swaps(visitor):
    make_pictured_exercise(laterality="alternating")
    body = read(visitor)
    assert "Lift one knee slowly." in body
    assert "Now swap sides." in body


def test_a_two_sided_exercise_names_no_side(visitor):
    make_pictured_exercise(laterality="two_sided")
    body = read(visitor)
    assert "Lift your knee slowly." in body
    assert "swap" not in body


def test_no_dosage_is_given_to_strangers(visitor):
    make_pictured_exercise()
    words = re.sub(r"<[^>]*>", " ", body := read(visitor))
    assert not re.search(r"\b(17|43|13|rounds?|seconds?|a day)\b", words)
    assert "How many and how long? That is different for each person." in body


def test_a_picture_carries_the_number_of_its_step(visitor):
    make_pictured_exercise()
    body = read(visitor)
    strip = body.partition('class="pm-strip')[2].partition("</ol>")[0]
    assert re.findall(r'pm-num">(\d)<', strip) == ["1", "3"]
    steps = re.findall(
        r"<li>(.*?)</li>", body.partition('class="pm-steps"')[2].partition("</ol>")[0]
    )
    assert steps == [
        "Sit tall.",
        "Hold behind the thigh of your sore leg.",
        "Lift the knee of your sore leg slowly.",
    ]


def test_safety_comes_before_the_steps_and_cues_after(visitor):
    make_pictured_exercise()
    body = read(visitor)
    places = [
        body.index(part)
        for part in ("Put the chair against a wall.", "How to do it", "Breathe slowly.")
    ]
    assert places == sorted(places)


def test_the_shared_signs_and_its_own_say_when_to_stop(visitor):
    StopIf.objects.create(text_en="Pain goes down your leg.")
    make_pictured_exercise()
    body = read(visitor)
    assert "<li>Pain goes down your leg.</li>" in body
    assert "<li>The chair slides.</li>" in body
    assert reverse("when_to_see_a_doctor") in body


def test_without_shared_signs_in_the_library_the_page_still_says_when_to_stop(visitor):
    make_pictured_exercise()
    body = read(visitor)
    assert "<li>The pain goes further down your leg.</li>" in body
    assert "<li>Numbness or weakness is new or worse.</li>" in body
    assert "<li>You feel dizzy.</li>" in body


def test_an_easier_form_is_linked_and_a_harder_one_only_named(visitor):
    chair = make_pictured_exercise()
    easy = make_exercise("easy", title_en="With a towel", purpose_en="Less of a pull.")
    hard = make_exercise("hard", title_en="Lying down", purpose_en="More of a pull.")
    link(easy, chair)
    link(chair, hard)
    body = read(visitor)
    assert '<a href="/exercises/easy/">With a towel</a>' in body
    assert "Less of a pull." in body
    assert "Lying down" in body
    assert "Your therapist decides" in body
    assert "/exercises/hard/" not in body
    assert "More of a pull." not in body
    assert "5 of 7 days" not in body


def test_another_way_is_linked(visitor):
    chair, floor = make_pictured_exercise(), make_exercise("floor", title_en="On the floor")
    LadderLink.objects.create(
        exercise=chair, to_exercise=floor, direction="another_way", rule_en="As you like."
    )
    body = read(visitor)
    assert "Another way" in body
    assert '<a href="/exercises/floor/">On the floor</a>' in body


def test_a_rung_that_is_not_published_is_not_named(visitor):
    link(make_exercise("easy", title_en="Secret form", state="draft"), make_pictured_exercise())
    assert "Secret form" not in read(visitor)


def test_an_exercise_for_supervision_only_has_no_steps_for_strangers(visitor):
    make_pictured_exercise(supervised_first=True)
    body = read(visitor)
    assert "You do this one with your therapist first." in body
    assert "Lift" not in body
    assert "<img" not in body
    assert "The chair slides." in body


def test_the_top_of_a_ladder_says_that_the_therapist_decides(visitor):
    link(make_exercise("easy"), make_pictured_exercise())
    body = read(visitor)
    assert "This is a harder form. Do it only if it is in your plan." in body
    assert "Lift the knee of your sore leg slowly." in body


def test_at_a_glance_says_what_it_needs_in_words(visitor):
    make_pictured_exercise()
    body = read(visitor)
    assert "<dd>Firm chair</dd>" in body
    assert "<dd>Sits, grips with the hands</dd>" in body


def test_who_must_ask_first_reads_so_before_the_pictures(visitor):
    make_pictured_exercise(ask_first_en="A new hip.")
    body = read(visitor)
    assert body.index("Ask your therapist first") < body.index("A new hip.") < body.index("<img")


def test_an_exercise_that_ends_as_it_began_is_pictured_in_its_move(visitor):
    chair, hinge = make_pictured_exercise(), make_exercise("hip-hinge")
    for number in range(1, 5):
        hinge.steps.create(order=number, text_en="Go.", pose=f"hip-hinge/{number}", alt_en="Go.")
    link(hinge, chair)
    assert "figures/hip-hinge-3-plain.svg" in read(visitor)


def test_demands_nobody_has_answered_are_left_out(visitor):
    make_pictured_exercise(demands=None)
    assert "Your body" not in read(visitor)


def test_unreviewed_content_says_so_and_reviewed_content_does_not(visitor, clinician):
    make_pictured_exercise()
    make_exercise("read", reviewed_by=clinician, reviewed_on=timezone.localdate())
    assert "Demonstration content" in read(visitor)
    assert "Demonstration content" not in read(visitor, "read")


def test_a_picture_that_left_the_catalogue_leaves_the_words(visitor):
    exercise = make_pictured_exercise()
    exercise.steps.filter(pose="knee-to-chest-chair/2").update(pose="gone/1")
    body = read(visitor)
    assert "Lift the knee of your sore leg slowly." in body
    assert "gone" not in body


def test_markup_in_a_step_is_shown_as_text(visitor):
    make_pictured_exercise().steps.filter(order=1).update(text_en="<b onclick=x>Sit</b>")
    assert "&lt;b onclick=x&gt;Sit&lt;/b&gt;" in read(visitor)


def test_more_steps_and_rungs_cost_no_more_queries(visitor, django_assert_num_queries):
    exercise = make_pictured_exercise()
    link(make_exercise("easy-0"), exercise)
    with CaptureQueriesContext(connection) as few:
        read(visitor)
    for number in range(1, 6):
        link(make_exercise(f"easy-{number}"), exercise)
        exercise.steps.create(order=9 + number, text_en=f"Step {number}")
    LibraryRevision.objects.bump()
    with django_assert_num_queries(len(few)):
        assert read(visitor).count("/exercises/easy-") == 6


def test_a_second_reader_costs_two_queries(visitor, django_assert_max_num_queries):
    make_pictured_exercise()
    read(visitor)
    with django_assert_max_num_queries(2):
        read(visitor)
