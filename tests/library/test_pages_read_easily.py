"""Every page of the built-in pack, as it is drawn: plain words, and what PEMAT-P asks of a page.

PEMAT-P is AHRQ's list for printed patient education. Here is what a machine can tell of it; what
a person judged stands in docs/content.md, with the same numbers.
"""

import re

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from education.library import drawn
from education.library.actions import load_pack
from education.library.loading import PACK_FOLDER, read_pack
from education.library.models import Article, GlossaryTerm
from tests.library.page_reader import PageReader, Part
from tests.library.reading import grade

pytestmark = pytest.mark.django_db

ARTICLES = tuple(sorted(path.stem for path in (PACK_FOLDER / "articles").glob("*.toml")))
EXERCISES = tuple(sorted(path.stem for path in (PACK_FOLDER / "exercises").glob("*.toml")))
PAGES = (
    *("/", "/learn/", "/exercises/", "/when-to-see-a-doctor/"),
    *(f"/learn/{key}/" for key in ARTICLES),
    *(f"/learn/{key}/today/" for key in ARTICLES),
    *(f"/exercises/{key}/" for key in EXERCISES),
)

#: Terms that a reader may not know. Each page that uses one explains it, or says it in plain words.
MEDICAL = (
    *("sciatica", "sciatic nerve", "radiculopathy", "herniated disc", "bone spurs", "pelvis"),
    *("spinal stenosis", "piriformis", "hamstrings", "physical therapist", "pain specialist"),
)
#: Medical words that have a plainer one: no page uses them.
TOO_MEDICAL = (
    *("inflammation", "inflamed", "lumbar", "chronic", "acute", "analgesic", "medication", "nsaid"),
    *("gluteal", "vertebra", "degenerative", "prognosis", "symptomatic", "ambulate", "supine"),
    *("prone", "contraindicated", "etiology", "neurological", "incontinence", "paresthesia"),
)

every_page = pytest.mark.parametrize("address", PAGES)
every_article = pytest.mark.parametrize("key", ARTICLES)


