"""The index of exercises: all of them, and those that were asked for."""

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from education.library.models import Demand, LibraryRevision, SearchSynonym
from education.library.search import CANNOT
from tests.factories import make_exercise
from tests.library.content import link, make_family, make_pictured_exercise
from tests.library.many import make_many_exercises

pytestmark = pytest.mark.django_db


def read(client) -> str:
    response = client.get(reverse("exercise_list"))
    assert response.status_code == 200
    return response.content.decode()


def test_exercises_stand_under_their_family(visitor):
    make_exercise("hinge", family=make_family("hinge", title_en="Hip hinge", order=2))
    make_pictured_exercise(family=make_family(order=1))
    body = read(visitor)
    assert body.index("Knee to chest") < body.index("/exercises/knee-to-chest-chair/")
    assert body.index("/exercises/knee-to-chest-chair/") < body.index("Hip hinge")
    assert body.index("Hip hinge") < body.index("/exercises/hinge/")


def test_a_family_is_pictured_without_a_coloured_side(visitor):
    make_pictured_exercise(family=make_family())
    assert "figures/knee-to-chest-chair-2-plain.svg" in read(visitor)


def test_an_exercise_of_no_family_is_listed_too(visitor):
    make_exercise("alone", title_en="Walk a little")
    body = read(visitor)
    assert "Walk a little" in body
    assert "/exercises/alone/" in body


def test_drafts_are_not_listed(visitor):
    make_exercise("draft", title_en="Not yet", state="draft", family=make_family())
    make_exercise("loose-draft", title_en="Not this one", state="in_review")
    body = read(visitor)
    assert "Not yet" not in body
    assert "Not this one" not in body


def test_an_empty_library_says_so(visitor):
    assert "The exercises are on their way." in read(visitor)


def test_no_numbers_are_given_to_strangers(visitor):
    make_pictured_exercise(family=make_family())
    main = read(visitor).partition("<main")[2].partition("</main>")[0]
    for number in ("17", "43", "13"):
        assert f" {number} " not in main
    assert "round" not in main


def test_the_index_costs_the_same_for_1_and_for_12_exercises(visitor, django_assert_num_queries):
    family = make_family()
    make_exercise(family=family)
    with CaptureQueriesContext(connection) as one:
        read(visitor)
    for _number in range(11):
        make_exercise(family=family)
    LibraryRevision.objects.bump()
    with django_assert_num_queries(len(one)):
        assert read(visitor).count("/exercises/exercise-") == 12


# ------------------------------------------------------------------ what was asked for


