"""Finding exercises: words, synonyms and typos; parts of the body, positions and limits."""

import pytest
from django.utils import translation

from education.library.finding import Wanted, exercise_index, words_of
from education.library.models import Exercise, LibraryRevision, SearchSynonym
from tests.factories import make_exercise
from tests.library.content import make_family

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_meaning(db) -> None:
    SearchSynonym.objects.create(
        key="test-butt", words_en="butt, bottom, buttock, glute", words_es="glúteo, nalga"
    )
    SearchSynonym.objects.create(key="test-lumbar", words_en="lumbar, low back")


def find(words: str = "", **choices) -> list[str]:
    """Keys of what is found, the best first."""
    return keys(exercise_index().find(Wanted(words=words, **choices)))


def nearest(words: str = "", **choices) -> list[str]:
    return keys(exercise_index().nearest(Wanted(words=words, **choices)))


def keys(pks: list[int]) -> list[str]:
    by_pk = dict(Exercise.objects.values_list("pk", "key"))
    return [by_pk[pk] for pk in pks]


# ------------------------------------------------------------------ words


def test_butt_strech_finds_the_piriformis_stretch_of_the_pack(library):
    assert find("butt strech")[0] == "piriformis-lying"


@pytest.mark.parametrize(
    "typed",
    ["bridge", "BRIDGE", " bridge ", "bridges", "brid", "brídge", "my bridge exercise", "Bridge!"],
)
def test_a_word_is_met_however_it_is_written(typed):
    make_exercise("bridge", title_en="Glute bridge")
    make_exercise("other", title_en="Wall squat")
    assert find(typed) == ["bridge"]


@pytest.mark.parametrize("typed", ["brige", "bridgge", "brisge", "birdge", "brdge"])
def test_one_typo_is_forgiven(typed):
    make_exercise("bridge", title_en="Glute bridge")
    assert find(typed) == ["bridge"]


@pytest.mark.parametrize("typed", ["brxxge", "bbrridge", "hop", "wqll squat xyz"])
def test_two_typos_and_typos_in_short_words_are_not(typed):
    make_exercise("bridge", title_en="Glute bridge")
    make_exercise("hip", title_en="Hip wall squat")
    assert find(typed) == []


def test_a_typo_in_the_beginning_of_a_longer_word_is_forgiven():
    make_exercise("hamstring", title_en="Hamstrings at a wall")
    assert find("hamstrng") == ["hamstring"]
    assert find("hamxtr") == ["hamstring"]


def test_a_typo_is_not_looked_for_where_the_word_is_met():
    make_exercise("calf", title_en="Calf stretch")
    make_exercise("half", title_en="Half kneeling")
    assert find("calf") == ["calf"]


def test_a_word_that_is_met_may_be_a_typo_when_nothing_else_fits():
    make_exercise("calf", title_en="Calf stretch")
    make_exercise("half", title_en="Half kneeling")
    assert find("calf kneeling") == ["half"]


def test_every_word_must_be_met():
    make_exercise("both", title_en="Calf stretch at a wall")
    make_exercise("one", title_en="Calf raise")
    assert find("calf wall") == ["both"]


def test_another_word_of_one_meaning_is_met():
    make_exercise("glute", title_en="Glute bridge")
    assert find("bottom") == ["glute"]
    assert find("bottm") == ["glute"]
    assert find("butts") == ["glute"]


def test_a_phrase_of_one_meaning_is_met_both_ways():
    make_exercise("low-back", title_en="Move", areas=["low_back"], purpose_en="For you.")
    make_exercise("lumbar", title_en="Lumbar roll", purpose_en="For you.")
    assert sorted(find("lumbar")) == ["low-back", "lumbar"]
    assert sorted(find("low back")) == ["low-back", "lumbar"]


@pytest.mark.parametrize("typed", ["low bcak", "low bakc", "low backk", "loww back"])
def test_a_typo_in_a_phrase_of_one_meaning_is_forgiven(typed):
    make_exercise("lumbar", title_en="Lumbar roll")
    assert find(typed) == ["lumbar"]


def test_back_pian_finds_what_back_pain_finds(library):
    assert len(find("back pain")) > 10
    assert find("back pian") == find("back pain")


@pytest.mark.parametrize("typed", ["hip pian", "hip exercsie", "hip"])
def test_words_that_any_exercise_would_answer_to_do_not_narrow_with_a_typo_either(typed):
    make_exercise("hip", title_en="Hip hinge")
    assert find(typed) == ["hip"]


@pytest.mark.parametrize("typed", ["piriformis", "piraformis", "pirifromis", "priiformis"])
def test_a_title_comes_before_what_is_met_by_another_word_however_short_its_title(library, typed):
    titles = dict(Exercise.objects.values_list("key", "title_en"))
    found = [("piriformis" in titles[key].lower()) for key in find(typed)]
    assert found[0]
    assert found == sorted(found, reverse=True)


