"""What the publish check asks of an article and of a word of the glossary."""

from collections.abc import Collection, Iterator
from datetime import date

from django.utils.translation import gettext as _

from education.library.models import Article, ArticleSection, GlossaryTerm, Reviewed
from education.library.models.glossary import forms_of

from .common import hard, of_picture, of_placeholders, of_reading, of_review, of_spanish
from .findings import Finding

Panel = ArticleSection.Panel
SECTION_WORDS = ("title", "body", "caption", "alt")
LONG_ENOUGH = 30  # words; the grade of a shorter text says little


def findings_of_article(
    article: Article, *, today: date, proper_terms: Collection[str]
) -> list[Finding]:
    """Everything found against an article read with its sections, points and things to do."""
    return [
        *_of_condition(article),
        *_of_reading(article, proper_terms),
        *_of_sections(article),
        *of_review(article, today),
        *of_spanish([article, *_rows(article)], {"summary", "description", "text", *SECTION_WORDS}),
    ]


def findings_of_term(
    term: GlossaryTerm, *, today: date, proper_terms: Collection[str]
) -> list[Finding]:
    """Everything found against a word of the glossary; the word itself is not held against it."""
    own = forms_of(term.term_en, term.other_forms_en)  # type: ignore[attr-defined]
    exempt = {*proper_terms, *own}
    meaning = term.meaning_en  # type: ignore[attr-defined]
    missing = hard(
        "meaning_missing",
        _("It says nothing."),
        _("Say in a sentence or two what the word means."),
        anchor="id_meaning_en",
    )
    return [
        *([] if meaning else [missing]),
        *of_reading([meaning], exempt, place=_("What it means"), anchor="id_meaning_en"),
        *of_review(term, today),
        *of_spanish([term], ("term", "meaning")),
    ]


def _rows(article: Article) -> list[object]:
    return [*article.sections.all(), *article.key_points.all(), *article.today_steps.all()]


def _of_condition(article: Article) -> Iterator[Finding]:
    """A page about a condition says when it is danger, and what to remember."""
    sections = list(article.sections.all())
    if not sections:
        yield hard(
            "no_text", _("It has no text."), _("Add at least one section."), anchor="sections-group"
        )
    if article.kind != Article.Kind.CONDITION:
        return
    if not any(section.panel == Panel.RED_FLAGS for section in sections):
        yield hard(
            "no_red_flags",
            _("No section shows when to see a doctor."),
            _("Add a section and choose “when to see a doctor” under its text."),
            anchor="sections-group",
        )
    if not article.key_points.all():
        yield hard(
            "no_key_points",
            _("It has no key points."),
            _("Add a few lines that say what to remember."),
            anchor="key_points-group",
        )


def _of_reading(article: Article, proper_terms: Collection[str]) -> Iterator[Finding]:
    """Each long section, and the whole page: a reason for the one is none for the other."""
    sections = list(enumerate(article.sections.all()))
    for row, section in sections:
        if len((section.body_en or "").split()) >= LONG_ENOUGH:  # type: ignore[attr-defined]
            yield from of_reading(
                _words_of(section), proper_terms, place=place_of(section), anchor=f"sections-{row}"
            )
    lines = [*article.key_points.all(), *article.today_steps.all()]
    texts = [article.summary_en, *(line.text_en for line in lines)]  # type: ignore[attr-defined]
    texts += [text for _row, section in sections for text in _words_of(section)]
    place = _("The whole text")
    yield from of_reading(
        texts, proper_terms, place=place, anchor="id_summary_en", code="reading_grade_of_page"
    )


def _words_of(section: ArticleSection) -> list[str | None]:
    """Its English sentences; a heading is none."""
    return [getattr(section, f"{name}_en") for name in SECTION_WORDS[1:]]


def place_of(section: ArticleSection) -> str:
    return _("Section “%(title)s”") % {"title": section.title_en}  # type: ignore[attr-defined]


def _of_sections(article: Article) -> Iterator[Finding]:
    for row, section in enumerate(article.sections.all()):
        place, anchor = place_of(section), f"sections-{row}"
        yield from of_picture(section, place=place, anchor=anchor)
        beside = [getattr(section, f"{n}_{c}") for n in ("caption", "alt") for c in ("en", "es")]
        yield from of_placeholders(beside, place=place, anchor=anchor)
        shown = section.exercise
        if shown is not None and shown.state != Reviewed.State.PUBLISHED:
            yield hard(
                "exercise_not_published",
                _("It shows “%(exercise)s”, which is not published.") % {"exercise": shown.title},
                _("Publish that exercise first, or choose another one."),
                place=place,
                anchor=anchor,
            )