@pytest.fixture(scope="module", autouse=True)
def _library(django_db_setup, django_db_blocker):
    """The built-in pack, loaded once and taken back at the end: these tests only read it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_pack(by=None)
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def _pages(_library, django_db_blocker) -> dict[str, PageReader]:
    """Every page of the pack, read once."""
    drawn.forget_all()
    client = Client()
    with django_db_blocker.unblock():
        bodies = {address: client.get(address).content.decode() for address in PAGES}
    drawn.forget_all()
    return {address: PageReader(body) for address, body in bodies.items()}


@pytest.fixture
def read(_pages):
    return _pages.__getitem__


@pytest.fixture
def read_article(_pages):
    return lambda key: _pages[reverse("article", args=[key])]


@pytest.fixture
def terms() -> set[str]:
    """Words of the glossary: they count as short words, for they are explained in place."""
    return GlossaryTerm.objects.words()


def words_of(part: Part) -> int:
    return sum(len(block.text.split()) for block in part.blocks)


def test_the_pages_are_really_read(read, terms):
    """What the other tests measure is there, and hard words would be found."""
    home = read("/")
    assert len(home.text.split()) > 1200
    assert len(home.images) > 10
    assert home.explained[0] == "sciatica"
    hard = "Comprehensive rehabilitation necessitates individualized supervision. "
    assert grade(home.text + "\n" + hard * 100, terms) > 6


# ------------------------------------------------------------------ 3: everyday words


@every_page
def test_a_whole_page_reads_at_grade_6_or_below(read, terms, address):
    assert grade(read(address).text, terms) <= 6


@every_article
def test_every_part_of_an_article_reads_at_grade_6_or_below(read_article, terms, key):
    for part in read_article(key).parts:
        text = "\n".join(block.text for block in part.blocks)
        assert not text or grade(text, terms) <= 6, part.title


@every_article
def test_a_search_engine_shows_plain_words_too(terms, key):
    article = Article.objects.get(key=key)
    assert 50 <= len(article.description_en) <= 160
    assert grade(f"{article.title_en}. {article.description_en}", terms) <= 6


# ------------------------------------------------------------------ 4: medical words


@every_article
def test_a_medical_word_is_explained_where_it_stands(read_article, terms, key):
    page = read_article(key)
    text = "\n".join(block.text for block in page.blocks if not block.tag.startswith("h"))
    known = {word.casefold() for word in terms}
    for word in MEDICAL:
        if re.search(rf"\b{word}\b", text, re.IGNORECASE):
            assert word in known, f"“{word}” is not in the glossary"
            assert word in page.explained, f"“{word}” is not explained on this page"


@every_page
def test_a_page_has_no_medical_word_that_has_a_plainer_one(read, address):
    for word in TOO_MEDICAL:
        assert not re.search(rf"\b{word}\b", read(address).text, re.IGNORECASE), word


# ------------------------------------------------------------------ 5: active, and said to you


@every_article
def test_every_longer_part_speaks_to_the_reader(read_article, key):
    for part in [part for part in read_article(key).parts if words_of(part) > 50]:
        text = " ".join(block.text for block in part.blocks)
        assert re.search(r"\b(you|your|yourself)\b", text, re.IGNORECASE), part.title


@every_page
def test_nobody_is_done_to_by_anybody(read, address):
    passive = r"\b(is|are|was|were|been|being|be) \w+(ed|en) by\b"
    found = re.search(passive, read(address).text, re.IGNORECASE)
    # “To be reviewed by the clinic” is about the page, not about what to do.
    assert not found or found[0] == "be reviewed by"


# ------------------------------------------------------------------ 1, 8 to 12: how it is laid out


@every_page
def test_headings_start_at_1_and_skip_no_level(read, address):
    levels = [level for level, _title in read(address).headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    for higher, lower in zip(levels, levels[1:], strict=False):
        assert lower <= higher + 1, levels


@every_article
def test_the_first_lines_say_what_the_page_is_for(read_article, key):
    article = Article.objects.get(key=key)
    first = read_article(key).parts[0]
    assert (first.title, first.blocks[0].text) == (article.title_en, article.summary_en)


@every_article
def test_headings_tell_what_stands_below_them(read_article, key):
    titles = [title for level, title in read_article(key).headings if level <= 2]
    assert len(titles) == len(set(titles))
    assert not {"Introduction", "Overview", "Background", "More", "Conclusion"} & set(titles)
    assert sum(len(title.split()) >= 2 for title in titles) == len(titles)


@every_article
def test_an_article_comes_in_short_parts(read_article, key):
    for part in read_article(key).parts:
        assert words_of(part) <= (400 if part.title == "The exercises" else 260), part.title
        for block in part.blocks:
            assert len(block.text.split()) <= 60, block.text


@every_article
def test_an_article_has_a_summary_of_a_few_points(read_article, key):
    (summary,) = [part for part in read_article(key).parts if part.title == "In short"]
    points = [block for block in summary.blocks if block.tag == "li"]
    assert 3 <= len(points) <= 6
    assert all(len(point.text.split()) <= 20 for point in points)


@every_article
def test_what_needs_a_doctor_stands_before_what_to_do(read_article, key):
    titles = [title for _level, title in read_article(key).headings]
    danger = titles.index("When to see a doctor")
    for later in ("What you can do today", "The exercises", "How to get down"):
        if later in titles:
            assert danger < titles.index(later)


# ------------------------------------------------------------------ 6, 7 and 22: numbers


@every_article
def test_nobody_has_to_reckon(read_article, key):
    text = read_article(key).text
    assert "%" not in text
    assert not re.search(r"\d+\s*[x×/]\s*\d+", text)


# ------------------------------------------------------------------ 13 to 17: pictures


@every_page
def test_every_picture_has_words_beside_it(read, address):
    for image in read(address).images:
        assert len(image.words.split()) >= 2, image.alt


@every_article
def test_a_picture_that_teaches_is_told_in_words_too(read_article, key):
    page = read_article(key)
    told = [image for image in page.images if image.alt]
    assert told
    assert all(len(image.alt.split()) >= 5 for image in told)


# ------------------------------------------------------------------ 18 to 24: what to do


@every_article
def test_there_is_a_list_for_today_in_numbered_steps_and_a_way_to_print_it(read_article, key):
    page = read_article(key)
    (today,) = [part for part in page.parts if part.title == "What you can do today"]
    steps = [block for block in today.blocks if block.numbered]
    assert 5 <= len(steps) <= 8
    assert all(len(step.text.split()) <= 25 for step in steps)
    assert reverse("article_today", args=[key]) in page.links


ACTIONS = {
    "sciatica": "Which pain is fine?",
    "low-back-pain": "Which pain is fine?",
    "pacing-and-flare-ups": "What to do in a flare-up",
    "getting-down-and-up": "How to get up again",
}


@every_article
def test_what_to_do_is_broken_into_numbered_steps(read_article, key):
    (part,) = [part for part in read_article(key).parts if part.title == ACTIONS[key]]
    assert sum(block.numbered for block in part.blocks) >= 5


@every_article
def test_a_step_for_today_begins_with_what_to_do(key):
    """A verb, or the question that tells whom it is for."""
    verbs = {
        *("Read", "Keep", "Find", "Do", "Watch", "Ask", "Tomorrow", "Change", "Try", "Pick"),
        *("Write", "Set", "Break", "Clear", "Choose"),
    }
    for step in Article.objects.get(key=key).today_steps.all():
        assert step.text_en.split()[0] in verbs, step.text_en


# ------------------------------------------------------------------ what a person judged


@every_article
def test_the_document_judges_all_24_items_of_every_article(key):
    text = (settings.BASE_DIR / "docs" / "content.md").read_text(encoding="utf-8")
    (table,) = re.findall(rf"^## .*\(`{key}`\)\n(.*?)\n\n\| Statement", text, re.M | re.S)
    rows = re.findall(r"^\| (\d+) [^|]+ \| \**(agree|disagree|n\.a\.)\** \| [^|]+ \|$", table, re.M)
    assert [int(number) for number, _verdict in rows] == list(range(1, 25))


def test_the_document_names_tests_that_there_are():
    text = (settings.BASE_DIR / "docs" / "content.md").read_text(encoding="utf-8")
    measured = text[text.index("| Item | Measured by |") : text.index("The other items")]
    here = [name for name in globals() if name.startswith("test_")]
    for name in re.findall(r"`([a-z_0-9]{20,})`", measured):
        assert any(name in test for test in here), name


# ------------------------------------------------------------------ the same words everywhere


def body_of(article: str, section: str) -> str:
    """The text of a section as the pack has it."""
    return Article.objects.get(key=article).sections.get(key=section).body_en


def test_the_pain_rule_says_the_same_in_every_article():
    rules = {body_of(key, "which-pain-is-fine") for key in ("sciatica", "low-back-pain")}
    assert len(rules) == 1


def test_articles_give_strangers_no_numbers_of_sets():
    counted = r"\d+\s*(rounds?|sets?|reps?|repetitions|seconds?|minutes?|lb)\b"
    for item in read_pack(PACK_FOLDER):
        if item.kind == "article":
            assert not re.search(counted, str(item.document), re.IGNORECASE), item.key


def test_all_articles_are_there_and_each_leads_to_the_others():
    assert set(ARTICLES) == set(ACTIONS)
    for article in Article.objects.all():
        assert {other.key for other in article.related.all()} == {*ARTICLES} - {article.key}


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ("before", "Use a sturdy chair without wheels."),
        ("before", "Do not be alone the first time."),
        ("cannot-get-up", "Did you hit your head?"),
        ("cannot-get-up", "Call **911**. Do not try to get up."),
        ("cannot-get-up", "Call somebody who can come."),
        ("after-a-fall", "Bad pain after a fall?** Call 911 or go to the emergency room."),
    ],
)
def test_getting_down_and_up_says_what_keeps_people_safe(section, said):
    assert said in body_of("getting-down-and-up", section)