def test_words_that_say_nothing_do_not_narrow():
    make_exercise("hip", title_en="Hip hinge", purpose_en="For you.")
    assert find("an exercise for my hip pain") == ["hip"]
    assert find("the") == ["hip"]


def test_a_title_comes_before_a_name_a_family_a_label_and_a_purpose():
    family = make_family("knees", title_en="Knee moves")
    plain = {"title_en": "Move", "purpose_en": "For you."}
    make_exercise("purpose", title_en="Move", purpose_en="Eases a knee.")
    make_exercise("label", **{**plain, "position": "kneeling"})
    make_exercise("family", **plain, family=family)
    make_exercise("called", **plain, also_called_en="Knee rock")
    make_exercise("title", **{**plain, "title_en": "Knee rock"})
    assert find("knee") == ["title", "called", "family", "label", "purpose"]


def test_what_is_met_as_typed_comes_before_a_typo():
    make_exercise("typo", title_en="Bride walk", purpose_en="For you.")
    make_exercise("typed", title_en="Walk", purpose_en="Like a bridge.")
    assert find("bridge walk") == ["typed"]
    assert find("bridgx walk")[0] in {"typed", "typo"}
    make_exercise("far", title_en="Hinge", purpose_en="Walks over a bridge.")
    LibraryRevision.objects.bump()
    assert find("walk brige") == ["typo", "typed", "far"]


def test_accents_and_apostrophes_do_not_matter():
    assert words_of("Child’s Pose, GLÚTEO (4)") == ["childs", "pose", "gluteo", "4"]


def test_drafts_and_retired_exercises_are_not_found():
    make_exercise("draft", title_en="Bridge", state="draft")
    make_exercise("retired", title_en="Bridge", state="retired")
    assert find("bridge") == []
    assert find() == []


def test_the_index_is_made_anew_when_the_library_changes():
    make_exercise("one", title_en="Bridge")
    assert find("bridge") == ["one"]
    make_exercise("two", title_en="Bridge two")
    LibraryRevision.objects.bump()
    assert find("bridge") == ["one", "two"]


def test_spanish_readers_find_spanish_words_and_english_ones_not_translated_yet():
    make_exercise("puente", title_en="Bridge", title_es="Puente de glúteos")
    make_exercise("calf", title_en="Calf raise")
    with translation.override("es"):
        assert find("puente") == ["puente"]
        assert find("nalga") == ["puente"]
        assert find("calf") == ["calf"]
        assert find("bridge") == []


def test_a_kept_index_costs_one_query_and_a_new_one_three(django_assert_num_queries):
    for _number in range(30):
        make_exercise()
    with django_assert_num_queries(3):
        exercise_index()
    with django_assert_num_queries(1):
        exercise_index()


# ------------------------------------------------------------------ choices


@pytest.fixture
def three() -> None:
    make_exercise(
        "chair",
        position="chair",
        kind="stretch",
        areas=["hip", "buttock"],
        low_back="bends",
        equipment=["chair", "wall"],
        demands=["sits"],
        precautions=["hip_cross"],
    )
    make_exercise(
        "floor",
        position="supine",
        kind="strength",
        areas=["belly"],
        low_back="neutral",
        equipment=["mat"],
        demands=["lies", "floor"],
        precautions=[],
    )
    make_exercise("unanswered", position="standing", kind="aerobic", demands=None, precautions=[])


@pytest.mark.parametrize(
    ("choices", "found"),
    [
        ({"area": "hip"}, ["chair"]),
        ({"position": "supine"}, ["floor"]),
        ({"kind": "stretch"}, ["chair"]),
        ({"low_back": "neutral"}, ["floor"]),
        ({"have": frozenset({"chair"})}, ["unanswered"]),
        ({"have": frozenset({"chair", "wall"})}, ["chair", "unanswered"]),
        ({"have": frozenset()}, ["unanswered"]),
        ({"cannot": frozenset({"floor"})}, ["chair"]),
        ({"cannot": frozenset({"kneels"})}, ["chair", "floor"]),
        ({"cannot": frozenset({"hip_cross"})}, ["floor"]),
        ({"area": "hip", "kind": "strength"}, []),
        ({}, ["chair", "floor", "unanswered"]),
    ],
)
def test_choices_narrow_what_is_found(three, choices, found):
    assert find(**choices) == found


def test_what_nobody_answered_is_never_offered_to_somebody_with_limits(three):
    assert "unanswered" not in find(cannot=frozenset({"grips"}))
    assert "unanswered" not in nearest("exercise", position="standing", cannot=frozenset({"sits"}))


def test_when_nothing_fits_what_meets_most_comes_near(three):
    assert find(area="hip", kind="strength", position="chair") == []
    assert nearest(area="hip", kind="strength", position="chair") == ["chair", "floor"]


def test_what_somebody_cannot_do_does_not_come_near(three):
    chosen = {"area": "hip", "kind": "strength", "cannot": frozenset({"sits"})}
    assert nearest(**chosen) == ["floor"]


def test_nothing_comes_near_to_words_nobody_knows(three):
    assert nearest("zzzzzz") == []
