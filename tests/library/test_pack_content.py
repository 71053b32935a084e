"""What the built-in pack says, against the clinical rules it is made from.

The tables of clinical.py are written out by hand from those rules.
"""

import re
from collections import Counter

import pytest
from django.db import transaction

from education.library.actions import load_pack
from education.library.figures import catalogue
from education.library.loading import PACK_FOLDER, read_pack
from education.library.models import (
    Article,
    CareLevel,
    Exercise,
    ExerciseFamily,
    LadderLink,
    RedFlag,
    StopIf,
)
from education.library.wording import dosage_sentence, worded
from tests.library.clinical import (
    ASK_FIRST,
    BODIES,
    DOSAGES,
    EXERCISES,
    HARDER_DAYS,
    LADDER,
    LATERALITIES,
    LOADED,
    MOVE_DOWN,
    MOVE_UP,
    PROGRESSIONS,
    PURPOSES,
    RED_FLAGS,
    STOP_IFS,
    SUPERVISED_FIRST,
    UP_BEYOND,
)
from tests.library.reading import grade, plain

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _library(django_db_setup, django_db_blocker):
    """The built-in pack, loaded once and taken back at the end: these tests only read it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_pack(by=None)
        yield
        transaction.set_rollback(True)


every_exercise = pytest.mark.parametrize("key", EXERCISES)
SECTIONS = (
    "understand",
    "settle",
    "which-pain-is-fine",
    "red-flags",
    "today",
    "exercises",
    "do-them-right",
    "who-we-are",
    "contact-us",
)


def exercise(key: str) -> Exercise:
    return Exercise.objects.get(key=key)


def page_texts(found: Exercise) -> list[str]:
    """Every text of an exercise that a person reads, as it is stored."""
    texts = [
        found.title_en,
        found.form_name_en,
        found.purpose_en,
        found.feel_en,
        found.ask_first_en,
        found.harder_day_en,
        found.progression_en,
    ]
    for step in found.steps.all():
        texts += [step.text_en, step.caption_en, step.alt_en]
    texts += [stop_if.text_en for stop_if in found.stop_ifs.all()]
    texts += [link.rule_en for link in found.ladder_links.all()]
    return [text for text in texts if text]


def library_texts() -> list[str]:
    """Every text of the pack, in every language, as it is stored."""
    texts: list[str] = []

    def gather(value: object) -> None:
        if isinstance(value, dict):
            texts.extend(value[code] for code in ("en", "es") if value.get(code))
            gather([inner for name, inner in value.items() if name not in ("en", "es")])
        elif isinstance(value, list):
            for inner in value:
                gather(inner)

    gather([item.document for item in read_pack(PACK_FOLDER)])
    return texts


# ------------------------------------------------------------------ the clinical tables


def test_the_pack_has_these_exercises_in_this_order():
    found = Exercise.objects.in_order().values_list("key", "family__key")
    assert list(found) == list(EXERCISES.items())
    families = list(ExerciseFamily.objects.values_list("key", flat=True))
    assert families == list(dict.fromkeys(EXERCISES.values()))


@every_exercise
def test_the_dosage_is_the_clinical_one(key):
    found = exercise(key)
    assert dosage_sentence(found.spec, "none") == DOSAGES[key]
    assert found.rest_seconds == (60 if key in LOADED else 15)


@every_exercise
def test_purpose_demands_and_precautions_are_the_clinical_ones(key):
    found = exercise(key)
    assert found.purpose_en.startswith(PURPOSES.get(key, PURPOSES["hip-hinge"]))
    assert (set(found.demands), set(found.precautions)) == BODIES[key]
    assert found.laterality == LATERALITIES[key]
    assert found.supervised_first is (key in SUPERVISED_FIRST)
    assert found.ask_first_en
    assert ASK_FIRST.get(key, "") in found.ask_first_en


@every_exercise
def test_stop_ifs_are_the_clinical_ones(key):
    assert [row.text_en for row in exercise(key).stop_ifs.all()] == STOP_IFS[key]


def test_the_signs_that_stop_every_exercise():
    assert [row.text_en for row in StopIf.objects.shared()] == [
        "The pain goes further down your leg.",
        "Numbness or weakness is new or worse.",
        "You feel dizzy.",
        "Your pain is high, and well above where it was when you began.",
    ]


@every_exercise
def test_the_harder_day_and_the_next_step_are_the_clinical_ones(key):
    found = exercise(key)
    assert worded(found.harder_day_en, "left", "en").startswith(HARDER_DAYS[key])
    progression = found.progression_en or ""
    assert progression.startswith(PROGRESSIONS.get(key, ""))
    assert bool(progression) is (key in PROGRESSIONS)
    if progression and not progression.startswith("Stay"):
        assert progression.endswith(MOVE_UP)


def test_the_ladder_is_this_graph():
    links = LadderLink.objects.values_list("exercise__key", "direction", "to_exercise__key")
    assert set(links) == LADDER
    assert len(links) == len(LADDER)


def test_every_rung_has_its_rule_in_words():
    for link in LadderLink.objects.select_related("exercise", "to_exercise"):
        if link.direction == "harder":
            assert link.rule_en.endswith(MOVE_UP)
            beyond = UP_BEYOND.get((link.exercise.key, link.to_exercise.key), "")
            assert beyond in link.rule_en
            assert link.rule_en != MOVE_UP
        elif link.direction == "easier":
            assert link.rule_en.endswith(MOVE_DOWN)
            assert link.rule_en != MOVE_DOWN
        else:
            assert "Your clinician" in link.rule_en


def test_a_harder_rung_always_has_a_way_back_down():
    up = {(a, b) for a, direction, b in LADDER if direction == "harder"}
    down = {(b, a) for a, direction, b in LADDER if direction == "easier"}
    # From lying on the back the way down is the chair, not the floor.
    assert up - down == {("knee-to-chest-floor", "knee-to-chest-lying")}


@pytest.mark.parametrize("level", RED_FLAGS)
def test_red_flags_are_word_for_word_the_clinical_ones(level):
    instruction, signs = RED_FLAGS[level]
    care_level = CareLevel.objects.get(level=level)
    assert care_level.instruction_en == instruction
    assert list(care_level.red_flags.values_list("text_en", "source")) == signs


def test_there_are_no_other_red_flags_and_the_worst_come_first():
    assert list(CareLevel.objects.values_list("level", flat=True)) == list(RED_FLAGS)
    assert RedFlag.objects.count() == 12 + 6 + 5


# ------------------------------------------------------------------ steps and pictures


@every_exercise
def test_an_exercise_has_three_to_six_steps_and_says_how_to_breathe(key):
    kinds = Counter(step.kind for step in exercise(key).steps.all())
    assert kinds["preparation"] == 1
    assert 3 <= kinds["step"] <= 5
    assert kinds["breathing"] == 1
    breathing = exercise(key).steps.get(kind="breathing")
    assert breathing.text_en.endswith("Never hold your breath.")


@every_exercise
def test_every_picture_of_the_exercise_is_shown_once_and_in_order(key):
    poses = [step.pose for step in exercise(key).steps.all() if step.pose]
    assert tuple(poses) == catalogue.poses_of(key)


@every_exercise
def test_a_picture_has_words_under_it_and_words_instead_of_it(key):
    for step in exercise(key).steps.all():
        if not step.pose:
            assert not step.caption_en
            assert not step.alt_en
            continue
        assert step.kind in ("preparation", "step")
        caption = worded(step.caption_en, "left", "en")
        assert 1 <= len(caption.split()) <= 6, caption
        assert len(step.alt_en.split()) >= 6
        assert step.alt_en.endswith(".")


@every_exercise
def test_pictures_are_drawn_for_a_side_when_the_words_name_one(key):
    assert catalogue.has_sides(key) is exercise(key).has_side


@every_exercise
def test_a_side_is_named_by_a_placeholder_or_not_at_all(key):
    found = exercise(key)
    texts = page_texts(found)
    for text in texts:
        assert not re.search(r"\b(left|right)\b", text, re.IGNORECASE), text
        # The tables bring the “your”, and a verb could not follow one and many legs alike.
        assert not re.search(r"\b(your|the|a) \{", text, re.IGNORECASE), text
        assert not re.search(r"\{[^}]*\} (is|are|stays?|lifts?|rests?|bends?)\b", text), text
    assert any("{" in text for text in texts) is found.has_side


# ------------------------------------------------------------------ the article


def section(key: str) -> str:
    return Article.objects.get(key="sciatica").sections.get(key=key).body_en


def test_the_home_page_is_the_sciatica_article_with_all_four_families():
    article = Article.objects.published().get(is_home=True)
    assert article.key == "sciatica"
    assert article.title_en == "Top exercises for sciatica pain"
    assert article.key_points.count() == 5
    assert set(article.families.values_list("key", flat=True)) == set(EXERCISES.values())


def test_the_red_flags_stand_before_the_exercises():
    article = Article.objects.get(key="sciatica")
    assert tuple(article.sections.values_list("key", flat=True)) == SECTIONS
    assert dict(article.sections.exclude(panel="none").values_list("key", "panel")) == {
        "red-flags": "red_flags",
        "today": "today",
        "exercises": "exercises",
    }


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("understand", "About 4 in 10 people"),
        ("understand", "more common with age"),
        ("understand", "buttock and down the back of your leg"),
        ("understand", "on one side"),
        ("understand", "reach your foot"),
        ("understand", "nerve pinched in the low back"),
        ("understand", "radiculopathy"),
        ("understand", "swollen"),
        ("understand", "herniated disc"),
        ("understand", "a growth"),
        ("understand", "bone spurs"),
        ("understand", "spinal stenosis"),
        ("understand", "tingling"),
        ("understand", "numb"),
        ("understand", "weak or clumsy"),
        ("settle", "It can take days. Most often it takes weeks."),
        ("settle", "Ask a doctor or a pharmacist"),
        ("settle", "No one plan suits every person"),
        ("settle", "physical therapist or a pain specialist"),
        ("which-pain-is-fine", "Where it goes counts more than how strong it is."),
        ("which-pain-is-fine", "new numbness or weakness"),
        ("which-pain-is-fine", "if your leg is not weaker or more numb"),
        ("which-pain-is-fine", "two times in a row"),
        ("exercises", "bends your spine"),
        ("exercises", "buttock and thigh"),
        ("exercises", "on a chair or on the floor"),
        ("exercises", "your ankle comes toward your buttock"),
        ("exercises", "The sciatic nerve passes under it. A tight one is one possible cause"),
        ("exercises", "as for a sit-up"),
        ("exercises", "A straight back helps you feel it more"),
        ("exercises", "hamstrings"),
        ("exercises", "as wide as your hips, toes forward"),
        ("exercises", "no more than you need"),
        ("exercises", "bend one knee and keep the other leg straight"),
        ("exercises", "Not all do. It is not for a sharp, new leg pain."),
        ("exercises", "about as wide as your shoulders"),
        ("exercises", "knees a little bent"),
        ("exercises", "your arms hang"),
        ("exercises", "Hands to your knees is low enough"),
        ("exercises", "come up through your hips"),
        ("exercises", "pick things up safely"),
        ("exercises", "keep the pain from coming back"),
        ("exercises", "a small weight or a band, or stand on one leg"),
        ("exercises", "hundreds of ways"),
        ("do-them-right", "done badly can hurt you"),
        ("do-them-right", "a therapist for the first weeks"),
        ("do-them-right", "better days and worse days"),
        ("do-them-right", "You do not need to do more each time"),
        ("who-we-are", "You come first"),
        ("who-we-are", "relief that lasts"),
        ("who-we-are", "up-to-date"),
        ("contact-us", "Contact us today"),
    ],
)
def test_the_article_carries_what_its_source_says(key, said):
    assert said in section(key)


def test_the_pain_rule_keeps_its_order():
    body = section("which-pain-is-fine")
    order = ["sign that needs a doctor", "pain moved", "while you move", "before you start", "morn"]
    places = [body.index(words) for words in order]
    assert places == sorted(places)


def test_the_article_gives_no_numbers_of_sets():
    article = Article.objects.get(key="sciatica")
    bodies = [row.body_en or "" for row in article.sections.all()]
    points = [row.text_en for row in article.key_points.all()]
    text = "\n".join([article.summary_en, *bodies, *points])
    counted = r"\d+\s*(rounds?|sets?|reps?|repetitions|times|seconds?|minutes?|lb)\b|\d+ ?x ?\d+"
    assert not re.search(counted, text, re.IGNORECASE)
    # The only numbers left: how common it is, the order of the pain rule, the emergency number.
    unnumbered = re.sub(r"^\d\. ", "", text, flags=re.M)
    assert set(re.findall(r"\d+", unnumbered)) == {"4", "10", "911"}


# ------------------------------------------------------------------ plain words


@every_exercise
def test_an_exercise_reads_at_grade_6_or_below(key):
    assert grade("\n".join(worded(text, "left", "en") for text in page_texts(exercise(key)))) <= 6


@pytest.mark.parametrize("key", SECTIONS)
def test_a_section_reads_at_grade_6_or_below(key):
    assert grade(section(key)) <= 6


def test_the_rest_of_the_pack_reads_at_grade_6_or_below():
    article = Article.objects.get(key="sciatica")
    assert grade(article.summary_en) <= 6
    assert grade("\n".join(row.text_en for row in article.key_points.all())) <= 6
    for family in ExerciseFamily.objects.all():
        assert grade(family.purpose_en) <= 6
    for level in CareLevel.objects.all():
        signs = [row.text_en for row in level.red_flags.all()]
        assert grade("\n".join([level.instruction_en, *signs])) <= 6
    assert grade("\n".join(row.text_en for row in StopIf.objects.shared())) <= 6


def test_sentences_are_short():
    for text in library_texts():
        for sentence in re.split(r"[.!?:](?:\s|$)", plain(text)):
            assert len(sentence.split()) <= 26, sentence


@pytest.mark.parametrize(
    "word", ["cure", "cures", "cured", "pain-free", "pain free", "just", "simply"]
)
def test_the_pack_never_says(word):
    for text in library_texts():
        assert not re.search(rf"\b{word}\b", text, re.IGNORECASE), text


def test_the_grade_finds_hard_text():
    hard = (
        "Immediate symptomatic alleviation is consistently demonstrated following "
        "comprehensive individualized rehabilitation programming."
    )
    assert grade(hard) > 6
    assert grade("Sit tall. Lift your knee. Breathe.") < 3
