"""What the built-in pack says, against the clinical rules it is made from.

The tables of clinical.py are written out by hand from those rules. Exercises have a file of their
own, test_pack_exercises.py.
"""

import re

import pytest
from django.db import transaction

from education.library.actions import load_pack
from education.library.loading import PACK_FOLDER, read_pack
from education.library.models import Article, CareLevel, ExerciseFamily, RedFlag, StopIf
from tests.library.clinical import RED_FLAGS
from tests.library.reading import grade, plain

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _library(django_db_setup, django_db_blocker):
    """The built-in pack, loaded once and taken back at the end: these tests only read it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_pack(by=None)
        yield
        transaction.set_rollback(True)


FAMILIES = ("knee-to-chest", "piriformis", "toe-touch", "hip-hinge")
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


# ------------------------------------------------------------------ red flags


@pytest.mark.parametrize("level", RED_FLAGS)
def test_red_flags_are_word_for_word_the_clinical_ones(level):
    instruction, signs = RED_FLAGS[level]
    care_level = CareLevel.objects.get(level=level)
    assert care_level.instruction_en == instruction
    assert list(care_level.red_flags.values_list("text_en", "source")) == signs


def test_there_are_no_other_red_flags_and_the_worst_come_first():
    assert list(CareLevel.objects.values_list("level", flat=True)) == list(RED_FLAGS)
    assert RedFlag.objects.count() == 12 + 6 + 5


# ------------------------------------------------------------------ the article


def section(key: str) -> str:
    return Article.objects.get(key="sciatica").sections.get(key=key).body_en


def test_the_home_page_is_the_sciatica_article_with_all_four_families():
    article = Article.objects.published().get(is_home=True)
    assert article.key == "sciatica"
    assert article.title_en == "Top exercises for sciatica pain"
    assert article.key_points.count() == 5
    assert set(article.families.values_list("key", flat=True)) == set(FAMILIES)


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