def ask(client, query: str) -> str:
    response = client.get(f"{reverse('exercise_list')}?{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_the_search_comes_before_the_exercises_and_needs_no_script(visitor):
    make_pictured_exercise(family=make_family())
    body = read(visitor)
    form = body[body.index('role="search"') :].partition("</form>")[0]
    assert body.index('role="search"') < body.index("/exercises/knee-to-chest-chair/")
    assert 'name="q"' in form
    assert "csrfmiddlewaretoken" not in form


def test_words_with_a_typo_and_another_name_find_the_exercise(visitor):
    SearchSynonym.objects.create(key="test-butt", words_en="butt, bottom, buttock")
    make_exercise("figure-four", title_en="Piriformis stretch", areas=["buttock"])
    make_exercise("squat", title_en="Wall squat")
    body = ask(visitor, "q=butt+strech")
    assert "1 exercise found" in body
    assert "/exercises/figure-four/" in body
    assert "Wall squat" not in body
    assert 'value="butt strech"' in body


def test_what_was_chosen_is_said_in_words_and_kept_in_the_form(visitor):
    make_exercise("lying", position="supine", demands=["lies"], equipment=["mat"])
    body = ask(visitor, "position=supine&cannot=floor&cannot=kneels&have=mat")
    assert "1 exercise found" in body
    for words in ("Lying on the back", "I cannot: get down to the floor, kneel", "mat or bed"):
        assert words in body
    assert '<option value="supine" selected>' in body
    assert body.count(" checked") == 3


def test_nothing_at_hand_finds_what_needs_nothing(visitor):
    make_exercise("with-chair", equipment=["chair"])
    make_exercise("bare", equipment=[])
    body = ask(visitor, "have=nothing")
    assert "/exercises/bare/" in body
    assert "/exercises/with-chair/" not in body


def test_forms_that_a_therapist_chooses_are_named_not_linked(visitor):
    make_exercise("watched", title_en="Deep bend", supervised_first=True)
    low = make_exercise("low", title_en="Small bend")
    link(low, make_exercise("top", title_en="Highest bend"))
    body = ask(visitor, "q=bend")
    assert "3 exercises found" in body
    assert "Deep bend" in body
    assert "Highest bend" in body
    assert "/exercises/watched/" not in body
    assert "/exercises/top/" not in body
    assert "/exercises/low/" in body


def test_drafts_are_not_found(visitor):
    make_exercise("draft", title_en="Secret bend", state="draft")
    assert "Secret bend" not in ask(visitor, "q=bend")


def test_when_nothing_fits_the_page_says_so_and_how_to_go_on(visitor):
    make_exercise("stretch", title_en="Calf stretch", kind="stretch")
    body = ask(visitor, "q=calf&kind=strength&cannot=floor")
    assert "No exercise found" in body
    assert "Show 1 exercise for your words alone" in body
    assert "?q=calf&amp;cannot=floor#found" in body
    assert "These come close" in body
    assert "/exercises/stretch/" in body
    assert f'href="{reverse("exercise_list")}"' in body


def test_words_nobody_knows_bring_nothing_near(visitor):
    make_exercise("stretch")
    body = ask(visitor, "q=zzzzzz")
    assert "No exercise found" in body
    assert "These come close" not in body
    assert f'<a href="{reverse("contact")}">Ask us about it</a>' in body


def test_a_wrong_choice_is_said_beside_its_field_and_what_was_typed_is_kept(visitor):
    body = ask(visitor, "q=calf&area=moon")
    assert "moon is not one of the available choices" in body
    assert 'value="calf"' in body
    assert "exercises found" not in body
    assert '<details class="pm-fold pm-find__more" open>' in body


def test_too_many_letters_are_refused_and_kept(visitor):
    body = ask(visitor, f"q={'x' * 81}")
    assert "80" in body
    assert "x" * 81 in body


@pytest.mark.parametrize("query", ["", "q=", "q=+", "page=2", "utm_source=mail"])
def test_a_question_without_content_is_the_plain_index(visitor, query):
    make_pictured_exercise(family=make_family())
    body = ask(visitor, query)
    assert "pm-fams" in body
    assert "noindex" not in body


def test_a_search_is_not_for_search_engines(visitor):
    make_exercise("stretch", title_en="Calf stretch")
    body = ask(visitor, "q=calf")
    assert '<meta name="robots" content="noindex">' in body
    assert f'<link rel="canonical" href="{settings.SITE_URL}{reverse("exercise_list")}">' in body


def test_many_are_shown_page_by_page_and_the_question_goes_along(visitor):
    for number in range(30):
        make_exercise(f"bend-{number}", title_en=f"Bend {number:02}")
    first = ask(visitor, "q=bend&position=chair")
    assert "30 exercises found" in first
    assert first.count('class="pm-ex"') == 24
    assert "q=bend&amp;position=chair&amp;page=2#found" in first
    second = ask(visitor, "q=bend&position=chair&page=2")
    assert second.count('class="pm-ex"') == 6
    assert ask(visitor, "q=bend&page=nonsense").count('class="pm-ex"') == 24


@pytest.mark.parametrize("number", [12, 200])
def test_a_search_costs_three_queries_whatever_the_size(visitor, django_assert_num_queries, number):
    make_many_exercises(number)
    ask(visitor, "area=hip")
    with django_assert_num_queries(3):  # the revision, the cards, the clinic
        assert " found</h2>" in ask(visitor, "position=standing")


def test_every_demand_can_be_ruled_out():
    assert set(CANNOT) == set(Demand)


def test_what_was_typed_reaches_no_log(visitor, caplog):
    caplog.set_level("DEBUG", logger="django.request")
    ask(visitor, "q=sciatica")
    visitor.post(f"{reverse('exercise_list')}?q=sciatica")  # 405, which Django writes down
    assert caplog.records
    assert "sciatica" not in caplog.text
