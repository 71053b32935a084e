"""How hard a text reads, and that it is counted as others count it."""

import pytest

from education.library.models import Exercise, GlossaryTerm
from education.library.reading_grade import reading
from tests.library.reading import PROPER_TERMS, textstat

pytestmark = pytest.mark.django_db

HARD_WORDS = (
    "Physiotherapeutic rehabilitation necessitates considerable individualization, "
    "particularly regarding proprioceptive functionality."
)


def test_a_list_is_not_one_endless_sentence():
    items = ["a firm chair", "a wall behind you", "a friend who helps"] * 6
    as_list = reading(["\n".join(f"- {item}" for item in items)])
    as_sentence = reading([" ".join(items)])
    assert as_list.grade < 3 < as_sentence.grade
    assert reading(["\n\n".join(items)]).grade == as_list.grade


def test_a_wrapped_line_is_no_new_sentence():
    assert reading(["Sit on a firm chair\nwith your back straight."]).grade == (
        reading(["Sit on a firm chair with your back straight."]).grade
    )


def test_proper_terms_are_exempt():
    text = "Radiculopathy hurts you. Spinal stenosis hurts your sciatica."
    terms = ["radiculopathy", "spinal stenosis", "sciatica"]
    assert reading([text], proper_terms=terms).grade < 2
    assert reading([text]).grade > 6


def test_grade_six_is_allowed_and_what_is_above_is_not():
    assert not reading(["Stop if it hurts. Sit down and rest a while."]).is_too_hard
    assert reading([HARD_WORDS]).is_too_hard


def test_the_grade_agrees_with_textstat_on_every_page_of_the_pack(library, monkeypatch):
    """Both count whole sentences here; textstat's own rounding is switched off."""
    monkeypatch.setattr(textstat, "_textstatistics__round_outputs", False)
    pages = [
        " ".join(filter(None, (text for row in rows for text in row)))
        for rows in (
            exercise.steps.values_list("text_en", "alt_en") for exercise in Exercise.objects.all()
        )
    ]
    assert len(pages) >= 12
    for page in pages:
        words = page.replace("{", "your ").replace("}", "").replace("working:", "")
        words = words.replace("Working:", "").replace("resting:", "").replace("Resting:", "")
        theirs = textstat.flesch_kincaid_grade(words)
        assert abs(reading([words]).grade - theirs) < 0.5, page


def test_proper_terms_of_the_tests_are_in_the_glossary_of_the_pack(library):
    known = GlossaryTerm.objects.published().words()
    names = {"Pain Management & Injury Relief", "Southern California"}
    assert {term for term in PROPER_TERMS if term not in names} - known == {"sciatic"}
